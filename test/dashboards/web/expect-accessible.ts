import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { expect } from 'vitest'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Refuses what axe finds against WCAG 2.2 AA and good practice, with where it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  await stillness(page)
  await expectNothing(new AxeBuilder({ page }).withTags(RULES))
}

/** The same for colours alone: nothing else changes with the colour scheme. */
export async function expectColours(page: Page): Promise<void> {
  await stillness(page)
  await expectNothing(new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']))
}

/** What is opening is half transparent: colours are judged once it is there. */
async function stillness(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
}

async function expectNothing(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.setLegacyMode(true).analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
  expect(found).toEqual([])
}

/** Refuses a page that is wider than its window: nobody should have to scroll sideways to read. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const [wide, window] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return [scrollWidth, clientWidth] as const
  })
  expect(wide, `the page is ${wide} wide in a window of ${window}`).toBeLessThanOrEqual(window)
}
