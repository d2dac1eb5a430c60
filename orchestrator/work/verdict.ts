import type { Failure } from '../../connectors/failure.ts'
import type { ParkedKind } from '../ledger/tables.ts'
import type { Timing } from './timing.ts'

/**
 * How far an item was when something failed: nothing armed, armed, being looked up after an unsure press, or about to
 * press again what may have happened.
 */
export type Phase = 'claimed' | 'armed' | 'looking' | 'repeating'

export type Verdict =
  | { readonly to: 'queued'; readonly delaySeconds: number }
  | { readonly to: 'parked'; readonly kind: ParkedKind }
  | { readonly to: 'unsure'; readonly quietSeconds: number }

/**
 * What becomes of an item after a failure (README.md: states). Before the press anything that is
 * not a person's matter may be tried again; after it nothing is certain; while looking, not being able to look
 * changes nothing, but a target that looks different is a person's matter.
 * @param jitter from 0 up to 1, so that items that failed together do not come back together
 */
export function verdict(
  failure: Failure,
  phase: Phase,
  tries: { readonly attempt: number; readonly looks: number },
  timing: Timing,
  jitter: number,
): Verdict {
  if (phase === 'armed') return { to: 'unsure', quietSeconds: timing.quietSeconds }
  if (phase === 'looking') {
    if (failure.kind === 'business' || failure.kind === 'unexpected') return { to: 'parked', kind: 'unsure' }
    return { to: 'unsure', quietSeconds: backoff(tries.looks + 1, timing, jitter) }
  }
  // Whatever keeps it from being repeated: what the earlier press did is still not known.
  const parked = (kind: ParkedKind): Verdict => ({
    to: 'parked',
    kind: phase === 'repeating' ? 'unsure' : kind,
  })
  if (failure.kind === 'business') return parked('business')
  if (failure.kind === 'unexpected') return parked('technical')
  if (tries.attempt >= timing.maxAttempts) return parked('technical')
  return { to: 'queued', delaySeconds: backoff(tries.attempt, timing, jitter) }
}

const LONGEST_BACKOFF_SECONDS = 3600

/** Seconds before try number `tries` + 1: doubled each time, up to an hour, and up to half as long again by chance. */
export function backoff(tries: number, timing: Timing, jitter: number): number {
  const doubled = timing.backoffSeconds * 2 ** Math.min(Math.max(tries - 1, 0), 20)
  return Math.min(doubled, LONGEST_BACKOFF_SECONDS) * (1 + jitter / 2)
}
