import type { z } from 'zod'
import { CONTRACT_NORM, fteOf } from '../../../orchestrator/savings/fte.ts'
import type {
  DeploymentSavings,
  HospitalSavings,
  SavingsReport,
} from '../../../orchestrator/savings/report.ts'
import type { Savings } from './savings-schemas.ts'

type Answer = z.input<typeof Savings>

/** Fewer than this could point at somebody. */
const LEAST_SHOWN = 5

/** A count that is too small to be shown becomes null; none at all is told. */
export const smallWithheld = (count: number): number | null =>
  count > 0 && count < LEAST_SHOWN ? null : count

/** The report as it is answered: small counts are withheld where the reader sees counts only. */
export function savingsAnswer(
  { period, hospitals }: SavingsReport,
  bots: Answer['bots'],
  seesItems: (hospital: string) => boolean,
): Answer {
  return { period, bots, hospitals: hospitals.map((row) => hospitalAnswer(row, seesItems(row.id))) }
}

function hospitalAnswer(hospital: HospitalSavings, sees: boolean): Answer['hospitals'][number] {
  const count = (items: number) => (sees ? items : smallWithheld(items))
  return {
    ...hospital,
    realisedHours: Number(hospital.realisedHours),
    leftOut: count(hospital.leftOut),
    oneOff: { ...hospital.oneOff, items: count(hospital.oneOff.items) },
    deployments: hospital.deployments.map((row) => deploymentAnswer(row, hospital, count)),
  }
}

function deploymentAnswer(
  row: DeploymentSavings,
  { norm }: HospitalSavings,
  count: (items: number) => number | null,
): Answer['hospitals'][number]['deployments'][number] {
  const { items, oneOff, hoursPerYear } = row
  return {
    ...row,
    items: {
      done: count(items.done),
      parked: count(items.parked),
      nothing: count(items.nothing),
      'by-hand': count(items['by-hand']),
      shadow: count(items.shadow),
    },
    withoutBaseline: count(row.withoutBaseline),
    leftOut: count(row.leftOut),
    fte: fteOf(hoursPerYear, norm),
    contractFte: fteOf(hoursPerYear, CONTRACT_NORM),
    oneOff: { items: count(oneOff.items), netHours: oneOff.netHours },
  }
}
