import { csvLines, type CsvCell } from './csv-lines.ts'
import { CONTRACT_NORM, fteOf, isBrief, type Norm } from './fte.ts'
import type { LastRecount } from './last-recount.ts'
import type { Range } from './interval.ts'
import { commonNormOf } from './norms.ts'
import { overSignedWords, type OverSigned } from './over-signed.ts'
import type { DeploymentSavings, HospitalSavings, SavingsReport } from './report.ts'
import { withdrawnWords, type WithdrawnImport } from './withdrawn-imports.ts'
import { toldAt, toldOf, type Told } from './withhold.ts'

interface Line {
  readonly report: SavingsReport
  readonly recounted: LastRecount | null
  readonly hospital: HospitalSavings
  readonly deployment: DeploymentSavings
  readonly told: Told
  readonly withdrawn: readonly WithdrawnImport[]
  readonly over: readonly OverSigned[]
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
  hospitalBrief: ({ hospital }) => hospital.brief,
  hospitalNoInterval: ({ hospital }) => hospital.noInterval ?? '',
  hospitalRealisedHours: ({ hospital }) => Number(hospital.realisedHours),
  hospitalRealisedAcrossHours: ({ hospital }) => Number(hospital.realisedAcrossHours),
}

/** Where a norm comes from; one that is not in common use is the hospital's own. */
const sourceOf = (norm: Norm): string => commonNormOf(norm)?.source.en ?? 'norm of the hospital’s own'

/** The last night that counted the figures again, the same on each line: `never` before the first. */
const RECOUNT_COLUMNS: Readonly<Record<string, (line: Line) => CsvCell>> = {
  recountedOn: ({ recounted }) => recounted?.day ?? 'never',
  recountedDays: ({ recounted }) => recounted?.periods.map(({ from, to }) => `${from}/${to}`).join(' ') ?? '',
  recountDifferences: ({ recounted }) => recounted?.differences ?? '',
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
  // Over so few days hours a year and FTE say little yet, as screen, PDF and Excel say.
  brief: ({ told: { measuredDays } }) =>
    measuredDays === null ? null : isBrief(measuredDays) ? 'yes' : 'no',
  hoursPerYear: hours(({ deployment }) => deployment.hoursPerYear),
  norm: ({ hospital }) => hospital.norm.name,
  normHours: ({ hospital }) => hospital.norm.hoursPerYear,
  normFrom: ({ hospital }) => hospital.norm.validFrom ?? '',
  fte: hours(({ hospital, deployment }) => fteOf(deployment.hoursPerYear, hospital.norm)),
  fte1878: hours(({ deployment }) => fteOf(deployment.hoursPerYear, CONTRACT_NORM)),
  grade: ({ deployment }) => deployment.grade ?? '',
  marginHours: ({ told, deployment }) => (told.variants ? (deployment.marginHours ?? '') : null),
  activity: ({ deployment }) => deployment.activity ?? '',
  reported: ({ deployment }) => (deployment.reported ? 'yes' : 'no'),
  leftOut: ({ told }) => told.leftOut,
  oneOffItems: ({ told }) => told.oneOffItems,
  oneOffNetHours: ({ told, deployment }) => (told.oneOffHours ? deployment.oneOff.netHours : null),
  ...HOSPITAL_COLUMNS,
  normSource: ({ hospital }) => sourceOf(hospital.norm),
  norm1878Source: () => sourceOf(CONTRACT_NORM),
  hospitalWithdrawnImports: ({ withdrawn }) => withdrawn.map(withdrawnWords).join('; '),
  hospitalOverSigned: ({ over }) => over.map(overSignedWords).join('; '),
  firstDay: ({ told, deployment }) => (told.hours ? (deployment.firstDay ?? '') : null),
  backlogDays: ({ told }) => told.backlogDays,
  ...RECOUNT_COLUMNS,
}

/** What is said beside the figures of a hospital. */
export interface NotedBeside {
  readonly withdrawnImports: readonly WithdrawnImport[]
  readonly overSigned: readonly OverSigned[]
}

/**
 * A line for each deployment; no figure is rounded, so columns add up, but for those of
 * the hospital as a whole. What is not told to the reader is `withheld`;
 * everything is told when nothing is said of that.
 */
export function savingsCsv(
  report: SavingsReport,
  recounted: LastRecount | null,
  told = toldOf(report.hospitals, () => true),
  { withdrawnImports, overSigned }: NotedBeside = { withdrawnImports: [], overSigned: [] },
): string {
  const rows = report.hospitals.flatMap((hospital) => {
    const withdrawn = withdrawnImports.filter((row) => row.hospital === hospital.id)
    const over = overSigned.filter((row) => row.hospital === hospital.id)
    return hospital.deployments.map((deployment) => {
      const line = {
        report,
        recounted,
        hospital,
        deployment,
        told: toldAt(told, deployment),
        withdrawn,
        over,
      }
      return Object.values(COLUMNS).map((cell) => cell(line))
    })
  })
  return csvLines(Object.keys(COLUMNS), rows)
}
