import { sql } from 'kysely'
import { putDeployment, putHospital } from '../../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../../orchestrator/ledger/tables.ts'
import { BASELINE } from '../../../orchestrator/savings/golden-case.ts'

export interface SeededSavings {
  readonly deployment: string
  /** An item that was done on 11 March 2026. */
  readonly item: string
}

/**
 * At `noord` a deployment that did 39 items on 10 March 2026 and one on the 11th, 6 minutes each, with two parked on the
 * 10th of a minute and an hour of upkeep; at `zuid` one that did nothing.
 */
export async function seedSavings(db: LedgerDatabase): Promise<SeededSavings> {
  for (const hospital of ['noord', 'zuid']) {
    const norms = [{ validFrom: '2025-01-01', name: 'planning', hoursPerYear: 1440 }]
    await putHospital(db, { id: hospital, name: `Ziekenhuis ${hospital}`, norms })
    await putDeployment(db, {
      ...{
        id: `${hospital}-counted`,
        hospital,
        bot: 'referral-intake',
        mode: 'live',
        settings: {},
        systems: {},
      },
      ...{ responsible: 'u-1', outsideSeconds: 60, parkedShare: 0, triggers: [], baselines: [BASELINE] },
    })
  }
  const deployment = 'noord-counted'
  await putCounts(db, deployment)
  return { deployment, item: await doneItem(db, deployment) }
}

async function putCounts(db: LedgerDatabase, deployment: string): Promise<void> {
  const count = { deployment, variant: 'plain', outcome: 'done', human_seconds: 0 }
  await db
    .insertInto('day_count')
    .values([
      { ...count, day: '2026-03-10', items: 39, counting: 39, shares: '39' },
      { ...count, day: '2026-03-11', items: 1, counting: 1, shares: '1' },
      {
        ...count,
        day: '2026-03-10',
        variant: '',
        outcome: 'parked',
        items: 2,
        counting: 0,
        shares: '0',
        human_seconds: 120,
      },
    ])
    .execute()
  await db
    .insertInto('upkeep')
    .values({ deployment, day: '2026-03-12', hours: '1.00', booked_by: 'u-1' })
    .execute()
}

async function doneItem(db: LedgerDatabase, deployment: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO item (hospital, deployment, reference, case_reference, data, marker, state, outcome, variant, finished_at)
    VALUES ('noord', ${deployment}, 'R-1', 'R-1', '{}', 'OR-SEEDED-1', 'done', 'done', 'plain', '2026-03-11T09:00:00Z')
    RETURNING id`.execute(db)
  const id = rows[0]?.id ?? ''
  await sql`INSERT INTO event (item, at, kind, attempt, fence, code, detail)
    VALUES (${id}, '2026-03-11T09:00:00Z', 'done', 1, 1, 'done', '{"variant": "plain", "share": 1}')`.execute(
    db,
  )
  return id
}
