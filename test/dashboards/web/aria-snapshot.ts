import type { Locator, Page } from 'playwright'
import { join } from 'node:path'
import { expect } from 'vitest'
import { ROOT } from '../../source-files.ts'

const MONTHS =
  /\b(jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|sept|okt|oct|nov|dec)(uari|ruari|ruary|uary|i|il|ch|rt|y|e|ust|tember|ober|ember)?\b\.?/gi
const WEEKDAYS = /\b(ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)\b(?=,? \d)/gi

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
      .concat('\n')
  )
}

/** Compares with the golden file of that name; a changed page is looked at, then the files are renewed with `-u`. */
export async function expectSnapshot(page: Page, name: string): Promise<void> {
  const file = join(ROOT, 'test/golden/pages', `${name}.yml`)
  await expect(await ariaSnapshot(page.getByRole('main'))).toMatchFileSnapshot(file)
}
