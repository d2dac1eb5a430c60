import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { COUNTS_ELSEWHERE, REPORTED, ROUNDED } from '../../../dashboards/reports/report-definitions.ts'
import { figuresIn } from '../../../dashboards/reports/report-figures.ts'
import { reportPage } from '../../../dashboards/reports/report-page.ts'
import { wordsOf } from '../../../dashboards/reports/report-words.ts'
import { savingsPdf } from '../../../dashboards/reports/savings-pdf.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { savingsCsv } from '../../../orchestrator/savings/savings-csv.ts'
import { readWorkbook } from './read-workbook.ts'
import { openSeededReport } from './seeded-report.ts'
import { evaluate } from './sheet-formulas.ts'

const LANGUAGES = ['nl', 'en'] as const

test('the report holds the figures of its hospitals, added up, with trend, parked share and lead time', async () => {
  await using ledger = await openSeededReport()
  const report = await ledger.read()
  // Oost: 400 × 6.125 + 55 × 11.25 + 1,000 × 2.333 − 31.5 = 5,370.25 min; West: 11 × 6.125 = 67.375 min.
  expect(report.total.netHours).toBeCloseTo((5370.25 + 67.375) / 60, 10)
  expect(report.trend.map(({ month }) => month)).toEqual(['2026-01', '2026-02', '2026-03'])
  const minutes = [2450, 587.25, 2400.375]
  for (const [place, { netHours }] of report.trend.entries())
    expect(netHours * 60).toBeCloseTo(minutes[place] ?? 0, 9)
  expect(report.trend.reduce((sum, { netHours }) => sum + netHours, 0)).toBeCloseTo(report.total.netHours, 10)
  const intake = report.robots.find(({ bot }) => bot === 'referral-intake')
  expect(intake).toMatchObject({ hospitals: 2, done: 462, parked: 21, parkedShare: 21 / 483 })
  // (216,000 + 1,728,000) / 40 seconds; 30 of 40 within a day.
  expect(intake?.leadTime).toEqual({ items: 40, meanSeconds: 48_600, withinADay: 30 })
  const margins = report.savings.hospitals.map(
    ({ interval }) => (interval ? interval.netHours.high - interval.netHours.low : Number.NaN) / 2,
  )
  const total = report.total.interval
  expect(((total?.netHours.high ?? 0) - (total?.netHours.low ?? 0)) / 2).toBeCloseTo(
    Math.hypot(...margins),
    10,
  )
})

test('how many were done within a day is kept where that, or how many took longer, points at a patient', async () => {
  await using ledger = await openSeededReport()
  const within = async (seesItemsOf?: readonly string[]) =>
    (await ledger.read(seesItemsOf)).robots.find(({ bot }) => bot === 'referral-intake')?.leadTime?.withinADay
  expect(await within(['west'])).toBe(30)
  for (const within_a_day of [30, 3]) {
    await ledger.db.updateTable('lead_time').set({ items: 33, within_a_day }).execute()
    expect(await within()).toBe(within_a_day)
    expect(await within(['west'])).toBeNull()
  }
})

test('the lead time is kept where it, or what of all that was done it is not of, are few items', async () => {
  await using ledger = await openSeededReport()
  const robot = async (seesItemsOf?: readonly string[]) =>
    (await ledger.read(seesItemsOf)).robots.find(({ bot }) => bot === 'referral-intake')
  for (const items of [4, 460]) {
    await ledger.db.updateTable('lead_time').set({ items, within_a_day: 0 }).execute() // of 462
    expect(await robot()).toMatchObject({ leadTime: { items }, leadTimeWithheld: false })
    expect(await robot(['west'])).toMatchObject({ leadTime: null, leadTimeWithheld: true })
  }
  await ledger.db.updateTable('lead_time').set({ items: 400 }).execute()
  expect(await robot(['west'])).toMatchObject({ leadTime: { items: 400 }, leadTimeWithheld: false })
})

test('the lead time of each deployment is told where that of all of a robot is, and none of it otherwise', async () => {
  await using ledger = await openSeededReport()
  const lead = { day: '2026-03-02', deployment: 'west-intake', within_a_day: 6 }
  const { db } = ledger
  await db
    .insertInto('lead_time')
    .values({ ...lead, items: 6, seconds: '600' })
    .execute()
  const parts = async (seesItemsOf?: readonly string[]) =>
    (await ledger.read(seesItemsOf)).robots.find(({ bot }) => bot === 'referral-intake')?.leadTimeParts
  const oost = { deployment: 'oost-intake', items: 40, seconds: 1_944_000, withinADay: 30 }
  const west = { deployment: 'west-intake', items: 6, seconds: 600, withinADay: 6 }
  expect(await parts()).toEqual([oost, west])
  // West did 7: the one without a lead time would follow from its 6.
  expect(await parts(['oost'])).toEqual([])
  await db.deleteFrom('day_count').where('deployment', '=', 'west-check').execute()
  await db.updateTable('lead_time').set({ items: 7, within_a_day: 7 }).where('items', '=', 6).execute()
  const whole = { ...west, items: 7 }
  expect(await parts(['oost'])).toEqual([oost, { ...whole, withinADay: 7 }])
  await db.updateTable('lead_time').set({ within_a_day: 6 }).where('items', '=', 7).execute()
  expect(await parts(['oost'])).toEqual([oost, whole].map((part) => ({ ...part, withinADay: null })))
})

