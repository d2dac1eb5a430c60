import { Client } from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from './postgres.ts'

test('every test database is empty, separate, and gone afterwards', async () => {
  let url
  {
    await using first = await createTestDatabase()
    await using second = await createTestDatabase()
    url = first.url
    expect(await names(first.url, 'CREATE TABLE made_here (n int)')).toEqual(['made_here'])
    expect(await names(second.url)).toEqual([])
  }
  await expect(names(url)).rejects.toMatchObject({ code: '3D000' })
})

async function names(url: string, before = 'SELECT 1'): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(before)
    const tables = await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return tables.rows.map(({ tablename }) => tablename)
  } finally {
    await client.end()
  }
}
