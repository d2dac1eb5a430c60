import { createLine, type Line } from './line.ts'
import type { FeedMessage, FeedQueue } from './queue.ts'

export interface SenderTimes {
  /** How long an answer may take before the same bytes are sent again over a new connection. */
  readonly answerMs: number
  /** Wait before trying again. */
  readonly retryMs: number
}

export interface Sender {
  /** Tells that there is something new in the queue. */
  wake(): void
  /** Resolves when every message has an answer, or the sender is closed. */
  whenAnswered(): Promise<void>
  close(): void
}

/** Sends the queue one by one, each until it is answered; whatever the answer, the next one follows. */
export function createSender(
  { host, port }: { host: string; port: number },
  queue: FeedQueue,
  { answerMs, retryMs }: SenderTimes,
  log: (line: string) => void,
): Sender {
  const line = createLine(host, port, answerMs)
  const waiting = new Set<() => void>()
  const stop = new AbortController()
  const state = { running: false }
  const run = async () => {
    for (let message = queue.next(); message && !stop.signal.aborted; message = queue.next())
      if (!(await attempt(line, queue, message, stop.signal, log))) await pause(retryMs, stop.signal)
    state.running = false
    settle(waiting)
  }
  const wake = () => {
    if (state.running || stop.signal.aborted) return
    state.running = true
    run().catch((error: unknown) => log(`hl7: sending stopped (${describe(error)})`))
  }
  const close = () => {
    stop.abort()
    line.close()
  }
  return {
    wake,
    whenAnswered: () => new Promise((resolve) => (state.running ? void waiting.add(resolve) : resolve())),
    close,
  }
}

/** Puts one message on the line; whether it was answered. */
async function attempt(
  line: Line,
  queue: FeedQueue,
  { controlId, event, bytes }: FeedMessage,
  stop: AbortSignal,
  log: (line: string) => void,
): Promise<boolean> {
  queue.tried(controlId)
  try {
    const ack = await line.exchange(Buffer.from(bytes, 'base64'), controlId)
    if (stop.aborted) return false
    queue.answered(controlId, ack)
    log(`hl7: ${event} ${controlId}: ${ack}`)
    return true
  } catch (error) {
    log(`hl7: ${event} ${controlId}: ${describe(error)}`)
    return false
  }
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    stop.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : typeof error
}

function settle(waiting: Set<() => void>): void {
  for (const resolve of waiting) resolve()
  waiting.clear()
}
