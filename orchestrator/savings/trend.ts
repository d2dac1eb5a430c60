import type { LedgerDatabase } from '../ledger/tables.ts'
import { checkPeriod, dayAfter, type Period } from './period.ts'
import type { FigureMemory } from './read-figures.ts'
import { readSavings, type DeploymentSavings, type SavingsQuestion, type SavingsReport } from './report.ts'
import { inSnapshot } from './snapshot.ts'
import { isSmall, toldOf } from './withhold.ts'

/** What one month, or the part of it that is in the period, gave. */
export interface MonthSavings extends Period {
  /** `2026-03` */
  readonly month: string
  readonly deployments: readonly MonthOfDeployment[]
}

export interface MonthOfDeployment {
  readonly hospital: string
  /** Null for deployments of a hospital that are not told apart, taken together. */
  readonly id: string | null
  readonly bot: string | null
  readonly activity: string | null
  readonly grossHours: number
  readonly netHours: number
  /** Apart: in neither of the two. */
  readonly oneOffHours: number
}

/**
 * The net hours of each deployment by month, as {@link toldByMonth} tells them.
 * @throws business: names the field when the period is not one
 */
export async function readTrend(
  db: LedgerDatabase,
  question: SavingsQuestion,
  seesItems: (hospital: string) => boolean,
  memory?: FigureMemory,
): Promise<MonthSavings[]> {
  const period = checkPeriod(question, question.today)
  const months = monthsOf({ from: period.from, to: period.until })
  return await inSnapshot(db, async (snapshot) => {
    const reports: SavingsReport[] = []
    for (const { from, to } of months)
      reports.push(await readSavings(snapshot, { ...question, from, to }, memory))
    return toldByMonth(reports, seesItems)
  })
}

/**
 * What the reports of the months of a period tell of each deployment; they add up to the report of it. A deployment with
 * a month of which its hours are not told is taken together with others of its hospital in all months.
 */
export function toldByMonth(
  reports: readonly SavingsReport[],
  seesItems: (hospital: string) => boolean,
): MonthSavings[] {
  const hidden = notToldApart(reports, seesItems)
  return reports.map(({ period: { from, until: to }, hospitals }) => ({
    ...{ month: from.slice(0, 7), from, to },
    deployments: hospitals.flatMap(({ deployments }) => [
      ...deployments.filter(({ id }) => !hidden.has(id)).map(monthOf),
      ...together(deployments.filter(({ id }) => hidden.has(id)).map(monthOf)),
    ]),
  }))
}

const monthOf = (row: DeploymentSavings): MonthOfDeployment => ({
  ...{ hospital: row.hospital, id: row.id, bot: row.bot, activity: row.activity, netHours: row.netHours },
  ...{ grossHours: row.minutes.gross / 60, oneOffHours: row.oneOff.netHours },
})

function together(rows: readonly MonthOfDeployment[]): MonthOfDeployment[] {
  const [first] = rows
  if (!first) return []
  const total = (of: (row: MonthOfDeployment) => number) => rows.reduce((sum, row) => sum + of(row), 0)
  return [
    {
      ...{ hospital: first.hospital, id: null, bot: null, activity: null },
      grossHours: total(({ grossHours }) => grossHours),
      netHours: total(({ netHours }) => netHours),
      oneOffHours: total(({ oneOffHours }) => oneOffHours),
    },
  ]
}

/** Those whose hours are not told in some month, and others beside them where they would be alone, or small all of them. */
function notToldApart(
  reports: readonly SavingsReport[],
  seesItems: (hospital: string) => boolean,
): ReadonlySet<string> {
  const hidden = new Set<string>()
  for (const { hospitals } of reports)
    for (const [id, { hours, oneOffHours }] of toldOf(hospitals, seesItems))
      if (!hours || !oneOffHours) hidden.add(id)
  const rows = reports.flatMap(({ hospitals }) => hospitals.flatMap(({ deployments }) => deployments))
  for (const [, own] of Map.groupBy(rows, ({ hospital }) => hospital)) {
    const apart = Map.groupBy(own, ({ id }) => id)
    const sumOf = (id: string, of: (row: DeploymentSavings) => number) =>
      (apart.get(id) ?? []).reduce((sum, row) => sum + of(row), 0)
    const grossOf = (id: string) => sumOf(id, ({ minutes }) => minutes.gross)
    const isLarge = (id: string) => {
      const items = sumOf(id, (row) => row.items.done + row.items['by-hand'])
      return items > 0 && !isSmall(items)
    }
    const together = [...apart.keys()].filter((id) => hidden.has(id))
    if (together.length === 0) continue
    const others = [...apart.keys()].filter((id) => !hidden.has(id) && grossOf(id) > 0)
    for (const next of others.toSorted((a, b) => grossOf(a) - grossOf(b))) {
      if (together.length > 1 && together.some(isLarge)) break
      hidden.add(next)
      together.push(next)
    }
  }
  return hidden
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
