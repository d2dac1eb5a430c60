import type { Row } from 'write-excel-file/node'
import { CONTRACT_NORM } from '../../orchestrator/savings/fte.ts'
import { toldAt } from '../../orchestrator/savings/withhold.ts'
import type { ReportContent } from './report-content.ts'
import type { wordsOf, WordKey } from './report-words.ts'
import { baselineRanges } from './workbook-baselines.ts'
import {
  columnOf,
  deploymentLines,
  type DEPLOYMENT_HEADS,
  type DeploymentLine,
} from './workbook-deployments.ts'

type Head = (typeof DEPLOYMENT_HEADS)[number]

export const RECOMPUTE_HEADS = [
  'deployment',
  'title',
  'reported',
  'recomputed',
  'difference',
] as const satisfies readonly WordKey[]

/**
 * Each figure that is made of others, computed again by a formula beside what was reported; the difference must be 0,
 * but for the last digit of a spreadsheet.
 */
export function recomputeRows(content: ReportContent, word: ReturnType<typeof wordsOf>): Row[] {
  const ranges = baselineRanges(content)
  const sheet = `'${word('deployments')}'!`
  const checks = deploymentLines(content).flatMap((line, place) => {
    const told = toldAt(content.told, line.deployment)
    if (!told.hours) return []
    const range = ranges[place]
    const gross = range ? `SUM('${word('baselines')}'!E${range.first}:E${range.last})` : '0'
    const checks = checksOf(line, gross, (head) => `${sheet}${columnOf(head)}${line.row}`)
    const possible = told.variants ? checks : checks.filter(({ head }) => head !== 'grossMinutes')
    return possible.map((check) => ({ ...check, line }))
  })
  return checks.map(({ line, head, formula }, place): Row => {
    const row = place + 2
    const reported = `=${sheet}${columnOf(head)}${line.row}`
    return [
      ...[line.deployment.id, word(head)],
      { type: 'Formula', value: reported },
      { type: 'Formula', value: `=${formula}` },
      { type: 'Formula', value: `=D${row}-C${row}` },
    ]
  })
}

interface Check {
  readonly head: Head
  readonly formula: string
}

function checksOf({ deployment }: DeploymentLine, gross: string, cell: (head: Head) => string): Check[] {
  const checks: Check[] = [
    { head: 'grossMinutes', formula: gross },
    { head: 'netMinutes', formula: `${cell('grossMinutes')}-${cell('humanMinutes')}` },
    { head: 'netHours', formula: `${cell('netMinutes')}/60-${cell('upkeepHours')}` },
  ]
  if (deployment.measuredDays === 0) return checks
  return [
    ...checks,
    { head: 'hoursPerYear', formula: `${cell('netHours')}*${cell('yearDays')}/${cell('measuredDays')}` },
    { head: 'fte', formula: `${cell('hoursPerYear')}/${cell('normHours')}` },
    { head: 'contractFte', formula: `${cell('hoursPerYear')}/${CONTRACT_NORM.hoursPerYear}` },
  ]
}
