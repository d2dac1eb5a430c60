import type { Row } from 'write-excel-file/node'
import { toldAt, toldSum } from '../../orchestrator/savings/withhold.ts'
import { normSource } from './norm-words.ts'
import { reasonOf } from './no-interval.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'

export const SUMMARY_HEADS = [
  'hospital',
  'netHours',
  'low',
  'high',
  'fte',
  'contractFte',
  'norm',
  'normHours',
  'grossHours',
  'humanHours',
  'upkeepHours',
  'hoursPerYear',
  'grade',
  'noInterval',
  'oneOffHours',
  'leftOut',
  'realisedHours',
  'fteLow',
  'fteHigh',
  'contractFteLow',
  'contractFteHigh',
  'brief',
] as const satisfies readonly WordKey[]

/** The letter of a column of the summary, for formulas. */
export const summaryColumn = (head: (typeof SUMMARY_HEADS)[number]): string =>
  String.fromCodePoint(65 + SUMMARY_HEADS.indexOf(head))

/** A row for each hospital and one for all of them, with the 95 % intervals of net hours and FTE. */
export function summaryRows({ savings, total, told }: ReportContent, language: ReportLanguage): Row[] {
  const word = wordsOf(language)
  const rows = savings.hospitals.map((hospital): Row => {
    const { interval, norm } = hospital
    const leftOut = toldSum(hospital.deployments.map((row) => toldAt(told, row).leftOut))
    return [
      ...[hospital.name, hospital.netHours, interval?.netHours.low ?? null, interval?.netHours.high ?? null],
      ...[hospital.fte, hospital.contractFte, normSource(norm, language), norm.hoursPerYear],
      ...[hospital.grossHours, hospital.humanHours, hospital.upkeepHours, hospital.hoursPerYear],
      ...[hospital.grade, hospital.noInterval ? word(reasonOf(hospital.noInterval)) : null],
      ...[hospital.oneOff.netHours, leftOut ?? word('withheld'), Number(hospital.realisedHours)],
      ...[...fteRanges(interval), hospital.brief],
    ]
  })
  const { interval } = total
  const all = [total.netHours, interval?.netHours.low ?? null, interval?.netHours.high ?? null]
  const between = Array.from({ length: SUMMARY_HEADS.indexOf('fteLow') - 6 }, () => null)
  const whole = [word('allHospitals'), ...all, total.fte, total.contractFte]
  return [...rows, [...whole, ...between, ...fteRanges(interval), total.brief]]
}

const fteRanges = (interval: ReportContent['total']['interval']) => [
  ...[interval?.fte.low ?? null, interval?.fte.high ?? null],
  ...[interval?.contractFte.low ?? null, interval?.contractFte.high ?? null],
]
