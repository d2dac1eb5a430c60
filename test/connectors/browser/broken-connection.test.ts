import { createHash } from 'node:crypto'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium } from 'playwright'
import { describe, expect, test } from 'vitest'
import type { Page } from 'playwright'
import { findChromium } from '../../../connectors/browser/chromium.ts'
import { CLOSED_NETWORK_FLAGS } from '../../../connectors/browser/chromium-flags.ts'
import { expectHeading } from '../../../connectors/browser/expect-page.ts'
import { openGate } from '../../../connectors/browser/gate.ts'
import { pressOnce } from '../../../connectors/browser/press.ts'
import { openBreakingSite, openPlainProxy } from './breaking-site.ts'
import type { End, Scheme } from './breaking-site.ts'
import { certify } from '../fhir/certificates.ts'
import { openBrowsers, systemAt } from './browsers.ts'
import type { TestBrowsers } from './browsers.ts'

const SCHEMES: readonly Scheme[] = ['http', 'https TLS 1.2', 'https TLS 1.3']
const ENDS: readonly End[] = ['reset', 'close']
const BREAKS = SCHEMES.flatMap((scheme) => ENDS.map((end) => [scheme, end] as const))

/** A page that reaches the site through this proxy; certificates of a test are not known to a browser. */
async function pageThrough(browsers: TestBrowsers, port: number): Promise<Page> {
  const { browser } = await browsers.pool.lease()
  const proxy = { server: `socks5://127.0.0.1:${port}` }
  const context = await browser.newContext({ proxy, ignoreHTTPSErrors: true })
  return context.newPage()
}

/** A page behind a real gate, and the hosts whose connections broke. */
async function pageBehindGate(browsers: TestBrowsers) {
  const broken: string[] = []
  const told = {
    denied: () => undefined,
    broken: (host: string) => void broken.push(host),
    stoodStill: () => undefined,
  }
  const gate = await openGate(() => true, told)
  return { page: await pageThrough(browsers, gate.port), broken, [Symbol.dispose]: gate.cut }
}

describe('a request whose reused connection breaks before the answer', () => {
  test.each(BREAKS)(
    '%s, %s: arrives once; without the guard Chromium sends it again',
    async (scheme, end) => {
      await using site = await openBreakingSite(scheme, end)
      await using browsers = await openBrowsers()
      using guarded = await pageBehindGate(browsers)
      await guarded.page.goto(site.origin)
      await guarded.page.evaluate(() => void fetch('/break', { method: 'POST' }))
      await expect.poll(() => guarded.broken).toEqual(['127.0.0.1'])
      // Whatever the browser would send again it would have sent before this.
      await guarded.page.evaluate(() => fetch('/after').then((answer) => answer.text()))
      expect(site.arrived).toEqual(['GET /', 'POST /break', 'GET /after'])

      await using proxy = await openPlainProxy()
      const unguarded = await pageThrough(browsers, proxy.port)
      await unguarded.goto(site.origin)
      const failed = unguarded.evaluate(() => fetch('/break', { method: 'POST' }).catch(() => 'failed'))
      expect(await failed).toBe('failed')
      expect(site.arrived.slice(3)).toEqual(['GET /', 'POST /break', 'POST /break'])
    },
  )

  test('by a press: the page that should follow is not waited for to the end, and the failure says why', async () => {
    await using site = await openBreakingSite('http', 'reset')
    await using browsers = await openBrowsers()
    const item = await browsers.item(systemAt(site.origin))
    const page = await item.page()
    await pressOnce(page.getByRole('button', { name: 'Opslaan' }))
    const began = performance.now()
    const error = await expectHeading(page, 'Opgeslagen').catch((reason: unknown) => reason)
    expect(performance.now() - began).toBeLessThan(6_000)
    expect(await item.failure(error)).toMatchObject({
      kind: 'transient',
      code: 'connection-broken',
      system: 'epd',
    })
    expect(() => item.checkCalm()).toThrow('broke before it answered')
    expect(browsers.events).toEqual([{ kind: 'connection-broken', system: 'epd', host: '127.0.0.1' }])
    await item.end()
    expect(site.arrived).toEqual(['GET /', 'POST /break'])
  })

  test('by reading: the page stops loading at once, and the browser has not asked twice', async () => {
    await using site = await openBreakingSite('http', 'reset')
    await using browsers = await openBrowsers()
    const item = await browsers.item(systemAt(site.origin))
    const page = await item.page()
    const began = performance.now()
    const error = await page.goto(`${site.origin}/break`).catch((reason: unknown) => reason)
    expect(performance.now() - began).toBeLessThan(6_000)
    expect(await item.failure(error)).toMatchObject({ kind: 'transient', code: 'connection-broken' })
    expect(site.arrived).toEqual(['GET /', 'GET /break'])
  })

  test.each([408, 421])('or is answered %i, on which Chromium would send it again', async (status) => {
    await using site = await openBreakingSite('http', 'close', (request, response) => {
      if (request.url === '/') return false
      response.writeHead(status, { 'content-length': 0 }).end()
      return true
    })
    await using browsers = await openBrowsers()
    using guarded = await pageBehindGate(browsers)
    await guarded.page.goto(site.origin)
    await guarded.page.evaluate(() => void fetch('/late', { method: 'POST' }))
    await expect.poll(() => guarded.broken).toHaveLength(1)
    expect(site.arrived).toEqual(['GET /', 'POST /late'])

    await using proxy = await openPlainProxy()
    const unguarded = await pageThrough(browsers, proxy.port)
    await unguarded.goto(site.origin)
    await unguarded.evaluate(() => fetch('/late', { method: 'POST' }))
    expect(site.arrived.slice(2)).toEqual(['GET /', 'POST /late', 'POST /late'])
  })
})

