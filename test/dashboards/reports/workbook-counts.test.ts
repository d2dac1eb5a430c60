import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { wordsOf } from '../../../dashboards/reports/report-words.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { MOST_COUNTS } from '../../../orchestrator/savings/report-counts.ts'
import { readWorkbook } from './read-workbook.ts'
import { openSeededReport } from './seeded-report.ts'
import { evaluate, type Cells } from './sheet-formulas.ts'

const LANGUAGES = ['nl', 'en'] as const
const CHECK = 'oost-check'

/** The seeded report with a backlog of 60 items and an hour of upkeep on its days, 9 left out, and 2 hours of upkeep. */
async function openWithBacklog() {
  const report = await openSeededReport()
  const { db } = report
  const backlog = {
    deployment: CHECK,
    day: '2026-03-30',
    variant: 'plain',
    outcome: 'done',
    human_seconds: 0,
  }
  await db
    .insertInto('day_count')
    .values([
      { ...backlog, kind: 'one-off', items: 60, counting: 60, shares: '60.0000' },
      { ...backlog, kind: 'left-out', items: 9, counting: 9, shares: '9.0000' },
    ])
    .execute()
  await db
    .insertInto('upkeep')
    .values({ deployment: CHECK, day: '2026-03-29', hours: '2.00', booked_by: 'account-1' })
    .execute()
  return report
}

const differencesOf = (sheets: ReadonlyMap<string, Cells>, recompute: string) =>
  [...(sheets.get(recompute) ?? []).keys()]
    .slice(1)
    .map((place) => evaluate(sheets, recompute, `E${place + 1}`))

test.each(LANGUAGES)(
  'the workbook in %s lists counts by day and outcome, and totals come from them by formula',
  async (language) => {
    await using ledger = await openWithBacklog()
    const report = await ledger.read()
    const word = wordsOf(language)
    const sheets = readWorkbook(await savingsWorkbook(report, language))
    const name = word('countSheet')
    const listed = (sheets.get(name) ?? []).slice(1).map((row, place) => {
      const gross = evaluate(sheets, name, `K${place + 2}`)
      return [...row.slice(1, 10), Number(gross.toFixed(6)), row[11]]
    })
    const [done, parked] = [word('done'), word('parked')]
    const [regular, leftOut, once] = [word('kind.regular'), word('kind.left-out'), word('kind.one-off')]
    expect(listed).toEqual([
      [CHECK, '2026-03-30', 'plain', done, leftOut, 9, 9, null, null, 0, 0],
      [CHECK, '2026-03-30', 'plain', done, regular, 1000, 1000, 1, 2.333, 2333, 0],
      ['oost-intake', '2026-01-12', 'plain', done, regular, 400, 400, 1, 6.125, 2450, 0],
      ['oost-intake', '2026-02-03', null, parked, regular, 21, 0, null, null, 0, 31.5],
      ['oost-intake', '2026-02-03', 'long', done, regular, 55, 55, 1, 11.25, 618.75, 0],
      [CHECK, '2026-03-30', 'plain', done, once, 60, 60, 1, 2.333, 139.98, 0],
      ['west-check', '2026-03-02', 'plain', done, regular, 4, 4, 1, 6.125, 24.5, 0],
      ['west-intake', '2026-03-02', 'plain', done, regular, 7, 7, 1, 6.125, 42.875, 0],
    ])
    const rows = (sheets.get(word('recompute')) ?? []).slice(1)
    const fromCounts = rows.filter((row) => row[5] === name).map(([of, title]) => [of, title])
    for (const { name: hospital } of report.savings.hospitals)
      for (const head of ['grossHours', 'humanHours', 'netHours'] as const)
        expect(fromCounts).toContainEqual([hospital, word(head)])
    expect(fromCounts).toContainEqual([report.savings.hospitals[0]?.name, word('oneOffHours')])
    for (const head of ['done', 'parked', 'nothing', 'byHand', 'shadow'] as const)
      expect(fromCounts).toContainEqual([CHECK, word(head)])
    for (const difference of differencesOf(sheets, word('recompute')))
      expect(Math.abs(difference)).toBeLessThan(1e-9)
  },
)

