import { readConfig } from '../../orchestrator/config.ts'
import type { Timing } from '../../orchestrator/work/timing.ts'

/** The product's waits, scaled down so that a run of a thousand kills takes minutes; their relations are the product's own. */
const SETTINGS = {
  ONTREGEL_LEASE_SECONDS: '3',
  ONTREGEL_HEARTBEAT_SECONDS: '0.8',
  ONTREGEL_ARM_MARGIN_SECONDS: '1',
  ONTREGEL_DEAD_MAN_SECONDS: '0.4',
  ONTREGEL_QUIET_SECONDS: '4',
  ONTREGEL_SETTLE_SECONDS: '0.6',
  ONTREGEL_SWEEP_SECONDS: '1',
  // The wait doubles with each attempt and each look, and a kill costs one: small, or an unlucky item would wait for minutes.
  ONTREGEL_BACKOFF_SECONDS: '0.005',
  // No kill may park an item, and the registry is never given a rest.
  ONTREGEL_MAX_ATTEMPTS: '1000',
  ONTREGEL_CIRCUIT_FAILURES: '1000000',
}

/** The protocol asks that nothing is applied or shown later than the quiet period, less the dead man's seconds. */
export const LATE_AT_MOST_MS = 3_000
/** How long a robot waits for the registry: longer than it is ever slow. */
export const ANSWER_MS = 2_000
/** The queue's own locks, scaled down as the leases are. */
export const LOCK_MS = 3_000
export const STALLED_CHECK_MS = 1_000

/** A guard that is taken away, to show that it is what keeps the invariants. */
export type Guard = 'dead-man' | 'quiet'
export const GUARDS: readonly Guard[] = ['dead-man', 'quiet']

/** The timing of a run; its relations are checked by the product before a guard is taken away. */
export function chaosTiming(without: Guard | undefined): Timing {
  const timing = readConfig(SETTINGS)
  if (without === 'dead-man') return { ...timing, deadManSeconds: 1_000_000 }
  if (without === 'quiet') return { ...timing, quietSeconds: 0, settleSeconds: 0 }
  return timing
}

/** The milliseconds that a worker is frozen: short ones are tolerated wherever they fall, long ones outlast everything. */
export function freezeRanges({ quietSeconds }: Timing) {
  const quietMs = quietSeconds * 1000
  return { short: [200, 0.75 * quietMs], long: [quietMs, 2 * quietMs] } as const
}
