import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { asFailure } from '../../connectors/failure.ts'
import { isGenuine } from '../../connectors/fhir/subscription.ts'
import type { Log } from '../../connectors/log.ts'
import { askPoll } from '../ledger/fhir-polls.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { ringPolls } from './fhir.ts'
import { hookSecret } from './fhir-subscription.ts'

export interface FhirHook {
  /** Where it listens, `http://127.0.0.1:8443`. */
  readonly address: string
  close(): Promise<void>
}

export interface FhirHookOptions {
  readonly db: LedgerDatabase
  readonly doorbell: Doorbell
  readonly secrets: SecretBox
  /** The address to listen on, and its port; 0 takes any free one. */
  readonly host: string
  readonly port: number
  readonly log: Log
  /** Milliseconds that only go up. */
  readonly now: () => number
}

/** What comes with a notification is not looked at: it only has to fit, and to prove itself. */
const MOST_BODY_BYTES = 1_000_000
const MOST_CONNECTIONS = 256
const TIME_LIMIT_MS = 10_000
/** Requests from one address in one second. */
const MOST_A_SECOND = 50
const MOST_ADDRESSES = 1_000

/**
 * Listens for the notifications of FHIR servers. One that proves itself makes the poll of its trigger happen now, and
 * nothing else: what changed is asked of the server itself, so a notification can bring no work and lose none.
 */
export async function openFhirHook(options: FhirHookOptions): Promise<FhirHook> {
  const mayAsk = rateLimit(options.now)
  const server = createServer(
    { requestTimeout: TIME_LIMIT_MS, headersTimeout: TIME_LIMIT_MS },
    (request, response) => {
      answer(options, mayAsk, request)
        .catch((error: unknown) => {
          options.log.warn('notification not answered', { code: asFailure(error).code })
          return 503
        })
        .then((status) => end(request, response, status))
        .catch(() => response.destroy())
    },
  )
  server.maxConnections = MOST_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const bound = server.address()
  const port = typeof bound === 'object' && bound ? bound.port : options.port
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  return {
    address: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function end(request: IncomingMessage, response: ServerResponse, status: number): void {
  // A body that was not read to its end would be taken for the next request.
  const close = request.complete ? {} : { connection: 'close' }
  response.writeHead(status, { ...close, ...(status === 429 ? { 'retry-after': '1' } : {}) }).end()
}

/** The status of the answer: whatever is not a genuine notification gets the same 404. */
async function answer(
  { db, doorbell, secrets, log }: FhirHookOptions,
  mayAsk: (address: string) => boolean,
  request: IncomingMessage,
): Promise<number> {
  if (!mayAsk(request.socket.remoteAddress ?? '')) return 429
  const trigger = triggerOf(request)
  const secret = trigger && (await secretOf(db, secrets, trigger))
  if (!trigger || secret === undefined) return 404
  const body = await readBody(request)
  if (!body || !isGenuine(request.headers, body, secret)) return 404
  if (!(await askPoll(db, trigger))) return 404
  try {
    await ringPolls(db, doorbell, trigger)
  } catch (error) {
    // It is written down that a poll is wanted: the sweeper rings for it.
    log.warn('bell not rung', { code: asFailure(error).code })
  }
  return 200
}

/** A server that was asked for the resource sends it to an address below ours, with its type and id. */
function triggerOf({ method, url = '' }: IncomingMessage): string | undefined {
  if (method !== 'POST' && method !== 'PUT') return undefined
  return /^\/fhir\/([a-z0-9-]{1,80})(?:\/[A-Z][A-Za-z]{1,63}\/[A-Za-z0-9\-.]{1,64})?$/.exec(url)?.[1]
}

async function secretOf(
  db: LedgerDatabase,
  secrets: SecretBox,
  trigger: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('fhir_poll')
    .innerJoin('trigger', 'trigger.id', 'fhir_poll.trigger')
    .innerJoin('deployment', 'deployment.id', 'trigger.deployment')
    .select('deployment.hospital')
    .where('fhir_poll.trigger', '=', trigger)
    .where('fhir_poll.notified', '=', true)
    .where('fhir_poll.subscribed_endpoint', 'is not', null)
    .executeTakeFirst()
  return row && (await hookSecret(db, secrets, row.hospital, trigger))
}

/** Undefined when it is too large; then it is read to its end and not kept, for a sender that is cut off hears no answer. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  let chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size <= MOST_BODY_BYTES) chunks.push(bytes)
    else chunks = []
  }
  return size <= MOST_BODY_BYTES ? Buffer.concat(chunks) : undefined
}

/** Counts the requests of each address in the present second; more addresses than fit are refused until the next. */
function rateLimit(now: () => number): (address: string) => boolean {
  let second = 0
  const counts = new Map<string, number>()
  return (address) => {
    const current = Math.floor(now() / 1000)
    if (current !== second) counts.clear()
    second = current
    const count = (counts.get(address) ?? 0) + 1
    if (count > MOST_A_SECOND || (counts.size >= MOST_ADDRESSES && count === 1)) return false
    counts.set(address, count)
    return true
  }
}
