import { toldAt } from '../../orchestrator/savings/withhold.ts'
import type { ReportContent } from './report-content.ts'
import type { wordsOf, WordKey } from './report-words.ts'
import { countColumn, countRanges, outcomeWord, type CountRange } from './workbook-counts.ts'
import { columnOf, deploymentLines, type DeploymentLine } from './workbook-deployments.ts'
import { summaryColumn } from './workbook-summary.ts'

/** One figure of another sheet that is computed again; formulas without their `=`. */
export interface Check {
  /** A deployment's id, or the name of a hospital. */
  readonly of: string
  readonly head: WordKey
  /** The sheet that it is computed from. */
  readonly from: WordKey
  readonly reported: string
  readonly formula: string
}

type Word = ReturnType<typeof wordsOf>

/** The figures of deployments and hospitals, computed again from the counts by day and outcome. */
export function countChecks(content: ReportContent, word: Word): Check[] {
  const ranges = countRanges(content)
  const lines = new Map(deploymentLines(content).map((line) => [line.deployment.id, line]))
  const minutes = ranges.flatMap((range) => {
    const line = lines.get(range.deployment ?? '')
    if (range.deployment === undefined) return hospitalChecks(content, range, word)
    return line && !range.oneOff ? deploymentChecks(line, range, word) : []
  })
  return [...minutes, ...[...lines.values()].flatMap((line) => itemChecks(content, line, ranges, word))]
}

const sumOf = (head: 'grossMinutes' | 'humanMinutes', { first, last }: CountRange, word: Word) =>
  `SUM('${word('countSheet')}'!${countColumn(head)}${first}:${countColumn(head)}${last})`

const deploymentChecks = ({ deployment, row }: DeploymentLine, range: CountRange, word: Word): Check[] =>
  (['grossMinutes', 'humanMinutes'] as const).map((head) => ({
    ...{ of: deployment.id, head, from: 'countSheet' },
    reported: `'${word('deployments')}'!${columnOf(head)}${row}`,
    formula: sumOf(head, range, word),
  }))

function hospitalChecks({ savings }: ReportContent, range: CountRange, word: Word): Check[] {
  const place = savings.hospitals.findIndex(({ id }) => id === range.hospital)
  const hospital = savings.hospitals[place]
  if (!hospital) return []
  const cell = (head: Parameters<typeof summaryColumn>[0]) =>
    `'${word('summary')}'!${summaryColumn(head)}${place + 2}`
  const [gross, human] = [sumOf('grossMinutes', range, word), sumOf('humanMinutes', range, word)]
  const check = (head: Parameters<typeof cell>[0], formula: string): Check => ({
    ...{ of: hospital.name, head, from: 'countSheet', reported: cell(head), formula },
  })
  if (range.oneOff) {
    const upkeep = hospital.deployments.reduce((sum, { oneOff }) => sum + oneOff.upkeepHours, 0)
    return [check('oneOffHours', `${gross}/60-${human}/60-${upkeep}`)]
  }
  return [
    check('grossHours', `${gross}/60`),
    check('humanHours', `${human}/60`),
    check('netHours', `${gross}/60-${human}/60-${cell('upkeepHours')}`),
  ]
}

const OUTCOMES = [
  ['done', 'done'],
  ['parked', 'parked'],
  ['nothing', 'nothing'],
  ['byHand', 'by-hand'],
  ['shadow', 'shadow'],
] as const

/** How often items ended in each way, where every group of the deployment is shown. */
function itemChecks(
  { counts, told }: ReportContent,
  { deployment, row }: DeploymentLine,
  ranges: readonly CountRange[],
  word: Word,
): Check[] {
  const last = Math.max(0, ...ranges.map((range) => range.last))
  const parts = (counts ?? []).flatMap(({ deployments }) =>
    deployments.filter((part) => part.deployment === deployment.id),
  )
  if (parts.length === 0 || parts.some(({ withheld }) => withheld)) return []
  const column = (head: Parameters<typeof countColumn>[0]) =>
    `'${word('countSheet')}'!${countColumn(head)}2:${countColumn(head)}${last}`
  return OUTCOMES.filter(([, outcome]) => toldAt(told, deployment).items[outcome] !== null).map(
    ([head, outcome]) => ({
      ...{ of: deployment.id, head, from: 'countSheet' },
      reported: `'${word('deployments')}'!${columnOf(head)}${row}`,
      formula: `SUMIFS(${column('items')},${column('deployment')},"${deployment.id}",${column('outcome')},"${outcomeWord(outcome, word)}")`,
    }),
  )
}
