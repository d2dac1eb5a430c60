import type { Row } from 'write-excel-file/node'
import type { BaselineUse } from '../../orchestrator/savings/minutes.ts'
import type { DeploymentSavings } from '../../orchestrator/savings/report.ts'
import { toldAt } from '../../orchestrator/savings/withhold.ts'
import type { ReportContent } from './report-content.ts'
import type { WordKey } from './report-words.ts'
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
] as const satisfies readonly WordKey[]

/** The rows of the baselines' sheet that a deployment's gross minutes are made of; undefined when there are none. */
export interface BaselineRange {
  readonly first: number
  readonly last: number
}

/** Where the baselines of each deployment stand, in the order of the deployments. */
export function baselineRanges(content: ReportContent): (BaselineRange | undefined)[] {
  let next = 2
  return deploymentLines(content).map(({ deployment }) => {
    const used = usedBy(content, deployment)
    const first = next
    next += used.length
    return used.length === 0 ? undefined : { first, last: next - 1 }
  })
}

/** A row for each baseline that was used; what it gave is a formula. */
export function baselineRows(content: ReportContent): Row[] {
  const uses = deploymentLines(content).flatMap(({ deployment }) =>
    usedBy(content, deployment).map((use) => ({ ...use, deployment: deployment.id })),
  )
  return uses.map(({ deployment, variant, baseline, shares }, place): Row => {
    const row = place + 2
    return [
      ...[deployment, variant, Number(baseline.minutes), shares],
      { type: 'Formula', value: `=C${row}*D${row}` },
      ...[
        baseline.method,
        baseline.n,
        baseline.spreadMinutes === null ? null : Number(baseline.spreadMinutes),
      ],
      baseline.validFrom,
    ]
  })
}

/** How often each baseline counted, where that is told. */
const usedBy = ({ told }: ReportContent, deployment: DeploymentSavings): readonly BaselineUse[] =>
  toldAt(told, deployment).variants ? deployment.used : []
