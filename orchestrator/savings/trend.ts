import type { LedgerDatabase } from '../ledger/tables.ts'
import { checkPeriod, dayAfter, type Period } from './period.ts'
import { readSavings, type SavingsQuestion } from './report.ts'
import { inSnapshot } from './snapshot.ts'

/** What one month, or the part of it that is in the period, gave. */
export interface MonthSavings extends Period {
  /** `2026-03` */
  readonly month: string
  readonly deployments: readonly MonthOfDeployment[]
}

export interface MonthOfDeployment {
  readonly hospital: string
  readonly id: string
  readonly bot: string
  readonly activity: string | null
  readonly grossHours: number
  readonly netHours: number
  /** Apart: in neither of the two. */
  readonly oneOffHours: number
}

/** Longer than this is not looked at by month. */
const MOST_MONTHS = 60

/**
 * The net hours of each deployment by month; the months of a period add up to the report of it.
 * @throws business: names the field when the period is not one; months after the sixtieth are left away
 */
export async function readTrend(db: LedgerDatabase, question: SavingsQuestion): Promise<MonthSavings[]> {
  const period = checkPeriod(question, question.today)
  const months = monthsOf({ from: period.from, to: period.until }).slice(0, MOST_MONTHS)
  return await inSnapshot(db, async (snapshot) => {
    const found: MonthSavings[] = []
    for (const { from, to } of months) {
      const { hospitals } = await readSavings(snapshot, { ...question, from, to })
      const deployments = hospitals.flatMap((hospital) => hospital.deployments)
      found.push({
        ...{ month: from.slice(0, 7), from, to },
        deployments: deployments.map(({ hospital, id, bot, activity, minutes, netHours, oneOff }) => ({
          ...{ hospital, id, bot, activity, netHours },
          ...{ grossHours: minutes.gross / 60, oneOffHours: oneOff.netHours },
        })),
      })
    }
    return found
  })
}

/** The months of a period, the first and last cut off where it begins and ends. */
export function monthsOf({ from, to }: Period): Period[] {
  const months: Period[] = []
  for (let first = from; first <= to;) {
    const next = `${dayAfter(`${first.slice(0, 7)}-01`, 31).slice(0, 7)}-01`
    const last = dayAfter(next, -1)
    months.push({ from: first, to: last < to ? last : to })
    first = next
  }
  return months
}
