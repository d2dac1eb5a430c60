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
  waiting: Waiting[]
  bytes: number
  running: boolean
}

/** @param afterBatch Called after each batch: there may be room again. */
export function createBatches(
  accept: AcceptBatch,
  waitingBytes: number,
  log: Log,
  afterBatch: () => void,
): Batches {
  const queue: Queue = { accept, log, afterBatch, waiting: [], bytes: 0, running: false }
  return {
    submit: (arrival) => submit(queue, arrival),
    isFull: () => queue.waiting.length >= WAITING_COUNT || queue.bytes >= waitingBytes,
  }
}

function submit(queue: Queue, arrival: Arrival): Promise<Decision> {
  return new Promise((settle) => {
    queue.waiting.push({ arrival, settle })
    queue.bytes += arrival.bytes.length
    if (queue.running) return
    queue.running = true
    // Not at once: the other frames of the same chunk belong to the same batch.
    queueMicrotask(() => void drain(queue))
  })
}

async function drain(queue: Queue): Promise<void> {
  while (queue.waiting.length > 0) {
    const batch = takeBatch(queue)
    const decisions = await decide(queue, batch)
    batch.forEach(({ settle }, index) => settle(decisions[index] ?? NOT_KEPT))
    queue.afterBatch()
  }
  queue.running = false
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
