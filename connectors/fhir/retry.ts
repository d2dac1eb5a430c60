import { Interruption } from './interruption.ts'
import type { FhirLimits } from './settings.ts'
import type { Incoming } from './transport.ts'

/** One attempt's end: an answer with any status, or none. */
export type Attempt = Incoming | Interruption

const RETRIED_STATUSES = new Set([429, 502, 503, 504])
const RETRIED_REASONS: ReadonlySet<string> = new Set(['unreachable', 'late', 'lost'])
const FIRST_PAUSE_MS = 500
const MOST_PAUSE_MS = 8_000

/** Milliseconds to pause before a read is tried again; undefined when it is not to be tried again. */
export function pauseBefore(
  last: Attempt,
  attempt: number,
  limits: FhirLimits,
  now: number,
): number | undefined {
  if (attempt >= limits.retries) return undefined
  const backOff = Math.min(FIRST_PAUSE_MS * 2 ** attempt, MOST_PAUSE_MS)
  if (last instanceof Interruption)
    return RETRIED_REASONS.has(last.reason) ? within(backOff, limits) : undefined
  if (!RETRIED_STATUSES.has(last.status)) return undefined
  return within(retryAfter(last.headers['retry-after'], now) ?? backOff, limits)
}

function within(pause: number, { longestWaitMs }: FhirLimits): number | undefined {
  return pause <= longestWaitMs ? pause : undefined
}

/** Milliseconds that a Retry-After header asks for, as seconds or as a date; undefined when there is none to read. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
