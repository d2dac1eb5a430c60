/** `09-03-1948` for `1948-03-09`. */
export function toDutchDate(iso: string): string {
  return iso.split('-').reverse().join('-')
}

/** `1948-03-09` for `09-03-1948` or `9-3-1948`; undefined when there is no such day. */
export function fromDutchDate(text: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(text.trim()) ?? []
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined
}
