import { asFailure, type Failure } from '../../../connectors/failure.ts'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import { putDeployment, putHospital } from '../../../orchestrator/ledger/setup.ts'
import type { CountKind } from '../../../orchestrator/ledger/savings-tables.ts'
import type { DeploymentMode, LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { createTestDatabase } from '../../postgres.ts'

export interface ProgrammeLedger extends AsyncDisposable {
  readonly db: LedgerDatabase
  readonly url: string
  /** Of a robot of another make, for finance. */
  deploy(hospital: string, bot: string, mode: DeploymentMode): Promise<string>
  /** So many items of 60 minutes by hand each, done on a day. */
  count(deployment: string, day: string, items: number, kind?: CountKind): Promise<void>
}

/** A ledger with hospitals east and west. */
export async function openProgrammeLedger(): Promise<ProgrammeLedger> {
  const database = await createTestDatabase()
  const db = await openLedger({ url: database.url, onError: () => undefined })
  for (const id of ['oost', 'west']) await putHospital(db, { id, name: id, norms: [] })
  return {
    db,
    url: database.url,
    deploy: async (hospital, bot, mode) => {
      const id = `${hospital}-${bot}`
      await putDeployment(db, { ...PLAIN, id, hospital, bot, mode })
      return id
    },
    count: async (deployment, day, items, kind = 'regular') => {
      const shares = `${items}.0000`
      const counted = {
        kind,
        variant: 'plain',
        outcome: 'done',
        items,
        counting: items,
        shares,
        human_seconds: 0,
      } as const
      await db
        .insertInto('day_count')
        .values({ deployment, day, ...counted })
        .execute()
    },
    [Symbol.asyncDispose]: async () => {
      await db.destroy()
      await database[Symbol.asyncDispose]()
    },
  }
}

const HOUR = {
  variant: 'plain',
  minutes: 60,
  method: 'estimate',
  measuredBy: 'account-1',
  measuredOn: '2020-01-01',
  validFrom: '2020-01-01',
  remeasureOn: '2099-01-01',
} as const

const PLAIN = {
  activity: 'finance',
  systems: {},
  settings: {},
  responsible: 'account-1',
  outsideSeconds: 0,
  parkedShare: 0,
  triggers: [],
  baselines: [HOUR],
} as const

/** The failure that it ends in. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const ended = await work.then(
    () => undefined,
    (error: unknown) => asFailure(error),
  )
  if (!ended) throw new Error('It did not fail.')
  return ended
}
