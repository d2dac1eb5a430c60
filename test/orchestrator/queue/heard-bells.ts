import type { Bell } from '../../../orchestrator/queue/doorbell.ts'

/** Writes down which bells were answered, and lets a test wait for the n-th. */
export interface HeardBells {
  readonly bells: Bell[]
  hear(bell: Bell): Promise<void>
  /** Resolves as soon as that many were answered since the start. */
  until(count: number): Promise<void>
}

/** An empty list of answered bells. */
export function heardBells(): HeardBells {
  const bells: Bell[] = []
  const waiting = new Map<number, PromiseWithResolvers<void>>()
  return {
    bells,
    hear: (bell) => {
      bells.push(bell)
      waiting.get(bells.length)?.resolve()
      return Promise.resolve()
    },
    until: (count) => {
      if (bells.length >= count) return Promise.resolve()
      const wait = waiting.get(count) ?? Promise.withResolvers<void>()
      waiting.set(count, wait)
      return wait.promise
    },
  }
}
