import { csvText } from '../../connectors/spreadsheet-text.ts'
import { CONTRACT_NORM, fteOf } from './fte.ts'
import type { DeploymentSavings, HospitalSavings, SavingsReport } from './report.ts'

type Cell = string | number

interface Line {
  readonly report: SavingsReport
  readonly hospital: HospitalSavings
  readonly deployment: DeploymentSavings
}

/** The columns, left to right. */
const COLUMNS: Readonly<Record<string, (line: Line) => Cell>> = {
  from: ({ report }) => report.period.from,
  until: ({ report }) => report.period.until,
  hospital: ({ hospital }) => hospital.id,
  deployment: ({ deployment }) => deployment.id,
  bot: ({ deployment }) => deployment.bot,
  done: ({ deployment }) => deployment.items.done,
  parked: ({ deployment }) => deployment.items.parked,
  nothing: ({ deployment }) => deployment.items.nothing,
  byHand: ({ deployment }) => deployment.items['by-hand'],
  shadow: ({ deployment }) => deployment.items.shadow,
  withoutBaseline: ({ deployment }) => deployment.withoutBaseline,
  grossMinutes: ({ deployment }) => deployment.minutes.gross,
  humanMinutes: ({ deployment }) => deployment.minutes.human,
  netMinutes: ({ deployment }) => deployment.minutes.net,
  upkeepHours: ({ deployment }) => deployment.upkeepHours,
  netHours: ({ deployment }) => deployment.netHours,
  measuredDays: ({ deployment }) => deployment.measuredDays,
  hoursPerYear: ({ deployment }) => deployment.hoursPerYear,
  norm: ({ hospital }) => hospital.norm.name,
  normHours: ({ hospital }) => hospital.norm.hoursPerYear,
  fte: ({ hospital, deployment }) => fteOf(deployment.hoursPerYear, hospital.norm),
  fte1878: ({ deployment }) => fteOf(deployment.hoursPerYear, CONTRACT_NORM),
  grade: ({ deployment }) => deployment.grade ?? '',
  marginHours: ({ deployment }) => deployment.marginHours ?? '',
  activity: ({ deployment }) => deployment.activity ?? '',
  leftOut: ({ deployment }) => deployment.leftOut,
  oneOffItems: ({ deployment }) => deployment.oneOff.items,
  oneOffNetHours: ({ deployment }) => deployment.oneOff.netHours,
}

/** A line for each deployment (RFC 4180: commas, CRLF, a decimal point); no figure is rounded, so columns add up. */
export function savingsCsv(report: SavingsReport): string {
  const lines = report.hospitals.flatMap((hospital) =>
    hospital.deployments.map((deployment) => {
      const line = { report, hospital, deployment }
      return Object.values(COLUMNS).map((cell) => written(cell(line)))
    }),
  )
  return [Object.keys(COLUMNS), ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')
}

const written = (cell: Cell): string => (typeof cell === 'number' ? String(cell) : csvText(cell))
