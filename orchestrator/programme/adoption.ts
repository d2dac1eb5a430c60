import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import { PHASES, type Phase } from '../ledger/programme-tables.ts'
import type { DeploymentMode, LedgerDatabase } from '../ledger/tables.ts'
import { checkPastDay, refused } from '../savings/input-checks.ts'

export interface PhaseRecord {
  readonly phase: Phase
  /** Local date. */
  readonly since: string
}

/** How far one bot is at one hospital. */
export interface Adoption {
  readonly hospital: string
  readonly bot: string
  /** In order of their dates; the last is where it stands. Empty when nobody wrote a phase down. */
  readonly phases: readonly PhaseRecord[]
  /** The furthest mode of its deployments there; null when it has none. */
  readonly deployed: DeploymentMode | null
  /** The local day of its first credited item there; null when there is none. */
  readonly firstCreditedOn: string | null
}

/**
 * Writes down since when a bot is in a phase at a hospital. What stands on that date already is replaced, and the change kept.
 * @throws business when the date is none or still to come, or the phases would be out of order
 */
export async function recordPhase(
  db: LedgerDatabase,
  record: PhaseRecord & { readonly hospital: string; readonly bot: string; readonly account: string },
  today: string,
): Promise<void> {
  const { hospital, bot, since, phase, account } = record
  checkPastDay('since', since, today)
  await inTransaction(db, async (tx) => {
    const before = await phaseOn(tx, hospital, bot, since)
    await checkOrder(tx, record)
    await tx
      .insertInto('adoption')
      .values({ hospital, bot, since, phase, account })
      .onConflict((conflict) =>
        conflict.columns(['hospital', 'bot', 'since']).doUpdateSet({ phase, account }),
      )
      .execute()
    await noteChange(tx, record, before ?? null, phase)
  })
}

/** A robot goes through its phases in their order; it may skip one. */
async function checkOrder(
  tx: LedgerDatabase,
  { hospital, bot, since, phase }: PhaseRecord & { readonly hospital: string; readonly bot: string },
): Promise<void> {
  const rows = await tx
    .selectFrom('adoption')
    .select(['phase', 'since'])
    .where('hospital', '=', hospital)
    .where('bot', '=', bot)
    .where('since', '<>', since)
    .orderBy('since')
    .execute()
  const far = (one: Phase) => PHASES.indexOf(one)
  const wrong = rows.find((row) =>
    row.since < since ? far(row.phase) > far(phase) : far(row.phase) < far(phase),
  )
  if (!wrong) return
  const [where, other] = wrong.since < since ? ['before', 'an earlier'] : ['after', 'a later']
  const remedy = `${bot} is in phase ${wrong.phase} since ${wrong.since}, and ${phase} comes ${where} that; give ${other} day, or take that phase away first.`
  throw refused('since', 'phase-order', remedy)
}

/** Takes a phase back that was written down by mistake. @throws business when there is none from that date */
export async function removePhase(
  db: LedgerDatabase,
  record: {
    readonly hospital: string
    readonly bot: string
    readonly since: string
    readonly account: string
  },
): Promise<void> {
  const { hospital, bot, since } = record
  await inTransaction(db, async (tx) => {
    const before = await phaseOn(tx, hospital, bot, since)
    if (!before) throw noPhase(bot, since)
    await tx
      .deleteFrom('adoption')
      .where('hospital', '=', hospital)
      .where('bot', '=', bot)
      .where('since', '=', since)
      .execute()
    await noteChange(tx, record, before, null)
  })
}

/** Where every bot stands at these hospitals: those with a phase and those with a deployment. */
export async function readAdoption(db: LedgerDatabase, hospitals: readonly string[]): Promise<Adoption[]> {
  const { rows } = await sql<Adoption>`
    WITH pair AS (
      SELECT hospital, bot FROM adoption WHERE hospital = ANY(${hospitals})
      UNION SELECT hospital, bot FROM deployment WHERE hospital = ANY(${hospitals})
    )
    SELECT p.hospital, p.bot,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('phase', a.phase, 'since', a.since::text) ORDER BY a.since), '[]')
        FROM adoption a WHERE a.hospital = p.hospital AND a.bot = p.bot) AS phases,
      (SELECT (array_agg(d.mode ORDER BY array_position(ARRAY['live', 'shadow', 'off'], d.mode)))[1]
        FROM deployment d WHERE d.hospital = p.hospital AND d.bot = p.bot) AS deployed,
      (SELECT min(c.day)::text FROM day_count c JOIN deployment d ON d.id = c.deployment
        WHERE d.hospital = p.hospital AND d.bot = p.bot AND c.shares > 0 AND c.kind <> 'left-out') AS "firstCreditedOn"
    FROM pair p ORDER BY p.bot, p.hospital`.execute(db)
  return rows
}

async function phaseOn(
  tx: LedgerDatabase,
  hospital: string,
  bot: string,
  since: string,
): Promise<Phase | undefined> {
  const row = await tx
    .selectFrom('adoption')
    .select('phase')
    .where('hospital', '=', hospital)
    .where('bot', '=', bot)
    .where('since', '=', since)
    .executeTakeFirst()
  return row?.phase
}

async function noteChange(
  tx: LedgerDatabase,
  { hospital, bot, since, account }: { hospital: string; bot: string; since: string; account: string },
  before: Phase | null,
  after: Phase | null,
): Promise<void> {
  await recordChange(tx, { hospital, account, what: 'adoption', subject: `${bot} ${since}`, before, after })
}

const noPhase = (bot: string, since: string) =>
  new Failure(
    'business',
    'not-found',
    `Field since: no phase of ${bot} was written down from ${since}; choose one of those that are shown.`,
  )
