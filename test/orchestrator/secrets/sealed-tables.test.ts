import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { SEALED_TABLES } from '../../../orchestrator/secrets/sealed-tables.ts'
import { openBench } from '../work/bench.ts'

/** For ten minutes at most: who signs in over OIDC meanwhile does so again. */
const SHORT = ['oidc_attempt.sealed']

test('every column that holds something sealed is sealed anew when the key is rotated', async () => {
  await using bench = await openBench()
  const { rows } = await sql<{ name: string }>`
    SELECT table_name || '.' || column_name AS name FROM information_schema.columns
    WHERE table_schema = 'ontregel' AND udt_name = 'bytea' AND column_name IN ('sealed', 'totp')
      AND table_name !~ '_[0-9]{4}(_[0-9]{2})?$'`.execute(bench.db)
  const known = SEALED_TABLES.map(({ name, column }) => `${name}.${column}`)
  const door = ['account.totp', ...SHORT]
  expect(rows.map(({ name }) => name).filter((name) => ![...known, ...SHORT].includes(name))).toEqual([])
  expect([...known].filter((name) => !door.includes(name)).toSorted()).toEqual(
    rows
      .map(({ name }) => name)
      .filter((name) => !door.includes(name))
      .toSorted(),
  )
})
