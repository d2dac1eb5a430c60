import { expect, test } from 'vitest'
import { wordsOf } from '../../../dashboards/reports/report-words.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { readWorkbook } from './read-workbook.ts'
import { openSeededReport } from './seeded-report.ts'
import { evaluate, type Cells } from './sheet-formulas.ts'

/** Two bookings that count, and one that was withdrawn. */
async function openBooked() {
  const report = await openSeededReport()
  const booked = { deployment: 'oost-check', booked_by: 'u-7', note: 'nieuw scherm' }
  await report.db
    .insertInto('upkeep')
    .values([
      { ...booked, day: '2026-03-29', hours: '2.25' },
      { ...booked, day: '2026-03-30', hours: '0.10' },
      { ...booked, day: '2026-03-30', hours: '9.00', withdrawn_at: new Date(), withdrawn_by: 'u-7' },
    ])
    .execute()
  return report
}

/** What is recomputed from the sheet of bookings, less what was reported. */
const differences = (sheets: ReadonlyMap<string, Cells>, recompute: string, from: string) =>
  (sheets.get(recompute) ?? []).flatMap((row, place) =>
    row[5] === from ? [[row[0], evaluate(sheets, recompute, `E${place + 1}`)] as const] : [],
  )

test.each(['nl', 'en'] as const)(
  'the workbook in %s lists what was booked, and the upkeep comes from it by formula',
  async (language) => {
    await using ledger = await openBooked()
    const word = wordsOf(language)
    const sheets = new Map(readWorkbook(await savingsWorkbook(await ledger.read(), language)))
    const name = word('upkeepSheet')
    const rows = (sheets.get(name) ?? []).slice(1).map((row) => row.slice(1))
    expect(rows).toEqual([
      ['oost-check', '2026-03-30', 0.1, word('booked.regular'), 'nieuw scherm', 'u-7'],
      ['oost-check', '2026-03-30', 9, word('booked.withdrawn'), 'nieuw scherm', 'u-7'],
      ['oost-check', '2026-03-29', 2.25, word('booked.regular'), 'nieuw scherm', 'u-7'],
    ])
    const found = differences(sheets, word('recompute'), name)
    expect(found.map(([of]) => of)).toContain('oost-check')
    for (const [, difference] of found) expect(Math.abs(difference)).toBeLessThan(1e-9)
    // An hour that somebody changes makes it differ.
    const changed = (sheets.get(name) ?? []).map((row, place) => (place === 1 ? row.with(3, 1.1) : row))
    const other = differences(new Map(sheets).set(name, changed), word('recompute'), name)
    expect(other.filter(([, difference]) => Math.abs(difference) > 0.5).map(([of]) => of)).toEqual([
      'oost-check',
    ])
  },
)

test('who sees counts only reads the hours of each day, and neither who booked them nor what for', async () => {
  await using ledger = await openBooked()
  const sheets = readWorkbook(await savingsWorkbook(await ledger.read([]), 'nl'))
  const rows = (sheets.get('Geboekte beheeruren') ?? []).slice(1)
  expect(rows.map(([, , day, hours]) => [day, hours])).toEqual([
    ['2026-03-30', 0.1],
    ['2026-03-30', 9],
    ['2026-03-29', 2.25],
  ])
  for (const row of rows) expect(row.slice(5)).toEqual(['niet getoond', 'niet getoond'])
  expect(JSON.stringify([...sheets.values()])).not.toContain('u-7')
})
