import type { Page } from 'playwright'

/** Its heading is there and nothing of it is still coming. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(
    () => document.querySelector('.mantine-Loader-root, .mantine-Skeleton-root') === null,
  )
}

/** Settled twice with a frame between: what a card asks for only begins when the card is there. */
export async function allThere(page: Page): Promise<void> {
  await settled(page)
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  await settled(page)
}
