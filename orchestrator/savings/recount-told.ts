import { isBrief } from './fte.ts'
import type { Range } from './interval.ts'
import type { CountedPeriod } from './period.ts'
import type { FigureValues } from './recount-figures.ts'
import type { ReportTotal } from './report-total.ts'
import type { DeploymentSavings, HospitalSavings } from './report.ts'

/** What a report tells of a deployment, by the names that the recount has for it. */
export function figuresOfDeployment(row: DeploymentSavings, { until }: CountedPeriod): FigureValues {
  // One that begins later has not begun as far as the recount looks.
  const firstDay = row.firstDay !== null && row.firstDay <= until ? row.firstDay : null
  const { minutes, oneOff, items, leftOut, withoutBaseline, grade, netHours, hoursPerYear } = row
  return {
    ...{ grossSeconds: minutes.gross * 60, humanSeconds: minutes.human * 60 },
    ...{ netSeconds: minutes.net * 60, oneOffNetSeconds: oneOff.minutes.net * 60 },
    ...{ oneOffGrossSeconds: oneOff.minutes.gross * 60, oneOffHumanSeconds: oneOff.minutes.human * 60 },
    ...{ done: items.done, nothing: items.nothing, byHand: items['by-hand'], parked: items.parked },
    ...{ shadow: items.shadow, oneOffItems: oneOff.items, leftOut, withoutBaseline, grade },
    oneOffWithoutBaseline: oneOff.withoutBaseline,
    ...{ grossHours: minutes.gross / 60, humanHours: minutes.human / 60 },
    ...{ upkeepHours: row.upkeepHours, oneOffUpkeepHours: oneOff.upkeepHours },
    ...{ measuredDays: row.measuredDays, firstDay, backlogDays: row.backlogDays },
    ...{ netHours, oneOffNetHours: oneOff.netHours, hoursPerYear },
    brief: isBrief(row.measuredDays) ? 1 : 0,
    ...{ marginHours: row.marginHours, noInterval: row.noInterval },
    ...sharesUsed('used', row.used),
    ...sharesUsed('once', oneOff.used),
  }
}

/** What a report tells of a hospital, by the same names. */
export function figuresOfHospital(row: HospitalSavings): FigureValues {
  const { grossHours, humanHours, netHours, upkeepHours, hoursPerYear, fte, contractFte, grade } = row
  return {
    ...{ grossHours, humanHours, netHours, upkeepHours, hoursPerYear, fte, contractFte, grade },
    ...{ oneOffItems: row.oneOff.items, oneOffNetHours: row.oneOff.netHours, leftOut: row.leftOut },
    ...{ normName: row.norm.name, normHours: row.norm.hoursPerYear, normValidFrom: row.norm.validFrom },
    ...{
      realisedHours: Number(row.realisedHours),
      realisedAcrossHours: Number(row.realisedAcrossHours),
      brief: row.brief,
    },
    ...intervalsOf(row),
    oneOffMarginHours: halfOf(row.oneOff.interval),
    offOneOffHours: offMiddle(row.oneOff.netHours, row.oneOff.interval),
  }
}

/** What is told of all hospitals together, by the same names. */
export function figuresOfTotal(total: ReportTotal): FigureValues {
  const { netHours, fte, contractFte, brief } = total
  return { netHours, fte, contractFte, brief, offOneOffHours: 0, ...intervalsOf(total) }
}

const intervalsOf = ({
  interval,
  noInterval,
  netHours,
  fte,
  contractFte,
}: HospitalSavings | ReportTotal) => ({
  ...{ noInterval, marginHours: halfOf(interval?.netHours), marginFte: halfOf(interval?.fte) },
  marginContractFte: halfOf(interval?.contractFte),
  ...{ offHours: offMiddle(netHours, interval?.netHours), offFte: offMiddle(fte, interval?.fte) },
  offContractFte: offMiddle(contractFte, interval?.contractFte),
})

const offMiddle = (value: number, range: Range | undefined | null): number =>
  range ? value - (range.low + range.high) / 2 : 0
const halfOf = (range: Range | undefined | null): number | null =>
  range ? (range.high - range.low) / 2 : null

function sharesUsed(kind: 'used' | 'once', used: DeploymentSavings['used']): FigureValues {
  const shares = new Map<string, number>()
  for (const { baseline, shares: more } of used) {
    const name = `${kind} ${baseline.id}`
    shares.set(name, (shares.get(name) ?? 0) + more)
  }
  return Object.fromEntries(shares)
}
