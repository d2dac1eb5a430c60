import { randomBytes } from 'node:crypto'
import { bots } from '../../../bots/index.ts'
import { armAct, type ActPlan } from '../../../orchestrator/ledger/acts.ts'
import { keepEvidence } from '../../../orchestrator/ledger/evidence.ts'
import { finishItem } from '../../../orchestrator/ledger/finish.ts'
import { addItems, claimItem } from '../../../orchestrator/ledger/items.ts'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import { parkItem } from '../../../orchestrator/ledger/parking.ts'
import { putDeployment, putHospital } from '../../../orchestrator/ledger/setup.ts'
import type { ItemRow, LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { noteLate, type Hold } from '../../../orchestrator/ledger/transition.ts'
import { noteActivities } from '../../../orchestrator/savings/activities.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { createTestDatabase } from '../../postgres.ts'

const WORKER = '00000000-0000-4000-8000-00000000000a'

/** In the data of every item here; none of it may ever be printed. */
export const PATIENT = { name: 'Geheimzinnig-van der Zwijger', bsn: '999990019' }

/** The ids of three items: done, parked and waiting. */
export interface SmallLedger extends AsyncDisposable {
  readonly url: string
  readonly db: LedgerDatabase
  readonly done: string
  readonly parked: string
  readonly queued: string
}

/** A ledger as it is after a morning: a deployment without systems, an item in each of three states, an alarm. */
export async function openSmallLedger(): Promise<SmallLedger> {
  const database = await createTestDatabase()
  const db = await openLedger({ url: database.url, onError: () => undefined })
  await setUp(db)
  const done = await finished(db, await claimed(db, 'V-101'))
  const parked = await leftToAPerson(db, await claimed(db, 'V-102'))
  const queued = await added(db, 'V-103')
  const { url } = database
  return {
    ...{ url, db, done, parked, queued },
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await database[Symbol.asyncDispose]()
    },
  }
}

async function setUp(db: LedgerDatabase): Promise<void> {
  const norm = { validFrom: '2024-01-01', name: 'planning', hoursPerYear: 1440 }
  await putHospital(db, { id: 'oost', name: 'Ziekenhuis Oost', norms: [norm] })
  await noteActivities(db, bots.values())
  await putDeployment(db, {
    id: 'oost-referral-intake',
    hospital: 'oost',
    bot: 'referral-intake',
    mode: 'live',
    settings: {},
    systems: {},
    responsible: 'functional administration',
    outsideSeconds: 60,
    parkedShare: 0.5,
    triggers: [{ id: 'oost-mornings', cron: '0 7 * * *', missed: 'last' }],
    baselines: [
      {
        variant: 'known-patient',
        minutes: 6,
        method: 'stopwatch',
        n: 20,
        spreadMinutes: 1.5,
        measuredBy: 'administration',
        measuredOn: '2024-01-05',
        validFrom: '2024-01-08',
        remeasureOn: '2025-01-08',
      },
    ],
  })
}

async function added(db: LedgerDatabase, reference: string): Promise<string> {
  const item = { reference, caseReference: reference, data: PATIENT }
  const arrival = { hospital: 'oost', deployment: 'oost-referral-intake', run: null }
  const [id] = (await addItems(db, arrival, [item])).queued
  if (!id) throw new Error('The item was not added.')
  return id
}

async function claimed(db: LedgerDatabase, reference: string): Promise<ItemRow> {
  const row = await claimItem(db, await added(db, reference), WORKER, 60)
  if (!row) throw new Error('The item could not be claimed.')
  return row
}

const holdOf = ({ id, fence }: ItemRow): Hold => ({ item: id, fence, worker: WORKER })

async function finished(db: LedgerDatabase, item: ItemRow): Promise<string> {
  const hold = holdOf(item)
  const act = { name: 'register the referral', key: '', payloadHash: randomBytes(32) }
  const plan: ActPlan = { ...act, verifiable: true, repeatable: false }
  await armAct(db, hold, plan, 10, [{ kind: 'step', name: 'read the referral', ms: 210 }])
  const finish = {
    variant: 'known-patient',
    outcome: 'done' as const,
    share: 1,
    lastAct: { plan, how: 'pressed' as const, reference: 'EPD-5501' },
    followUps: [],
  }
  await finishItem(db, hold, finish, [{ kind: 'pressed', name: plan.name }])
  const content = Buffer.from(PATIENT.name)
  const evidence = { item: item.id, attempt: 1, label: 'epd: confirmation', mediaType: 'image/png', content }
  await keepEvidence(db, secretBox(randomBytes(32)), evidence)
  await noteLate(db, { ...hold, fence: 0 }, 'done')
  return item.id
}

async function leftToAPerson(db: LedgerDatabase, item: ItemRow): Promise<string> {
  const sentence = 'The letter cannot be read: open it in the portal and decide.'
  await parkItem(db, holdOf(item), { kind: 'business', code: 'letter-unreadable', sentence }, [
    { kind: 'step', name: 'read' },
  ])
  return item.id
}
