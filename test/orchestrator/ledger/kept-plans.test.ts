import { sql } from 'kysely'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { KEPT } from '../../../orchestrator/ledger/kept-plans.ts'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
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

test('a statement that was planned before a migration goes on after it, on the same connection', async () => {
  await using database = await createTestDatabase()
  const db = await openLedger({ url: database.url, connections: 1, onError: () => undefined })
  const migrated = async (change: string) => {
    const client = new Client({ connectionString: database.url })
    await client.connect()
    await client.query(`ALTER TABLE ontregel.norm ${change}`)
    await client.end()
  }
  const kept = async (on: LedgerDatabase) => (await sql`${KEPT} SELECT * FROM norm`.execute(on)).rows.length
  expect(await kept(db)).toBe(0)
  await migrated('ADD COLUMN later integer')
  expect(await kept(db)).toBe(0)
  await migrated('DROP COLUMN later')
  await expect(db.transaction().execute(kept)).rejects.toThrow('cached plan must not change result type')
  expect(await kept(db)).toBe(0)
  await db.destroy()
})
