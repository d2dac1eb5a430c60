import type { PressGuard } from '../press-guard.ts'

/** Whether this process stood still while a change was under way: frozen, suspended, or busy beyond measure. */
export interface Standstill {
  /** From a standstill that was too long until the change is no longer under way. */
  stoodStill(): boolean
  stop(): void
}

export interface TwoClocks {
  /** Milliseconds that only go up. */
  readonly monotonic: () => number
  /** Milliseconds since 1970: goes on in a suspended machine, where the other stands still. */
  readonly wall: () => number
}

const CLOCKS: TwoClocks = { monotonic: () => performance.now(), wall: () => Date.now() }
const TICKS_PER_LIMIT = 8

/**
 * Looks at the clocks several times within the guard's limit: a look that comes too late means that the process stood
 * still. One that was frozen may do other work first when it goes on, so whoever asks looks at the clocks as well.
 */
export function watchStandstill(guard: PressGuard, clocks: TwoClocks = CLOCKS): Standstill {
  if (!Number.isFinite(guard.limitMs)) return { stoodStill: () => false, stop: () => undefined }
  let late = false
  let last = { monotonic: clocks.monotonic(), wall: clocks.wall() }
  const look = () => {
    const now = { monotonic: clocks.monotonic(), wall: clocks.wall() }
    const gap = Math.max(now.monotonic - last.monotonic, Math.abs(now.wall - last.wall))
    last = now
    late = guard.armed() && (late || gap > guard.limitMs)
    return late
  }
  const timer = setInterval(look, guard.limitMs / TICKS_PER_LIMIT).unref()
  return { stoodStill: look, stop: () => clearInterval(timer) }
}
