import type { z } from 'zod'
import type { LeadTime } from '../../../orchestrator/programme/lead-time.ts'
import { CONTRACT_NORM, fteOf } from '../../../orchestrator/savings/fte.ts'
import type {
  DeploymentSavings,
  HospitalSavings,
  SavingsReport,
} from '../../../orchestrator/savings/report.ts'
import { toldAt, toldOf, toldSum, type ToldOf } from '../../../orchestrator/savings/withhold.ts'
import { summaryOf } from '../../reports/report-summary.ts'
import type { Savings } from './savings-schemas.ts'

type Answer = z.input<typeof Savings>

/** The report as it is answered: what the reader may not be told is null. Lead times are those of its period. */
export function savingsAnswer(
  report: SavingsReport,
  {
    leadTimes,
    ...more
  }: Pick<Answer, 'bots' | 'overSigned' | 'withdrawnImports'> & { readonly leadTimes: readonly LeadTime[] },
  seesItems: (hospital: string) => boolean,
): Answer {
  const { period, hospitals } = report
  const told = toldOf(hospitals, seesItems)
  const seesItemsOf = hospitals.map(({ id }) => id).filter(seesItems)
  return {
    ...{ period, ...more, ...summaryOf(report, { told, leadTimes, seesItemsOf }) },
    hospitals: hospitals.map((row) => hospitalAnswer(row, told)),
  }
}

function hospitalAnswer(hospital: HospitalSavings, told: ToldOf): Answer['hospitals'][number] {
  const rows = hospital.deployments.map((row) => toldAt(told, row))
  return {
    ...hospital,
    realisedHours: Number(hospital.realisedHours),
    realisedAcrossHours: Number(hospital.realisedAcrossHours),
    leftOut: toldSum(rows.map(({ leftOut }) => leftOut)),
    oneOff: { ...hospital.oneOff, items: toldSum(rows.map(({ oneOffItems }) => oneOffItems)) },
    deployments: hospital.deployments.map((row) => deploymentAnswer(row, hospital, told)),
  }
}

function deploymentAnswer(
  row: DeploymentSavings,
  { norm }: HospitalSavings,
  toldIn: ToldOf,
): Answer['hospitals'][number]['deployments'][number] {
  const { oneOff, hoursPerYear, minutes } = row
  const told = toldAt(toldIn, row)
  const hours = (value: number) => (told.hours ? value : null)
  return {
    ...row,
    ...{ items: told.items, withoutBaseline: told.withoutBaseline, leftOut: told.leftOut },
    ...{ measuredDays: told.measuredDays, firstDay: told.firstDay, backlogDays: told.backlogDays },
    minutes: { gross: hours(minutes.gross), human: hours(minutes.human), net: hours(minutes.net) },
    ...{ netHours: hours(row.netHours), hoursPerYear: hours(hoursPerYear) },
    marginHours: told.variants ? row.marginHours : null,
    fte: hours(fteOf(hoursPerYear, norm)),
    contractFte: hours(fteOf(hoursPerYear, CONTRACT_NORM)),
    oneOff: { items: told.oneOffItems, netHours: told.oneOffHours ? oneOff.netHours : null },
  }
}
