import { expect, test } from 'vitest'
import { bots } from '../../../bots/index.ts'
import type { ReportContent } from '../../../dashboards/reports/report-content.ts'
import { wordsOf, type WordKey } from '../../../dashboards/reports/report-words.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { addChain } from '../../../orchestrator/savings/chains.ts'
import { openFullerReport } from './fuller-report.ts'
import { readWorkbook } from './read-workbook.ts'
import { evaluate, type Cells } from './sheet-formulas.ts'

const BY = { account: 'account-1', today: '2026-03-31' } as const
const INTERVALS = ['low', 'high', 'fteLow', 'fteHigh', 'contractFteLow', 'contractFteHigh'] as const

/** The fuller report with upkeep in two months, and a chain of which both parts counted. */
async function openWithChain() {
  const report = await openFullerReport()
  const { db } = report
  const booked = { deployment: 'oost-check', booked_by: 'account-1' }
  await db
    .insertInto('upkeep')
    .values([
      { ...booked, day: '2026-02-27', hours: '1.25' },
      { ...booked, day: '2026-03-29', hours: '2.50' },
    ])
    .execute()
  const plain = { variant: 'plain' }
  await addChain(db, BY, {
    ...{ hospital: 'oost', name: 'From referral to check', validFrom: '2026-03-31' },
    ...{ baselineDeployment: 'oost-intake', baselineVariant: 'plain' },
    parts: [
      { ...plain, deployment: 'oost-intake', share: 0.6 },
      { ...plain, deployment: 'oost-check', share: 0.4 },
    ],
  })
  const done = { ...plain, day: '2026-03-31', outcome: 'done', human_seconds: 0 }
  const ninety = { items: 90, counting: 90, shares: '90.0000' }
  await db
    .insertInto('day_count')
    .values(['oost-intake', 'oost-check'].map((deployment) => ({ ...done, ...ninety, deployment })))
    .execute()
  return report
}

/** What is recomputed: of what, the figure, from which sheet, its formula, and the difference. */
function recomputed(sheets: ReadonlyMap<string, Cells>, sheet: string) {
  return (sheets.get(sheet) ?? []).slice(1).map(([of, figure, , formula, , from], place) => ({
    ...{ of: String(of), figure: String(figure), from: String(from), formula: String(formula) },
    reported: evaluate(sheets, sheet, `C${place + 2}`),
    difference: evaluate(sheets, sheet, `E${place + 2}`),
  }))
}

async function openSheets(report: ReportContent, language: 'nl' | 'en') {
  return new Map(readWorkbook(await savingsWorkbook(report, language)))
}

