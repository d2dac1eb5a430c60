import { expect, test } from 'vitest'
import { valueWorkbook } from '../../../dashboards/reports/value-workbook.ts'
import { addCost, putHourRate } from '../../../orchestrator/programme/costs.ts'
import { readValueCase, type ValueCase } from '../../../orchestrator/programme/value-case.ts'
import { valueCsv } from '../../../orchestrator/programme/value-csv.ts'
import { readWorkbook } from '../../dashboards/reports/read-workbook.ts'
import { evaluate } from '../../dashboards/reports/sheet-formulas.ts'
import { openProgrammeLedger, type ProgrammeLedger } from './programme-ledger.ts'

const TODAY = '2026-11-21'
const by = { account: 'account-1' }

/** Minutes that are no whole hours at rates with cents: a third of an hour at 40.10 is no whole number of cents. */
async function filled(): Promise<ProgrammeLedger> {
  const ledger = await openProgrammeLedger()
  const { db } = ledger
  const intake = await ledger.deploy('oost', 'referral-intake', 'live')
  const elsewhere = await ledger.deploy('west', 'referral-intake', 'live')
  const check = await ledger.deploy('oost', 'insurance-check', 'live')
  const planner = await ledger.deploy('west', 'planner', 'live')
  await db.updateTable('baseline').set({ minutes: '0.333' }).execute()
  for (const [deployment, day, items] of [
    [intake, '2025-06-01', 7],
    [elsewhere, '2025-06-01', 11],
    [check, '2026-02-01', 13],
    [planner, '2026-02-01', 17],
    [intake, '2026-03-01', 3001],
  ] as const)
    await ledger.count(deployment, day, items)
  for (const [hospital, deployment, euros] of [
    ['oost', intake, '40.10'],
    ['west', elsewhere, '38.33'],
    ['oost', check, '51.07'],
  ] as const)
    await putHourRate(
      db,
      {
        ...{ hospital, deployment, functionGroup: 'FG 35', validFrom: '2025-01-01', euros, ...by },
      },
      TODAY,
    )
  const cost = { hospital: 'oost', note: '', ...by }
  await addCost(db, { ...cost, bot: 'referral-intake', year: 2025, kind: 'licences', euros: '0.01' }, TODAY)
  await addCost(db, { ...cost, bot: 'insurance-check', year: 2026, kind: 'hours', euros: '99.99' }, TODAY)
  await addCost(db, { ...cost, bot: 'never-used', year: 2026, kind: 'other', euros: '12' }, TODAY)
  await addCost(db, { ...cost, bot: null, year: 2026, kind: 'hosting', euros: '1250.55' }, TODAY)
  return ledger
}

const read = async ({ db }: ProgrammeLedger, seesItems = true) =>
  await readValueCase(db, {
    ...{ hospitals: ['oost', 'west'], from: 2025, to: 2026, today: TODAY, seesItems: () => seesItems },
  })

/** Decimal text as a whole number of 10⁻¹¹ euros: a stranger to the product's own adding up. */
function units(euros: string | null): bigint {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)\.(\d{2,11})$/.exec(euros ?? '') ?? []
  return BigInt(`${sign}${whole}${fraction.padEnd(11, '0')}`)
}

const sum = (parts: readonly bigint[]) => parts.reduce((total, part) => total + part, 0n)

test('each robot has its own costs and benefits; with what is not of one robot they are the whole to the last decimal', async () => {
  await using ledger = await filled()
  const { years, whole, robots } = await read(ledger)
  expect(robots.map(({ bot }) => bot)).toEqual([
    ...['insurance-check', 'never-used', 'planner', 'referral-intake', null],
  ])
  const intake = robots.find(({ bot }) => bot === 'referral-intake')
  // 2025: 7 × 0.333 / 60 = 0.03885 h × 40.10 = 1.557885; 11 × 0.333 / 60 = 0.06105 h × 38.33 = 2.3400465
  expect(intake?.years[0]).toMatchObject({
    costs: { licences: '0.01' },
    ...{ costTotal: '0.01', benefit: '3.8979315', result: '3.8879315', hoursWithoutRate: 0 },
  })
  // The planner has no rate: its hours are told and priced nowhere.
  const planner = robots.find(({ bot }) => bot === 'planner')
  expect(planner?.whole).toMatchObject({ benefit: '0.00', costTotal: '0.00' })
  expect(planner?.whole.hoursWithoutRate).toBeCloseTo((17 * 0.333) / 60, 12)
  expect(robots.at(-1)).toMatchObject({
    bot: null,
    whole: { costs: { hosting: '1250.55' }, result: '-1250.55', netHours: 0 },
  })
  for (const [place, year] of [...years, whole].entries()) {
    const own = robots.map((robot) => robot.years[place] ?? robot.whole)
    for (const figure of ['costTotal', 'benefit', 'result'] as const)
      expect(sum(own.map((robot) => units(robot[figure])))).toBe(units(year[figure]))
    for (const kind of ['licences', 'hours', 'hosting', 'other'] as const)
      expect(sum(own.map(({ costs }) => units(costs[kind])))).toBe(units(year.costs[kind]))
  }
  // A sum of what was rounded to cents would be another one.
  const rounded = robots.flatMap((robot) => robot.years.map(({ benefit }) => Number(benefit).toFixed(2)))
  expect(sum(rounded.map(units))).not.toBe(units(whole.benefit))
})

