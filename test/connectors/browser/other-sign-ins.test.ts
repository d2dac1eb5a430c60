import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { describe, expect, test } from 'vitest'
import type { WebSystemSettings } from '../../../connectors/browser/session.ts'
import { certify, type Certified } from '../fhir/certificates.ts'
import { openBrowsers, systemAt } from './browsers.ts'
import { OIDC_ACCOUNT, openOidcClient, openOidcProvider } from './oidc-site.ts'
import { openSite } from './site.ts'

describe('signing in at another host, by OpenID Connect', () => {
  async function openBoth() {
    const client = await openOidcClient()
    const provider = await openOidcProvider(client.origin)
    client.provider = provider
    const system = systemAt(`${client.origin}/`, {
      allowedHosts: [provider.host],
      signIn: {
        path: '/login',
        at: provider.issuer,
        start: { button: 'Via het huis' },
        user: { label: 'Naam' },
        next: { button: 'Volgende' },
        password: { label: 'Wachtwoord' },
        submit: { button: 'Aanmelden' },
        proceed: { button: 'Toestaan' },
        signedIn: { role: 'heading', name: 'Werklijst' },
        refused: { text: 'Onbekend' },
      },
    })
    const dispose = async () => {
      await provider[Symbol.asyncDispose]()
      await client[Symbol.asyncDispose]()
    }
    return { client, provider, system, [Symbol.asyncDispose]: dispose }
  }
  const credentials = async () => OIDC_ACCOUNT

  test('happens once, over its pages and the one that asks leave', async () => {
    await using both = await openBoth()
    await using browsers = await openBrowsers()
    for (const _each of [1, 2]) {
      const item = await browsers.item(both.system, credentials)
      expect(await (await item.page()).textContent('h1')).toBe('Werklijst')
      await item.end()
    }
    expect(both.provider.passwords).toEqual([OIDC_ACCOUNT.password])
    expect(both.client.sessions.size).toBe(1)
  })

  test('is refused as anywhere', async () => {
    await using both = await openBoth()
    await using browsers = await openBrowsers()
    const item = await browsers.item(both.system, async () => ({ ...OIDC_ACCOUNT, password: 'verkeerd' }))
    await expect(item.page()).rejects.toMatchObject({ kind: 'unexpected', code: 'sign-in-refused' })
  })

  test.each([
    ['a host that the sign-in does not name gets no secret', { at: undefined }, {}, 'sign-in-elsewhere'],
    ['a host that is not allowed is not reached', {}, { allowedHosts: [] }, 'host-denied'],
  ])('%s', async (_what, form, more, code) => {
    await using both = await openBoth()
    await using browsers = await openBrowsers()
    const { at, ...signIn } = both.system.signIn ?? expect.unreachable()
    const named = 'at' in form ? signIn : { ...signIn, at }
    const system: WebSystemSettings = { ...both.system, ...more, signIn: named as typeof signIn }
    const item = await browsers.item(system, credentials)
    await expect(item.page()).rejects.toMatchObject({ kind: 'unexpected', code })
    expect(both.provider.passwords).toEqual([])
  })
})

describe('a system that asks for a certificate', () => {
  const authority = certify('Huisautoriteit')

  async function openCertifiedSite() {
    // Playwright speaks TLS itself here, with the authorities that this process trusts.
    const usual = getCACertificates('default')
    setDefaultCACertificates([...usual, authority.certificate])
    const { certificate: cert, key } = certify('epd', authority)
    const seen: string[] = []
    const options = { cert, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: true }
    const server = createServer(options, (request, response) => {
      // The server is one of TLS, so its sockets are.
      const { subject } = (request.socket as TLSSocket).getPeerCertificate()
      seen.push(String(subject.CN))
      response.setHeader('content-type', 'text/html').end(`<h1>Welkom ${String(subject.CN)}</h1>`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const dispose = async () => {
      setDefaultCACertificates(usual)
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    }
    const { port } = server.address() as AddressInfo
    return { origin: `https://127.0.0.1:${port}`, seen, [Symbol.asyncDispose]: dispose }
  }
  const systemWith = (origin: string, { certificate }: Certified) =>
    systemAt(origin, { clientCertificate: { certificate } })
  const itemWith = (key: string) => ({ keep: () => Promise.resolve(), certificateKey: async () => ({ key }) })

  test('is shown it, in contexts made ready too, and through the gate', async () => {
    const robot = certify('robot', authority)
    await using site = await openCertifiedSite()
    await using other = await openSite(() => 'ok')
    await using browsers = await openBrowsers({ ahead: 1 })
    const item = await browsers.sessions.forItem(systemWith(site.origin, robot), itemWith(robot.key))
    const page = await item.page()
    expect(await page.textContent('h1')).toBe('Welkom robot')
    await expect(page.goto(other.origin)).rejects.toThrow('net::ERR_')
    expect(other.asked).toEqual([])
    expect(browsers.events).toContainEqual({ kind: 'host-denied', system: 'epd', host: '127.0.0.1' })
    await expect.poll(() => site.seen.length).toBeGreaterThan(1)
    expect(new Set(site.seen)).toEqual(new Set(['robot']))
  })

  test('is not reached with another one, nor without its key', async () => {
    const stranger = certify('robot', certify('Ander huis'))
    await using site = await openCertifiedSite()
    await using browsers = await openBrowsers()
    const system = systemWith(site.origin, stranger)
    const item = await browsers.sessions.forItem(system, itemWith(stranger.key))
    await expect(item.page()).rejects.toMatchObject({ kind: 'transient', code: 'connection-broken' })
    expect(site.seen).toEqual([])
    const bare = await browsers.item(system)
    await expect(bare.page()).rejects.toMatchObject({ kind: 'unexpected', code: 'certificate-key' })
  })
})
