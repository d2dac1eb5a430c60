import Table from 'cli-table3'
import { CONTRACT_NORM, isBrief } from '../../orchestrator/savings/fte.ts'
import type { DeploymentSavings, HospitalSavings, SavingsReport } from '../../orchestrator/savings/report.ts'

/** The report as two tables with their notes: what each deployment did, and what that is in hours and FTE. */
export function savingsTable(report: SavingsReport): string {
  const { from, until } = report.period
  return [
    `Savings from ${from} up to and including ${until}`,
    deploymentTable(report),
    hospitalTable(report),
    ...notes(report),
    '',
  ].join('\n')
}

const WORK = [
  'Deployment',
  'Reported',
  'Done',
  'Parked',
  'Nothing to do',
  'By hand',
  'Shadow',
  'Gross min',
  'Human min',
]
const GAIN = [
  'Hospital',
  'Net hours',
  'Upkeep',
  'FTE',
  'Norm',
  `FTE at ${whole(CONTRACT_NORM.hoursPerYear)} h`,
]

function deploymentTable({ hospitals }: SavingsReport): string {
  const rows = hospitals
    .flatMap((hospital) => hospital.deployments)
    .map(({ id, reported, items, minutes, measuredDays }) => [
      ...[id, reported ? 'yes' : ''],
      ...[items.done, items.parked, items.nothing, items['by-hand'], items.shadow].map(whole),
      ...[minutes.gross, minutes.human, minutes.net].map((value) => rounded(value, 1, 1)),
      whole(measuredDays),
    ])
  return drawn([...WORK, 'Net min', 'Days'], rows)
}

function hospitalTable({ hospitals }: SavingsReport): string {
  const rows = hospitals.map((hospital) => [
    hospital.name,
    twoDecimals(hospital.netHours),
    twoDecimals(hospital.upkeepHours),
    twoDecimals(hospital.fte),
    `${rounded(hospital.norm.hoursPerYear, 0, 1)} h (${hospital.norm.name})`,
    twoDecimals(hospital.contractFte),
    baselines(hospital),
  ])
  return drawn([...GAIN, 'Baselines'], rows)
}

function baselines({ grade, interval, noInterval }: HospitalSavings): string {
  if (grade === null) return 'none counted'
  if (!interval)
    return `grade ${grade}, no interval: ${noInterval === 'estimate' ? 'estimated' : 'too few cases'}`
  const { low, high } = interval.fte
  return `grade ${grade}, 95 %: ${twoDecimals(low)} to ${twoDecimals(high)} FTE`
}

function notes({ hospitals }: SavingsReport): string[] {
  const deployments = hospitals.flatMap((hospital) => hospital.deployments)
  const missing = deployments.filter(({ withoutBaseline }) => withoutBaseline > 0)
  const brief = deployments.filter(({ measuredDays }) => isBrief(measuredDays))
  return [
    ...(deployments.some(({ reported }) => reported) ? [REPORTED] : []),
    ...missing.map(
      ({ id, withoutBaseline }) =>
        `${id}: ${whole(withoutBaseline)} items had no baseline on their day and count nothing; measure one.`,
    ),
    ...brief.map(
      ({ id, measuredDays }) =>
        `${id}: measured over ${measuredDays === 1 ? '1 day' : `${measuredDays} days`} only; its FTE says little yet.`,
    ),
    ...deployments.filter(({ leftOut }) => leftOut > 0).map(leftOutNote),
    ...hospitals.flatMap(apartNotes),
    'Net min = gross − human. Net hours are less upkeep too. FTE: net hours as a year of the days measured, by the norm.',
    'Rounded when shown only: rows may add up to slightly more or less than a total.',
  ]
}

const REPORTED = 'Reported: a robot of another make did items of it and reported them.'

const leftOutNote = ({ id, leftOut }: DeploymentSavings) =>
  `${id}: ${whole(leftOut)} items were left out: another deployment counts their case for the same activity.`

function apartNotes({ name, oneOff, realisedHours }: HospitalSavings): string[] {
  const backlog = `${name}: a backlog of ${whole(oneOff.items)} items gave ${twoDecimals(oneOff.netHours)} net hours once; these are in none of the figures above.`
  const realised = `${name}: of the net hours ${twoDecimals(Number(realisedHours))} are signed as realised.`
  return [...(oneOff.items > 0 ? [backlog] : []), ...(Number(realisedHours) > 0 ? [realised] : [])]
}

function drawn(head: string[], rows: readonly string[][]): string {
  const colAligns = head.map((name) =>
    /^(Deployment|Reported|Hospital|Norm|Baselines)$/.test(name) ? 'left' : 'right',
  )
  const table = new Table({ head, colAligns, style: { head: [], border: [], compact: true } })
  table.push(...rows)
  return table.toString()
}

function rounded(value: number, minimumFractionDigits: number, maximumFractionDigits: number): string {
  const style = { minimumFractionDigits, maximumFractionDigits, signDisplay: 'negative' } as const
  return value.toLocaleString('en-GB', style)
}

function whole(value: number): string {
  return rounded(value, 0, 0)
}

function twoDecimals(value: number): string {
  return rounded(value, 2, 2)
}
