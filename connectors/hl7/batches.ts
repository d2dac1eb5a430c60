import type { Arrival, Decision } from './arrival.ts'
import type { Log } from '../log.ts'

/**
 * Takes a batch in the order of arrival and resolves when it is kept safe, with one decision per arrival. It is asked for the
 * next one meanwhile, and keeps them safe one after another. When it throws, all of the batch is answered AE: the senders
 * keep it and send it again.
 */
export type AcceptBatch = (arrivals: readonly Arrival[]) => Promise<readonly Decision[]>

/** Group commit: one batch after another, in order, over all connections; what comes meanwhile is the next batch. */
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

/** While one is being kept safe, the next is read and sealed. */
const AT_ONCE = 2

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
  /** Handed over and not decided, in batches and in messages. */
  readonly underWay: { batches: number; messages: number }
  /** How many were taken and not answered of late, at most. */
  peak: number
  last: { readonly ms: number; readonly ended: number }
  timer: NodeJS.Timeout | undefined
  turned: boolean
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
  const queue: Queue = {
    ...{ accept, log, afterBatch, now, waiting: [], bytes: 0, underWay: { batches: 0, messages: 0 } },
    ...{ peak: 0, last: { ms: 0, ended: 0 }, timer: undefined, turned: false },
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
    if (queue.turned) return
    queue.turned = true
    // Not at once: the other frames of the same chunk belong to the same batch.
    queueMicrotask(() => {
      queue.turned = false
      handOver(queue)
    })
  })
}

/**
 * Peers that wait for their answers send the next messages as soon as they have them: who commits the first of those alone
 * lets all others wait for that flush. So half of those that were unanswered of late are awaited, for half as long as the
 * last batch took: while that half is being kept safe, the other half is answered and sends on.
 */
function handOver(queue: Queue, waitedLongEnough = false): void {
  const { underWay, waiting } = queue
  while (underWay.batches < AT_ONCE && waiting.length > 0) {
    const isEnough = waiting.length >= Math.min(queue.peak / 2, BATCH_COUNT) || queue.bytes >= BATCH_BYTES
    const left = queue.last.ended + queue.last.ms / 2 - queue.now()
    if (!isEnough && underWay.batches > 0) return
    if (!isEnough && !waitedLongEnough && left > 0) {
      queue.timer ??= setTimeout(() => handOver(queue, true), left)
      return
    }
    clearTimeout(queue.timer)
    queue.timer = undefined
    void keep(queue, takeBatch(queue))
  }
}

/** How much of the peak is left at the next batch. */
const FADING = 0.9

async function keep(queue: Queue, batch: readonly Waiting[]): Promise<void> {
  const { underWay, waiting } = queue
  underWay.batches++
  underWay.messages += batch.length
  queue.peak = Math.max(underWay.messages + waiting.length, queue.peak * FADING)
  const began = queue.now()
  const decisions = await decide(queue, batch)
  const ended = queue.now()
  queue.last = { ms: ended - began, ended }
  underWay.batches--
  underWay.messages -= batch.length
  batch.forEach(({ settle }, index) => settle(decisions[index] ?? NOT_KEPT))
  queue.afterBatch()
  handOver(queue)
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

/**
 * For what is not known to be kept. That nothing was kept cannot be said: a commit whose reply was lost may hold, and the
 * message is then recognised when it comes again.
 */
export const NOT_KEPT: Decision = {
  answer: 'error',
  code: 207,
  sentence:
    'It is not certain that the message was kept safe. Send it again later with the same id in MSH-10: if it was kept, it is recognised.',
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
