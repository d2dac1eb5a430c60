import { describe, expect, test } from 'vitest'
import { openBrowsers, systemAt } from './browsers.ts'
import { handClock } from './hand-clock.ts'
import type { TestBrowsers } from './browsers.ts'
import { CREDENTIALS, openSignInSite, signInSystem } from './sign-in-site.ts'
import { openSite } from './site.ts'

/** Stands still, so that a one-time code cannot run out between making and taking it. */
const CLOCK = handClock()

const credentials = async () => CREDENTIALS
const noSecret = () => Promise.reject(new Error('asked for a secret without need'))

/** Pages that are open in all browsers together. */
const pagesIn = ({ started }: TestBrowsers) =>
  started.reduce(
    (total, { browser }) =>
      total + browser.contexts().reduce((pages, context) => pages + context.pages().length, 0),
    0,
  )

describe('a context is ready before the next item', () => {
  test.each([
    ['signed in, with nothing left to ask of the system', 1, 0],
    ['unless none is made: then its item asks', 0, 1],
  ])('%s', async (_what, ahead, asks) => {
    await using site = await openSignInSite(CLOCK.now)
    await using browsers = await openBrowsers({ ahead, clock: CLOCK })
    const system = signInSystem(site, { seats: 1 })
    const first = await browsers.item(system, credentials)
    await first.page()
    const opened = site.asked.length
    await first.end()
    await expect.poll(() => site.asked.length).toBe(opened + ahead)
    const second = await browsers.item(system, noSecret)
    expect(await (await second.page()).textContent('h1')).toBe('Werklijst')
    expect(site.asked.length).toBe(opened + ahead + asks)
    expect(site.signIns).toBe(1)
  })

  test('and is handed over as it is', async () => {
    await using site = await openSite(() => '<h1>Start</h1>')
    await using browsers = await openBrowsers({ ahead: 1 })
    const system = systemAt(site.origin, { seats: 2 })
    const first = await browsers.item(system)
    const page = await first.page()
    await page.evaluate(() => localStorage.setItem('patient', '1'))
    await expect.poll(() => site.asked.length).toBe(2)
    const second = await browsers.item(system)
    const other = await second.page()
    expect(other.context()).not.toBe(page.context())
    expect(await other.evaluate(() => localStorage.length)).toBe(0)
    // Both seats are taken: no third page is opened.
    expect(site.asked).toEqual(['GET /', 'GET /'])
    await first.end()
    await expect.poll(() => site.asked.length).toBe(3)
  })

  test('but none by default, and none beyond the seats', async () => {
    await using site = await openSite(() => 'ok')
    for (const options of [{}, { ahead: 0 }]) {
      await using browsers = await openBrowsers(options)
      await (await browsers.item(systemAt(site.origin))).page()
      expect(pagesIn(browsers)).toBe(1)
    }
    await using browsers = await openBrowsers({ ahead: 3 })
    const one = systemAt(site.origin, { seats: 1, account: 'one' })
    const item = await browsers.item(one)
    await item.page()
    expect(pagesIn(browsers)).toBe(1)
    await item.end()
    await expect.poll(() => pagesIn(browsers)).toBe(1)
    const another = await browsers.item({ ...one, account: 'another' })
    expect(pagesIn(browsers)).toBe(0)
    await another.page()
    expect(pagesIn(browsers)).toBe(1)
  })
})

describe('a context that was made ready', () => {
  test('ends by itself when no item comes, and with its worker', async () => {
    await using site = await openSite(() => 'ok')
    await using browsers = await openBrowsers({ ahead: 1, readyMs: 300 })
    const item = await browsers.item(systemAt(site.origin))
    await item.page()
    await expect.poll(() => pagesIn(browsers)).toBe(2)
    await expect.poll(() => pagesIn(browsers)).toBe(1)
    await item.end()
    await browsers.sessions.close()
    expect(pagesIn(browsers)).toBe(0)
  })

  test('is not used when something came up in it, or its browser ended', async () => {
    let dialog = false
    await using site = await openSite(() => (dialog ? '<script>alert(1)</script>' : 'ok'))
    await using browsers = await openBrowsers({ ahead: 1 })
    const system = systemAt(site.origin)
    const first = await browsers.item(system)
    await first.page()
    await expect.poll(() => site.asked.length).toBe(2)
    process.kill(-(browsers.started[0]?.group ?? expect.unreachable()), 'SIGKILL')
    await first.end()
    await expect.poll(() => browsers.started[0]?.browser.isConnected()).toBe(false)
    dialog = true
    await (await browsers.item(system)).page()
    await expect.poll(() => browsers.events.filter(({ kind }) => kind === 'dialog').length).toBe(2)
    dialog = false
    const last = await browsers.item(system)
    await (await last.page()).textContent('body')
    last.checkCalm()
  })

  test('is dropped with the session it was opened with', async () => {
    await using site = await openSignInSite(CLOCK.now)
    await using browsers = await openBrowsers({ ahead: 1, clock: CLOCK })
    const item = await browsers.item(signInSystem(site), credentials)
    const page = await item.page()
    await expect.poll(() => pagesIn(browsers)).toBe(2)
    site.expire()
    await page.reload()
    expect(await item.failure(new Error('x'))).toMatchObject({ code: 'session-expired' })
    await expect.poll(() => pagesIn(browsers)).toBe(1)
  })
})
