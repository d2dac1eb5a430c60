import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page as TablePage } from '../../../dashboards/web/page.ts'
import { pages as table } from '../../../dashboards/web/pages.ts'
import { expectSnapshot } from './aria-snapshot.ts'
import { expectAccessible, expectColours, expectNoSidewaysScrolling } from './expect-accessible.ts'
import { openPages, settled, type OpenedPage, type Pages } from './open-pages.ts'
import { addressOf, goldenName, somebodyFor } from './page-looks.ts'

const WIDTHS = [1280, 390]
const KEY_ON_SCREEN = /\b(shared|door|administer|items|operate|savings|programme|failure)\.[a-z-]+\b(?!\.)/g
const PATIENCE_MS = 120_000

/** Looks at every page of the table in one language: at both widths and in both colour schemes, as somebody who may open it. */
export function checkAllPages(language: 'nl' | 'en'): void {
  let pages: Pages
  beforeAll(async () => {
    pages = await openPages()
  }, PATIENCE_MS)
  afterAll(async () => {
    await pages[Symbol.asyncDispose]()
  })

  describe(`every page in ${language}`, () => {
    test.each(table.map((row) => [row.path, row] as const))(
      '%s',
      { timeout: PATIENCE_MS },
      async (_, row) => {
        const looker = { role: somebodyFor(row), language }
        await using opened = await pages.openPage(looker, addressOf(row, pages.seeded))
        await expectHead(opened, language)
        if (language === 'nl') await expectSnapshot(opened.page, goldenName(row))
        await expectLooks(opened)
        const words = await opened.page.locator('body').innerText()
        expect(keysIn(words), 'words without a translation').toEqual([])
        expect(opened.watched).toEqual({ errors: [], foreign: [] })
      },
    )
  })
}

/** Keys of texts that stand on the screen as they are. An account may look like one: those of the tests end in a hospital. */
const keysIn = (words: string): string[] =>
  (words.match(KEY_ON_SCREEN) ?? []).filter((key) => !/\.(noord|zuid)$/.test(key))

async function expectHead({ page }: OpenedPage, language: string): Promise<void> {
  expect(await page.title()).toMatch(/\S · Ontregel$/)
  expect(await page.locator('html').getAttribute('lang')).toBe(language)
  expect(await page.locator('h1').count()).toBe(1)
}

/** Structure can differ by width, colours by scheme: each is judged once for each. */
async function expectLooks({ page }: OpenedPage): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
    await settled(page)
    await expectAccessible(page)
    await expectNoSidewaysScrolling(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectColours(page)
  }
}

/** The pages that somebody with another role must not see. */
export const forAdministrators = (rows: readonly TablePage[]): readonly TablePage[] =>
  rows.filter(({ roles }) => typeof roles !== 'string' && !roles.includes('programme'))
