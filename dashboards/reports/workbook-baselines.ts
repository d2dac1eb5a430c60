import type { Row } from 'write-excel-file/node'
import type { BaselineUse } from '../../orchestrator/savings/minutes.ts'
import type { DeploymentSavings } from '../../orchestrator/savings/report.ts'
import { toldAt } from '../../orchestrator/savings/withhold.ts'
import { variantTitle } from './bot-words.ts'
import { columnLetters } from './column-letters.ts'
import { chainsOf } from './report-baselines.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'
import { deploymentLines, type DeploymentLine } from './workbook-deployments.ts'
import { MARGIN_HEADS, marginCells } from './workbook-margins.ts'

export const BASELINE_HEADS = [
  'deployment',
  'variant',
  'minutes',
  'shares',
  'grossMinutes',
  'method',
  'n',
  'spread',
  'validFrom',
  'validUntil',
  'grade',
  'measuredBy',
  'measuredOn',
  'remeasureOn',
  'backdated',
  'chain',
  'chainShare',
  'baselineOf',
  'kind',
  ...MARGIN_HEADS,
] as const satisfies readonly WordKey[]

/** The letter of a column of the baselines' sheet, for formulas. */
export const baselineColumn = (head: (typeof BASELINE_HEADS)[number]): string =>
  columnLetters(BASELINE_HEADS.indexOf(head))

/** A baseline that a deployment used, and where it stands. */
export interface BaselineLine {
  readonly of: DeploymentLine
  readonly use: BaselineUse
  readonly kind: 'regular' | 'one-off'
  /** Of the sheet; the heads are row 1. */
  readonly row: number
}

/** Those of regular work in the order of the deployments, then those of backlogs. */
export function baselineLines(content: ReportContent): BaselineLine[] {
  const lines = (['regular', 'one-off'] as const).flatMap((kind) =>
    deploymentLines(content).flatMap((of) =>
      usedBy(content, of.deployment, kind).map((use) => ({ of, use, kind })),
    ),
  )
  return lines.map((line, place) => ({ ...line, row: place + 2 }))
}

/** A row for each baseline that was used; what it gave, and what it is uncertain about, are formulas. */
export function baselineRows(content: ReportContent, language: ReportLanguage): Row[] {
  const word = wordsOf(language)
  const lines = baselineLines(content)
  return lines.map((line): Row => {
    const { of, use, kind, row } = line
    const { deployment } = of
    return [
      ...[deployment.id, variantTitle(deployment.bot, use.variant, language)],
      ...[Number(use.baseline.minutes), use.shares],
      { type: 'Formula', value: `=${baselineColumn('minutes')}${row}*${baselineColumn('shares')}${row}` },
      ...measuredCells(content, use, language),
      ...[
        chainsOf(content.baselines, deployment.id, use) || null,
        Number(use.share),
        use.baseline.deployment,
      ],
      word(`kind.${kind}`),
      ...marginCells(line, lines, { at: baselineColumn, deployments: word('deployments') }),
    ]
  })
}

/** How the baseline was measured, by whom, and for which days. */
function measuredCells(
  { baselines }: ReportContent,
  { baseline }: BaselineUse,
  language: ReportLanguage,
): Row {
  const measured = baselines.byId.get(baseline.id)
  if (!measured) throw new Error(`The report used baseline ${baseline.id} but did not read it.`)
  const { n, spreadMinutes, validFrom, validUntil, grade, measuredBy, measuredOn, remeasureOn } = measured
  const word = wordsOf(language)
  return [
    ...[word(`method.${baseline.method}`), n],
    ...[spreadMinutes === null ? null : Number(spreadMinutes), validFrom, validUntil],
    ...[grade, measuredBy, measuredOn, remeasureOn, word(measured.backdated ? 'yes' : 'no')],
  ]
}

/** How often each baseline counted, where that is told. */
function usedBy(
  { told }: ReportContent,
  deployment: DeploymentSavings,
  kind: 'regular' | 'one-off',
): readonly BaselineUse[] {
  if (!toldAt(told, deployment).variants) return []
  return kind === 'regular' ? deployment.used : deployment.oneOff.used
}
