import { sql, type RawBuilder } from 'kysely'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'

/** How many blocks of 8 kB a statement touches: what it costs on any machine, unlike its time. */
export async function blocksOf(
  db: LedgerDatabase,
  query: RawBuilder<unknown>,
): Promise<{ blocks: number; plan: string }> {
  const { rows } = await sql<{
    'QUERY PLAN': string
  }>`EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ${query}`.execute(db)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  const [, hit = '0'] = /Buffers: shared hit=(\d+)/.exec(plan) ?? []
  const [, read = '0'] = /Buffers: shared (?:hit=\d+ )?read=(\d+)/.exec(plan) ?? []
  return { blocks: Number(hit) + Number(read), plan }
}