test.each(['nl', 'en'] as const)(
  'the headline, its intervals, months, robots and activities are computed again in %s',
  async (language) => {
    await using ledger = await openWithChain()
    const report = await ledger.read()
    const word = wordsOf(language)
    const sheets = await openSheets(report, language)
    const [, title] = sheets.get(word('recompute'))?.[0] ?? []
    expect(title).toBe(language === 'nl' ? 'Cijfer' : 'Figure')
    const rows = recomputed(sheets, word('recompute'))
    for (const row of rows) expect(Math.abs(row.difference), `${row.of} ${row.figure}`).toBeLessThan(1e-9)
    const reported = (of: string, figure: WordKey, from: WordKey) => {
      const found = rows.filter(
        (row) => row.of === of && row.figure === word(figure) && row.from === word(from),
      )
      expect(found, `${of} ${figure} from ${from}`).toHaveLength(1)
      return found[0]?.reported
    }
    for (const hospital of report.savings.hospitals) {
      const { name, interval } = hospital
      for (const head of ['upkeepHours', 'hoursPerYear'] as const)
        expect(reported(name, head, 'deployments')).toBe(hospital[head])
      for (const head of ['fte', 'contractFte', 'netHours'] as const)
        expect(reported(name, head, 'summary')).toBe(hospital[head])
      const ends = [interval?.netHours, interval?.fte, interval?.contractFte].flatMap((range) => [
        range?.low,
        range?.high,
      ])
      expect(INTERVALS.map((head) => reported(name, head, 'baselines'))).toEqual(ends)
    }
    const whole = word('allHospitals')
    const { total } = report
    for (const head of ['netHours', 'fte', 'contractFte'] as const)
      expect(reported(whole, head, 'summary')).toBe(total[head])
    expect(reported(whole, 'fteLow', 'summary')).toBe(total.interval?.fte.low)
    expect(reported(whole, 'high', 'summary')).toBe(total.interval?.netHours.high)
    expect(reported(whole, 'netHours', 'trend')).toBe(total.netHours)
    for (const { month, netHours } of report.trend)
      expect(reported(month, 'netHours', 'monthSheet')).toBe(netHours)
    for (const { month, deployments } of report.months)
      for (const { id, netHours } of deployments)
        expect(reported(`${id} ${month}`, 'netHours', 'countSheet')).toBe(netHours)
    expect(rows.filter(({ figure }) => figure === word('parkedShare'))).toHaveLength(2)
    const lead = report.robots.find(({ leadTime }) => leadTime !== null)
    const robot = bots.get(lead?.bot ?? '')?.title[language] ?? ''
    expect(reported(robot, 'leadTime', 'leadSheet')).toBe(13.5) // 1,944,000 ÷ 40 ÷ 3,600
    expect(reported(robot, 'withinADay', 'leadSheet')).toBe(0.75)
    expect(rows.filter(({ from }) => from === word('perRobot'))).toHaveLength(2)
  },
)

test.each([
  ['Nulmetingen', 'Spreiding (minuten)', ['laagste (95 %)', 'FTE bij 1.878 uur, hoogste (95 %)'], []],
  [
    'Nulmetingen',
    'Aantal gevallen',
    ['hoogste (95 %)', 'FTE volgens de norm, laagste (95 %)'],
    ['FTE volgens de norm'],
  ],
  ['Inzetten', 'Beheeruren', ['Beheeruren', 'Netto uren'], ['laagste (95 %)']],
  ['Inzetten', 'Netto uren per jaar', ['Netto uren per jaar', 'FTE volgens de norm'], ['Netto uren']],
  ['Inzetten', 'Netto uren', ['Netto uren', 'Netto uren per jaar'], ['Bruto uren']],
  ['Inzetten', 'Gedaan', ['Gedaan'], ['Netto uren']],
  ['Doorlooptijd per inzet', 'Werkitems', ['Doorlooptijd (gemiddeld, uren)', 'Binnen een dag'], ['Gedaan']],
  ['Per robot', 'Uitval', ['Uitval', 'Deel uitval'], ['Netto uren']],
  ['Verloop per maand', 'Netto uren', ['Netto uren'], ['FTE volgens de norm']],
  ['Maanden per inzet', 'Netto uren', ['Netto uren'], ['FTE volgens de norm']],
  ['Samenvatting', 'Uren van één FTE', ['FTE volgens de norm'], ['FTE bij 1.878 uur']],
  ['Samenvatting', 'Netto uren per jaar', ['FTE bij 1.878 uur', 'Netto uren per jaar'], ['Netto uren']],
] as const)('on sheet %s another %s makes figures differ', async (sheet, head, found, not) => {
  await using ledger = await openWithChain()
  const sheets = await openSheets(await ledger.read(), 'nl')
  const cells = (sheets.get(sheet) ?? []).map((row) => [...row])
  const column = (cells[0] ?? []).indexOf(head)
  const row = cells.find((each, place) => place > 0 && typeof each[column] === 'number' && each[column] !== 0)
  if (!row) throw new Error(`There is no ${head} on ${sheet}.`)
  row[column] = Number(row[column]) + 3
  const differing = new Set(
    recomputed(sheets.set(sheet, cells), 'Narekenen').flatMap(({ figure, difference }) =>
      Math.abs(difference) > 1e-4 ? [figure] : [],
    ),
  )
  for (const figure of found) expect([...differing]).toContain(figure)
  for (const figure of not) expect([...differing]).not.toContain(figure)
})

