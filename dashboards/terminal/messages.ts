import { userInfo } from 'node:os'
import { text } from 'node:stream/consumers'
import { Argument, Option, type Command } from 'commander'
import {
  searchMessages,
  type MessagesQuestion,
  type MessageSummary,
} from '../../orchestrator/ledger/message-search.ts'
import type { Installation } from '../../orchestrator/installation.ts'
import type { ReplayVersion } from '../../orchestrator/triggers/handle-messages.ts'
import { drawnTable } from './drawn-table.ts'
import type { Handling } from './handle-messages.ts'
import { positiveNumber, withExamples } from './help-texts.ts'
import { localTime } from './local-time.ts'
import type { SearchedFor } from './message-question.ts'
import { outJson, withInstallation, type Terminal } from './terminal.ts'

interface MessagesOptions {
  readonly search: string
  readonly limit: number
  readonly json?: boolean
  readonly account?: string
  readonly reason?: string
  readonly botVersion?: ReplayVersion
}

const NEEDED: Readonly<Record<Handling, readonly (keyof MessagesOptions)[]>> = {
  replay: ['account'],
  skip: ['account', 'reason'],
}

/** `messages`: what came in over HL7, and what a person does with it. Content is never shown. */
export function addMessages(program: Command, terminal: Terminal): void {
  const command = program
    .command('messages')
    .description('List HL7 messages, newest first, or handle some. Their content is not shown.')
    .addArgument(
      new Argument('[handling]', 'replay, or skip one that was set aside').choices(Object.keys(NEEDED)),
    )
    .argument('[ids...]', 'their ids, or enough of the beginning')
    .option(
      '--search <conditions>',
      'name=value,… of type, sender, control, state, channel, from, to (not included), and patient=- for a number on standard input',
      '',
    )
    .option('--limit <number>', 'how many at most', positiveNumber, 20)
    .option('--json', 'as JSON')
    .addOption(
      new Option(
        '--bot-version <which>',
        'replay: by the robots that run now, or only where the same version still runs',
      )
        .choices(['installed', 'same'])
        .default('installed'),
    )
    .option('--account <account>', 'replay, skip: your account (not your name)')
    .option('--reason <text>', 'skip: why it is not needed; no data of patients')
  command.action(async (handling: Handling | undefined, ids: readonly string[], options: MessagesOptions) => {
    if (!handling) return await list(terminal, options)
    const missing = NEEDED[handling].filter((name) => options[name] === undefined)
    if (missing.length > 0)
      command.error(`error: ${handling} needs ${missing.map((name) => `--${name}`).join(', ')}`)
    const bySearch = handling === 'replay' && ids.length === 0 && options.search !== ''
    if (!bySearch && (ids.length === 0 || (handling === 'skip' && ids.length > 1)))
      command.error(`error: ${handling} needs ${NEEDS[handling]}`)
    terminal.out(
      await withInstallation(terminal, (installation) => handle(installation, handling, ids, options)),
    )
  })
  withExamples(command, EXAMPLES)
}

/** Handles the messages with these ids, or those that `--search` finds; gives what became of them. */
async function handle(
  installation: Installation,
  handling: Handling,
  ids: readonly string[],
  options: MessagesOptions,
): Promise<string> {
  const { handleMessages } = await import('./handle-messages.ts')
  if (ids.length > 0) return await handleMessages(installation, handling, ids, options)
  const { messages, more } = await find(installation, options)
  if (messages.length === 0) return 'No such messages.'
  const chosen = messages.map(({ id }) => id)
  const done = await handleMessages(installation, handling, chosen, options)
  return more ? `${done} More match: give --limit a higher number.` : done
}

const NEEDS: Readonly<Record<Handling, string>> = {
  replay: 'the id of a message, or --search',
  skip: 'the id of one message',
}

