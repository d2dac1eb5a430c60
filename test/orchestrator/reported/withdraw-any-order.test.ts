import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { withdrawImport } from '../../../orchestrator/reported/withdraw-import.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { countsOf, openImportLedger, take, WHY } from './import-ledger.ts'

const anyRow = fc.record({
  deployment: fc.constantFrom('invoices', 'second', 'third'),
  outcome: fc.constantFrom('done', 'done', 'by-hand', 'nothing'),
  // Two years and the night on which the clock goes back, so that months and years begin elsewhere once an import is gone.
  at: fc.constantFrom(
    '2025-12-31T22:30:00Z',
    '2025-12-31T23:30:00Z',
    '2026-03-10T10:00:00Z',
    '2026-03-29T00:30:00Z',
  ),
  minutes: fc.constantFrom('', '2.5'),
  // Few cases, so that deployments meet on them.
  caseReference: fc.constantFrom('A', 'B', 'C'),
})
const anyStep = fc.oneof(
  { weight: 2, arbitrary: fc.record({ take: fc.array(anyRow, { minLength: 1, maxLength: 6 }) }) },
  { weight: 1, arbitrary: fc.record({ withdraw: fc.nat(20) }) },
)

/** The first two are parts of one chain, so that both count a case. */
async function chained(db: LedgerDatabase): Promise<void> {
  await db.updateTable('deployment').set({ parked_share: '0.5' }).execute()
  await sql`WITH made AS (INSERT INTO chain (hospital, name, baseline_deployment, baseline_variant, valid_from, made_by)
      VALUES ('oost', 'both', 'oost-invoices', 'plain', '2025-01-01', 'account-1') RETURNING id)
    INSERT INTO chain_part (chain, hospital, deployment, variant, share)
    SELECT id, 'oost', part, 'plain', 0.5 FROM made, unnest('{oost-invoices,oost-second}'::text[]) part`.execute(
    db,
  )
}

test('imports taken in and withdrawn in any order count as if those withdrawn had never come', async () => {
  await using tried = await openImportLedger()
  await using never = await openImportLedger()
  for (const { db } of [tried, never]) await chained(db)
  // Each run goes on in the ledgers of the one before, so that withdrawals meet on what earlier ones left.
  let number = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 3, maxLength: 10 }), async (steps) => {
      const standing: { id: number; lines: string[] }[] = []
      for (const step of steps) {
        if ('take' in step) {
          const lines = step.take.map(
            ({ deployment, outcome, at, minutes, caseReference }) =>
              `oost-${deployment},R-${++number},plain,${outcome},${at},${minutes},${caseReference}`,
          )
          standing.push({ id: await take(tried.db, ...lines), lines })
        } else {
          const [gone] = standing.splice(step.withdraw % Math.max(1, standing.length), 1)
          if (gone) await withdrawImport(tried.db, { ...WHY, id: gone.id })
        }
      }
      for (const { lines } of standing) await take(never.db, ...lines)
      expect(await countsOf(tried.db)).toEqual(await countsOf(never.db))
      expect(await recount(tried.db, { from: '2025-12-01', to: '2026-04-30' })).toEqual([])
    }),
    { numRuns: 25, endOnFailure: true },
  )
}, 240_000)
