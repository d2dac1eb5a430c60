import { sql } from 'kysely'
import { finishItem } from '../../../orchestrator/ledger/finish.ts'
import { addItems, claimItem } from '../../../orchestrator/ledger/items.ts'
import { putDeployment, putHospital } from '../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import type { Hold } from '../../../orchestrator/ledger/transition.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { BASELINE } from './golden-case.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'

const WORKER = '018f0000-0000-7000-8000-000000000001'
export const HOSPITAL = 'oost'

export interface Claiming extends TestLedger {
  readonly today: string
  /** Adds an item of a case to a deployment and holds it. */
  hold(deployment: string, caseReference: string, run?: string): Promise<Hold>
  done(deployment: string, caseReference: string): Promise<void>
  /** Credited gross minutes by deployment, and how many were left out. */
  counted(): Promise<Record<string, [gross: number, leftOut: number]>>
  differences(): Promise<string[]>
}

/** Three deployments of one activity and one of another, each with a baseline of 6 minutes. */
export async function openClaiming(): Promise<Claiming> {
  const ledger = await openTestLedger()
  const { db } = ledger
  await putHospital(db, { id: HOSPITAL, name: 'Oost', norms: [] })
  for (const bot of ['intake', 'letter', 'check', 'invoice']) {
    await sql`INSERT INTO bot_activity VALUES (${bot}, ${bot === 'invoice' ? 'finance' : 'reporting'})`.execute(
      db,
    )
    await putDeployment(db, {
      ...{ id: bot, hospital: HOSPITAL, bot, mode: 'live', settings: {}, systems: {}, responsible: 'u-1' },
      ...{ outsideSeconds: 0, parkedShare: 0.5, triggers: [], baselines: [BASELINE] },
    })
  }
  const { rows } = await sql<{
    today: string
  }>`SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date AS today`.execute(db)
  const today = rows[0]?.today ?? ''
  let number = 0
  const hold = async (deployment: string, caseReference: string, run: string | null = null) => {
    const item = { reference: `R-${++number}`, caseReference, data: {} }
    const { queued } = await addItems(db, { hospital: HOSPITAL, deployment, run }, [item])
    const row = await claimItem(db, queued[0] ?? '', WORKER, 60)
    if (!row) throw new Error('The item could not be claimed.')
    return { item: row.id, fence: row.fence, worker: WORKER }
  }
  return {
    ...ledger,
    today,
    hold,
    done: async (deployment, caseReference) => finish(db, await hold(deployment, caseReference)),
    async counted() {
      const { hospitals } = await readSavings(db, { from: today, to: today, today })
      const rows = hospitals.flatMap(({ deployments }) => deployments)
      return Object.fromEntries(rows.map(({ id, minutes, leftOut }) => [id, [minutes.gross, leftOut]]))
    },
    differences: async () => (await recount(db, { from: today, to: today })).map(({ sentence }) => sentence),
  }
}

/** Finishes an item that is held. */
export async function finish(
  db: LedgerDatabase,
  hold: Hold,
  outcome: 'done' | 'nothing' = 'done',
): Promise<void> {
  const share = outcome === 'done' ? 1 : 0
  await finishItem(db, hold, { variant: 'plain', outcome, share, lastAct: undefined, followUps: [] }, [])
}
