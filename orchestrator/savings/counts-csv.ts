import { Failure } from '../../connectors/failure.ts'
import { csvLines, type CsvCell } from './csv-lines.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Withheld } from './explain-counts.ts'
import type { CountedPeriod } from './period.ts'
import { MOST_COUNTS, readReportCounts, type ListedCount, type ListedCounts } from './report-counts.ts'
import { readSavings, type SavingsQuestion } from './report.ts'
import { inSnapshot } from './snapshot.ts'
import { readWithdrawnImports, withdrawnWords, type WithdrawnImport } from './withdrawn-imports.ts'
import { toldOf } from './withhold.ts'

const HEADS = [
  ...['from', 'until', 'hospital', 'deployment', 'day', 'variant', 'outcome', 'kind'],
  ...['items', 'shares', 'chainShare', 'baselineMinutes', 'grossMinutes', 'humanMinutes', 'netMinutes'],
  'backdated',
  'hospitalWithdrawnImports',
]

/**
 * What the minutes of a report are made of: a line for each deployment, day, variant, outcome and kind, as the sheet of
 * counts of the Excel file has it. Groups that are not told are one line, with their minutes together.
 * @throws business: when there are more counts than are listed
 */
export function countsCsv(
  { from, until }: CountedPeriod,
  blocks: readonly ListedCounts[] | null,
  withdrawnImports: readonly WithdrawnImport[],
): string {
  if (!blocks) throw tooMany()
  const rows = blocks.flatMap(({ hospital, oneOff, deployments, withheld }) => {
    const kind = oneOff ? 'one-off' : 'regular'
    const parts = deployments.flatMap((part) => [
      ...part.counts.map(countCells),
      ...(part.withheld ? [withheldCells(part.withheld, part.deployment, kind)] : []),
    ])
    const withdrawn = withdrawnImports.filter((row) => row.hospital === hospital).map(withdrawnWords)
    const rest = withheld ? [withheldCells(withheld, null, kind)] : []
    return [...parts, ...rest].map((cells): CsvCell[] => [
      from,
      until,
      hospital,
      ...cells,
      withdrawn.join('; '),
    ])
  })
  return csvLines(HEADS, rows)
}

/** The same for who may see everything. @throws business: names the field when the period or hospital is not one */
export async function readCountsCsv(db: LedgerDatabase, question: SavingsQuestion): Promise<string> {
  return await inSnapshot(db, async (snapshot) => {
    const { period, hospitals } = await readSavings(snapshot, question)
    const own = hospitals.map(({ id }) => id)
    const told = toldOf(hospitals, () => true)
    const counts = await readReportCounts(snapshot, period, own, { told, seesItemsOf: own })
    return countsCsv(
      period,
      counts,
      await readWithdrawnImports(snapshot, { ...question, seesItems: () => true }),
    )
  })
}

function countCells({ minutes, ...count }: ListedCount): CsvCell[] {
  return [
    ...[count.deployment, count.day, count.variant, count.outcome, count.kind],
    ...[count.items, Number(count.shares), decimal(count.chainShare), decimal(count.baselineMinutes)],
    ...[minutes.gross, minutes.human, minutes.net],
    count.backdated === null ? '' : count.backdated ? 'yes' : 'no',
  ]
}

/** How many items they are is not told, nor which baseline they had. */
function withheldCells({ minutes }: Withheld, deployment: string | null, kind: string): CsvCell[] {
  return [
    ...[deployment, null, null, null, kind],
    ...[null, null, null, null],
    ...[minutes.gross, minutes.human, minutes.net],
    null,
  ]
}

const decimal = (text: string | null): CsvCell => (text === null ? '' : Number(text))

const tooMany = () =>
  new Failure(
    'business',
    'too-many-counts',
    `Field to: the period has more than ${MOST_COUNTS.toLocaleString('en')} counts by day; ask for a shorter period or one hospital.`,
  )
