import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from './timing.ts'

/** The clock of this machine. */
export const systemClock: Clock = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  wait: (ms, signal) => wait(ms, undefined, { signal }),
  random: () => Math.random(),
}
