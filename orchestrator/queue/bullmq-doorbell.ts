import { withBackend, type BackendFactory, type IQueueBackend, type Job } from 'bullmq'
import { Failure } from '../../connectors/failure.ts'
import {
  bellKey,
  readBell,
  type AnswerOptions,
  type Answering,
  type Bell,
  type Doorbell,
} from './doorbell.ts'
import { errorCode } from './refusal.ts'

/** A server that BullMQ runs on, found safe. */
export interface Engine<Backend extends IQueueBackend, Connection> {
  readonly backend: Doorbell['backend']
  readonly factory: BackendFactory<Backend, Connection>
  readonly ringing: () => Link<Backend, Connection>
  readonly answering: (concurrency: number) => Link<Backend, Connection>
}

export interface Link<Backend, Connection> {
  readonly connection: Connection
  /** Called before closing: from now on nothing waits for a server that is away. */
  readonly leave: (backend: Backend) => Promise<void>
}

export interface DoorbellSettings {
  readonly name: string
  /** How long a worker may go unseen before its bells are given up. */
  readonly lockMs: number
  /** How often somebody looks for bells to give up. */
  readonly stalledCheckMs: number
  readonly onError: (error: Error) => void
}

/** Bells per round trip. */
const BATCH = 1_000
/** Redis keys start so; on PostgreSQL the schema keeps things apart. */
const PREFIX = 'ontregel'
/** BullMQ keeps a stream of what happened, which nobody reads here: as short as it gets. */
const EVENTS_KEPT = 100
const DEADLOCK = '40P01'

/** A doorbell on BullMQ. Resolves when it is connected; throws when it cannot. */
export async function bullmqDoorbell<Backend extends IQueueBackend, Connection>(
  engine: Engine<Backend, Connection>,
  settings: DoorbellSettings,
): Promise<Doorbell> {
  const link = engine.ringing()
  const queue = await openQueue(engine, link, settings)
  const uses = openUses()
  const answerings = new Set<Answering>()
  return {
    backend: engine.backend,
    ring: (bells, options) => uses.use(() => ringAll(engine.backend, queue, bells, options?.delayMs ?? 0)),
    answer: (handler, options) =>
      uses.use(async () => {
        const answering = await answerWith(engine, settings, handler, options)
        answerings.add(answering)
        return answering
      }),
    counts: () =>
      uses.use(async () => {
        const found = await queue.getJobCounts('waiting', 'delayed', 'active')
        return {
          waiting: found['waiting'] ?? 0,
          delayed: found['delayed'] ?? 0,
          active: found['active'] ?? 0,
        }
      }),
    close: async () => {
      // What is in hand may still ring for what follows from it.
      await Promise.all([...answerings].map((answering) => answering.close()))
      await uses.end()
      await link.leave(queue.getBackend())
      await queue.close()
    },
  }
}

/** BullMQ never settles what is asked of a closing PostgreSQL queue: so let it finish first, and refuse what comes after. */
function openUses() {
  const underway = new Set<Promise<unknown>>()
  let ended = false
  return {
    use: async <T>(work: () => Promise<T>): Promise<T> => {
      if (ended)
        throw new Failure('transient', 'queue-closed', 'The doorbell was closed: open it again to use it.')
      const promise = work()
      underway.add(promise)
      try {
        return await promise
      } finally {
        underway.delete(promise)
      }
    },
    end: async (): Promise<void> => {
      ended = true
      await Promise.allSettled(underway)
    },
  }
}

async function openQueue<Backend extends IQueueBackend, Connection>(
  engine: Engine<Backend, Connection>,
  { connection }: Link<Backend, Connection>,
  settings: DoorbellSettings,
) {
  const { Queue } = withBackend(engine.factory)
  const queue = new Queue(settings.name, {
    connection,
    prefix: PREFIX,
    streams: { events: { maxLen: EVENTS_KEPT } },
    // Gone when answered, however it ended: only then can the same bell ring again.
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  })
  queue.on('error', (error) => settings.onError(trouble(engine.backend, error)))
  await queue.waitUntilReady()
  return queue
}

interface Ring {
  readonly name: string
  readonly data: { readonly id: string; readonly turn: string }
  readonly opts: { readonly jobId: string; readonly delay: number }
}
interface RingingQueue {
  addBulk(rings: Ring[]): Promise<unknown>
}

async function ringAll(
  backend: string,
  queue: RingingQueue,
  bells: readonly Bell[],
  delay: number,
): Promise<void> {
  const rings = bells.map(readBell).map((bell) => ({
    name: bell.kind,
    data: { id: bell.id, turn: bell.turn },
    opts: { jobId: bellKey(bell), delay },
  }))
  for (let from = 0; from < rings.length; from += BATCH) {
    try {
      await addBatch(queue, rings.slice(from, from + BATCH))
    } catch (error) {
      throw trouble(backend, error)
    }
  }
}

/** Two that ring the same bells in another order can block each other in PostgreSQL; the one it sent away goes again. */
async function addBatch(queue: RingingQueue, rings: Ring[]): Promise<void> {
  try {
    await queue.addBulk(rings)
  } catch (error) {
    if (errorCode(error) !== DEADLOCK) throw error
    await addBatch(queue, rings)
  }
}

async function answerWith<Backend extends IQueueBackend, Connection>(
  engine: Engine<Backend, Connection>,
  settings: DoorbellSettings,
  handler: (bell: Bell) => Promise<void>,
  { concurrency, onError }: AnswerOptions,
): Promise<Answering> {
  const { Worker } = withBackend(engine.factory)
  const { connection, leave } = engine.answering(concurrency)
  const worker = new Worker(settings.name, (job) => answerJob(job, handler, onError), {
    connection,
    prefix: PREFIX,
    concurrency,
    autorun: false,
    lockDuration: settings.lockMs,
    stalledInterval: settings.stalledCheckMs,
    // The bells of a worker that died are never answered by themselves: what it had begun, the ledger knows.
    maxStalledCount: 0,
    runRetryDelay: 2_000,
  })
  worker.on('error', (error) => onError(trouble(engine.backend, error)))
  worker.on('failed', () => onError(givenUp()))
  const close = async (): Promise<void> => {
    await leave(worker.getBackend())
    await worker.close()
  }
  try {
    await worker.waitUntilReady()
  } catch (error) {
    await close()
    throw trouble(engine.backend, error)
  }
  worker.run().catch((error: unknown) => onError(trouble(engine.backend, error)))
  return { close }
}

/** Never throws: BullMQ would keep the error's text beside the job, and that may quote a page. */
async function answerJob(
  job: Job<unknown, void>,
  handler: (bell: Bell) => Promise<void>,
  onError: (error: Error) => void,
): Promise<void> {
  try {
    await handler(readBell(Object.assign({}, job.data, { kind: job.name })))
  } catch (error) {
    onError(error instanceof Error ? error : new Error('A handler threw something that is no error.'))
  }
}

function givenUp(): Failure {
  return new Failure(
    'transient',
    'bell-given-up',
    'A bell was dropped because the worker that held it stopped; the ledger rings again.',
  )
}

function trouble(backend: string, error: unknown): Failure {
  if (error instanceof Failure) return error
  const sentence = `The queue on ${backend} had trouble (${errorCode(error)}): look whether its server runs; the ledger rings again.`
  return new Failure('transient', 'queue-trouble', sentence, { cause: error })
}
