import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { allowHosts } from '../../../connectors/browser/allowed-hosts.ts'
import { openGate } from '../../../connectors/browser/gate.ts'
import { openBrowsers, systemAt } from './browsers.ts'
import { openSite, redirect } from './site.ts'

const unheard = { denied: () => undefined, broken: () => undefined, stoodStill: () => undefined }

/** Every way by which a page can reach another host; each page says in its title when it is through. */
const waysOut = (other: string): Record<string, string> => ({
  frame: `<iframe src="${other}/frame" onload="document.title='done'"></iframe>`,
  fetch: `<script>fetch('${other}/fetch',{mode:'no-cors'}).finally(()=>document.title='done')</script>`,
  picture: `<img src="${other}/picture" onerror="document.title='done'" onload="document.title='done'">`,
  socket: `<script>new WebSocket('${other.replace('http', 'ws')}/socket').onerror=()=>document.title='done'</script>`,
  beacon: `<script>navigator.sendBeacon('${other}/beacon');setTimeout(()=>document.title='done',300)</script>`,
  worker: `<script>const w=new Worker(URL.createObjectURL(new Blob(["fetch('${other}/worker',{mode:'no-cors'}).finally(()=>postMessage(1))"])));w.onmessage=()=>document.title='done'</script>`,
})

describe('a robot opens the hosts of its systems and nothing else', () => {
  test.each(['frame', 'fetch', 'picture', 'socket', 'beacon', 'worker'])(
    'not by %s, unless listed',
    async (way) => {
      await using other = await openSite(() => '')
      await using site = await openSite(() => waysOut(other.origin)[way])
      await using browsers = await openBrowsers()

      const denied = await browsers.item(systemAt(site.origin))
      await (await denied.page()).waitForFunction(() => document.title === 'done')
      expect(other.asked).toEqual([])
      expect(browsers.events).toContainEqual({ kind: 'host-denied', system: 'epd', host: '127.0.0.1' })

      const listed = await browsers.item(systemAt(site.origin, { allowedHosts: [`127.0.0.1:${other.port}`] }))
      await (await listed.page()).waitForFunction(() => document.title === 'done')
      await expect.poll(() => other.asked.length).toBeGreaterThan(0)
    },
  )

  test('not by a redirect, which stops the item; a route in the browser would have let it through', async () => {
    await using other = await openSite(() => '<h1>Elders</h1>')
    await using site = await openSite((request, response) =>
      request.url === '/leave' ? redirect(response, `${other.origin}/lure`) : '<h1>Start</h1>',
    )
    await using browsers = await openBrowsers()
    const item = await browsers.item(systemAt(site.origin))
    const page = await item.page()
    const error = await page.goto(`${site.origin}/leave`).catch((reason: unknown) => reason)
    expect(await item.failure(error)).toMatchObject({ kind: 'unexpected', code: 'host-denied' })
    expect(() => item.checkCalm()).toThrow('host that is not on the list')
    expect(other.asked).toEqual([])

    const lease = await browsers.pool.lease()
    const gate = await openGate(() => true, unheard)
    const context = await lease.browser.newContext({ proxy: { server: `socks5://127.0.0.1:${gate.port}` } })
    await context.route('**', (route) =>
      route.request().url().startsWith(site.origin) ? route.continue() : route.abort(),
    )
    const routed = await context.newPage()
    await routed.goto(`${site.origin}/leave`)
    expect(other.asked).toEqual(['GET /lure'])
    await context.close()
    gate.cut()
  })

  test('not by another name for the same machine, and not by its own requests', async () => {
    await using site = await openSite(() => 'ok')
    await using browsers = await openBrowsers()
    const page = await (await browsers.item(systemAt(site.origin))).page()
    await expect(page.goto(`http://localhost:${site.port}/name`)).rejects.toThrow('SOCKS_CONNECTION_FAILED')
    await expect(page.request.get(`http://localhost:${site.port}/api`)).rejects.toThrow()
    expect(site.asked).toEqual(['GET /'])
    expect(browsers.events).toContainEqual({ kind: 'host-denied', system: 'epd', host: 'localhost' })
  })

  test('without a gate the browser reaches nothing at all', async () => {
    await using site = await openSite(() => 'ok')
    await using browsers = await openBrowsers()
    const { browser } = await browsers.pool.lease()
    const page = await browser.newPage()
    await expect(page.goto(site.origin)).rejects.toThrow('net::ERR_')
    expect(site.asked).toEqual([])
  })

  test('a system that is down is told apart from a host that is denied', async () => {
    await using browsers = await openBrowsers()
    const site = await openSite(() => '')
    await site[Symbol.asyncDispose]()
    const item = await browsers.item(systemAt(site.origin))
    await expect(item.page()).rejects.toMatchObject({ kind: 'transient', code: 'unreachable', system: 'epd' })
    item.checkCalm()
  })
})