/** Longer than anything in the gate waits; the point of these is that time passes without bytes. */
const IDLE_MS = 2_500

describe.concurrent('what is no broken request', () => {
  test.each(SCHEMES)('%s: an idle connection that the server closes is not used again', async (scheme) => {
    await using site = await openBreakingSite(scheme, 'close')
    site.server.keepAliveTimeout = 1
    await using browsers = await openBrowsers()
    using guarded = await pageBehindGate(browsers)
    for (const round of [1, 2, 3]) {
      await guarded.page.goto(site.origin)
      await expect.poll(() => site.connections.size, { timeout: 20_000 }).toBe(0)
      await guarded.page.evaluate(() => fetch('/save', { method: 'POST' }).then((answer) => answer.text()))
      expect(site.arrived).toHaveLength(round * 2)
      await expect.poll(() => site.connections.size, { timeout: 20_000 }).toBe(0)
    }
    expect(guarded.broken).toEqual([])
  })

  test.each(SCHEMES)('%s: a slow answer, and one whose end is the end of the connection', async (scheme) => {
    await using site = await openBreakingSite(scheme, 'close', (request, response) => {
      if (request.url === '/') return false
      void delay(IDLE_MS).then(async () => {
        response.writeHead(200, { connection: 'close', 'transfer-encoding': 'identity' }).write('be')
        await delay(IDLE_MS)
        response.end('gin')
      })
      return true
    })
    await using browsers = await openBrowsers()
    using guarded = await pageBehindGate(browsers)
    await guarded.page.goto(site.origin)
    const read = (path: string) =>
      guarded.page.evaluate((at) => fetch(at, { method: 'POST' }).then((answer) => answer.text()), path)
    expect(await Promise.all([read('/slow-to-its-end'), read('/slow-to-its-end')])).toEqual([
      'begin',
      'begin',
    ])
    expect(guarded.broken).toEqual([])
  })

  test.each(SCHEMES)('%s: an event stream and a web socket that are silent for a while', async (scheme) => {
    await using site = await openBreakingSite(scheme, 'close', (request, response) => {
      if (request.url !== '/events') return false
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: one\n\n')
      void delay(IDLE_MS).then(() => response.write('data: two\n\n'))
      return true
    })
    // A ping without content right after the browser's message: as short as an alert of TLS 1.3.
    const ponged = Promise.withResolvers<void>()
    site.server.on('upgrade', (request, socket) => {
      const accept = createHash('sha1')
        .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        .digest('base64')
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
      )
      socket.once('data', () => {
        socket.write(Buffer.from([0x89, 0]))
        socket.on('data', (bytes: Buffer) => {
          if (bytes[0] !== 0x8a) return
          ponged.resolve()
          socket.write(Buffer.from([0x81, 2, 0x68, 0x69]))
        })
      })
    })
    await using browsers = await openBrowsers()
    using guarded = await pageBehindGate(browsers)
    await guarded.page.goto(site.origin)
    const heard = await guarded.page.evaluate(async () => {
      const texts: string[] = []
      const events = new EventSource('/events')
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/socket`)
      socket.onopen = () => socket.send('hello')
      const answered = new Promise((resolve) => (socket.onmessage = ({ data }) => resolve(data)))
      await new Promise(
        (resolve) => (events.onmessage = ({ data }) => texts.push(data) === 2 && resolve(data)),
      )
      return [...texts, await answered, socket.readyState]
    })
    await ponged.promise
    expect(heard).toEqual(['one', 'two', 'hi', 1])
    expect(guarded.broken).toEqual([])
  })
})

describe('HTTP/2, where Chromium sends again what it believes to be refused', () => {
  test('is not spoken; without our flags it would be', async () => {
    const { certificate: cert, key } = certify('127.0.0.1')
    const spoken: string[] = []
    const server = createSecureServer({ cert, key, allowHTTP1: true }, (request, response) => {
      if (request.url === '/') spoken.push(request.httpVersion)
      response.end('ok')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    await using browsers = await openBrowsers()
    using guarded = await pageBehindGate(browsers)
    await guarded.page.goto(origin)
    expect(spoken).toEqual(['1.1'])

    const { executablePath, env } = await findChromium({ env: { PATH: process.env['PATH'] } })
    const args = CLOSED_NETWORK_FLAGS.filter((flag) => flag !== '--disable-http2')
    const other = await chromium.launch({ executablePath, env: { ...env }, args, chromiumSandbox: false })
    await using proxy = await openPlainProxy()
    const noGate = `socks5://127.0.0.1:${proxy.port}`
    const context = await other.newContext({ proxy: { server: noGate }, ignoreHTTPSErrors: true })
    await (await context.newPage()).goto(origin)
    expect(spoken).toEqual(['1.1', '2.0'])
    await other.close()
    const closed = new Promise((resolve) => server.close(resolve))
    await browsers.sessions.close()
    await closed
  })
})