// Of the hospital, and of the month.
test.each([
  ['items', 6, ['Gedaan']],
  ['shares', 7, ['Bruto minuten', 'Bruto uren', 'Netto uren', 'Netto uren']],
  ['human minutes', 11, ['Minuten van mensen', 'Uren van mensen', 'Netto uren', 'Netto uren']],
] as const)(
  '%s that somebody changes in the sheet of counts make its totals differ',
  async (_, column, found) => {
    await using ledger = await openWithBacklog()
    const sheets = new Map(readWorkbook(await savingsWorkbook(await ledger.read(), 'nl')))
    const counts = (sheets.get('Aantallen per dag') ?? []).map((row) => [...row])
    const row = counts.find(([, id, , , outcome]) => id === 'oost-intake' && outcome === 'Gedaan')
    if (row) row[column] = Number(row[column]) + 60
    sheets.set('Aantallen per dag', counts)
    const titles = (sheets.get('Narekenen') ?? []).slice(1).map(([, title]) => String(title))
    const differing = differencesOf(sheets, 'Narekenen').flatMap((difference, place) =>
      Math.abs(difference) > 0.5 ? [titles[place] ?? ''] : [],
    )
    expect(differing.toSorted()).toEqual([...found].toSorted())
  },
)

test('who may not see items is told of small groups together what gives the hospital’s hours, and no count', async () => {
  await using ledger = await openWithBacklog()
  const sheets = readWorkbook(await savingsWorkbook(await ledger.read(['oost']), 'nl'))
  const hidden = 'niet getoond'
  const west = (sheets.get('Aantallen per dag') ?? []).filter(([name]) => name === 'West')
  expect(west).toEqual([
    ['West', hidden, hidden, hidden, hidden, 'gewoon', hidden, hidden, null, null, 67.375, 0, hidden],
  ])
  const recomputed = (sheets.get('Narekenen') ?? []).filter(
    ([of, , , , , from]) => String(of).toLowerCase().startsWith('west') && from === 'Aantallen per dag',
  )
  expect(recomputed.map(([of, title]) => `${of} ${title}`)).toEqual([
    'West Bruto uren',
    'West Uren van mensen',
    'West Netto uren',
  ])
  for (const difference of differencesOf(sheets, 'Narekenen')) expect(Math.abs(difference)).toBeLessThan(1e-9)
})

test('a group under five within a deployment that is told is taken together with another', async () => {
  await using ledger = await openWithBacklog()
  await ledger.db
    .insertInto('day_count')
    .values({
      ...{ deployment: CHECK, day: '2026-03-28', variant: 'plain', outcome: 'done', human_seconds: 0 },
      ...{ items: 3, counting: 3, shares: '3.0000' },
    })
    .execute()
  const sheets = readWorkbook(await savingsWorkbook(await ledger.read([]), 'nl'))
  const own = (sheets.get('Aantallen per dag') ?? []).filter(([, id]) => id === CHECK)
  for (const [, , , , , , items] of own) expect(typeof items === 'number' && items < 5).toBe(false)
  expect(own.some((row) => row[2] === '2026-03-28')).toBe(false)
  expect(own.find((row) => row[2] === 'niet getoond' && row[5] === 'gewoon')?.[10]).toBeCloseTo(
    1003 * 2.333,
    9,
  )
  const items = (sheets.get('Narekenen') ?? []).filter(([of, title]) => of === CHECK && title === 'Gedaan')
  expect(items).toEqual([])
  for (const difference of differencesOf(sheets, 'Narekenen')) expect(Math.abs(difference)).toBeLessThan(1e-9)
})

test('more counts than a person can read are not listed, and the sheet says what to ask instead', async () => {
  await using ledger = await openSeededReport()
  await sql`INSERT INTO day_count (deployment, day, variant, outcome, items, shares, human_seconds)
    SELECT 'oost-check', '2026-03-01', 'v' || place, 'nothing', 1, 0, 0 FROM generate_series(1, ${MOST_COUNTS}::int) place`.execute(
    ledger.db,
  )
  const sheets = readWorkbook(await savingsWorkbook(await ledger.read(), 'nl'))
  const rows = (sheets.get('Aantallen per dag') ?? []).slice(1)
  expect(rows.map(([sentence]) => sentence)).toEqual([wordsOf('nl')('tooManyCounts')])
  expect((sheets.get('Narekenen') ?? []).some((row) => row[5] === 'Aantallen per dag')).toBe(false)
  expect(sheets.get('Samenvatting')?.length).toBe(4)
})
