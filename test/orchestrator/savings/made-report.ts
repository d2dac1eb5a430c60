import type { LastRecount } from '../../../orchestrator/savings/last-recount.ts'
import type {
  DeploymentSavings,
  HospitalSavings,
  SavingsReport,
} from '../../../orchestrator/savings/report.ts'

/** A night over the month before and one month in turn, in which two places differed. */
export const RECOUNTED: LastRecount = {
  day: '2026-07-01',
  periods: [
    { from: '2026-05-31', to: '2026-07-01' },
    { from: '2026-03-01', to: '2026-03-31' },
  ],
  differences: 2,
}

/** Figures that are easy to tell apart; the arithmetic between them is that of a report. */
const intake: DeploymentSavings = {
  ...{ id: 'oost-intake', hospital: 'oost', bot: 'referral-intake', withoutBaseline: 0, grade: 'A' },
  items: { done: 1200, parked: 30, nothing: 4, 'by-hand': 20, shadow: 0 },
  minutes: { gross: 7225.5, human: 45, net: 7180.5 },
  ...{ upkeepHours: 1.5, netHours: 118.175, measuredDays: 30, hoursPerYear: 1437.7958333333333 },
  ...{ firstDay: '2026-05-04', backlogDays: 0 },
  ...{ activity: 'reporting', reported: false, leftOut: 2, marginHours: 3, noInterval: null, used: [] },
  oneOff: {
    minutes: { gross: 600, human: 0, net: 600 },
    ...{ items: 100, withoutBaseline: 0, upkeepHours: 0, netHours: 10, used: [] },
  },
}

const insurance: DeploymentSavings = {
  ...{ id: 'west-insurance', hospital: 'west', bot: 'insurance-check', withoutBaseline: 12, grade: 'C' },
  items: { done: 12, parked: 1, nothing: 0, 'by-hand': 0, shadow: 3 },
  minutes: { gross: 0, human: 2.004, net: -2.004 },
  ...{ upkeepHours: 0, netHours: -0.0334, measuredDays: 10, hoursPerYear: -1.2191 },
  ...{ firstDay: '2026-06-20', backlogDays: 1 },
  ...{
    activity: 'finance',
    reported: true,
    leftOut: 0,
    marginHours: null,
    noInterval: 'nothing-counted',
    used: [],
  },
  oneOff: {
    minutes: { gross: 0, human: 0, net: 0 },
    ...{ items: 0, withoutBaseline: 0, upkeepHours: 0, netHours: 0, used: [] },
  },
}

const oost: HospitalSavings = {
  ...{ id: 'oost', name: 'Oost', netHours: 118.175, upkeepHours: 1.5, hoursPerYear: 1437.7958333333333 },
  norm: { name: 'planning', hoursPerYear: 1440, validFrom: '2026-01-01' },
  ...{ fte: 0.998469328703704, contractFte: 0.7656, grade: 'A', noInterval: null },
  ...{
    grossHours: 120.425,
    humanHours: 0.75,
    leftOut: 2,
    brief: 0,
    realisedHours: '40.00',
    realisedAcrossHours: '12.50',
  },
  oneOff: { items: 100, netHours: 10, interval: null },
  interval: {
    netHours: { low: 115.175, high: 121.175 },
    fte: { low: 0.973, high: 1.024 },
    contractFte: { low: 0.7461, high: 0.7851 },
  },
  deployments: [intake],
}

const west: HospitalSavings = {
  ...{ id: 'west', name: 'West', netHours: -0.0334, upkeepHours: 0, hoursPerYear: -1.2191 },
  norm: { name: '=contract, "36 hours"', hoursPerYear: 1878, validFrom: null },
  ...{ fte: -0.000649148, contractFte: -0.000649148, grade: 'C', interval: null },
  ...{
    grossHours: 0,
    humanHours: 0.0334,
    leftOut: 0,
    brief: 1,
    realisedHours: '0',
    realisedAcrossHours: '0',
    noInterval: 'estimate',
  },
  oneOff: { items: 0, netHours: 0, interval: null },
  deployments: [insurance],
}

/** A made-up report of two hospitals: one with an interval, one that lost time, lacks baselines and has an odd norm. */
export const MADE_REPORT: SavingsReport = {
  period: { from: '2026-06-01', to: '2026-06-30', until: '2026-06-30' },
  hospitals: [oost, west],
}
