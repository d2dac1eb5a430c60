import { describe, expect, test } from 'vitest'
import { expectHeading } from '../../../connectors/browser/expect-page.ts'
import { readyToPress } from '../../../connectors/browser/press.ts'
import { keepSeats } from '../../../connectors/browser/seats.ts'
import type { Credentials } from '../../../connectors/browser/session.ts'
import { openBrowsers, systemAt } from './browsers.ts'
import { handClock } from './hand-clock.ts'
import { CREDENTIALS, PASSWORD, openSignInSite, signInSystem } from './sign-in-site.ts'
import { openSite } from './site.ts'

const credentials = async (): Promise<Credentials> => CREDENTIALS

describe('signing in', () => {
  test('happens once for many items, also when they begin together', async () => {
    const clock = handClock()
    await using site = await openSignInSite(clock.now)
    await using browsers = await openBrowsers({ clock })
    const items = await Promise.all([1, 2, 3].map(() => browsers.item(signInSystem(site), credentials)))
    const pages = await Promise.all(items.map((item) => item.page()))
    for (const page of pages) expect(await page.textContent('h1')).toBe('Werklijst')
    expect(await items[0]?.page()).toBe(pages[0])
    expect(site.signIns).toBe(1)
    await Promise.all(items.map((item) => item.end()))

    const later = await browsers.item(signInSystem(site), () =>
      Promise.reject(new Error('asked for a secret without need')),
    )
    await later.page()
    expect(site.signIns).toBe(1)
    expect(browsers.events.filter(({ kind }) => kind === 'signed-in')).toHaveLength(1)
  })

  test('happens again after a session that ended while the robot was at work', async () => {
    const clock = handClock()
    await using site = await openSignInSite(clock.now)
    await using browsers = await openBrowsers({ clock })
    const item = await browsers.item(signInSystem(site), credentials)
    const page = await item.page()
    site.expire()
    await page.reload()
    const error = await page
      .getByText('Welkom')
      .waitFor({ timeout: 50 })
      .catch((reason: unknown) => reason)
    expect(await item.failure(error)).toMatchObject({
      kind: 'transient',
      code: 'session-expired',
      system: 'epd',
    })
    await item.end()
    await (await browsers.item(signInSystem(site), credentials)).page()
    expect(site.signIns).toBe(2)
  })

  test('is found to be needed at once where a page is waited for or made ready to press', async () => {
    const clock = handClock()
    await using site = await openSignInSite(clock.now)
    await using browsers = await openBrowsers({ clock })
    const item = await browsers.item(signInSystem(site), credentials)
    const page = await item.page()
    site.expire()
    await page.goto(`${site.origin}/brief`)
    const began = performance.now()
    const expired = { kind: 'transient', code: 'session-expired', system: 'epd' }
    await expect(expectHeading(page, 'Brief', { limitMs: 50_000 })).rejects.toMatchObject(expired)
    await expect(readyToPress(page.getByRole('link'), 'the link', 50_000)).rejects.toMatchObject(expired)
    expect(performance.now() - began).toBeLessThan(20_000)
    expect(
      await item.failure(await expectHeading(page, 'Brief').catch((error: unknown) => error)),
    ).toMatchObject(expired)
    await item.end()
    await (await browsers.item(signInSystem(site), credentials)).page()
    expect(site.signIns).toBe(2)
  })

  test('is not taken to be needed for a glimpse of the form, nor where there is nothing to sign in to', async () => {
    const clock = handClock()
    await using site = await openSignInSite(clock.now)
    await using browsers = await openBrowsers({ clock })
    const page = await (await browsers.item(signInSystem(site), credentials)).page()
    await page.evaluate(() => {
      document.body.innerHTML = '<label>Gebruiker <input></label>'
      setTimeout(() => (document.body.innerHTML = '<p>Even geduld</p>'), 250)
      setTimeout(() => (document.body.innerHTML = '<h1>Brief</h1>'), 900)
    })
    await expectHeading(page, 'Brief')

    const other = await (await browsers.item(systemAt(`${site.origin}/login`))).page()
    await expect(expectHeading(other, 'Brief', { limitMs: 1_000 })).rejects.toMatchObject({
      code: 'page-unexpected',
    })
  })

  test('is not tried again with refused credentials, but is with others', async () => {
    const clock = handClock()
    await using site = await openSignInSite(clock.now)
    await using browsers = await openBrowsers({ clock })
    const refused = { kind: 'unexpected', code: 'sign-in-refused', system: 'epd' }
    const wrong = async () => ({ ...CREDENTIALS, password: 'verkeerd' })
    for (const _try of [1, 2, 3]) {
      const item = await browsers.item(signInSystem(site), wrong)
      await expect(item.page()).rejects.toMatchObject(refused)
      await item.end()
    }
    expect(site.refusals).toBe(1)
    clock.pass(15 * 60_000)
    await expect((await browsers.item(signInSystem(site), wrong)).page()).rejects.toMatchObject(refused)
    expect(site.refusals).toBe(2)
    await (await browsers.item(signInSystem(site), credentials)).page()
    expect(site.signIns).toBe(1)
  })

  test('is refused when the form stays, also without a text that says so', async () => {
    const clock = handClock()
    await using site = await openSignInSite(clock.now)
    await using browsers = await openBrowsers({ clock, signInLimitMs: 1_000 })
    const { refused: _text, ...form } = signInSystem(site).signIn ?? expect.unreachable()
    const item = await browsers.item(signInSystem(site, { signIn: form }), async () => ({
      user: 'x',
      password: 'y',
    }))
    await expect(item.page()).rejects.toMatchObject({ kind: 'unexpected', code: 'sign-in-refused' })
  })

  test('fails with a sentence when credentials or the code are missing', async () => {
    const clock = handClock()
    await using site = await openSignInSite(clock.now)
    await using browsers = await openBrowsers({ clock })
    const without = await browsers.item(signInSystem(site))
    await expect(without.page()).rejects.toMatchObject({ code: 'credentials-missing' })
    const half = await browsers.item(signInSystem(site), async () => ({
      user: CREDENTIALS.user,
      password: PASSWORD,
    }))
    await expect(half.page()).rejects.toMatchObject({ code: 'sign-in-code-missing' })
  })
})

