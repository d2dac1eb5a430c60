import { expect, test } from 'vitest'
import { reportPage } from '../../../dashboards/reports/report-page.ts'
import { openFullerReport } from './fuller-report.ts'

test('the PDF withholds from who sees counts only how many items of few did not count', async () => {
  await using ledger = await openFullerReport()
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
  const rowOf = async (seesItemsOf: readonly string[]) => {
    const page = reportPage(await ledger.read(seesItemsOf), 'en')
    const [, section = ''] = page.split('Not in these hours')
    const [, row = ''] = /West<\/th>(.*?)<\/tr>/s.exec(section) ?? []
    return [...row.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell)
  }
  expect(await rowOf(['oost', 'west'])).toEqual(['0', '3', '0', '0.0', '0.0'])
  expect(await rowOf(['oost'])).toEqual(['0', 'not shown', '0', '0.0', '0.0'])
})
