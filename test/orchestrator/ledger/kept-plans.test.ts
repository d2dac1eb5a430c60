import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { KEPT } from '../../../orchestrator/ledger/kept-plans.ts'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import { createTestDatabase } from '../../postgres.ts'

test('a marked statement is planned once for a connection, another each time, and both answer alike', async () => {
  await using database = await createTestDatabase()
  const db = await openLedger({ url: database.url, connections: 1, onError: () => undefined })
  const kept = async (value: number) =>
    (await sql<{ twice: number }>`${KEPT} SELECT ${value}::int * 2 AS twice`.execute(db)).rows
  const plain = async (value: number) =>
    (await sql<{ twice: number }>`SELECT ${value}::int * 2 AS twice`.execute(db)).rows
  expect([await kept(1), await kept(21), await plain(1), await plain(21)]).toEqual(
    [2, 42, 2, 42].map((twice) => [{ twice }]),
  )
  const { rows } = await sql<{ statement: string }>`SELECT statement FROM pg_prepared_statements`.execute(db)
  expect(rows.map(({ statement }) => statement)).toEqual([expect.stringContaining('* 2 AS twice')])
  await expect(sql`${KEPT} SELECT 1 / ${0}::int`.execute(db)).rejects.toThrow('division by zero')
  await db.destroy()
})
