import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'

/** The first day of the first baseline or chain of each of these deployments; those with neither are left out. */
export async function firstPricedDays(
  db: LedgerDatabase,
  deployments: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ deployment: string; first: string }>`
    SELECT deployment, min(valid_from) AS first FROM (
      SELECT deployment, valid_from FROM baseline
      UNION ALL SELECT p.deployment, c.valid_from FROM chain_part p JOIN chain c ON c.id = p.chain) priced
    WHERE deployment = ANY(${deployments}) GROUP BY deployment`.execute(db)
  return new Map(rows.map(({ deployment, first }) => [deployment, first]))
}
