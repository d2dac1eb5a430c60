import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import { asOwner } from '../../owner.ts'
import { createTestDatabase } from '../../postgres.ts'
import { ROOT } from '../../source-files.ts'

const GOLDEN = join(import.meta.dirname, '../../golden/schema.txt')

/**
 * Tables, columns, constraints and indexes, a line each: what a change of the schema shows in review. The months of
 * the message store and the years of the access log are left out: time makes those.
 */
const DESCRIBE = sql<{ line: string }>`
  SELECT line FROM (SELECT c.table_name || '.' || c.column_name || ' ' || c.udt_name || CASE c.is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
    || coalesce(' default ' || c.column_default, '') || CASE c.is_identity WHEN 'YES' THEN ' identity' ELSE '' END AS line
  FROM information_schema.columns c WHERE c.table_schema = 'ontregel'
  UNION ALL SELECT conrelid::regclass || ' constraint ' || conname || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'ontregel'::regnamespace AND contype <> 'n'
  UNION ALL SELECT tablename || ' index ' || indexdef FROM pg_indexes WHERE schemaname = 'ontregel'
  ) AS all_lines WHERE line !~ '^(message(_patient)?_\\d{4}_\\d{2}|access_(entry|link)_\\d{4})[. ]' ORDER BY line COLLATE "C"`

test('the schema is the one that was agreed on; a wanted change is accepted with "npm test -- -u"', async () => {
  await using database = await createTestDatabase()
  const db = await openLedger({ url: database.url, onError: () => undefined })
  const { rows } = await DESCRIBE.execute(db)
  await db.destroy()
  await expect(`${rows.map((row) => row.line).join('\n')}\n`).toMatchFileSnapshot(GOLDEN)
})

test('several processes that start at once bring the schema up to date once', async () => {
  await using database = await createTestDatabase()
  const ledgers = await Promise.all(
    [1, 2, 3].map(() => openLedger({ url: database.url, onError: () => undefined })),
  )
  const rows = await asOwner(
    database.url,
    sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`,
  )
  const files = await readdir(join(ROOT, 'orchestrator/ledger/migrations'))
  expect(rows.map((row) => `${row.name}.ts`)).toEqual(files.toSorted())
  await Promise.all(ledgers.map((ledger) => ledger.destroy()))
})
