import { expect, test } from 'vitest'
import { importsOf, readSourceFiles, type SourceFile } from '../../source-files.ts'

const RECOUNT = /^orchestrator\/savings\/recount[^/]*\.ts$/
/** Derives without SQL: from what the SQL gives of each hospital. */
const TOTAL = 'orchestrator/savings/recount-total.ts'

/**
 * What the SQL of the recount shares with the report when it runs: nothing, or a mistake of the report would be made again
 * where it should be found. Types vanish before anything runs; a file with SQL is one that imports its maker.
 */
function sharedWithReport(files: readonly Pick<SourceFile, 'file' | 'text'>[]): string[] {
  const withSql = files
    .map(({ file, text }) => ({ file, runs: importsOf(file, text.replaceAll(TYPES_ONLY, '')) }))
    .filter(({ file, runs }) => RECOUNT.test(file) && (runs.includes('kysely') || file === TOTAL))
  const own = new Set(['kysely', ...withSql.map(({ file }) => file)])
  return withSql.flatMap(({ file, runs }) =>
    runs
      .filter((target) => !own.has(target))
      .map((target) => `${file} imports ${target}: the SQL of the recount derives each figure on its own.`),
  )
}

const TYPES_ONLY = /^import type\b[^;]*?\bfrom\s*'[^']+'$/gm

test('the SQL of the recount shares no code with the report', async () => {
  const files = await readSourceFiles()
  expect(sharedWithReport(files)).toEqual([])
  const found = files.filter(({ file, imports }) => RECOUNT.test(file) && imports.includes('kysely'))
  expect(found.map(({ file }) => file)).toEqual([
    'orchestrator/savings/recount-claims.ts',
    'orchestrator/savings/recount-days.ts',
    'orchestrator/savings/recount-figures.ts',
    'orchestrator/savings/recount-intervals.ts',
    'orchestrator/savings/recount-lead-times.ts',
    'orchestrator/savings/recount-overdue.ts',
    'orchestrator/savings/recount-sql.ts',
  ])
})

test('what is derived of all hospitals together without SQL shares no code with the report either', () => {
  const text = "import { totalOf } from './report-total.ts'\n"
  expect(sharedWithReport([{ file: TOTAL, text }])).toHaveLength(1)
})

test.each([
  ...['fte', 'minutes', 'period', 'prices', 'read-counts', 'read-settings', 'report', 'norms'],
  ...['interval', 'hospital-interval', 'report-total'],
])('SQL of the recount that imports %s.ts is refused; its types are not', (module) => {
  const file = 'orchestrator/savings/recount-figures.ts'
  const sql = "import { sql } from 'kysely'\n"
  const of = (line: string) => sharedWithReport([{ file, text: `${sql}${line}\n` }])
  expect(of(`import { one,\n  type Other } from './${module}.ts'`)).toEqual([
    `${file} imports orchestrator/savings/${module}.ts: the SQL of the recount derives each figure on its own.`,
  ])
  expect(of(`import type { One } from './${module}.ts'`)).toEqual([])
})
