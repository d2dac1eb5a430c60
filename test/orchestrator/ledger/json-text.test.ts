import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { jsonText, storableText } from '../../../orchestrator/ledger/json-text.ts'
import { openBench } from '../work/bench.ts'

const BAD = '\uFFFD'

const CASES: readonly (readonly [what: string, value: string, kept: string])[] = [
  ['plain text', 'Zuster “Ank” · naïef', 'Zuster “Ank” · naïef'],
  ['a NUL', 'a\0b', `a${BAD}b`],
  ['a NUL behind a backslash', 'a\\\0b', `a\\${BAD}b`],
  ['a NUL behind two backslashes', '\\\\\0', `\\\\${BAD}`],
  ['what JSON writes for a NUL, as text', 'a\\u0000b', 'a\\u0000b'],
  ['the same behind a backslash', 'a\\\\u0000b', 'a\\\\u0000b'],
  ['the first half of a character', 'a\uD83Db', `a${BAD}b`],
  ['the second half', '\uDE00', BAD],
  ['the halves the wrong way round', '\uDE00\uD83D', `${BAD}${BAD}`],
  ['two NULs in a row', '\0\0', `${BAD}${BAD}`],
  ['a whole character of two halves', '😀', '😀'],
]

test.each(CASES)('%s is what PostgreSQL keeps', async (_, value, kept) => {
  expect(JSON.parse(jsonText({ [value]: [value] }))).toEqual({ [kept]: [kept] })
  expect(storableText(value)).toBe(kept)
})

test('PostgreSQL takes it, and refuses what was not made so', async () => {
  await using bench = await openBench()
  const keep = async (text: string) =>
    (await sql<{ kept: unknown }>`SELECT ${text}::jsonb AS kept`.execute(bench.db)).rows[0]?.kept
  for (const [, value, kept] of CASES) expect(await keep(jsonText([value]))).toEqual([kept])
  for (const value of ['a\0b', '\uD83D'])
    await expect(keep(JSON.stringify([value]))).rejects.toThrow(/invalid input syntax|Unicode/)
})

test('what JSON leaves out is null', () => {
  expect([jsonText(undefined), jsonText(null), jsonText(0)]).toEqual(['null', 'null', '0'])
})
