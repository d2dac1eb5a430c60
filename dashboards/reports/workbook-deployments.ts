import type { Row } from 'write-excel-file/node'
import { CONTRACT_NORM, fteOf, type Norm } from '../../orchestrator/savings/fte.ts'
import { daysOfYearUpTo } from '../../orchestrator/savings/period.ts'
import type { DeploymentSavings } from '../../orchestrator/savings/report.ts'
import { toldAt } from '../../orchestrator/savings/withhold.ts'
import { botTitle } from './bot-words.ts'
import { columnLetters } from './column-letters.ts'
import { activityWord } from './taxonomy-words.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'

export const DEPLOYMENT_HEADS = [
  'hospital',
  'deployment',
  'bot',
  'activity',
  'done',
  'parked',
  'nothing',
  'byHand',
  'shadow',
  'withoutBaseline',
  'leftOut',
  'grossMinutes',
  'humanMinutes',
  'netMinutes',
  'upkeepHours',
  'netHours',
  'measuredDays',
  'yearDays',
  'hoursPerYear',
  'normHours',
  'fte',
  'contractFte',
  'grade',
  'oneOffHours',
  'reportedItems',
  'firstDay',
  'backlogDays',
] as const satisfies readonly WordKey[]

/** The letter of a column of the deployments' sheet, for formulas. */
export function columnOf(head: (typeof DEPLOYMENT_HEADS)[number]): string {
  return columnLetters(DEPLOYMENT_HEADS.indexOf(head))
}

export interface DeploymentLine {
  readonly deployment: DeploymentSavings
  readonly hospitalName: string
  readonly norm: Norm
  /** Of the sheet; the heads are row 1. */
  readonly row: number
}

/** The deployments in the order of the sheet. */
export function deploymentLines({ savings }: ReportContent): DeploymentLine[] {
  const lines = savings.hospitals.flatMap(({ name, norm, deployments }) =>
    deployments.map((deployment) => ({ deployment, hospitalName: name, norm })),
  )
  return lines.map((line, place) => ({ ...line, row: place + 2 }))
}

/** A row for each deployment; every figure a number, none rounded, but for what is not told. */
export function deploymentRows(content: ReportContent, language: ReportLanguage): Row[] {
  const yearDays = daysOfYearUpTo(content.savings.period.until)
  const word = wordsOf(language)
  const withheld = word('withheld')
  return deploymentLines(content).map(({ deployment, hospitalName, norm }): Row => {
    const { minutes, oneOff, hoursPerYear } = deployment
    const told = toldAt(content.told, deployment)
    const hours = (value: number) => (told.hours ? value : withheld)
    const counts = [
      ...[told.items.done, told.items.parked, told.items.nothing, told.items['by-hand'], told.items.shadow],
      ...[told.withoutBaseline, told.leftOut],
    ]
    return [
      ...[hospitalName, deployment.id, botTitle(deployment.bot, language)],
      activityWord(deployment.activity, language),
      ...counts.map((count) => count ?? withheld),
      ...[hours(minutes.gross), hours(minutes.human), hours(minutes.net), deployment.upkeepHours],
      ...[hours(deployment.netHours), told.measuredDays ?? withheld, yearDays, hours(hoursPerYear)],
      ...[norm.hoursPerYear, hours(fteOf(hoursPerYear, norm)), hours(fteOf(hoursPerYear, CONTRACT_NORM))],
      ...[deployment.grade, told.oneOffHours ? oneOff.netHours : withheld],
      word(deployment.reported ? 'yes' : 'no'),
      ...[told.hours ? told.firstDay : withheld, told.backlogDays ?? withheld],
    ]
  })
}
