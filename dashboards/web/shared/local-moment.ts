const MINUTE_MS = 60_000

/** A moment as a field for date and time takes it, on the clock of this browser: `2026-11-21T18:00`. */
export function localMoment(moment: string | undefined): string {
  const at = new Date(moment ?? '')
  if (Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16)
}

/** The moment that was typed there, in UTC; `undefined` when there is none. */
export const momentOf = (typed: string): string | undefined =>
  typed === '' ? undefined : new Date(typed).toISOString()
