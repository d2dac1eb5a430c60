import { expect, test } from 'vitest'
import { reportPage } from '../../../dashboards/reports/report-page.ts'
import { openSeededReport } from './seeded-report.ts'

test('of a month of nothing no bar is drawn', async () => {
  await using ledger = await openSeededReport()
  const report = await ledger.read()
  const bars = (months: typeof report.trend) =>
    reportPage({ ...report, trend: months }, 'nl').split('<div class="bar').length - 1
  expect(bars(report.trend)).toBe(3)
  expect(bars(report.trend.map((month, place) => (place === 1 ? { ...month, netHours: 0 } : month)))).toBe(2)
})
