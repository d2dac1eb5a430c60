import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { openSite, redirect, type Site } from './site.ts'

export const OIDC_ACCOUNT = { user: 'robot-epd', password: 'Huis-9kQ!' }
const SECRET = 'between-servers'

/** The sign-in of a whole hospital, at a host of its own: user and password on two pages, then one that asks leave. */
export interface OidcProvider extends AsyncDisposable {
  readonly issuer: string
  readonly host: string
  /** Every password that was filled in there. */
  readonly passwords: readonly string[]
}

/** @param client where it sends whoever signed in */
export async function openOidcProvider(client: string): Promise<OidcProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(`http://${host}`, {
    clients: [{ client_id: 'epd', client_secret: SECRET, redirect_uris: [`${client}/callback`] }],
    cookies: { keys: ['of-a-test'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    pkce: { required: () => false },
  })
  const passwords: string[] = []
  const callback = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response)
    void interact(provider, request, response, passwords)
  })
  const dispose = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  return { issuer: `http://${host}`, host, passwords, [Symbol.asyncDispose]: dispose }
}

async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  passwords: string[],
): Promise<void> {
  const { prompt, session, params } = await provider.interactionDetails(request, response)
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const form = new URLSearchParams(body)
  const user = form.get('user')
  const password = form.get('password')
  const show = (page: string) =>
    response.setHeader('content-type', 'text/html').end(`<form method=post>${page}</form>`)
  if (prompt.name === 'consent') {
    if (request.method === 'GET') return void show('<h1>Toestemming</h1><button>Toestaan</button>')
    const grant = new provider.Grant({
      accountId: session?.accountId ?? '',
      clientId: String(params['client_id']),
    })
    grant.addOIDCScope('openid')
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
  }
  if (password !== null) passwords.push(password)
  if (user === OIDC_ACCOUNT.user && password === OIDC_ACCOUNT.password)
    return provider.interactionFinished(request, response, { login: { accountId: user } })
  if (user === null || password !== null)
    return void show(
      `<h1>Huis</h1>${password === null ? '' : '<p>Onbekend</p>'}<label>Naam <input name=user></label><button>Volgende</button>`,
    )
  show(
    `<h1>Huis</h1><input type=hidden name=user value="${user}"><label>Wachtwoord <input name=password type=password></label><button>Aanmelden</button>`,
  )
}

/** A system that leaves signing in to a provider. */
export async function openOidcClient(): Promise<
  Site & { provider: OidcProvider | undefined; readonly sessions: ReadonlySet<string> }
> {
  const sessions = new Set<string>()
  const client: { provider: OidcProvider | undefined } = { provider: undefined }
  const site = await openSite((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site.example')
    const issuer = client.provider?.issuer
    if (pathname === '/login')
      return '<h1>Aanmelden</h1><form action=/start><button>Via het huis</button></form>'
    const back = encodeURIComponent(`${site.origin}/callback`)
    if (pathname === '/start')
      return redirect(
        response,
        `${issuer}/auth?client_id=epd&response_type=code&scope=openid&state=s1&redirect_uri=${back}`,
      )
    if (pathname === '/callback') {
      void exchange(String(issuer), `${site.origin}/callback`, searchParams.get('code') ?? '').then(
        (good) => {
          if (good) sessions.add(`s${sessions.size + 1}`)
          response.setHeader('set-cookie', `epd=s${sessions.size}; HttpOnly; Path=/`)
          redirect(response, good ? '/' : '/login')
        },
      )
      return undefined
    }
    // The provider's cookies come along: a cookie knows no port.
    const session = /epd=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
    return sessions.has(session) ? '<h1>Werklijst</h1>' : redirect(response, '/login')
  })
  return Object.assign(client, { ...site, sessions })
}

async function exchange(issuer: string, redirectUri: string, code: string): Promise<boolean> {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`epd:${SECRET}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
  })
  return answer.ok
}
