import { csvLines, type CsvCell } from './csv-lines.ts'
import { CONTRACT_NORM, fteOf } from './fte.ts'
import type { Range } from './interval.ts'
import type { DeploymentSavings, HospitalSavings, SavingsReport } from './report.ts'
import { toldAt, toldOf, type Told } from './withhold.ts'

interface Line {
  readonly report: SavingsReport
  readonly hospital: HospitalSavings
  readonly deployment: DeploymentSavings
  readonly told: Told
}

const hours =
  (of: (line: Line) => CsvCell) =>
  (line: Line): CsvCell =>
    line.told.hours ? of(line) : null

/** An interval of the hospital: a column for each of its ends, empty when there is none. */
const ends = (
  name: string,
  of: (interval: NonNullable<HospitalSavings['interval']>) => Range,
): Readonly<Record<string, (line: Line) => CsvCell>> => ({
  [`${name}Low`]: ({ hospital: { interval } }) => (interval ? of(interval).low : ''),
  [`${name}High`]: ({ hospital: { interval } }) => (interval ? of(interval).high : ''),
})

/** Of the hospital as a whole, the same on each of its lines: not to be added up. */
const HOSPITAL_COLUMNS: Readonly<Record<string, (line: Line) => CsvCell>> = {
  hospitalNetHours: ({ hospital }) => hospital.netHours,
  ...ends('hospitalNetHours', ({ netHours }) => netHours),
  hospitalFte: ({ hospital }) => hospital.fte,
  ...ends('hospitalFte', ({ fte }) => fte),
  hospitalFte1878: ({ hospital }) => hospital.contractFte,
  ...ends('hospitalFte1878', ({ contractFte }) => contractFte),
  hospitalNoInterval: ({ hospital }) => hospital.noInterval ?? '',
  hospitalRealisedHours: ({ hospital }) => Number(hospital.realisedHours),
}

/** The columns, left to right. */
const COLUMNS: Readonly<Record<string, (line: Line) => CsvCell>> = {
  from: ({ report }) => report.period.from,
  until: ({ report }) => report.period.until,
  hospital: ({ hospital }) => hospital.id,
  deployment: ({ deployment }) => deployment.id,
  bot: ({ deployment }) => deployment.bot,
  done: ({ told }) => told.items.done,
  parked: ({ told }) => told.items.parked,
  nothing: ({ told }) => told.items.nothing,
  byHand: ({ told }) => told.items['by-hand'],
  shadow: ({ told }) => told.items.shadow,
  withoutBaseline: ({ told }) => told.withoutBaseline,
  grossMinutes: hours(({ deployment }) => deployment.minutes.gross),
  humanMinutes: hours(({ deployment }) => deployment.minutes.human),
  netMinutes: hours(({ deployment }) => deployment.minutes.net),
  upkeepHours: ({ deployment }) => deployment.upkeepHours,
  netHours: hours(({ deployment }) => deployment.netHours),
  measuredDays: ({ told }) => told.measuredDays,
  hoursPerYear: hours(({ deployment }) => deployment.hoursPerYear),
  norm: ({ hospital }) => hospital.norm.name,
  normHours: ({ hospital }) => hospital.norm.hoursPerYear,
  fte: hours(({ hospital, deployment }) => fteOf(deployment.hoursPerYear, hospital.norm)),
  fte1878: hours(({ deployment }) => fteOf(deployment.hoursPerYear, CONTRACT_NORM)),
  grade: ({ deployment }) => deployment.grade ?? '',
  marginHours: hours(({ deployment }) => deployment.marginHours ?? ''),
  activity: ({ deployment }) => deployment.activity ?? '',
  reported: ({ deployment }) => (deployment.reported ? 'yes' : 'no'),
  leftOut: ({ told }) => told.leftOut,
  oneOffItems: ({ told }) => told.oneOffItems,
  oneOffNetHours: ({ told, deployment }) => (told.oneOffHours ? deployment.oneOff.netHours : null),
  ...HOSPITAL_COLUMNS,
}

/**
 * A line for each deployment; no figure is rounded, so columns add up, but for those of
 * the hospital as a whole. What is not told to the reader is `withheld`;
 * everything is told when nothing is said of that.
 */
export function savingsCsv(report: SavingsReport, told = toldOf(report.hospitals, () => true)): string {
  const rows = report.hospitals.flatMap((hospital) =>
    hospital.deployments.map((deployment) => {
      const line = { report, hospital, deployment, told: toldAt(told, deployment) }
      return Object.values(COLUMNS).map((cell) => cell(line))
    }),
  )
  return csvLines(Object.keys(COLUMNS), rows)
}
