import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayAfter } from '../../../orchestrator/savings/period.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { monthsOf, readTrend } from '../../../orchestrator/savings/trend.ts'
import { APART } from './golden-apart.ts'
import { putGoldenCase, type GoldenCase } from './golden-case.ts'
import { CHAINS } from './golden-chains.ts'
import { SPANS } from './golden-spans.ts'
import { openTestLedger } from './test-ledger.ts'

test('months begin and end where their period does', () => {
  const of = (from: string, to: string) => monthsOf({ from, to }).map((month) => `${month.from} ${month.to}`)
  expect(of('2028-01-31', '2028-03-01')).toEqual([
    '2028-01-31 2028-01-31',
    '2028-02-01 2028-02-29',
    '2028-03-01 2028-03-01',
  ])
  expect(of('2026-12-05', '2026-12-06')).toEqual(['2026-12-05 2026-12-06'])
})

test('all months of ten years are told, the newest too, and no longer period is', async () => {
  await using ledger = await openTestLedger()
  const golden = SPANS[0]
  if (!golden) throw new Error('There is a case of spans.')
  await putGoldenCase(ledger.db, 'long', golden)
  const months = await readTrend(
    ledger.db,
    { from: '2016-12-15', to: '2026-12-14', today: '2026-12-14' },
    () => true,
  )
  expect(months).toHaveLength(121)
  expect([months[0]?.month, months.at(-1)?.month]).toEqual(['2016-12', '2026-12'])
  const longer = { from: '1000-01-01', to: '2026-12-14', today: '2026-12-14' }
  await expect(readTrend(ledger.db, longer, () => true)).rejects.toMatchObject({ code: 'period-too-long' })
})

test('however a period is cut, in months or anywhere, its parts add up to it', async () => {
  await using ledger = await openTestLedger()
  const { db } = ledger
  const cases: readonly GoldenCase[] = [...APART, ...CHAINS, ...SPANS]
  for (const [index, golden] of cases.entries()) await putGoldenCase(db, `t${index}`, golden)
  const today = '2030-01-01'
  const figures = async (from: string, to: string) => {
    const { hospitals } = await readSavings(db, { from, to, today })
    return hospitals.map(({ netHours, oneOff, leftOut }) => [
      netHours,
      oneOff.netHours,
      oneOff.items,
      leftOut,
    ])
  }
  const anyDay = fc.integer({ min: 0, max: 1400 }).map((days) => dayAfter('2025-12-01', days))
  await fc.assert(
    fc.asyncProperty(anyDay, anyDay, anyDay, async (one, two, three) => {
      const [from = '', cut = '', to = ''] = [one, two, three].toSorted()
      if (cut === to) return
      const whole = await figures(from, to)
      const parts = [await figures(from, cut), await figures(dayAfter(cut), to)]
      for (const [index, row] of whole.entries())
        for (const [place, value] of row.entries())
          expect((parts[0]?.[index]?.[place] ?? 0) + (parts[1]?.[index]?.[place] ?? 0)).toBeCloseTo(value, 9)
      const months = await readTrend(db, { from, to, today }, () => true)
      const byMonth = months.flatMap(({ deployments }) => deployments)
      const net = byMonth.reduce((sum, { netHours }) => sum + netHours, 0)
      expect(net).toBeCloseTo(
        whole.reduce((sum, [hours = 0]) => sum + hours, 0),
        9,
      )
    }),
    { numRuns: 12 },
  )
})