const EXAMPLES = [
  ['ontregel messages --search state=aside', 'what could not be handled, and why'],
  ['ontregel messages --search type=ADT^A08,from=2026-11-21T08:00 --json', 'for a program'],
  ['ontregel messages --search patient=- < number.txt', 'of one patient, by any number'],
  ['ontregel messages replay 3f2a81c0 77b1e0d2 --account jdv01', 'once more, by the robots as they are now'],
  ['ontregel messages replay --search state=aside --limit 500 --account jdv01', 'all that was set aside'],
  [
    'ontregel messages replay 3f2a81c0 --bot-version same --account jdv01',
    'only by the version that read it',
  ],
  ['ontregel messages skip 3f2a81c0 --reason "sent by mistake" --account jdv01', 'and let the later ones go'],
] as const

async function list(terminal: Terminal, options: MessagesOptions): Promise<void> {
  const { messages } = await withInstallation(terminal, (installation) => find(installation, options))
  if (options.json) return outJson(terminal, messages)
  terminal.out(messages.length > 0 ? messageTable(messages, terminal.width()) : 'No such messages.')
}

/** The newest messages that answer `--search`, at most `--limit`, and whether there are more. */
async function find(
  installation: Installation,
  { search, limit }: MessagesOptions,
): Promise<{ readonly messages: readonly MessageSummary[]; readonly more: boolean }> {
  const { readSearch } = await import('./message-question.ts')
  const wanted = readSearch(search)
  const typed = wanted.patient === undefined ? undefined : (await text(process.stdin)).trim()
  const question = await questionOf(installation, { ...wanted, typed, limit: limit + 1 })
  await recordSearch(installation, question)
  const messages = await searchMessages(installation.db, question)
  return { messages: messages.slice(0, limit), more: messages.length > limit }
}

/** On the command line who asks is the account of the machine. */
async function recordSearch({ db }: Installation, { patient = [] }: MessagesQuestion): Promise<void> {
  const { recordAccess } = await import('../../orchestrator/ledger/access-log.ts')
  const id = `terminal/${userInfo().username}`
  await recordAccess(
    db,
    patient.map(({ hospital, number }) => ({
      ...{ hospital, actor: { kind: 'person', id }, responsible: id, action: 'search', outcome: 'given' },
      subject: { kind: 'patient', id: number.toString('hex') },
    })),
  )
}

type Wanted = SearchedFor & {
  readonly typed: string | undefined
  readonly limit: number
}

async function questionOf({ db, secrets }: Installation, wanted: Wanted): Promise<MessagesQuestion> {
  const { momentOf } = await import('./message-question.ts')
  const { typedNumberKey } = await import('../../orchestrator/triggers/patient-numbers.ts')
  const hospitals = await db.selectFrom('hospital').select(['id', 'time_zone']).orderBy('id').execute()
  const timeZone = hospitals[0]?.time_zone ?? 'Europe/Amsterdam'
  const { type, sender, control, state, channel, typed, limit } = wanted
  const patient = hospitals.map(({ id }) => ({
    hospital: id,
    number: typedNumberKey(secrets, id, typed ?? ''),
  }))
  return {
    ...{ type, sender, controlId: control, state, channel, limit },
    patient: typed === undefined ? undefined : patient,
    from: momentOf(wanted.from, timeZone),
    to: momentOf(wanted.to, timeZone),
  }
}

/** Ids begin with the time: this much of one tells it from its neighbours. */
const TELLING = 18

function messageTable(messages: readonly MessageSummary[], width: number): string {
  const heads = ['Message', 'Channel', 'Received', 'Type', 'Sender', 'Control id', 'State']
  const columns = [...heads.map((head) => ({ head })), { head: 'Why', wraps: true }]
  const rows = messages.map((message) => [
    message.id.slice(0, TELLING),
    message.channel,
    localTime(message.receivedAt, message.timeZone),
    message.type,
    message.sender,
    message.controlId,
    message.heldBehind ? 'held' : message.state,
    message.heldBehind
      ? `behind ${message.heldBehind.slice(0, TELLING)}, about the same patient`
      : (message.reason ?? ''),
  ])
  return drawnTable(columns, rows, width)
}
