import { drawnTable } from '../../dashboards/terminal/drawn-table.ts'
import { savingsTable } from '../../dashboards/terminal/savings-table.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { readLastRecount, type LastRecount } from '../../orchestrator/savings/last-recount.ts'
import { recount } from '../../orchestrator/savings/recount.ts'
import { readSavings, type SavingsReport } from '../../orchestrator/savings/report.ts'
import { savingsJson } from '../../orchestrator/savings/savings-json.ts'
import { localDate } from '../../orchestrator/triggers/calendar.ts'
import type { PracticeProcess } from '../practice/practice-process.ts'
import { wrongEndings } from './right-endings.ts'
import { countWitness, type WitnessCount } from './witness-count.ts'

const ZONE = 'Europe/Amsterdam'

export interface Result {
  readonly report: SavingsReport
  readonly recounted: LastRecount | null
  readonly witness: ReadonlyMap<string, WitnessCount>
  /** What is not as it should be, a sentence each. */
  readonly wrong: readonly string[]
  /** As `--json` prints it. */
  readonly json: object
}

/** Reads the savings since the first item, beside what the practice hospital counted itself. */
export async function readResult(db: LedgerDatabase, practice: PracticeProcess): Promise<Result> {
  const today = localDate(new Date(), ZONE)
  const first = await db
    .selectFrom('item')
    .select(({ fn }) => fn.min('arrived_at').as('at'))
    .executeTakeFirst()
  const from = first?.at ? localDate(first.at, ZONE) : today
  const report = await readSavings(db, { from, to: today, today })
  const witness = await countWitness(db, practice)
  const differences = await recount(db, { from, to: today })
  const wrong = [
    ...(await wrongEndings(db, practice)),
    ...[...witness].flatMap(([deployment, count]) => againstWitness(deployment, count)),
    ...differences.map((difference) => `The recount differs: ${JSON.stringify(difference)}.`),
  ]
  const recounted = await readLastRecount(db)
  return { report, recounted, witness, wrong, json: asJson(report, witness) }
}

function againstWitness(deployment: string, { effects, duplicates, missing }: WitnessCount): string[] {
  if (deployment === 'unknown') return [`The hospital saw ${effects} effects that no item accounts for.`]
  return [
    ...(duplicates > 0 ? [`${deployment}: the hospital saw ${duplicates} effects twice.`] : []),
    ...(missing > 0
      ? [`${deployment}: ${missing} acts are done in the ledger and the hospital never saw them.`]
      : []),
  ]
}

const none: WitnessCount = { effects: 0, duplicates: 0, missing: 0 }

function asJson(report: SavingsReport, witness: ReadonlyMap<string, WitnessCount>): object {
  const { hospitals, deployments } = savingsJson(report, {
    recounted: null,
    withdrawnImports: [],
    overSigned: [],
    months: [],
  })
  return {
    hospitals: hospitals.map(({ id, netHours, fte }) => ({ id, netHours, fte })),
    deployments: deployments.map(({ id, hospital, bot, items, minutes }) => ({
      hospital,
      bot,
      items,
      minutes,
      witness: witness.get(id) ?? none,
    })),
  }
}

/** The savings as tables, with the practice hospital's own count beneath. */
export function resultTable({ report, recounted, witness }: Result): string {
  const columns = [
    { head: 'Counted by the hospital itself' },
    { head: 'Effects', align: 'right' as const },
    { head: 'Twice', align: 'right' as const },
    { head: 'Missing', align: 'right' as const },
  ]
  const rows = [...witness]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([deployment, { effects, duplicates, missing }]) => [
      deployment,
      ...[effects, duplicates, missing].map(String),
    ])
  return `\n${savingsTable(report, recounted)}\n${drawnTable(columns, rows, WIDTH)}\n`
}

const WIDTH = 100
