import type { NoInterval } from '../../orchestrator/savings/interval.ts'
import Table from 'cli-table3'
import { CONTRACT_NORM, isBrief } from '../../orchestrator/savings/fte.ts'
import type { LastRecount } from '../../orchestrator/savings/last-recount.ts'
import { withdrawnWords, type WithdrawnImport } from '../../orchestrator/savings/withdrawn-imports.ts'
import { overSignedWords, type OverSigned } from '../../orchestrator/savings/over-signed.ts'
import type { NotedBeside } from '../../orchestrator/savings/savings-csv.ts'
import { recountedSentence } from '../reports/last-recount.ts'
import type { DeploymentSavings, HospitalSavings, SavingsReport } from '../../orchestrator/savings/report.ts'

/** The report as two tables with their notes: what each deployment did, and what that is in hours and FTE. */
export function savingsTable(
  report: SavingsReport,
  recounted: LastRecount | null,
  { withdrawnImports, overSigned }: NotedBeside = { withdrawnImports: [], overSigned: [] },
): string {
  const { from, until } = report.period
  return [
    `Savings from ${from} up to and including ${until}`,
    deploymentTable(report),
    hospitalTable(report),
    ...notes(report),
    ...withdrawnNotes(report, withdrawnImports),
    ...overSignedNotes(report, overSigned),
    recountedSentence(recounted, 'en'),
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
    .map(({ id, reported, items, minutes, measuredDays, firstDay }) => [
      ...[id, reported ? 'yes' : ''],
      ...[items.done, items.parked, items.nothing, items['by-hand'], items.shadow].map(whole),
      ...[minutes.gross, minutes.human, minutes.net].map((value) => rounded(value, 1, 1)),
      ...[whole(measuredDays), firstDay ?? ''],
    ])
  return drawn([...WORK, 'Net min', 'Days', 'Since'], rows)
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

const WHY_NONE: Readonly<Record<NoInterval, string>> = {
  estimate: 'estimated',
  'too-few-cases': 'too few cases',
  'no-spread': 'spread zero or not known',
  'nothing-counted': 'nothing counted',
}

function baselines({ grade, interval, noInterval }: HospitalSavings): string {
  if (grade === null) return 'none counted'
  if (!interval) return `grade ${grade}, no interval: ${WHY_NONE[noInterval ?? 'nothing-counted']}`
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
    ...deployments.flatMap(measuredNote),
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

/** A day that somebody got wrong shows here, and what a backlog leaves of the days. */
function measuredNote({ id, firstDay, measuredDays, backlogDays }: DeploymentSavings): string[] {
  if (backlogDays === 0) return []
  const days = backlogDays === 1 ? '1 day' : `${backlogDays} days`
  return [
    `${id}: ${days} of a backlog apart; the ${whole(measuredDays)} days measured are the others since ${firstDay ?? 'none'}.`,
  ]
}

const REPORTED = 'Reported: a robot of another make did items of it and reported them.'

const leftOutNote = ({ id, leftOut }: DeploymentSavings) =>
  `${id}: ${whole(leftOut)} items were left out: they belong to a case that another item claimed for the same activity.`

function apartNotes({ name, oneOff, realisedHours, realisedAcrossHours }: HospitalSavings): string[] {
  const backlog = `${name}: a backlog of ${whole(oneOff.items)} items gave ${twoDecimals(oneOff.netHours)} net hours once; these are in none of the figures above.`
  const realised = `${name}: of the net hours ${twoDecimals(Number(realisedHours))} are signed as realised.`
  const across = `${name}: ${twoDecimals(Number(realisedAcrossHours))} hours more are signed as realised for periods that lie partly outside this one.`
  return [
    ...(oneOff.items > 0 ? [backlog] : []),
    ...(Number(realisedHours) > 0 ? [realised] : []),
    ...(Number(realisedAcrossHours) > 0 ? [across] : []),
  ]
}

const withdrawnNotes = ({ hospitals }: SavingsReport, withdrawnImports: readonly WithdrawnImport[]) =>
  withdrawnImports.map((row) => {
    const name = hospitals.find(({ id }) => id === row.hospital)?.name ?? row.hospital
    return `${name}: earlier totals of this period were others: ${withdrawnWords(row)}.`
  })

const overSignedNotes = ({ hospitals }: SavingsReport, over: readonly OverSigned[]) =>
  over.map((days) => {
    const name = hospitals.find(({ id }) => id === days.hospital)?.name ?? days.hospital
    return `${name}: more signed than is left net, ${overSignedWords(days)}; withdraw it or sign again.`
  })

function drawn(head: string[], rows: readonly string[][]): string {
  const colAligns = head.map((name) =>
    /^(Deployment|Since|Reported|Hospital|Norm|Baselines)$/.test(name) ? 'left' : 'right',
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