test('to who sees counts only, a robot with fewer than five items is not told, and neither is the one beside it', async () => {
  await using ledger = await filled()
  await ledger.db
    .updateTable('day_count')
    .set({ items: 3, counting: 3, shares: '3' })
    .where('items', '=', 13)
    .execute()
  const { years, whole, robots } = await read(ledger, false)
  const told = robots.map(({ bot, years: own }) => [bot, ...own.map(({ benefit }) => benefit !== null)])
  expect(told).toEqual([
    ['insurance-check', true, false],
    ['never-used', true, true],
    ['planner', true, true],
    ['referral-intake', true, false],
    [null, true, true],
  ])
  const check = robots.find(({ bot }) => bot === 'insurance-check')
  const nothing = { benefit: null, result: null, netHours: null, hoursWithoutRate: null }
  expect(check?.years[1]).toMatchObject({ ...nothing, costTotal: '99.99' })
  expect(check?.whole).toMatchObject({ ...nothing, costTotal: '99.99' })
  const all = await read(ledger)
  expect([years, whole]).toEqual([all.years, all.whole])
  expect(valueCsv({ years, whole, robots, someWithoutRate: false })).toContain(
    '2026,robot,insurance-check,0.00,99.99,0.00,0.00,99.99,withheld,withheld,withheld,withheld,\r\n',
  )
})

/** The cells of the sheet by the heads of the language. */
async function sheetsOf(value: ValueCase, language: 'nl' | 'en') {
  const sheets = readWorkbook(await valueWorkbook(value, language))
  const [byYear = [], byRobot = []] = [...sheets.values()]
  return { sheets, names: [...sheets.keys()], byYear, byRobot }
}

test('Excel and CSV tell the same, costs, results and sums as formulas', async () => {
  await using ledger = await filled()
  const value = await read(ledger)
  const { sheets, names, byYear, byRobot } = await sheetsOf(value, 'nl')
  expect(names).toEqual(['Per jaar', 'Per robot en jaar', 'Toelichting'])
  const cell = (sheet: string, letter: string, row: number) => evaluate(sheets, sheet, `${letter}${row}`)
  for (const [place, year] of value.years.entries()) {
    const row = place + 2
    expect(cell('Per jaar', 'F', row)).toBeCloseTo(Number(year.costTotal), 9)
    expect(cell('Per jaar', 'J', row)).toBeCloseTo(Number(year.result), 9)
    expect(cell('Per jaar', 'K', row)).toBeCloseTo(Number(year.cumulative), 9)
  }
  expect(byYear.at(-1)?.[0]).toBe('Samen')
  expect(cell('Per jaar', 'I', 4)).toBeCloseTo(Number(value.whole.benefit), 9)
  expect(cell('Per jaar', 'H', 4)).toBeCloseTo(value.whole.hoursWithoutRate, 9)
  // Five lines and their sum for each of two years.
  expect(byRobot.slice(1).map(([year, name]) => [year, name])).toEqual(
    [2025, 2026].flatMap((year) =>
      [
        'Verzekering controleren',
        'never-used',
        'planner',
        'Verwijzing verwerken',
        'Niet van één robot',
        'Samen',
      ].map((name) => [year, name]),
    ),
  )
  expect(cell('Per robot en jaar', 'J', 13)).toBeCloseTo(Number(value.years[1]?.benefit), 9)
  expect(cell('Per robot en jaar', 'K', 13)).toBeCloseTo(Number(value.years[1]?.result), 9)
  expect(cell('Per robot en jaar', 'K', 12)).toBeCloseTo(-1250.55, 9)

  const lines = valueCsv(value).trim().split('\r\n')
  expect(lines[0]).toBe(
    'year,line,bot,licences,hours,hosting,other,costs,netHours,hoursWithoutRate,benefit,result,cumulative',
  )
  expect(lines).toHaveLength(1 + 2 * 6)
  expect(lines[11]).toBe('2026,shared,,0.00,0.00,1250.55,0.00,1250.55,0,0,0.00,-1250.55,')
  const year = value.years[1]
  expect(lines.at(-1)).toBe(
    `2026,total,,0.00,99.99,1250.55,12.00,1362.54,${year?.netHours},${year?.hoursWithoutRate},${year?.benefit},${year?.result},${year?.cumulative}`,
  )
})

test('where something is not told, Excel gives the whole as it is, not a sum of the rest', async () => {
  await using ledger = await filled()
  await ledger.db
    .updateTable('day_count')
    .set({ items: 3, counting: 3, shares: '3' })
    .where('items', '=', 13)
    .execute()
  const value = await read(ledger, false)
  const { sheets, byRobot } = await sheetsOf(value, 'en')
  expect(byRobot[7]?.slice(0, 2)).toEqual([2026, 'Insurance check'])
  expect(byRobot[7]?.[9]).toBe('not shown')
  expect(byRobot[12]?.[9]).toBe(Number(value.years[1]?.benefit))
  expect(evaluate(sheets, 'By robot and year', 'K13')).toBeCloseTo(Number(value.years[1]?.result), 9)
})