describe('items', () => {
  test('see nothing of each other but the signing in', async () => {
    const clock = handClock()
    await using site = await openSignInSite(clock.now)
    await using browsers = await openBrowsers({ clock })
    const remember = () => {
      document.cookie = 'patient=1; path=/'
      localStorage.setItem('patient', '1')
      sessionStorage.setItem('patient', '1')
    }
    const remembered = () => [document.cookie, localStorage.length, sessionStorage.length]
    const one = await browsers.item(signInSystem(site), credentials)
    const two = await browsers.item(signInSystem(site), credentials)
    await (await one.page()).evaluate(remember)
    expect(await (await one.page()).evaluate(remembered)).toEqual(['patient=1', 1, 1])
    expect(await (await two.page()).evaluate(remembered)).toEqual(['', 0, 0])
    await one.end()
    const three = await browsers.item(signInSystem(site), credentials)
    expect(await (await three.page()).evaluate(remembered)).toEqual(['', 0, 0])
  })

  test('get what a system keeps in its tab when signing in', async () => {
    await using site = await openSite((request) =>
      request.url === '/login'
        ? `<form action="javascript:sessionStorage.setItem('token','t1');location='/'"><label>Naam<input></label><label>Woord<input></label><button>In</button></form>`
        : `<script>document.write(sessionStorage.getItem('token')==='t1'?'<h1>Binnen</h1>':'<h1>Buiten</h1><label>Naam<input></label>')</script>`,
    )
    await using browsers = await openBrowsers()
    const signIn = {
      path: '/login',
      user: { label: 'Naam' },
      password: { label: 'Woord' },
      submit: { button: 'In' },
      signedIn: { text: 'Binnen' },
    }
    const system = systemAt(`${site.origin}/`, { signIn })
    const page = await (await browsers.item(system, credentials)).page()
    expect(await page.textContent('h1')).toBe('Binnen')
    expect(site.asked.filter((line) => line === 'GET /login')).toHaveLength(1)
  })

  test('wait for a seat, in order, and give it back however they end', async () => {
    await using site = await openSite(() => 'ok')
    await using browsers = await openBrowsers()
    const system = systemAt(site.origin, { seats: 1 })
    const first = await browsers.item(system)
    let second = false
    const waiting = browsers.item(system).then((item) => {
      second = true
      return item
    })
    await first.page()
    expect(second).toBe(false)
    await first.abandon()
    await first.end()
    await (await waiting).end()
    await (await browsers.item(system)).end()
    await expect(first.page()).rejects.toMatchObject({ code: 'session-ended' })
  })
})

describe('seats', () => {
  test('one that gives up waiting is passed over', async () => {
    const seats = keepSeats()
    const giveBack = await seats.take('epd', 1)
    const stop = new AbortController()
    const givesUp = seats.take('epd', 1, stop.signal)
    const next = seats.take('epd', 1)
    stop.abort(new Error('stopping'))
    await expect(givesUp).rejects.toThrow('stopping')
    giveBack()
    giveBack()
    const last = await next
    const elsewhere = await seats.take('portal', 1)
    elsewhere()
    last()
    await seats.take('epd', 1)
  })
})
