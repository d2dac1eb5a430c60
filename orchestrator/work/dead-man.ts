import { Failure } from '../../connectors/failure.ts'
import type { PressGuard } from '../../connectors/press-guard.ts'
import type { Clock, Timing } from './timing.ts'

/** Watches over the time between arming one item's act and the bytes that leave for it. */
export interface DeadMan {
  /** Handed to the item's systems, to ask again when their connection is ready. */
  readonly guard: PressGuard
  /** Before arming is asked, so that a freeze while the answer is on its way counts too. */
  readonly arming: () => void
  /** The press returned; its result is still to be confirmed. */
  readonly pressed: () => void
  readonly confirmed: () => void
}

interface Clocks {
  readonly monotonic: number
  readonly wall: number
}

/** Two clocks, for the monotonic one stands still in a suspended machine. */
export function deadMan({
  clock,
  timing,
}: {
  readonly clock: Clock
  readonly timing: Pick<Timing, 'deadManSeconds'>
}): DeadMan {
  const limitMs = timing.deadManSeconds * 1000
  const read = (): Clocks => ({ monotonic: clock.monotonic(), wall: clock.wall() })
  let since: Clocks | undefined
  let armed = false
  return {
    guard: {
      limitMs,
      armed: () => armed,
      check() {
        if (!since) return
        const now = read()
        const ms = Math.max(now.monotonic - since.monotonic, Math.abs(now.wall - since.wall))
        if (ms > limitMs) throw stoodStill()
      },
    },
    arming() {
      since = read()
      armed = true
    },
    pressed: () => void (since = undefined),
    confirmed: () => void (armed = false),
  }
}

const stoodStill = () =>
  new Failure(
    'unsure',
    'dead-man',
    'Too much time passed between arming and pressing; it is looked up whether anything happened.',
  )
