import type { Row } from 'write-excel-file/node'
import type { Withheld } from '../../orchestrator/savings/explain-counts.ts'
import type { ListedCount, ListedCounts } from '../../orchestrator/savings/report-counts.ts'
import { variantTitle } from './bot-words.ts'
import { columnLetters } from './column-letters.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'

type Word = ReturnType<typeof wordsOf>

export const COUNT_HEADS = [
  'hospital',
  'deployment',
  'day',
  'variant',
  'outcome',
  'kind',
  'items',
  'itemShares',
  'chainShare',
  'baselineMinutes',
  'grossMinutes',
  'humanMinutes',
  'backdated',
] as const satisfies readonly WordKey[]

/** The letter of a column of the counts' sheet, for formulas. */
export const countColumn = (head: (typeof COUNT_HEADS)[number]): string =>
  columnLetters(COUNT_HEADS.indexOf(head))

const OUTCOME_WORDS: Readonly<Record<string, WordKey>> = {
  ...{ done: 'done', nothing: 'nothing', 'by-hand': 'byHand', shadow: 'shadow' },
  ...{ parked: 'parked', worklist: 'worklist' },
}

/** The word for how items ended. */
export function outcomeWord(outcome: string, word: Word): string {
  const key = OUTCOME_WORDS[outcome]
  return key ? word(key) : outcome
}

/** Rows of the sheet, both included; the heads are row 1. */
export interface CountRange {
  readonly hospital: string
  readonly oneOff: boolean
  /** Undefined: all of the hospital. */
  readonly deployment: string | undefined
  readonly first: number
  readonly last: number
}

/** A line of the sheet: a count, or what is told of those that are not shown. */
type Line = { readonly count: ListedCount } | { readonly withheld: Withheld; readonly deployment?: string }

/** Where the counts of each hospital and deployment stand; none where there are none. */
export function countRanges({ counts }: ReportContent): CountRange[] {
  let next = 2
  return (counts ?? []).flatMap((block) => {
    const start = next
    const { hospital, oneOff } = block
    const parts = block.deployments.map((part): CountRange => {
      const first = next
      next += linesOf(part).length
      return { hospital, oneOff, deployment: part.deployment, first, last: next - 1 }
    })
    if (block.withheld) next += 1
    if (next === start) return []
    return [...parts, { hospital, oneOff, deployment: undefined, first: start, last: next - 1 }]
  })
}

/** A row for each deployment, day, variant and outcome; what its items gave is a formula. */
export function countRows({ savings, counts }: ReportContent, language: ReportLanguage): Row[] {
  const word = wordsOf(language)
  const deployments = savings.hospitals.flatMap((hospital) => hospital.deployments)
  const robots = new Map(deployments.map(({ id, bot }) => [id, bot]))
  const titled = (count: ListedCount): ListedCount => ({
    ...count,
    variant: variantTitle(robots.get(count.deployment) ?? '', count.variant, language),
  })
  if (!counts) return [[word('tooManyCounts')]]
  const names = new Map(savings.hospitals.map(({ id, name }) => [id, name]))
  const lines = counts.flatMap((block) =>
    blockLines(block).map((line) => ({ line, hospital: names.get(block.hospital) ?? null, block })),
  )
  return lines.map(({ line, hospital, block }, place) =>
    'count' in line
      ? [hospital, ...countCells(titled(line.count), place + 2, word)]
      : [hospital, ...withheldCells(line, block.oneOff, word)],
  )
}

const linesOf = ({ deployment, counts, withheld }: ListedCounts['deployments'][number]): Line[] => [
  ...counts.map((count) => ({ count })),
  ...(withheld ? [{ withheld, deployment }] : []),
]

const blockLines = ({ deployments, withheld }: ListedCounts): Line[] => [
  ...deployments.flatMap(linesOf),
  ...(withheld ? [{ withheld }] : []),
]

function countCells(count: ListedCount, row: number, word: Word): Row {
  const { deployment, day, variant, outcome, kind, items, shares, chainShare, baselineMinutes } = count
  const [itemShares, chain, minutes] = (['itemShares', 'chainShare', 'baselineMinutes'] as const).map(
    (head) => `${countColumn(head)}${row}`,
  )
  const priced = chainShare !== null && baselineMinutes !== null
  return [
    ...[deployment, day, variant, outcomeWord(outcome, word), word(`kind.${kind}`), items, Number(shares)],
    ...(priced
      ? [
          ...[Number(chainShare), Number(baselineMinutes)],
          { type: 'Formula' as const, value: `=${itemShares}*${chain}*${minutes}` },
        ]
      : [null, null, 0]),
    count.minutes.human,
    count.backdated === null ? null : word(count.backdated ? 'yes' : 'no'),
  ]
}

/** How many items they are is not told, nor which baseline they had. */
function withheldCells(
  { withheld, deployment }: Extract<Line, { withheld: Withheld }>,
  oneOff: boolean,
  word: Word,
): Row {
  const hidden = word('withheld')
  return [
    ...[deployment ?? hidden, hidden, hidden, hidden, word(oneOff ? 'kind.one-off' : 'kind.regular')],
    ...[hidden, hidden, null, null, withheld.minutes.gross, withheld.minutes.human],
    hidden,
  ]
}