describe('the gate', () => {
  test.each([
    ['no SOCKS', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a request to listen', Buffer.from([5, 1, 0, 5, 2, 0, 1, 127, 0, 0, 1, 0, 80])],
    ['an unknown kind of address', Buffer.from([5, 1, 0, 5, 1, 0, 9, 1, 1, 1, 1])],
  ])('cuts off %s', async (_what, bytes) => {
    const gate = await openGate(() => true, unheard)
    const socket = connect(gate.port, '127.0.0.1', () => socket.write(bytes))
    await new Promise((resolve) => socket.resume().once('close', resolve))
    gate.cut()
  })
})

describe('a gate that is cut', () => {
  test('ends what is under way at both sides and takes nothing new', async () => {
    let reached = false
    await using site = await openSite((request) => {
      reached = true
      request.socket.once('close', () => (reached = false))
      return undefined
    })
    const gate = await openGate(() => true, unheard)
    const port = Buffer.from([site.port >> 8, site.port & 255])
    const socket = connect(gate.port, '127.0.0.1', () => socket.write(Buffer.from([5, 1, 0])))
    socket.once('data', () => {
      socket.write(Buffer.concat([Buffer.from([5, 1, 0, 1, 127, 0, 0, 1]), port]))
      socket.once('data', () => socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n'))
    })
    await expect.poll(() => reached).toBe(true)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    gate.cut()
    await closed
    await expect.poll(() => reached).toBe(false)
    const late = connect(gate.port, '127.0.0.1')
    await expect(
      new Promise((resolve, reject) => late.once('connect', resolve).once('error', reject)),
    ).rejects.toThrow('ECONNREFUSED')
  })
})

describe('the list of hosts', () => {
  test('holds the address itself, what is listed, and no other port or name', () => {
    const allows = allowHosts('https://EPD.hospital.example/start', [
      'login.hospital.example:8443',
      '[::1]:81',
    ])
    expect(allows('epd.hospital.example', 443)).toBe(true)
    expect(allows('epd.hospital.example.', 443)).toBe(true)
    expect(allows('login.hospital.example', 8443)).toBe(true)
    expect(allows('::1', 81)).toBe(true)
    expect(allows('epd.hospital.example', 80)).toBe(false)
    expect(allows('evil.epd.hospital.example', 443)).toBe(false)
    expect(allows('login.hospital.example', 443)).toBe(false)
  })

  test.each(['*.hospital.example:443', 'hospital.example', 'a:b@c:80', 'x:0', 'x:70000', 'http://x:80'])(
    'refuses %s',
    (entry) => {
      expect(() => allowHosts('http://a.example', [entry])).toThrow(
        'Field allowedHosts: Write every allowed host as name:port',
      )
    },
  )

  test.each(['ftp://a', 'epd', ''])('refuses the address %s', (address) => {
    expect(() => allowHosts(address, [])).toThrow('Field address: Give the whole address')
  })
})
