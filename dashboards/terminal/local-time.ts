/** A moment on the clock of a time zone, `2026-11-21 14:03:05`; a dash for none. */
export function localTime(moment: Date | null, timeZone: string): string {
  return moment ? shown(moment, timeZone, { second: '2-digit' }) : '-'
}

/** As `localTime`, to the minute. */
export function localMinute(moment: Date | null, timeZone: string): string {
  return moment ? shown(moment, timeZone, {}) : '-'
}

/** Sweden writes dates the way they sort. */
function shown(moment: Date, timeZone: string, more: Intl.DateTimeFormatOptions): string {
  const parts = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const
  return new Intl.DateTimeFormat('sv-SE', { ...parts, ...more, timeZone }).format(moment)
}
