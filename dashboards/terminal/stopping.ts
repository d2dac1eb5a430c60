import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface Stopping extends Disposable {
  /** Aborts at the first Ctrl-C, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal
}

/** Listens for the wish to stop until disposed of; the second time the process ends at once. */
export function listenForStop(): Stopping {
  const stop = new AbortController()
  const heard = (signal: (typeof SIGNALS)[number]) => {
    if (stop.signal.aborted) process.exit(128 + constants.signals[signal])
    stop.abort()
  }
  for (const signal of SIGNALS) process.on(signal, heard)
  return {
    signal: stop.signal,
    [Symbol.dispose]() {
      for (const signal of SIGNALS) process.off(signal, heard)
    },
  }
}

/** Resolves when the signal aborts. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((settle) => signal.addEventListener('abort', () => settle(), { once: true }))
}

/** Waits for something to end, at most this long. Gives whether it did; what it throws in time is thrown. */
export async function endsWithin(ending: Promise<void>, ms: number): Promise<boolean> {
  const limit = Promise.withResolvers<false>()
  const timer = setTimeout(() => limit.resolve(false), ms)
  const ended = ending.then(() => true as const)
  try {
    return await Promise.race([ended, limit.promise])
  } finally {
    clearTimeout(timer)
  }
}