test('who sees counts only recomputes what is told, from cells that are told', async () => {
  await using ledger = await openWithChain()
  const report = await ledger.read(['oost'])
  const sheets = await openSheets(report, 'nl')
  const rows = recomputed(sheets, 'Narekenen')
  const ofWest = rows.filter(({ of }) => of === 'West').map(({ figure, from }) => `${figure} ${from}`)
  expect(ofWest.toSorted()).toEqual(
    [
      ...['Bruto uren', 'Uren van mensen', 'Netto uren'].map((figure) => `${figure} Aantallen per dag`),
      ...['Netto uren', 'FTE volgens de norm', 'FTE bij 1.878 uur'].map((figure) => `${figure} Samenvatting`),
      ...['Beheeruren', 'Eenmalig (uren, niet meegeteld)'].map((figure) => `${figure} Inzetten`),
      // None at all may be told.
      ...['Zonder nulmeting', 'Niet meegeteld: geval van ander werkitem'].map(
        (figure) => `${figure} Inzetten`,
      ),
    ].toSorted(),
  )
  // Months are told of Oost's deployments and of West's together, so only Oost's lead on to counts.
  const months = rows.filter(({ of }) => /\d{4}-\d{2}$/.test(of)).map(({ of, from }) => `${of} ${from}`)
  expect(months).toEqual([
    ...['01', '02', '03'].map((month) => `2026-${month} Maanden per inzet`),
    ...['01', '02', '03'].flatMap((month) =>
      ['check', 'intake'].map((name) => `oost-${name} 2026-${month} Aantallen per dag`),
    ),
  ])
  const [, ...told] = sheets.get('Maanden per inzet') ?? []
  const west = told.filter(([, hospital]) => hospital === 'West')
  expect(west.map(([, , ...cells]) => cells.slice(0, 3))).toEqual(
    west.map(() => ['samengenomen', 'samengenomen', 'samengenomen']),
  )
  expect(west).toHaveLength(3)
  // Sums of robots whose parts are not all told are not told here either.
  for (const title of ['Verwijzing verwerken', 'Verzekering controleren'])
    expect(rows.filter(({ of }) => of === title).map(({ figure }) => figure)).toEqual(['Uitval'])
  for (const { of, formula, difference } of rows) {
    expect(Math.abs(difference), of).toBeLessThan(1e-9)
    // Nothing is in a formula that is not in a cell: minutes of an hour, hours of 1,878, half a width, and no more.
    const numbers = formula.replaceAll(/'[^']*'!|"[^"]*"|[A-Z]+\d+/g, '').match(/\d[\d.]*/g) ?? []
    for (const number of numbers) expect(['60', '1878', '2', '0']).toContain(number)
  }
})

test('months lead to their deployments only where counts or bookings are too many to list; the headline does too', async () => {
  await using ledger = await openWithChain()
  const report = await ledger.read()
  for (const without of [{ counts: null }, { bookings: null }]) {
    const rows = recomputed(await openSheets({ ...report, ...without }, 'nl'), 'Narekenen')
    expect(rows.filter(({ of }) => /^\d{4}-\d{2}$/.test(of))).toHaveLength(3)
    expect(rows.some(({ of }) => /-(?:check|intake) \d{4}-\d{2}$/.test(of))).toBe(false)
    const whole = rows.filter(({ of }) => of === 'Alle ziekenhuizen samen').map(({ figure }) => figure)
    expect(whole).toEqual(expect.arrayContaining(['Netto uren', 'FTE volgens de norm', 'laagste (95 %)']))
    for (const { difference } of rows) expect(Math.abs(difference)).toBeLessThan(1e-9)
  }
})