test.each(LANGUAGES)(
  'the workbook in %s has the figures as numbers, and its formulas come to the same',
  async (language) => {
    await using ledger = await openSeededReport()
    const report = await ledger.read()
    const sheets = readWorkbook(await savingsWorkbook(report, language))
    const word = wordsOf(language)
    const summary = sheets.get(word('summary')) ?? []
    for (const [place, hospital] of report.savings.hospitals.entries()) {
      const [name, net, low, high, fte, contractFte] = summary[place + 1] ?? []
      expect(name).toBe(hospital.name)
      expect([net, fte, contractFte]).toEqual([hospital.netHours, hospital.fte, hospital.contractFte])
      expect([low, high]).toEqual([hospital.interval?.netHours.low, hospital.interval?.netHours.high])
    }
    expect(summary.at(-1)?.[1]).toBe(report.total.netHours)
    const recompute = sheets.get(word('recompute')) ?? []
    // Of each deployment six figures from its baselines and each other; from the counts two, five outcomes and three
    // months; and of each hospital three.
    const deployments = recompute.filter(([of]) => /^(?:oost|west)-/.test(String(of)))
    expect(deployments).toHaveLength(4 * 6 + 4 * 2 + 4 * 5 + 4 * 3)
    for (const row of recompute.keys()) {
      if (row === 0) continue
      const [reported, recomputed, difference] = ['C', 'D', 'E'].map((column) =>
        evaluate(sheets, word('recompute'), `${column}${row + 1}`),
      )
      if (recompute[row]?.[5] === word('deployments')) expect(reported).toBeGreaterThanOrEqual(0)
      expect(recomputed).toBeCloseTo(reported ?? Number.NaN, 9)
      expect(Math.abs(difference ?? Number.NaN)).toBeLessThan(1e-9)
    }
  },
)

test('a formula of the workbook that were wrong would be seen', async () => {
  await using ledger = await openSeededReport()
  const sheets = readWorkbook(await savingsWorkbook(await ledger.read(), 'nl'))
  const deployments = (sheets.get('Inzetten') ?? []).map((row) => [...row])
  if (deployments[1]) deployments[1][13] = 1
  const changed = new Map([...sheets, ['Inzetten', deployments]])
  const rows = sheets.get('Narekenen') ?? []
  const differences = [...rows.keys()].slice(1).map((row) => evaluate(changed, 'Narekenen', `E${row + 1}`))
  expect(differences.some((difference) => Math.abs(difference) > 1)).toBe(true)
})

test('text that a spreadsheet or a browser might run stays text everywhere', async () => {
  await using ledger = await openSeededReport()
  const report = await ledger.read()
  const hostile = '=HYPERLINK("x")<b>Oost</b>'
  const sheets = readWorkbook(await savingsWorkbook(report, 'nl'))
  expect(sheets.get('Samenvatting')?.[1]?.[0]).toBe(hostile)
  const page = reportPage(report, 'nl')
  expect(page).toContain('=HYPERLINK(&quot;x&quot;)&lt;b&gt;Oost&lt;/b&gt;')
  expect(page).not.toContain('<b>')
})

test.each(LANGUAGES)(
  'the PDF in %s says the same figures in a few pages',
  { timeout: 120_000 },
  async (language) => {
    await using ledger = await openSeededReport()
    const report = await ledger.read()
    const pdf = await savingsPdf(report, language, {
      chromium: undefined,
      environment: { PATH: process.env['PATH'] },
    })
    const document = await getDocumentProxy(new Uint8Array(pdf))
    expect(document.numPages).toBeLessThanOrEqual(5)
    const { text } = await extractText(document, { mergePages: true })
    const plain = text.replaceAll(/\s+/g, ' ').replaceAll(/(?<=\s|^)\d \/ \d /g, '')
    const { hours, fte, share } = figuresIn(language)
    const word = wordsOf(language)
    expect(plain).toContain(word('notSaid'))
    expect(plain).toContain(ROUNDED[language])
    expect(plain).toContain(COUNTS_ELSEWHERE[language])
    expect(plain).toContain(hours(report.total.netHours))
    expect(plain).toContain(fte(report.total.fte))
    expect(plain).toContain(fte(report.total.contractFte))
    for (const hospital of report.savings.hospitals) {
      expect(plain).toContain(hours(hospital.netHours))
      expect(plain).toContain(fte(hospital.fte))
    }
    for (const { netHours } of report.trend) expect(plain).toContain(hours(netHours))
    expect(plain).toContain(share(21 / 483))
    expect(plain).toContain(`${REPORTED[language]} west-intake.`)
  },
)

