import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { ReportContent } from '../../../dashboards/reports/report-content.ts'
import { wordsOf } from '../../../dashboards/reports/report-words.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { countsCsv } from '../../../orchestrator/savings/counts-csv.ts'
import { explain } from '../../../orchestrator/savings/explain.ts'
import { MOST_COUNTS } from '../../../orchestrator/savings/report-counts.ts'
import { savingsCsv } from '../../../orchestrator/savings/savings-csv.ts'
import { csvRows } from '../../../orchestrator/triggers/list/csv-rows.ts'
import { readWorkbook } from './read-workbook.ts'
import { openSeededReport, PERIOD } from './seeded-report.ts'
import { evaluate, type Cells } from './sheet-formulas.ts'

type Row = Readonly<Record<string, string>>

function rowsOf(text: string): Row[] {
  const [heads, ...rows] = csvRows(Buffer.from(text))
  const names = heads?.cells ?? []
  return rows.map(({ cells }) => Object.fromEntries(names.map((name, place) => [name, cells[place] ?? ''])))
}

const written = ({ savings, counts: blocks, withdrawnImports }: ReportContent) =>
  countsCsv(savings.period, blocks, withdrawnImports)
const counts = (report: ReportContent) => rowsOf(written(report))
const amount = (rows: readonly Row[], column: string) =>
  rows.reduce((total, row) => total + Number(row[column]), 0)

/** The seeded report with a backlog, a case that is counted elsewhere, and a small group in a deployment that is told. */
async function openWithMore() {
  const report = await openSeededReport()
  const check = { deployment: 'oost-check', variant: 'plain', outcome: 'done', human_seconds: 0 }
  await report.db
    .insertInto('day_count')
    .values([
      { ...check, day: '2026-03-30', kind: 'one-off', items: 60, counting: 60, shares: '60.0000' },
      { ...check, day: '2026-03-30', kind: 'left-out', items: 9, counting: 9, shares: '9.0000' },
      { ...check, day: '2026-03-28', items: 3, counting: 3, shares: '3.0000' },
    ])
    .execute()
  return report
}

const WITHHELD_IN_SHEET = 'not shown'

/** A row of the sheet as the CSV writes it. */
function asInCsv(sheets: ReadonlyMap<string, Cells>, row: Cells[number], place: number): string[] {
  const word = wordsOf('en')
  const outcomes = { done: 'done', parked: 'parked', nothing: 'nothing', byHand: 'by-hand' } as const
  const names = new Map<unknown, string>([
    ...Object.entries(outcomes).map(([key, code]): [string, string] => [
      word(key as keyof typeof outcomes),
      code,
    ]),
    ...(['regular', 'one-off', 'left-out'] as const).map((kind): [string, string] => [
      word(`kind.${kind}`),
      kind,
    ]),
    [WITHHELD_IN_SHEET, 'withheld'],
  ])
  const [, deployment, day, variant, outcome, kind, items, shares, chain, minutes, , human, backdated] = row
  const hidden = items === WITHHELD_IN_SHEET
  const cells = [deployment, day, variant, outcome, kind, items, shares].map(
    (cell) => names.get(cell) ?? String(cell ?? ''),
  )
  const baseline = [chain, minutes].map((cell) => (hidden ? 'withheld' : String(cell ?? '')))
  const gross = evaluate(sheets, word('countSheet'), `K${place + 2}`)
  return [
    ...cells,
    ...baseline,
    gross.toFixed(6),
    String(human),
    names.get(backdated) ?? String(backdated ?? ''),
  ]
}

