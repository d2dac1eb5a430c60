import { expect, test } from 'vitest'
import { openBrowsers } from './browsers.ts'
import { handClock } from './hand-clock.ts'
import { CREDENTIALS, openSignInSite, signInSystem } from './sign-in-site.ts'

test('a session that has ended is begun again with a one-time code that was not used before', async () => {
  const clock = handClock()
  await using site = await openSignInSite(clock.now)
  await using browsers = await openBrowsers({ clock })
  const first = await browsers.item(signInSystem(site), async () => CREDENTIALS)
  await first.page()
  await first.end()
  site.expire()
  const second = await browsers.item(signInSystem(site), async () => CREDENTIALS)
  expect(await (await second.page()).textContent('h1')).toBe('Werklijst')
  expect(site.signIns).toBe(2)
  // Five seconds into a code's half minute: the same code again would have been refused.
  expect(clock.pauses).toEqual([25_000])
})

test('a one-time code is still good when it arrives, at a system that takes none of before', async () => {
  const clock = handClock()
  clock.pass(22_000)
  await using site = await openSignInSite(() => clock.now() + 3_500, 0)
  await using browsers = await openBrowsers({ clock })
  const item = await browsers.item(signInSystem(site), async () => CREDENTIALS)
  expect(await (await item.page()).textContent('h1')).toBe('Werklijst')
  // Three seconds of the half minute were left, and the clock of the system is further ahead.
  expect(clock.pauses).toEqual([3_000])
})
