import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import { namedHere, type RecountDifference } from './recount-difference.ts'
import { listed } from './recount-roll-ups.ts'
import { itemsOf, type CountDifference, type RecountedDay } from './recount-sql.ts'
import { readSavings, type DeploymentSavings, type SavingsReport } from './report.ts'
import { monthsOf } from './trend.ts'

/** What a report makes of right counts, in net seconds; of regular work, or of backlogs. */
export interface ReportGap {
  readonly hospital: string
  readonly deployment: string
  readonly oneOff: boolean
  readonly reported: number
  readonly recounted: number
}

/** Half a second is more than rounding to a double can make of any sum here, and less than any mistake. */
const TOLERANCE_SECONDS = 0.5

/** What the report makes of counts that are right, where it is not the seconds that the events give. */
export function reportGaps(
  report: SavingsReport,
  days: readonly RecountedDay[],
  counts: readonly CountDifference[],
): ReportGap[] {
  const explained = new Set(counts.map(({ deployment }) => deployment))
  return report.hospitals.flatMap(({ id: hospital, deployments }) =>
    deployments
      .filter(({ id }) => !explained.has(id))
      .flatMap((row) =>
        [false, true]
          .map((oneOff): ReportGap => ({
            ...{ hospital, deployment: row.id, oneOff, reported: reportedOf(row, oneOff) },
            recounted: recountedOf(days, row.id, oneOff),
          }))
          .filter(differs),
      ),
  )
}

/**
 * The difference of a gap, with the first days of which a report of their own differs too and the items of those; when
 * none does, the items of the months or of the period that are wrong as a whole.
 */
export async function reportDifference(
  db: LedgerDatabase,
  period: Period,
  gap: ReportGap,
  days: readonly RecountedDay[],
): Promise<RecountDifference> {
  const { deployment, oneOff, reported, recounted } = gap
  const { where, spans, why } = await placeOf(db, period, gap, days)
  const found = []
  for (const span of spans) found.push(await itemsOf(db, span, { deployment }))
  const items = [...new Set(found.flatMap((each) => each.items))]
  const there = found.reduce((sum, each) => sum + each.itemsThere, 0)
  const what = oneOff ? 'one-off' : 'net'
  const sentence = `Deployment ${deployment}: the report gives ${reported} ${what} seconds, the events ${recounted}, although every count is right. It differs ${where}: ${why} ${namedHere(there)}`
  return {
    ...{ kind: 'report', deployment, day: period.to, seconds: recounted - reported, items, sentence },
  }
}

interface Place {
  readonly where: string
  readonly spans: readonly Period[]
  readonly why: string
}

/** The smallest spans of a period that a report tells wrong. */
async function placeOf(
  db: LedgerDatabase,
  period: Period,
  gap: ReportGap,
  days: readonly RecountedDay[],
): Promise<Place> {
  const wrong = async (spans: readonly Period[]) => {
    const found = []
    for (const span of spans) if (differs(await gapIn(db, span, gap, days))) found.push(span)
    return found
  }
  const months = await wrong(monthsOf(period))
  for (const month of months) {
    const own = days.filter((row) => isOf(row, gap) && isIn(row.day, month)).map(({ day }) => day)
    const wrongDays = await wrong([...new Set(own)].map((day) => ({ from: day, to: day })))
    if (wrongDays.length > 0)
      return {
        where: `on ${listed(wrongDays.map(({ from }) => from))}`,
        spans: wrongDays,
        why: 'this is a mistake in the product, report it with the period.',
      }
  }
  const spans = months.length > 0 ? months : [period]
  const whole = months.length > 0 ? 'in the months from' : 'over the whole period from'
  return {
    where: `${whole} ${listed(spans.map(({ from }) => from))}`,
    spans,
    why: 'no day of it differs by itself, so a roll-up that is read there is wrong, or this is a mistake in the product: report it with the period.',
  }
}

async function gapIn(
  db: LedgerDatabase,
  span: Period,
  gap: ReportGap,
  days: readonly RecountedDay[],
): Promise<ReportGap> {
  const report = await readSavings(db, { ...span, hospital: gap.hospital, today: span.to })
  const row = report.hospitals
    .flatMap(({ deployments }) => deployments)
    .find(({ id }) => id === gap.deployment)
  const own = days.filter(({ day }) => isIn(day, span))
  return {
    ...gap,
    reported: row ? reportedOf(row, gap.oneOff) : 0,
    recounted: recountedOf(own, gap.deployment, gap.oneOff),
  }
}

const reportedOf = ({ minutes, oneOff }: DeploymentSavings, isOneOff: boolean): number =>
  (isOneOff ? oneOff.minutes : minutes).net * 60

const recountedOf = (days: readonly RecountedDay[], deployment: string, oneOff: boolean): number =>
  days
    .filter((row) => isOf(row, { deployment, oneOff }))
    .reduce((sum, { grossSeconds, humanSeconds }) => sum + Number(grossSeconds) - Number(humanSeconds), 0)

const isOf = (row: RecountedDay, of: Pick<ReportGap, 'deployment' | 'oneOff'>): boolean =>
  row.deployment === of.deployment && row.oneOff === of.oneOff
const isIn = (day: string, { from, to }: Period): boolean => from <= day && day <= to
const differs = ({ reported, recounted }: ReportGap): boolean =>
  Math.abs(recounted - reported) >= TOLERANCE_SECONDS