test.each([[['oost', 'west']], [['oost']], [[]]])(
  'the CSV of counts has the rows of the Excel sheet, and both add up to the report and the screen, for who sees items of %j',
  async (seesItemsOf) => {
    await using ledger = await openWithMore()
    const report = await ledger.read(seesItemsOf)
    const rows = counts(report)
    const sheets = readWorkbook(await savingsWorkbook(report, 'en'))
    const sheet = (sheets.get('Counts by day') ?? []).slice(1)
    expect(
      rows.map((row) => {
        const own = ['from', 'until', 'hospital', 'netMinutes', 'hospitalWithdrawnImports']
        const rest = Object.entries(row).filter(([name]) => !own.includes(name))
        return rest.map(([name, cell]) => (name === 'grossMinutes' ? Number(cell).toFixed(6) : cell))
      }),
    ).toEqual(sheet.map((row, place) => asInCsv(sheets, row, place)))
    for (const { id, grossHours, humanHours, deployments } of report.savings.hospitals) {
      const own = rows.filter((row) => row['hospital'] === id && row['kind'] !== 'one-off')
      expect(amount(own, 'grossMinutes')).toBeCloseTo(grossHours * 60, 8)
      expect(amount(own, 'humanMinutes')).toBeCloseTo(humanHours * 60, 8)
      for (const row of own)
        expect(Number(row['netMinutes'])).toBeCloseTo(
          Number(row['grossMinutes']) - Number(row['humanMinutes']),
          8,
        )
      for (const deployment of deployments) {
        if (!report.told.get(deployment.id)?.hours) continue
        const measure = { measure: 'gross-hours', hospital: id, deployment: deployment.id } as const
        const seesItems = seesItemsOf.some((hospital) => hospital === id)
        const onScreen = await explain(ledger.db, { ...PERIOD, ...measure, seesItems })
        const part = own.filter((row) => row['deployment'] === deployment.id)
        expect(amount(part, 'grossMinutes')).toBeCloseTo(onScreen.value * 60, 8)
        const told = part.filter(({ day }) => day !== 'withheld')
        expect(told.map(({ day, outcome, kind, items }) => [day, outcome, kind, Number(items)])).toEqual(
          onScreen.counts.map(({ day, outcome, kind, items }) => [day, outcome, kind, items]),
        )
      }
    }
    const other = rowsOf(savingsCsv(report.savings, report.recounted, report.told))
    for (const { deployment, done, parked } of other) {
      const part = rows.filter((row) => row['deployment'] === deployment)
      if (part.length === 0 || part.some(({ items }) => items === 'withheld')) continue
      const ended = (outcome: string) =>
        amount(
          part.filter((row) => row['outcome'] === outcome),
          'items',
        )
      expect([ended('done'), ended('parked')].map(String)).toEqual([done, parked])
    }
  },
)

test('who sees counts only is told no count under five in it, and no day of one', async () => {
  await using ledger = await openWithMore()
  const rows = counts(await ledger.read([]))
  for (const { items } of rows) expect(items === 'withheld' || Number(items) >= 5).toBe(true)
  expect(rows.some(({ day }) => day === '2026-03-28')).toBe(false)
  expect(rows.filter(({ hospital }) => hospital === 'west')).toMatchObject([
    { deployment: 'withheld', day: 'withheld', items: 'withheld', grossMinutes: '67.375' },
  ])
  // Who may see items is told them all.
  expect(counts(await ledger.read()).map(({ items }) => Number(items))).toContain(3)
})

test('a variant that a spreadsheet would run is text there', async () => {
  await using ledger = await openSeededReport()
  const variant = '=HYPERLINK("http://x","y")'
  const count = { deployment: 'oost-check', day: '2026-03-01', variant, outcome: 'nothing' }
  await ledger.db
    .insertInto('day_count')
    .values({ ...count, items: 8, shares: '0', human_seconds: 0 })
    .execute()
  expect(written(await ledger.read())).toContain(`,"'=HYPERLINK(""http://x"",""y"")",nothing,regular,8,`)
})

test('more counts than can be listed are refused with what to ask instead', async () => {
  await using ledger = await openSeededReport()
  await sql`INSERT INTO day_count (deployment, day, variant, outcome, items, shares, human_seconds)
    SELECT 'oost-check', '2026-03-01', 'v' || place, 'nothing', 1, 0, 0 FROM generate_series(1, ${MOST_COUNTS}::int) place`.execute(
    ledger.db,
  )
  const report = await ledger.read()
  expect(() => written(report)).toThrow(/Field to: .* ask for a shorter period/)
})
