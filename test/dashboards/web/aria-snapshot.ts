import type { Locator, Page } from 'playwright'
import { join } from 'node:path'
import { expect } from 'vitest'
import { ROOT } from '../../source-files.ts'

const LANGUAGES = ['nl', 'en', 'en-GB']
const LENGTHS = ['short', 'long'] as const

/** Every name of a month or a day of the week, in either language, long and short. */
const namesOf = (unit: 'month' | 'weekday', days: readonly string[]): string =>
  LANGUAGES.flatMap((language) =>
    LENGTHS.flatMap((length) => {
      const { format } = new Intl.DateTimeFormat(language, { [unit]: length, timeZone: 'UTC' })
      return days.map((day) => format(new Date(day)).replace('.', ''))
    }),
  )
    .toSorted((a, b) => b.length - a.length)
    .join('|')

const A_WEEK = Array.from({ length: 7 }, (_, day) => `2026-06-0${day + 1}`)
const A_YEAR = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}-01`)
const MONTHS = new RegExp(String.raw`\b(${namesOf('month', A_YEAR)})\b\.?`, 'gi')
const WEEKDAYS = new RegExp(String.raw`\b(${namesOf('weekday', A_WEEK)})\b(?=,? \d)`, 'gi')

/** What a screen reader meets in a part of a page, with what differs each time left out: figures, days and months, ids. */
export async function ariaSnapshot(part: Locator): Promise<string> {
  const snapshot = await part.ariaSnapshot()
  return (
    snapshot
      .replaceAll(/\bOR-[0-9A-Z]+\b/g, '‹merkteken›')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '‹id›')
      .replaceAll(/\b[0-9a-f]{8}\b/g, '‹id›')
      // An id that happens to read as a number (12345678, 1234e567) comes in quotes, every other does not.
      .replaceAll(/: "‹id›"$/gm, ': ‹id›')
      .replaceAll(WEEKDAYS, '‹dag›')
      .replaceAll(MONTHS, '‹maand›')
      .replaceAll(/\d+([.,:]\d+)*/g, '#')
      // A chart of months has one more each month.
      .replaceAll(/(- img: .*?)(‹maand› # ?)+$/gm, '$1‹maanden›')
      .concat('\n')
  )
}

/** Compares with the golden file of that name; a changed page is looked at, then the files are renewed with `-u`. */
export async function expectSnapshot(page: Page, name: string): Promise<void> {
  const file = join(ROOT, 'test/golden/pages', `${name}.yml`)
  await expect(await ariaSnapshot(page.getByRole('main'))).toMatchFileSnapshot(file)
}
