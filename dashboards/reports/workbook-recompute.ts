import type { Row } from 'write-excel-file/node'
import { CONTRACT_NORM } from '../../orchestrator/savings/fte.ts'
import { toldAt } from '../../orchestrator/savings/withhold.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'
import { baselineColumn, baselineLines } from './workbook-baselines.ts'
import {
  columnOf,
  deploymentLines,
  type DEPLOYMENT_HEADS,
  type DeploymentLine,
} from './workbook-deployments.ts'
import { upkeepChecks } from './workbook-upkeep.ts'
import { countChecks, type Check } from './workbook-recompute-counts.ts'
import { groupChecks } from './workbook-recompute-groups.ts'
import { hospitalChecks } from './workbook-recompute-hospitals.ts'
import { intervalChecks } from './workbook-recompute-intervals.ts'

type Head = (typeof DEPLOYMENT_HEADS)[number]

export const RECOMPUTE_HEADS = [
  'of',
  'figure',
  'reported',
  'recomputed',
  'difference',
  'fromSheet',
] as const satisfies readonly WordKey[]

/**
 * Each figure that is made of others, computed again by a formula beside what was reported; the difference must be 0,
 * but for the last digit of a spreadsheet.
 */
export function recomputeRows(content: ReportContent, language: ReportLanguage): Row[] {
  const word = wordsOf(language)
  const checks = [
    ...hospitalChecks(content, word),
    ...intervalChecks(content, word),
    ...groupChecks(content, language),
    ...figureChecks(content, word),
    ...upkeepChecks(content, word),
    ...countChecks(content, word),
  ]
  return checks.map(({ of, head, from, reported, formula }, place): Row => {
    const row = place + 2
    return [
      ...[of, word(head)],
      { type: 'Formula', value: `=${reported}` },
      { type: 'Formula', value: `=${formula}` },
      { type: 'Formula', value: `=D${row}-C${row}` },
      word(from),
    ]
  })
}

/** The figures of deployments, from their baselines and from each other. */
function figureChecks(content: ReportContent, word: ReturnType<typeof wordsOf>): Check[] {
  const lines = baselineLines(content).filter(({ kind }) => kind === 'regular')
  const sheet = `'${word('deployments')}'!`
  return deploymentLines(content).flatMap((line) => {
    const told = toldAt(content.told, line.deployment)
    if (!told.hours) return []
    const used = lines.filter(({ of }) => of.row === line.row)
    const [first, last] = [used[0], used.at(-1)].map(
      (each) => `${baselineColumn('grossMinutes')}${each?.row}`,
    )
    const gross = used.length === 0 ? '0' : `SUM('${word('baselines')}'!${first}:${last})`
    const cell = (head: Head) => `${sheet}${columnOf(head)}${line.row}`
    const checks = formulasOf(line, gross, cell).map(({ head, formula }): Check => ({
      ...{ of: line.deployment.id, head, formula, reported: cell(head) },
      from: head === 'grossMinutes' ? 'baselines' : 'deployments',
    }))
    return told.variants ? checks : checks.filter(({ head }) => head !== 'grossMinutes')
  })
}

function formulasOf(
  { deployment }: DeploymentLine,
  gross: string,
  cell: (head: Head) => string,
): { readonly head: Head; readonly formula: string }[] {
  const checks: { head: Head; formula: string }[] = [
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