test.each(LANGUAGES)(
  'CSV and workbook in %s tell of which deployments another robot reported items',
  async (language) => {
    await using ledger = await openSeededReport()
    const report = await ledger.read()
    const ids = ['oost-check', 'oost-intake', 'west-check', 'west-intake']
    const [head = '', ...lines] = savingsCsv(report.savings, report.recounted).trim().split('\r\n')
    const [id, reported] = ['deployment', 'reported'].map((name) => head.split(',').indexOf(name))
    const inCsv = lines.map((line) => line.split(','))
    expect(inCsv.map((cells) => [cells[id ?? -1], cells[reported ?? -1]])).toEqual(
      ids.map((of) => [of, of === 'west-intake' ? 'yes' : 'no']),
    )
    const word = wordsOf(language)
    const [heads = [], ...rows] =
      readWorkbook(await savingsWorkbook(report, language)).get(word('deployments')) ?? []
    expect(rows.map((row) => [row[1], row[heads.indexOf(word('reportedItems'))]])).toEqual(
      ids.map((of) => [of, word(of === 'west-intake' ? 'yes' : 'no')]),
    )
  },
)

test('CSV, workbook and report tell the same net hours for each deployment', async () => {
  await using ledger = await openSeededReport()
  const report = await ledger.read()
  const [head = '', ...lines] = savingsCsv(report.savings, report.recounted).trim().split('\r\n')
  const column = head.split(',').indexOf('netHours')
  const inCsv = lines.map((line) => Number(line.split(',')[column]))
  const sheet = readWorkbook(await savingsWorkbook(report, 'en')).get('Deployments') ?? []
  const inSheet = sheet.slice(1).map((row) => row[15])
  const own = report.savings.hospitals.flatMap(({ deployments }) =>
    deployments.map(({ netHours }) => netHours),
  )
  expect(inCsv).toEqual(own)
  expect(inSheet).toEqual(own)
})

test('who may not see items is told no count under five in any file, nor one that it follows from; totals stay', async () => {
  await using ledger = await openSeededReport()
  const report = await ledger.read(['oost'])
  const open = await ledger.read()
  expect(report.total).toEqual(open.total)
  // West: 4 checks, and beside them the 7 intakes, or the hospital's hours would tell the 4.
  const sheets = readWorkbook(await savingsWorkbook(report, 'nl'))
  const [heads = [], ...rows] = sheets.get('Inzetten') ?? []
  const at = (id: string, head: string) => rows.find((row) => row[1] === id)?.[heads.indexOf(head)]
  const hidden = 'niet getoond'
  expect([at('west-check', 'Gedaan'), at('west-check', 'Netto uren')]).toEqual([hidden, hidden])
  expect([at('west-intake', 'Gedaan'), at('west-intake', 'Bruto minuten')]).toEqual([hidden, hidden])
  expect([at('west-intake', 'Gemeten dagen'), at('oost-check', 'Gemeten dagen')]).toEqual([hidden, 2])
  expect([at('oost-check', 'Gedaan'), at('oost-intake', 'Uitval')]).toEqual([1000, 21])
  for (const name of ['Nulmetingen', 'Narekenen'])
    expect(sheets.get(name)?.some(([id]) => String(id).startsWith('west-'))).toBe(false)
  expect(sheets.get('Definities en bronnen')?.some(([word]) => word === hidden)).toBe(true)
  const [, summary] = (sheets.get('Samenvatting') ?? []).slice(1)
  expect(summary?.[1]).toBe(open.savings.hospitals[1]?.netHours)
  const csv = savingsCsv(report.savings, report.recounted, report.told).split('\r\n')
  const place = csv[0]?.split(',').indexOf('measuredDays') ?? -1
  for (const id of ['west-check', 'west-intake']) {
    const line = csv.find((each) => each.includes(id))
    expect(line).toMatch(/withheld,.*withheld/)
    expect(line?.split(',')[place]).toBe('withheld')
  }
  // Sums over robots and activities that one could subtract from are not told either.
  for (const { done, netHours } of report.robots) expect([done, netHours]).toEqual([null, null])
  expect(reportPage(report, 'nl')).toContain(hidden)
  expect(reportPage(open, 'nl').split(hidden)).toHaveLength(2)
  expect(reportPage(open, 'nl')).toContain('oost-check (2)')
  for (const place of [...(sheets.get('Narekenen') ?? []).keys()].slice(1))
    expect(Math.abs(evaluate(sheets, 'Narekenen', `E${place + 1}`))).toBeLessThan(1e-9)
})
