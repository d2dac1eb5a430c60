import { Argument, Option, type Command } from 'commander'
import { Failure } from '../../connectors/failure.ts'
import { findItems, readItemHistory, type ItemHistory } from '../../orchestrator/ledger/reading.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { minutes, withExamples } from './help-texts.ts'
import { itemHistory } from './item-history.ts'
import { outJson, withInstallation, type Terminal } from './terminal.ts'
import { NEEDED, type Handling, type HandlingOptions } from './worklist-options.ts'

interface ItemOptions extends HandlingOptions {
  readonly json?: boolean
}

const EXAMPLES: Parameters<typeof withExamples>[1] = [
  ['ontregel item 3f2a81c0', 'its whole history'],
  ['ontregel item 3f2a81c0 give-back --data item.json --minutes 4 --account jdv01', 'back to the robot'],
  [
    'ontregel item 3f2a81c0 give-back --data item.json --happened yes --reference V-118 --minutes 4 --account jdv01',
    'it stands in the system: the robot goes on behind it',
  ],
  [
    'ontregel item 3f2a81c0 done-by-hand --variant new-patient --reference V-118 --minutes 9 --account jdv01',
    '',
  ],
  ['ontregel item 3f2a81c0 cancel --reason "sent twice" --minutes 1 --account jdv01', ''],
  ['ontregel item 3f2a81c0 let-pass --account jdv01', 'the later items of its patient go on without it'],
]

/** `item`: the history of one item, and what a person does with a parked one. */
export function addItem(program: Command, terminal: Terminal): void {
  const command = program
    .command('item')
    .description('Show what happened to a work item, or handle one that waits for a person.')
    .argument('<id>', 'its id, or enough of its beginning')
    .addArgument(
      new Argument('[handling]', 'what a person does with a parked item').choices(Object.keys(NEEDED)),
    )
    .option('--json', 'the history as JSON')
    .option('--account <account>', 'your account (not your name), for every handling')
    .option(
      '--minutes <minutes>',
      'what it took you, for every handling: it counts against the robot',
      minutes,
    )
    .option('--data <file>', 'give-back: the corrected item as JSON; - reads it from standard input')
    .option('--variant <variant>', 'done-by-hand: which of the robot’s variants it was')
    .option(
      '--reference <reference>',
      'done-by-hand, and give-back of what happened: the number it has in the hospital’s system',
    )
    .addOption(
      new Option(
        '--happened <answer>',
        'give-back or cancel after a press of which the robot does not know: whether you see it in the hospital’s system',
      ).choices(['yes', 'no']),
    )
    .option('--reason <text>', 'cancel: why it is not wanted; no data of patients')
  command.action((id: string, handling: Handling | undefined, options: ItemOptions) =>
    handling ? handle(terminal, command, id, handling, options) : show(terminal, id, options),
  )
  withExamples(command, EXAMPLES)
}

async function show(terminal: Terminal, id: string, { json }: ItemOptions): Promise<void> {
  const item = await withInstallation(terminal, ({ db }) => findItem(db, id))
  if (json) outJson(terminal, item)
  else terminal.out(itemHistory(item, terminal.width()))
}

async function handle(
  terminal: Terminal,
  command: Command,
  id: string,
  handling: Handling,
  options: ItemOptions,
): Promise<void> {
  const missing = NEEDED[handling].filter((name) => options[name] === undefined)
  if (missing.length > 0)
    command.error(`error: ${handling} needs ${missing.map((name) => `--${name}`).join(', ')}`)
  const { handleItem } = await import('./worklist.ts')
  const { bots } = await import('../../bots/index.ts')
  const sentence = await withInstallation(terminal, async ({ db, doorbell }) =>
    handleItem({ db, doorbell, bots }, await findItem(db, id), handling, options),
  )
  terminal.out(sentence)
}

async function findItem(db: LedgerDatabase, beginning: string): Promise<ItemHistory> {
  const ids = await findItems(db, beginning)
  if (ids.length > 1) {
    const list = ids.map((id) => `\n- ${id}`).join('')
    throw new Failure(
      'business',
      'item-ambiguous',
      `More than one item begins so; write more of its id:${list}`,
    )
  }
  const item = ids[0] === undefined ? undefined : await readItemHistory(db, ids[0])
  if (item) return item
  throw new Failure(
    'business',
    'item-unknown',
    `There is no item whose id begins with "${beginning}": see "ontregel items" for their ids.`,
  )
}
