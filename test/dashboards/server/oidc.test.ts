import { createServer } from 'node:net'
import { once } from 'node:events'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { makeAccount } from '../../../orchestrator/ledger/accounts.ts'
import { readChanges } from '../../../orchestrator/ledger/changes.ts'
import { changeRoles } from '../../../orchestrator/ledger/hospital-people.ts'
import { makeLink } from '../../../orchestrator/ledger/one-time-links.ts'
import { CLIENT, startSignInService, type SignInService } from './oidc-provider.ts'
import { openTestServer, type TestServer } from './open-server.ts'
import { openTestBrowser, type TestBrowser } from './test-browser.ts'

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const bound = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof bound === 'object' && bound ? bound.port : 0
}

interface Both extends AsyncDisposable {
  readonly server: TestServer
  readonly service: SignInService
  readonly at: (path: string) => string
}

async function openBoth(): Promise<Both> {
  const stack = new AsyncDisposableStack()
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const service = stack.use(await startSignInService(`${address}/api/sign-in/oidc/return`))
  const settings = {
    ONTREGEL_WEB_PORT: String(port),
    ONTREGEL_WEB_ADDRESS: address,
    ONTREGEL_OIDC_ISSUER: service.issuer,
    ONTREGEL_OIDC_CLIENT: CLIENT.id,
    ONTREGEL_OIDC_SECRET: CLIENT.secret,
  }
  const server = stack.use(await openTestServer({ settings }))
  const at = (path: string) => new URL(path, address).href
  return { server, service, at, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

const Begun = z.object({ address: z.string() })

/** An invited account with a role, and the key of its link. */
async function invite({ server }: Both, account: string): Promise<string> {
  await makeAccount(server.doorDb, { account, name: 'Test', language: 'nl' })
  // Somebody must administer the hospital before anybody's roles change.
  await server.as('administrator', 'noord')
  await changeRoles(server.doorDb, { hospital: 'noord', account, roles: ['it'], by: 'test' })
  return (await makeLink(server.doorDb, { account, purpose: 'invitation', madeBy: 'test' })).key
}

/** Sends the browser to the service and back. */
async function throughService(
  { at }: Both,
  browser: TestBrowser,
  path: string,
  body?: unknown,
): Promise<string> {
  const { status, json } = await browser.ask('POST', at(path), body)
  expect(status).toBe(200)
  const ended = await browser.go(Begun.parse(json).address)
  return ended.address
}

test('who was invited is tied once, and from then on comes in with the service alone, with the roles given here', async () => {
  await using both = await openBoth()
  const { at, service, server } = both
  const token = await invite(both, 'p.1001')
  service.person = 'subject-1'
  const first = openTestBrowser()
  expect(await throughService(both, first, '/api/sign-in/oidc', { token })).toBe(at('/'))
  const another = openTestBrowser()
  expect(await throughService(both, another, '/api/sign-in/oidc')).toBe(at('/'))
  expect(await another.ask('GET', at('/api/me'))).toMatchObject({
    status: 200,
    json: {
      account: 'p.1001',
      hasOidc: true,
      hasPassword: false,
      hospitals: [{ id: 'noord', roles: ['it'] }],
    },
  })
  const log = sql<{
    account: string
    outcome: string
  }>`SELECT account, outcome FROM sign_in WHERE way = 'oidc'`
  expect((await log.execute(server.doorDb)).rows).toEqual(
    [1, 2].map(() => ({ account: 'p.1001', outcome: 'in' })),
  )
  expect((await first.ask('POST', at('/api/sign-in/oidc'), { token })).json).toMatchObject({
    error: { code: 'link-invalid' },
  })
})

test('who signs in there and was not invited here gets in nowhere, and no account is made', async () => {
  await using both = await openBoth()
  const { at, service, server } = both
  service.person = 'stranger'
  const browser = openTestBrowser()
  expect(await throughService(both, browser, '/api/sign-in/oidc')).toBe(at('/sign-in?error=oidc-no-account'))
  expect((await browser.ask('GET', at('/api/me'))).status).toBe(401)
  expect(await server.doorDb.selectFrom('account').select('id').execute()).toEqual([])
})

test('an account that was disabled here does not come in by the service', async () => {
  await using both = await openBoth()
  const token = await invite(both, 'p.1002')
  both.service.person = 'subject-2'
  await throughService(both, openTestBrowser(), '/api/sign-in/oidc', { token })
  await sql`UPDATE account SET state = 'disabled' WHERE id = 'p.1002'`.execute(both.server.doorDb)
  const ended = await throughService(both, openTestBrowser(), '/api/sign-in/oidc')
  expect(ended).toBe(both.at('/sign-in?error=oidc-no-account'))
})

test('one person of the service is one account here', async () => {
  await using both = await openBoth()
  both.service.person = 'subject-3'
  const first = await invite(both, 'p.1003')
  await throughService(both, openTestBrowser(), '/api/sign-in/oidc', { token: first })
  const second = await invite(both, 'p.1004')
  const ended = await throughService(both, openTestBrowser(), '/api/sign-in/oidc', { token: second })
  expect(ended).toBe(both.at('/sign-in?error=oidc-taken'))
})

/** What an administrator reads of how an account comes in, the newest first. */
async function waysIn({ server }: Both, account: string): Promise<unknown[]> {
  const about = { hospital: 'noord', what: ['person-way-in'], subject: account, limit: 10 }
  return (await readChanges(server.installation.db, about)).map(({ after }) => after)
}

test('an open page ties nothing: only a link does, in the place of what the account came in with, and it is told', async () => {
  await using both = await openBoth()
  const { at, service, server } = both
  await invite(both, 'p.1006')
  const link = async (purpose: 'new-password' | 'sign-in') =>
    (await makeLink(server.doorDb, { account: 'p.1006', purpose, madeBy: 'test' })).key
  const open = openTestBrowser()
  const password = 'drie woorden en een koe'
  await open.ask('POST', at('/api/sign-in/link'), { token: await link('new-password'), password })
  expect((await open.ask('POST', at('/api/me/identity'))).status).toBe(404)
  expect(
    (await open.ask('POST', at('/api/sign-in/oidc'), { token: await link('sign-in') })).json,
  ).toMatchObject({
    error: { code: 'link-invalid' },
  })
  service.person = 'subject-6'
  await throughService(both, openTestBrowser(), '/api/sign-in/oidc', { token: await link('new-password') })
  const byPassword = { account: 'p.1006', password }
  expect((await openTestBrowser().ask('POST', at('/api/sign-in/password'), byPassword)).status).toBe(401)
  expect((await open.ask('GET', at('/api/me'))).status).toBe(401)

  const again = openTestBrowser()
  await again.ask('POST', at('/api/sign-in/link'), { token: await link('new-password'), password })
  expect(await throughService(both, openTestBrowser(), '/api/sign-in/oidc')).toBe(
    at('/sign-in?error=oidc-no-account'),
  )
  expect((await openTestBrowser().ask('POST', at('/api/sign-in/password'), byPassword)).status).toBe(200)
  expect(await waysIn(both, 'p.1006')).toEqual([{ way: 'password' }, { way: 'oidc' }, { way: 'password' }])
})

test('an account that comes in with the service gets its first password from a link alone', async () => {
  await using both = await openBoth()
  const { at, service } = both
  service.person = 'subject-7'
  const browser = openTestBrowser()
  await throughService(both, browser, '/api/sign-in/oidc', { token: await invite(both, 'p.1007') })
  const body = { current: '', password: 'een-heel-ander-wachtwoord' }
  expect(await browser.ask('PUT', at('/api/me/password'), body)).toMatchObject({
    status: 400,
    json: { error: { code: 'no-password' } },
  })
  expect(await browser.ask('GET', at('/api/me'))).toMatchObject({ json: { hasPassword: false } })
})

test('an answer of the service counts once, and only in the browser that asked for it', async () => {
  await using both = await openBoth()
  const { at } = both
  both.service.person = 'subject-4'
  await throughService(both, openTestBrowser(), '/api/sign-in/oidc', { token: await invite(both, 'p.1005') })
  const begun = openTestBrowser()
  const { json } = await begun.ask('POST', at('/api/sign-in/oidc'))
  const withCode = await answerOf(begun, Begun.parse(json).address, at('/api/sign-in/oidc/return'))
  const nobody = openTestBrowser()
  expect((await nobody.go(withCode)).address).toBe(at('/sign-in?error=oidc-unknown'))
  // One that began a sign-in of its own, as whoever wants another to come in as themselves would let it.
  const thief = openTestBrowser()
  await thief.ask('POST', at('/api/sign-in/oidc'))
  expect((await thief.go(withCode)).address).toBe(at('/sign-in?error=oidc-unknown'))
  const forged = new URL(withCode)
  forged.searchParams.set('state', 'made-up')
  expect((await begun.go(forged.href)).address).toBe(at('/sign-in?error=oidc-unknown'))
  expect((await begun.go(withCode)).address).toBe(at('/'))
  expect((await begun.go(withCode)).address).toBe(at('/sign-in?error=oidc-unknown'))
})

test('an answer meant for somebody else’s sign-in is refused: the nonce is not ours', async () => {
  await using both = await openBoth()
  const { at } = both
  const browser = openTestBrowser()
  const { json } = await browser.ask('POST', at('/api/sign-in/oidc'))
  const changed = new URL(Begun.parse(json).address)
  changed.searchParams.set('nonce', 'another')
  expect((await browser.go(changed.href)).address).toBe(at('/sign-in?error=oidc-unavailable'))
})

/** Goes through the service and stops just before coming back: the address with the code. */
async function answerOf(browser: TestBrowser, address: string, until: string): Promise<string> {
  const stopped = await browser.go(address, (next) => next.startsWith(until))
  return stopped.address
}
