import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Installation } from '../../../orchestrator/installation.ts'
import { armAct, type ActPlan } from '../../../orchestrator/ledger/acts.ts'
import { keepEvidence } from '../../../orchestrator/ledger/evidence.ts'
import { finishItem } from '../../../orchestrator/ledger/finish.ts'
import { addItems, claimItem, leaveUnsure, queueAgain } from '../../../orchestrator/ledger/items.ts'
import { parkItem } from '../../../orchestrator/ledger/parking.ts'
import { cancelItem } from '../../../orchestrator/ledger/people.ts'
import { addRun, claimRun, endRun } from '../../../orchestrator/ledger/runs.ts'
import type { ItemRow, LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import type { Hold } from '../../../orchestrator/ledger/transition.ts'

/** Where items are made: a hospital's ledger, the worker that does them and the run they came with. */
interface Place {
  readonly db: LedgerDatabase
  readonly secrets: Installation['secrets']
  readonly hospital: string
  readonly deployment: string
  readonly worker: string
  readonly run: string
}

const LEASE_SECONDS = 3600
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Items in every state at a hospital, and what they came with. */
export async function seedItems(
  { db, secrets }: Pick<Installation, 'db' | 'secrets'>,
  hospital: string,
): Promise<Record<'item-done' | 'item-parked' | 'worker' | 'run', string>> {
  const deployment = `${hospital}-insurance-check`
  const worker = await putWorker(db, hospital)
  const run = await collected(db, hospital, deployment, worker)
  const place = { db, secrets, hospital, deployment, worker, run }
  // One after another: their lines in the logs stand in the same order each time.
  const done: string[] = []
  for (const number of [101, 102, 103, 104, 105, 106]) done.push(await finished(place, number))
  const parked: string[] = []
  for (const number of [201, 202, 203]) parked.push(await parkedAs(place, number, 'business'))
  await parkedAs(place, 204, 'technical')
  await unsure(place, 205)
  await cancelled(place, 206)
  await again(place, 207)
  await claimed(place, 208)
  for (const number of [209, 210, 211]) await added(place, number)
  await watched({ ...place, deployment: `${hospital}-referral-intake` })
  await alarm(db, hospital, deployment)
  return { 'item-done': done[0] ?? '', 'item-parked': parked[0] ?? '', worker, run }
}

async function putWorker(db: LedgerDatabase, hospital: string): Promise<string> {
  const id = randomUUID()
  // No process stands behind it: it must not be taken for lost while somebody looks at the pages.
  const heartbeat = sql<Date>`clock_timestamp() + interval '1 hour'`
  await db
    .insertInto('worker')
    .values({ id, host: `werkplek-${hospital}`, pid: 4121, concurrency: 4, heartbeat_at: heartbeat })
    .execute()
  return id
}

async function collected(
  db: LedgerDatabase,
  hospital: string,
  deployment: string,
  worker: string,
): Promise<string> {
  const run = await addRun(db, { hospital, deployment, kind: 'by-hand' })
  const claimedRun = run && (await claimRun(db, run.id, worker, LEASE_SECONDS))
  if (!claimedRun) throw new Error('The run could not be claimed.')
  await endRun(db, claimedRun, { state: 'collected' })
  return claimedRun.id
}

async function added({ db, hospital, deployment, run }: Place, number: number): Promise<string> {
  const data = { appointment: `afspraak-${number}`, patient: `patient-${number}`, date: '2026-12-01' }
  const reference = `${data.appointment}-${data.patient}`
  const { queued } = await addItems(db, { hospital, deployment, run }, [
    { reference, caseReference: data.appointment, data },
  ])
  if (queued[0] === undefined) throw new Error('The item was not added.')
  return queued[0]
}

async function claimed(place: Place, number: number): Promise<ItemRow> {
  const row = await claimItem(place.db, await added(place, number), place.worker, LEASE_SECONDS)
  if (!row) throw new Error('The item could not be claimed.')
  return row
}

const holdOf = ({ worker }: Place, { id, fence }: ItemRow): Hold => ({ item: id, fence, worker })

const planOf = (): ActPlan => ({
  name: 'store the coverage',
  key: '',
  payloadHash: randomBytes(32),
  verifiable: true,
  repeatable: false,
})

const STEPS = [
  { kind: 'step', name: 'read the appointment', ms: 210 },
  { kind: 'step', name: 'check at the insurer', ms: 1840 },
]

async function finished(place: Place, number: number): Promise<string> {
  const item = await claimed(place, number)
  const hold = holdOf(place, item)
  const plan = planOf()
  await armAct(place.db, hold, plan, 10, STEPS)
  const lastAct = { plan, how: 'pressed' as const, reference: `POLIS-${number}` }
  const finish = { variant: 'renewed', outcome: 'done' as const, share: 1, lastAct, followUps: [] }
  await finishItem(place.db, hold, finish, [{ kind: 'pressed', name: plan.name, ms: 320 }])
  const evidence = {
    item: item.id,
    attempt: 1,
    label: 'insurer: check at the insurer',
    mediaType: 'image/png',
  }
  await keepEvidence(place.db, place.secrets, { ...evidence, content: PIXEL })
  return item.id
}

async function parkedAs(place: Place, number: number, kind: 'business' | 'technical'): Promise<string> {
  const item = await claimed(place, number)
  const why =
    kind === 'business'
      ? { kind, code: 'not-insured', sentence: 'The insurer knows no policy on this date: ask the patient.' }
      : {
          kind,
          code: 'page-unexpected',
          sentence: 'The page of the insurer looks different: have the robot looked at.',
        }
  await parkItem(place.db, holdOf(place, item), why, STEPS)
  return item.id
}

async function unsure(place: Place, number: number): Promise<void> {
  const hold = holdOf(place, await claimed(place, number))
  await armAct(place.db, hold, planOf(), 10, STEPS)
  const why = {
    code: 'connection-lost',
    sentence: 'The connection was lost while pressing.',
    quietSeconds: 3600,
  }
  await leaveUnsure(place.db, hold, why, [])
}

async function cancelled(place: Place, number: number): Promise<void> {
  const item = await parkedAs(place, number, 'business')
  await cancelItem(
    place.db,
    { item, account: `administrator.${place.hospital}`, humanSeconds: 45 },
    'De afspraak is vervallen.',
  )
}

async function again(place: Place, number: number): Promise<void> {
  const why = { delaySeconds: 3600, code: 'no-answer', sentence: 'The portal did not answer.' }
  await queueAgain(place.db, holdOf(place, await claimed(place, number)), why, STEPS)
}

/** What a deployment in shadow did: nothing was pressed, and a person did the work. */
async function watched({ db, hospital, deployment }: Place): Promise<void> {
  const items = ['V-301', 'V-302'].map((referralNumber) => ({
    reference: referralNumber,
    caseReference: referralNumber,
    data: { referralNumber },
  }))
  await addItems(db, { hospital, deployment, run: null }, items)
}

async function alarm(db: LedgerDatabase, hospital: string, deployment: string): Promise<void> {
  const sentence =
    'What the ledger holds for done does not stand at the target once and as it was: compare the item with the target.'
  await db.insertInto('alarm').values({ hospital, deployment, kind: 'target-differs', sentence }).execute()
}
