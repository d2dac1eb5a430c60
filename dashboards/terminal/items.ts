import { Option, type Command } from 'commander'
import { Failure } from '../../connectors/failure.ts'
import { findDeployment } from '../../orchestrator/ledger/deployments.ts'
import { readItems, type ItemsQuestion, type ItemSummary } from '../../orchestrator/ledger/reading.ts'
import type { ItemState, LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { drawnTable } from './drawn-table.ts'
import { positiveNumber, withExamples } from './help-texts.ts'
import { localMinute } from './local-time.ts'
import { outJson, withInstallation, type Terminal } from './terminal.ts'

const STATES: Readonly<Record<ItemState, true>> = {
  queued: true,
  claimed: true,
  armed: true,
  unsure: true,
  done: true,
  parked: true,
  cancelled: true,
}

/** `items`: the work items, without the data of patients. */
export function addItems(program: Command, terminal: Terminal): void {
  const command = program
    .command('items')
    .description('List work items, newest first. No data of patients is shown.')
    .addOption(new Option('--state <state>', 'only those in this state').choices(Object.keys(STATES)))
    .option('--deployment <id>', 'only those of this deployment')
    .option('--limit <number>', 'how many at most', positiveNumber, 20)
    .option('--json', 'as JSON')
    .action(async ({ json, ...question }: ItemsQuestion & { json?: boolean }) => {
      const items = await withInstallation(terminal, ({ db }) => askItems(db, question))
      if (json) outJson(terminal, items)
      else terminal.out(items.length > 0 ? itemTable(items, terminal.width()) : 'No such items.')
    })
  withExamples(command, [
    ['ontregel items', 'the newest twenty'],
    ['ontregel items --state parked', 'what waits for a person, and why'],
    ['ontregel items --deployment oost-referral-intake --limit 100 --json', 'for a program'],
  ])
}

async function askItems(db: LedgerDatabase, question: ItemsQuestion): Promise<ItemSummary[]> {
  const { deployment } = question
  if (deployment !== undefined && !(await findDeployment(db, deployment))) {
    const sentence = `There is no deployment "${deployment}": see "ontregel deployments" for those there are.`
    throw new Failure('business', 'deployment-unknown', sentence)
  }
  return await readItems(db, question)
}

function itemTable(items: readonly ItemSummary[], width: number): string {
  const waits = items.some(isDue)
  const columns = [
    ...['Item', 'Deployment', 'Reference', 'State'].map((head) => ({ head })),
    { head: 'Try', align: 'right' as const },
    { head: 'Arrived' },
    ...(waits ? [{ head: 'Due' }] : []),
    { head: 'Why', wraps: true },
  ]
  const rows = items.map((item) => [
    item.id.slice(0, 8),
    item.deployment,
    item.reference,
    item.reportedBy === null ? stateOf(item) : `${stateOf(item)}, reported by ${item.reportedBy}`,
    `${item.attempt}`,
    localMinute(item.arrivedAt, item.timeZone),
    ...(waits ? [isDue(item) ? localMinute(item.dueAt, item.timeZone) : ''] : []),
    item.sentence ?? '',
  ])
  return drawnTable(columns, rows, width)
}

const isDue = ({ state }: ItemSummary): boolean => state === 'queued' || state === 'unsure'

/** The state, and of what kind: `parked (business)`, `done (by-hand)`. */
export function stateOf({ state, parkedKind, outcome }: ItemSummary): string {
  const kind = parkedKind ?? (outcome === 'done' ? null : outcome)
  return kind ? `${state} (${kind})` : state
}
