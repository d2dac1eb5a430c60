/** `09-03-1948` for `1948-03-09`. */
export function toDutch(iso: string): string {
  return iso.slice(0, 10).split('-').reverse().join('-')
}

/** `1948-03-09` for `09-03-1948`; undefined when it is no such date. */
export function fromDutch(text: string): string | undefined {
  const match = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text.trim())
  if (!match) return undefined
  const iso = `${match[3]}-${match[2]}-${match[1]}`
  const date = new Date(`${iso}T12:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined
}

/** A field check: what is wrong with a Dutch date, or nothing. */
export function dateFault(text: string): string | undefined {
  return fromDutch(text) ? undefined : 'Vul een datum in als dd-mm-jjjj.'
}
