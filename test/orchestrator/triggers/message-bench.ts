import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { defineBot, type Bot } from '../../../bots/bot.ts'
import { Failure } from '../../../connectors/failure.ts'
import { readMessage } from '../../../connectors/hl7/message.ts'
import type { MessageCondition } from '../../../orchestrator/ledger/message-conditions.ts'
import { sortMessages } from '../../../orchestrator/ledger/message-sorting.ts'
import { digestOf, storeMessages, type Stored } from '../../../orchestrator/ledger/messages.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import type { Bell, Doorbell } from '../../../orchestrator/queue/doorbell.ts'
import { secretBox, type SecretBox } from '../../../orchestrator/secrets/secret-box.ts'
import type { Routing } from '../../../orchestrator/triggers/hl7.ts'
import { patientKeys } from '../../../orchestrator/triggers/patient-numbers.ts'
import { messagePurpose } from '../../../orchestrator/triggers/sort-left-behind.ts'
import { openBench, PLAIN_DEPLOYMENT } from '../work/bench.ts'

/** Makes an item of every message, under its control id; cannot handle one with `X` in ZZZ-1 as long as `broken` says so. */
const itemOfEach = (broken: () => boolean): Bot =>
  defineBot({
    name: 'test-bot',
    title: { nl: 'Proef', en: 'Test' },
    purpose: { nl: 'Proef.', en: 'Test.' },
    activity: 'reporting',
    variants: { plain: { nl: 'gewoon', en: 'plain' } },
    settings: z.object({}),
    systems: {},
    item: z.object({ reference: z.string(), said: z.string() }),
    reference: (item) => item.reference,
    hl7(message) {
      if (message.get('ZZZ-1') === 'X' && broken()) throw new Failure('business', 'no-x', 'X is not handled.')
      return [{ reference: message.get('ZZZ-2') ?? message.controlId, said: message.get('ZZZ-1') ?? '' }]
    },
    process: () => Promise.resolve({ variant: 'plain' as const }),
  })

/** A message under a control id: about these patients of the ZIS, the later ones as the prior ones of a merge. */
export function messageAbout(
  controlId: string,
  patients: readonly string[],
  more = '',
  type = 'ADT^A08',
): Buffer {
  const [first = '', ...merged] = patients.map((number) => `${number}^^^ZIS^PI`)
  const lines = [
    `MSH|^~\\&|ZIS|OOST|ONTREGEL|OOST|20261121120000||${type}|${controlId}|P|2.4`,
    `PID|1||${first}||de Vries^A`,
    ...merged.map((number) => `MRG|${number}`),
    ...(more === '' ? [] : [more]),
  ]
  return Buffer.from(lines.join('\r'), 'latin1')
}

export interface MessageBench extends AsyncDisposable, Routing {
  readonly url: string
  readonly doorbell: Doorbell
  /** What was rung, in order. */
  readonly rung: Bell[]
  /** Whether the bot cannot handle what it should. */
  broken: boolean
  /** Stores messages as a channel does, in one transaction. */
  store(...messages: Buffer[]): Promise<Stored[]>
  /** The ids of stored messages, those given before them. */
  ids(...messages: Buffer[]): Promise<string[]>
  /** The states by control id. */
  states(): Promise<Record<string, string>>
}

export interface BenchOptions {
  readonly conditions?: readonly MessageCondition[]
}

/** A ledger with a channel, and a deployment that makes an item of every ADT^A08 and ADT^A40. */
export async function openMessageBench({ conditions }: BenchOptions = {}): Promise<MessageBench> {
  const bench = await openBench()
  const secrets = secretBox(randomBytes(32))
  const trigger = { id: 'oost-adt', messageTypes: ['ADT^A08', 'ADT^A40'] }
  const triggers = [conditions ? { ...trigger, conditions } : trigger]
  await putDeployment(bench.db, { ...PLAIN_DEPLOYMENT, id: 'oost-test', triggers })
  await addChannel(bench.db, 'adt')
  const rung: Bell[] = []
  const made: MessageBench = {
    db: bench.db,
    url: bench.url,
    secrets,
    rung,
    broken: true,
    bots: new Map([['test-bot', itemOfEach(() => made.broken)]]),
    doorbell: recording(rung),
    store: (...messages) => storeAll(bench.db, secrets, messages),
    ids: async (...messages) => (await storeAll(bench.db, secrets, messages)).map(({ id }) => id),
    async states() {
      const rows = await bench.db
        .selectFrom('message')
        .select(['control_id', 'state'])
        .orderBy('place')
        .execute()
      return Object.fromEntries(rows.map((row) => [row.control_id, row.state]))
    },
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  }
  return made
}

/** Another channel of the hospital. */
export async function addChannel(db: LedgerDatabase, id: string, retentionDays = 90): Promise<void> {
  const values = { id, hospital: 'oost', port: 0, senders: [], retention_days: retentionDays }
  await db.insertInto('channel').values(values).execute()
}

/** Stores messages on a channel, in one transaction, and sorts them as is done after they are answered. */
export async function storeAll(
  db: LedgerDatabase,
  secrets: SecretBox,
  messages: readonly Buffer[],
  channel = 'adt',
): Promise<Stored[]> {
  const stored = await storeUnsorted(db, secrets, messages, channel)
  const sorted = stored.flatMap(({ known, id }, place) =>
    known === 'new'
      ? [{ id, patients: patientKeys(secrets, 'oost', readMessage(messages[place] ?? Buffer.alloc(0))) }]
      : [],
  )
  await sortMessages(db, sorted, new Date(0))
  return stored
}

/** The same as a process leaves them that ends when it has answered. */
export async function storeUnsorted(
  db: LedgerDatabase,
  secrets: SecretBox,
  messages: readonly Buffer[],
  channel = 'adt',
): Promise<Stored[]> {
  return await storeMessages(
    db,
    messages.map((bytes) => {
      const message = readMessage(bytes)
      return {
        hospital: 'oost',
        channel,
        sender: `${message.sender.application}|${message.sender.facility}`,
        controlId: message.controlId,
        type: message.type,
        event: message.trigger,
        digest: digestOf(bytes),
        sealed: secrets.seal(messagePurpose('oost', channel), bytes),
        answer: Buffer.from(`AA ${message.controlId}`),
      }
    }),
  )
}

const recording = (rung: Bell[]): Doorbell => ({
  backend: 'postgres',
  ring: (bells) => Promise.resolve(void rung.push(...bells)),
  answer: () => Promise.reject(new Error('Nobody answers here.')),
  counts: () => Promise.resolve({ waiting: 0, delayed: 0, active: 0 }),
  close: () => Promise.resolve(),
})

/** Answers what was rung for messages until nothing rings any more, as a worker does. */
export async function answerAll(bench: MessageBench, answer: (id: string) => Promise<void>): Promise<void> {
  for (let bell = bench.rung.shift(); bell; bell = bench.rung.shift()) {
    if (bell.kind === 'message') await answer(bell.id)
  }
}
