import type { Row } from 'write-excel-file/node'
import type { BaselineUse } from '../../orchestrator/savings/minutes.ts'
import type { DeploymentSavings } from '../../orchestrator/savings/report.ts'
import { toldAt } from '../../orchestrator/savings/withhold.ts'
import { variantTitle } from './bot-words.ts'
import { chainsOf } from './report-baselines.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'
import { deploymentLines } from './workbook-deployments.ts'

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
  'chain',
  'chainShare',
  'baselineOf',
  'kind',
] as const satisfies readonly WordKey[]

/** The rows of the baselines' sheet that a deployment's gross minutes are made of; undefined when there are none. */
export interface BaselineRange {
  readonly first: number
  readonly last: number
}

/** Where the baselines of each deployment stand, in the order of the deployments; those of backlogs come after them all. */
export function baselineRanges(content: ReportContent): (BaselineRange | undefined)[] {
  let next = 2
  return deploymentLines(content).map(({ deployment }) => {
    const used = usedBy(content, deployment, 'regular')
    const first = next
    next += used.length
    return used.length === 0 ? undefined : { first, last: next - 1 }
  })
}

/** A row for each baseline that was used, by regular work and then by backlogs; what it gave is a formula. */
export function baselineRows(content: ReportContent, language: ReportLanguage): Row[] {
  const uses = (['regular', 'one-off'] as const).flatMap((kind) =>
    deploymentLines(content).flatMap(({ deployment }) =>
      usedBy(content, deployment, kind).map((use) => ({ deployment, use, kind })),
    ),
  )
  return uses.map(({ deployment, use, kind }, place): Row => {
    const row = place + 2
    return [
      ...[deployment.id, variantTitle(deployment.bot, use.variant, language)],
      ...[Number(use.baseline.minutes), use.shares],
      { type: 'Formula', value: `=C${row}*D${row}` },
      ...measuredCells(content, use, language),
      ...[
        chainsOf(content.baselines, deployment.id, use) || null,
        Number(use.share),
        use.baseline.deployment,
      ],
      wordsOf(language)(`kind.${kind}`),
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
  return [
    ...[wordsOf(language)(`method.${baseline.method}`), n],
    ...[spreadMinutes === null ? null : Number(spreadMinutes), validFrom, validUntil],
    ...[grade, measuredBy, measuredOn, remeasureOn],
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
