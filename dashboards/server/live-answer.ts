import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import type { LiveEvent } from './route.ts'

/** So often that no proxy takes the line for dead. */
const SIGN_OF_LIFE_MS = 15_000

/**
 * Events as the text of server-sent events, with a sign of life between them.
 * @param failed told what the source threw; the answer ends then, and the browser asks again
 */
export function liveAnswer(
  events: AsyncIterable<LiveEvent>,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Readable {
  const stream = new PassThrough()
  stream.write(': open\n\n')
  const timer = setInterval(() => stream.write(': here\n\n'), SIGN_OF_LIFE_MS)
  void pour(events, stream, signal)
    .catch((error: unknown) => {
      if (!signal.aborted) failed(error)
    })
    .finally(() => {
      clearInterval(timer)
      stream.end()
    })
  return stream
}

async function pour(
  events: AsyncIterable<LiveEvent>,
  stream: PassThrough,
  signal: AbortSignal,
): Promise<void> {
  for await (const { event, data } of events) {
    if (signal.aborted) return
    if (!stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
      await once(stream, 'drain', { signal })
  }
}
