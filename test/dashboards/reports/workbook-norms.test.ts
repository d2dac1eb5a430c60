import { expect, test } from 'vitest'
import { wordsOf } from '../../../dashboards/reports/report-words.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { readWorkbook } from './read-workbook.ts'
import { openSeededReport } from './seeded-report.ts'
import { evaluate } from './sheet-formulas.ts'

test.each(['nl', 'en'] as const)(
  'the workbook in %s has FTE at both norms beside each other, named, with source and day, by formula',
  async (language) => {
    await using ledger = await openSeededReport()
    const report = await ledger.read()
    const word = wordsOf(language)
    const sheet = word('normSheet')
    const sheets = readWorkbook(await savingsWorkbook(report, language))
    const rows = (sheets.get(sheet) ?? []).slice(1).map((row, place) => ({
      ...{ of: row[0], norm: row[1], source: String(row[2]), since: row[3], normHours: row[5] },
      ...{ fte: evaluate(sheets, sheet, `G${place + 2}`), low: row[7], high: row[8] },
    }))
    const [oost, west] = report.savings.hospitals
    const cao = language === 'nl' ? 'Cao Ziekenhuizen, artikel 6.1' : 'Collective agreement of the hospitals'
    expect(rows[0]).toMatchObject({
      ...{ of: oost?.name, norm: word('normOwn'), since: '2020-01-01', normHours: 1440 },
      ...{ low: oost?.interval?.fte.low, high: oost?.interval?.fte.high },
    })
    expect(rows[1]).toMatchObject({ of: oost?.name, since: word('normAlways'), normHours: 1878 })
    expect(rows[1]?.source).toContain(cao)
    expect(rows[1]?.low).toBeCloseTo(oost?.interval?.contractFte.low ?? 0, 9)
    expect([rows[0]?.fte, rows[1]?.fte]).toEqual([
      expect.closeTo(oost?.fte ?? 0, 9),
      expect.closeTo(oost?.contractFte ?? 0, 9),
    ])
    const ofWest = rows.filter(({ of }) => of === west?.name)
    expect(ofWest.map(({ normHours, fte }) => [normHours, fte])).toEqual([
      [1363, expect.closeTo(west?.fte ?? 0, 9)],
      [1878, expect.closeTo(west?.contractFte ?? 0, 9)],
    ])
    const [check] = oost?.deployments ?? []
    const own = rows.filter(({ of }) => of === check?.id)
    expect(own.map(({ fte }) => fte)).toEqual([
      expect.closeTo((check?.hoursPerYear ?? 0) / 1440, 9),
      expect.closeTo((check?.hoursPerYear ?? 0) / 1878, 9),
    ])
  },
)

test('deployments whose hours are not told have no FTE in the sheet; their hospital has', async () => {
  await using ledger = await openSeededReport()
  const sheets = readWorkbook(await savingsWorkbook(await ledger.read([]), 'nl'))
  const names = (sheets.get('FTE bij elke norm') ?? []).slice(1).map(([of]) => of)
  expect(names).toContain('West')
  expect(names.filter((name) => String(name).startsWith('west-'))).toEqual([])
})
