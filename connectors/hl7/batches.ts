import type { Arrival, Decision } from './arrival.ts'
import type { Log } from '../log.ts'

/**
 * Takes a batch in the order of arrival and resolves when it is kept safe, with one decision per arrival. When it
 * throws, all of the batch is answered AE: the senders keep it and send it again.
 */
export type AcceptBatch = (arrivals: readonly Arrival[]) => Promise<readonly Decision[]>

/** Group commit: one batch at a time, in order, over all connections; what comes meanwhile is the next batch. */
export interface Batches {
  /** Resolves with the decision; never rejects. */
  submit(arrival: Arrival): Promise<Decision>
  /** Whether so much waits that nobody should send more for now. */
  isFull(): boolean
}

/** What one call of accept gets at most; a single larger message still goes, alone. */
const BATCH_COUNT = 512
const BATCH_BYTES = 16 * 1024 * 1024
/** What may wait before connections are paused. */
const WAITING_COUNT = 4096

interface Waiting {
  readonly arrival: Arrival
  readonly settle: (decision: Decision) => void
}

interface Queue {
  readonly accept: AcceptBatch
  readonly log: Log
  readonly afterBatch: () => void
  readonly now: () => number
  waiting: Waiting[]
  bytes: number
  running: boolean
  last: { readonly count: number; readonly ms: number; readonly ended: number }
  /** Set while a batch gathers: called at each arrival. */
  arrived: (() => void) | undefined
}

/**
 * @param afterBatch Called after each batch: there may be room again.
 * @param now A clock that only goes forward, in milliseconds.
 */
export function createBatches(
  accept: AcceptBatch,
  waitingBytes: number,
  log: Log,
  afterBatch: () => void,
  now = () => performance.now(),
): Batches {
  const last = { count: 0, ms: 0, ended: 0 }
  const queue: Queue = {
    ...{ accept, log, afterBatch, now, last },
    ...{ waiting: [], bytes: 0, running: false, arrived: undefined },
  }
  return {
    submit: (arrival) => submit(queue, arrival),
    isFull: () => queue.waiting.length >= WAITING_COUNT || queue.bytes >= waitingBytes,
  }
}

function submit(queue: Queue, arrival: Arrival): Promise<Decision> {
  return new Promise((settle) => {
    queue.waiting.push({ arrival, settle })
    queue.bytes += arrival.bytes.length
    queue.arrived?.()
    if (queue.running) return
    queue.running = true
    // Not at once: the other frames of the same chunk belong to the same batch.
    queueMicrotask(() => void drain(queue))
  })
}

async function drain(queue: Queue): Promise<void> {
  while (queue.waiting.length > 0) {
    await gather(queue)
    const batch = takeBatch(queue)
    const began = queue.now()
    const decisions = await decide(queue, batch)
    const ended = queue.now()
    queue.last = { count: batch.length, ms: ended - began, ended }
    batch.forEach(({ settle }, index) => settle(decisions[index] ?? NOT_KEPT))
    queue.afterBatch()
  }
  queue.running = false
}

/**
 * Peers that wait for their answers send the next messages as soon as they have them: who commits the first of those alone
 * lets all others wait for that flush. So as many are awaited as came the last time, for half as long as that took.
 */
async function gather(queue: Queue): Promise<void> {
  const { count, ms, ended } = queue.last
  const isComplete = () => queue.waiting.length >= count || queue.bytes >= BATCH_BYTES
  const left = ended + ms / 2 - queue.now()
  if (isComplete() || left <= 0) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, left)
    queue.arrived = () => {
      if (!isComplete()) return
      clearTimeout(timer)
      resolve()
    }
  })
  queue.arrived = undefined
}

function takeBatch(queue: Queue): Waiting[] {
  let bytes = 0
  let count = 0
  for (const { arrival } of queue.waiting) {
    if (count === BATCH_COUNT || (count > 0 && bytes + arrival.bytes.length > BATCH_BYTES)) break
    bytes += arrival.bytes.length
    count++
  }
  queue.bytes -= bytes
  return queue.waiting.splice(0, count)
}

const NOT_KEPT: Decision = {
  answer: 'error',
  code: 207,
  sentence: 'The message could not be kept safe; nothing was done with it. Send it again later.',
}

async function decide({ accept, log }: Queue, batch: readonly Waiting[]): Promise<readonly Decision[]> {
  try {
    const decisions = await accept(batch.map(({ arrival }) => arrival))
    if (decisions.length === batch.length) return decisions
    log.error('hl7-batch-not-decided', { count: batch.length, code: 'hl7-decisions-missing' })
  } catch (error) {
    const kind = error instanceof Error ? error.name : typeof error
    log.error('hl7-batch-not-kept', { count: batch.length, kind })
  }
  return []
}
