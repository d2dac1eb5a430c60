import type { NewBaseline } from '../../../orchestrator/savings/baselines.ts'
import { putGoldenCase } from './golden-case.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'

/** A ledger to which hospitals are added that counted something. */
export interface CountedLedger extends TestLedger {
  /**
   * A hospital of its own with two deployments: the first with a baseline of 6 minutes for `plain` from 2025 and 4 items
   * counted on 10 March 2026; the second without one and 3 items of `letter` on 5 March.
   */
  add(): Promise<{ readonly hospital: string; readonly first: string; readonly second: string }>
}

export async function openCountedLedger(): Promise<CountedLedger> {
  const ledger = await openTestLedger()
  let number = 0
  return {
    ...ledger,
    async add() {
      const hospital = `h${++number}`
      await putGoldenCase(ledger.db, hospital, {
        ...{ name: hospital, period: ['2026-03-01', '2026-03-31'] },
        deployments: [
          { counts: [['2026-03-10', 'plain', 'done', 4, '4', 0]] },
          { baselines: [], counts: [['2026-03-05', 'letter', 'done', 3, '3', 0]] },
        ],
        expected: { gross: 0, human: 0, netHours: 0, fte: 0, contractFte: 0, grade: null },
      })
      return { hospital, first: `${hospital}-0`, second: `${hospital}-1` }
    },
  }
}

/** A baseline of 5 minutes that was timed 30 times and begins the day after the first deployment's count. */
export const newBaseline = (change: Partial<NewBaseline>): NewBaseline => ({
  ...{ deployment: '', variant: 'plain', minutes: 5, method: 'stopwatch', n: 30, spreadMinutes: 1 },
  ...{ measuredBy: 'u-17', measuredOn: '2026-03-01', validFrom: '2026-03-11', remeasureOn: '2027-03-01' },
  ...change,
})
