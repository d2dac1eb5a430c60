import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import type { ReportContent } from '../../../dashboards/reports/report-content.ts'
import { savingsPdf } from '../../../dashboards/reports/savings-pdf.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { savingsTable } from '../../../dashboards/terminal/savings-table.ts'
import { savingsCsv } from '../../../orchestrator/savings/savings-csv.ts'
import { savingsJson } from '../../../orchestrator/savings/savings-json.ts'
import { csvRows } from '../../../orchestrator/triggers/list/csv-rows.ts'
import { openFullerReport } from './fuller-report.ts'
import { readWorkbook } from './read-workbook.ts'
import { written } from './written-figure.ts'

/** The fuller report in which one hospital counted by an estimate, so that it has no interval. */
async function openWithEstimate() {
  const report = await openFullerReport()
  const own = { deployment: 'west-check', variant: 'other' }
  const days = { measured_on: '2025-01-01', valid_from: '2025-01-01', remeasure_on: '2030-01-01' }
  const guessed = { method: 'estimate', n: null, spread_minutes: null, measured_by: 'account-1' } as const
  await report.db
    .insertInto('baseline')
    .values({ ...own, ...days, ...guessed, minutes: '4.000' })
    .execute()
  const count = { day: '2026-03-03', outcome: 'done', human_seconds: 0 }
  const eight = { items: 8, counting: 8, shares: '8.0000' }
  await report.db
    .insertInto('day_count')
    .values({ ...own, ...count, ...eight })
    .execute()
  await report.db
    .insertInto('upkeep')
    .values({ deployment: 'oost-check', day: '2026-03-29', hours: '2.00', booked_by: 'account-1' })
    .execute()
  return report
}

/** What every form tells of a hospital; a place without an interval has nulls and a reason. */
interface Figures {
  readonly net: number
  readonly low: number | null
  readonly high: number | null
  readonly fte: number
  readonly fteLow: number | null
  readonly fteHigh: number | null
  readonly normHours: number
  readonly gross: number
  readonly human: number
  readonly upkeep: number
  readonly oneOff: number
  readonly leftOut: number
  readonly realised: number
  readonly why: string | null
}

function fromJson(content: ReportContent): Figures[] {
  return savingsJson(content.savings, content).hospitals.map(({ norm, interval, ...hospital }) => ({
    ...{ net: hospital.netHours, fte: hospital.fte[norm.hoursPerYear] ?? Number.NaN },
    ...{ low: interval?.netHours.low ?? null, high: interval?.netHours.high ?? null },
    ...{ fteLow: interval?.fte.low ?? null, fteHigh: interval?.fte.high ?? null },
    ...{ normHours: norm.hoursPerYear, gross: hospital.grossHours, human: hospital.humanHours },
    ...{ upkeep: hospital.upkeepHours, oneOff: hospital.oneOff.netHours, leftOut: hospital.leftOut },
    ...{ realised: hospital.realisedHours, why: hospital.noInterval },
  }))
}

function fromCsv({ savings, recounted, told }: ReportContent): Figures[] {
  const [heads, ...lines] = csvRows(Buffer.from(savingsCsv(savings, recounted, told)))
  const names = heads?.cells ?? []
  const rows = lines.map(({ cells }) => new Map(names.map((name, place) => [name, cells[place] ?? ''])))
  return [...Map.groupBy(rows, (row) => row.get('hospital')).values()].map((own) => {
    const sum = (head: string) => own.reduce((total, row) => total + Number(row.get(head)), 0)
    // Of the hospital as a whole: the same on each of its lines.
    const text = (head: string) => {
      expect(new Set(own.map((row) => row.get(head))).size, head).toBe(1)
      return own[0]?.get(head) || null
    }
    const end = (head: string) => (text(head) === null ? null : Number(text(head)))
    return {
      ...{ net: Number(text('hospitalNetHours')), fte: Number(text('hospitalFte')) },
      ...{ low: end('hospitalNetHoursLow'), high: end('hospitalNetHoursHigh') },
      ...{ fteLow: end('hospitalFteLow'), fteHigh: end('hospitalFteHigh') },
      ...{ normHours: Number(text('normHours')), gross: sum('grossMinutes') / 60 },
      ...{ human: sum('humanMinutes') / 60, upkeep: sum('upkeepHours'), oneOff: sum('oneOffNetHours') },
      ...{ leftOut: sum('leftOut'), realised: Number(text('hospitalRealisedHours')) },
      why: text('hospitalNoInterval'),
    }
  })
}

const REASONS = new Map([['a baseline is an estimate', 'estimate']])

