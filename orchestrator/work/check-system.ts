import { asFailure, type Failure } from '../../connectors/failure.ts'
import { checkServer } from '../../connectors/fhir/check-server.ts'
import { NO_PRESS } from '../../connectors/press-guard.ts'
import type { CheckFinding } from '../ledger/system-checks.ts'
import { finishCheck, takeCheck, waitingCheck } from '../ledger/system-checks.ts'
import type { LedgerDatabase, SystemRow } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'
import { takesConnections } from './check-hl7.ts'
import type { Seats } from './seats.ts'
import { checkWhereItLeads } from './system-address.ts'
import { credentialsOf } from './system-settings.ts'
import type { SystemOpener } from './systems.ts'

export interface CheckWork {
  readonly db: LedgerDatabase
  readonly doorbell: Doorbell
  readonly opener: SystemOpener
  readonly seats: Seats
  readonly stopping: AbortSignal
}

const SEAT_RETRY_SECONDS = 2
/** Who asked is looking at the screen. */
const LONGEST_WAIT_SECONDS = 60

/**
 * Tries a system that somebody asked about, from where the work is done: opens it as for an item, signs in, presses
 * nothing. Waits for a seat like an item does. A check that somebody else has, or that is done, is left alone.
 */
export async function answerCheck(work: CheckWork, id: string): Promise<void> {
  const { db } = work
  const asked = await waitingCheck(db, id)
  const row = asked && (await systemOf(db, asked))
  if (!asked || !row) return
  const seats = await work.seats.take([row])
  if (!seats) return await waitForSeat(work, id, row, asked.seconds)
  try {
    if (await takeCheck(db, id)) await finishCheck(db, id, await trySystem(work, row))
  } finally {
    await seats.release()
  }
}

const systemOf = (
  db: LedgerDatabase,
  { hospital, system }: { readonly hospital: string; readonly system: string },
): Promise<SystemRow | undefined> =>
  db
    .selectFrom('system')
    .selectAll()
    .where('hospital', '=', hospital)
    .where('id', '=', system)
    .executeTakeFirst()

async function waitForSeat(
  { db, doorbell }: CheckWork,
  id: string,
  { id: system, seats }: SystemRow,
  waited: number,
): Promise<void> {
  if (waited < LONGEST_WAIT_SECONDS) {
    const turn = `seat-${Math.round(performance.now())}`
    return await doorbell.ring([{ kind: 'check', id, turn }], { delayMs: SEAT_RETRY_SECONDS * 1000 })
  }
  const sentence = `All ${seats} seats of system ${system} were taken for ${LONGEST_WAIT_SECONDS} s: try again later, or give it more seats.`
  if (await takeCheck(db, id)) await finishCheck(db, id, [{ code: 'no-seat', right: false, sentence }])
}

/** What was seen, in sentences; never throws for what the system does. */
async function trySystem(work: CheckWork, row: SystemRow): Promise<readonly CheckFinding[]> {
  const holder = { attempt: 1, signal: work.stopping, guard: NO_PRESS }
  let opened
  try {
    await checkWhereItLeads(row.address, row.kind)
    opened = await work.opener.open(await signingInAnew(work.db, row), holder)
  } catch (error) {
    return [wrong(asFailure(error))]
  }
  try {
    if (opened.system.kind === 'fhir') {
      const findings = await checkServer(opened.system)
      return findings.map(({ about, right, sentence }) => ({ code: about, right, sentence }))
    }
    if (opened.system.kind === 'hl7') {
      await opened.system.reach()
      return [connected(row)]
    }
    await opened.system.page()
    return [
      { code: 'signed-in', right: true, sentence: `System ${row.id} opened, and the robot can begin there.` },
    ]
  } catch (error) {
    return [wrong(await opened.explain(error))]
  } finally {
    await opened.end()
  }
}

/**
 * A web session that was signed in before would not show what new credentials are worth, so a check has one of its own
 * for each version of them; the same version that was refused is not tried again, or a person could lock the account.
 */
async function signingInAnew(db: LedgerDatabase, row: SystemRow): Promise<SystemRow> {
  if (row.kind !== 'web' || typeof row.settings !== 'object') return row
  const { version } = await db
    .selectFrom('secret')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('hospital', '=', row.hospital)
    .where('name', '=', credentialsOf(row.id))
    .executeTakeFirstOrThrow()
  return { ...row, settings: { ...asFields(row), account: `check-${version ?? 0}` } }
}

/** A column of JSON is typed as the text it takes. */
const asFields = ({ settings }: SystemRow): object => Object(settings)

const connected = ({ id }: SystemRow): CheckFinding => ({
  code: 'connected',
  right: true,
  sentence: takesConnections(id),
})

function wrong({ code, message }: Failure): CheckFinding {
  return { code, right: false, sentence: message }
}
