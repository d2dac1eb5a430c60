import { randomBytes } from 'node:crypto'
import { createSender, type Answer } from '../../../connectors/hl7/sender.ts'
import type { SenderTls } from '../../../connectors/hl7/dial.ts'
import { silentLog } from '../../../connectors/log.ts'
import {
  channelKeySecret,
  putChannel,
  type ChannelSetup,
} from '../../../orchestrator/ledger/channel-setup.ts'
import { readChannels, type ChannelSummary } from '../../../orchestrator/ledger/message-search.ts'
import type { Doorbell } from '../../../orchestrator/queue/doorbell.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { putSecret } from '../../../orchestrator/secrets/secrets.ts'
import { openChannels, type Channels } from '../../../orchestrator/triggers/channels.ts'
import { openBench, type Bench } from '../work/bench.ts'

export interface ChannelsBench extends AsyncDisposable {
  readonly bench: Bench
  put(setup: Omit<ChannelSetup, 'hospital'>): Promise<void>
  enterKey(channel: string, key: object): Promise<void>
  /** Opens all that stands in the ledger; looks again only when told. */
  open(): Promise<Channels>
  /** The answer to one message over a connection of its own. */
  send(port: number | undefined, tls?: SenderTls): Promise<Answer>
  summary(channel: string): Promise<ChannelSummary>
  /** How many messages stand in the ledger. */
  stored(): Promise<number>
}

const doorbell: Doorbell = {
  backend: 'postgres',
  ring: () => Promise.resolve(),
  answer: () => Promise.reject(new Error('Nobody answers here.')),
  counts: () => Promise.resolve({ waiting: 0, delayed: 0, active: 0 }),
  close: () => Promise.resolve(),
}

/** A ledger whose channels listen, and peers that send to them. */
export async function openChannelsBench(): Promise<ChannelsBench> {
  const stack = new AsyncDisposableStack()
  const bench = stack.use(await openBench())
  const secrets = secretBox(randomBytes(32))
  const { db } = bench
  let sent = 0
  return {
    bench,
    put: (setup) => putChannel(db, { hospital: 'oost', ...setup }),
    async enterKey(channel, key) {
      const name = channelKeySecret(channel)
      await putSecret(db, secrets, { hospital: 'oost', name, value: JSON.stringify(key) })
    },
    async open() {
      const everyMs = 3_600_000
      const channels = await openChannels({
        db,
        doorbell,
        secrets,
        host: '127.0.0.1',
        log: silentLog,
        everyMs,
      })
      stack.defer(() => channels.close())
      return channels
    },
    send: (port, tls) => sendOne(port, tls, `M-${++sent}`),
    async summary(channel) {
      const found = (await readChannels(db)).find(({ id }) => id === channel)
      if (!found) throw new Error(`There is no channel ${channel}.`)
      return found
    },
    stored: async () => (await db.selectFrom('message').select('id').execute()).length,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

const sendOne: (
  ...sent: [...Parameters<ChannelsBench['send']>, string]
) => ReturnType<ChannelsBench['send']> = async (port, tls, controlId) => {
  const settings = {
    id: 'zis',
    host: '127.0.0.1',
    port: port ?? 0,
    answerMs: 20_000,
    ...(tls ? { tls } : {}),
  }
  const sender = createSender(settings, silentLog, () => undefined)
  try {
    return await sender.send(message(controlId))
  } finally {
    await sender.close()
  }
}

const message = (controlId: string) =>
  Buffer.from(
    `MSH|^~\\&|ZIS|OOST|ONTREGEL|OOST|20261121120000||ADT^A08|${controlId}|P|2.4\rPID|1||4001^^^ZIS^PI||de Vries^A`,
    'latin1',
  )