/** The rows of the summary; the last is of all hospitals. */
async function fromExcel(report: ReportContent): Promise<Figures[]> {
  const [heads = [], ...rows] = readWorkbook(await savingsWorkbook(report, 'en')).get('Summary') ?? []
  return rows.map((row) => {
    const cell = (head: string) => row[heads.indexOf(head)] ?? null
    const end = (head: string) => (cell(head) === null ? null : Number(cell(head)))
    return {
      ...{ net: Number(cell('Net hours')), fte: Number(cell('FTE at the norm')) },
      ...{ low: end('lowest (95 %)'), high: end('highest (95 %)') },
      ...{ fteLow: end('FTE at the norm, lowest (95 %)'), fteHigh: end('FTE at the norm, highest (95 %)') },
      ...{ normHours: Number(cell('Hours of one FTE')), gross: Number(cell('Gross hours')) },
      ...{ human: Number(cell('Human hours')), upkeep: Number(cell('Upkeep hours')) },
      oneOff: Number(cell('One-off (hours, not counted)')),
      leftOut: Number(cell('Not counted: case of another item')),
      realised: Number(cell('Realised (hours, signed)')),
      why: REASONS.get(String(cell('No interval'))) ?? null,
    }
  })
}

/** Equal, but for the last digits of sums that were made in another order. */
function expectSame(one: readonly Figures[], other: readonly Figures[]): void {
  const close = (figures: Figures) =>
    Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [
        name,
        typeof value === 'number' ? expect.closeTo(value, 9) : value,
      ]),
    )
  expect(one).toEqual(other.map(close))
}

test('JSON, CSV and Excel tell the same of each hospital, and the row of all hospitals adds them up', async () => {
  await using ledger = await openWithEstimate()
  const report = await ledger.read()
  const json = fromJson(report)
  expect(json.map(({ why }) => why)).toEqual([null, 'estimate'])
  expect(json[0]).toMatchObject({ upkeep: 2, leftOut: 9, realised: 10.5, oneOff: expect.closeTo(2.333, 9) })
  expectSame(fromCsv(report), json)
  const excel = await fromExcel(report)
  const whole = excel.at(-1)
  expectSame(excel.slice(0, -1), json)
  expect(whole).toMatchObject({ low: null, high: null, why: 'estimate' })
  for (const name of ['net', 'fte', 'gross', 'human', 'upkeep', 'oneOff', 'leftOut', 'realised'] as const)
    expect(whole?.[name], name).toBeCloseTo(
      json.reduce((sum, figures) => sum + figures[name], 0),
      9,
    )
})

test('the table of the terminal and the PDF print those figures, rounded', { timeout: 120_000 }, async () => {
  await using ledger = await openWithEstimate()
  const report = await ledger.read()
  const pdf = await savingsPdf(report, 'en', {
    ...{ chromium: undefined, environment: { PATH: process.env['PATH'] } },
  })
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })
  const printed = text.replaceAll(/\s+/g, '')
  const table = savingsTable(report.savings, report.recounted)
  for (const [place, figures] of fromJson(report).entries()) {
    const name = report.savings.hospitals[place]?.name ?? ''
    const [hours, two] = [1, 2].map((digits) => (value: number) => written('en', value, digits))
    if (!hours || !two) throw new Error('There is nothing to write with.')
    const { net, low, high, fte, gross, human, upkeep } = figures
    const range =
      low === null || high === null ? 'Nointerval:abaselineisanestimate' : `${hours(low)}–${hours(high)}`
    const row = [...[gross, human, upkeep, net].map(hours), range, two(fte)].join('')
    const atNorm =
      figures.fteLow === null || figures.fteHigh === null
        ? ''
        : `${two(figures.fteLow)}–${two(figures.fteHigh)}`
    expect(printed).toContain(
      `${name.replaceAll(/\s+/g, '')}${row}at${written('en', figures.normHours, 0)}hours${atNorm}`,
    )
    const line = table.split('\n').find((each) => each.includes(` ${name} `)) ?? ''
    expect(line.split('│').map((cell) => cell.trim())).toEqual(
      expect.arrayContaining([two(net), two(upkeep), two(fte)]),
    )
    if (figures.fteLow !== null && figures.fteHigh !== null)
      expect(line).toContain(`${two(figures.fteLow)} to ${two(figures.fteHigh)} FTE`)
    else expect(line).toContain('no interval: estimated')
  }
  expect(table).toContain(`of the net hours 10.50 are signed as realised`)
})

test('a sum over hospitals with a part that is not told is not told in Excel', async () => {
  await using ledger = await openWithEstimate()
  const left = {
    day: '2026-03-02',
    variant: 'plain',
    outcome: 'done',
    human_seconds: 0,
    kind: 'left-out',
  } as const
  await ledger.db
    .insertInto('day_count')
    .values({ ...left, deployment: 'west-intake', items: 3, counting: 3, shares: '3.0000' })
    .execute()
  const [heads = [], ...rows] =
    readWorkbook(await savingsWorkbook(await ledger.read(['oost']), 'en')).get('Summary') ?? []
  const column = heads.indexOf('Not counted: case of another item')
  expect(rows.map((row) => row[column])).toEqual([9, 'not shown', 'not shown'])
})
