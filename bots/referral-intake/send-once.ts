import type { Page, Route } from 'playwright'

/**
 * Chromium sends a request again by itself, a POST too, when a connection that was used before breaks before the answer:
 * one click, two registrations, and neither page nor robot sees it. From here on whatever is not a GET leaves the
 * browser through Playwright instead, which sends it once.
 */
export async function sendOnce(page: Page): Promise<void> {
  await page.route('**/*', passOn)
}

/** Takes `sendOnce` back. */
export async function sendAsUsual(page: Page): Promise<void> {
  await page.unroute('**/*', passOn)
}

async function passOn(route: Route): Promise<void> {
  if (route.request().method() === 'GET') return route.fallback()
  const answer = await route.fetch({ maxRetries: 0, maxRedirects: 0 }).catch(() => undefined)
  // Without an answer the page gets what the browser itself would have shown it: a broken connection.
  return answer ? route.fulfill({ response: answer }) : route.abort('connectionreset')
}
