import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Sessions } from '../../../dashboards/server/door/me-schemas.ts'
import { LinkFound } from '../../../dashboards/server/door/sign-in-schemas.ts'
import { PAGE_HEADER } from '../../../dashboards/server/same-origin.ts'
import { makeApiToken } from '../../../orchestrator/ledger/api-tokens.ts'
import { firstAdministratorLink } from '../../../orchestrator/ledger/first-administrator.ts'
import { makeLink } from '../../../orchestrator/ledger/one-time-links.ts'
import { openTestServer, type TestServer } from './open-server.ts'
import { come, PASSWORD, putAccount, signIn } from './door-parts.ts'
import { clientOf, type TestClient } from './test-client.ts'

let server: TestServer

beforeAll(async () => {
  server = await openTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const status = async (client: TestClient) => (await client.fetch('/api/me')).status

describe('a session', () => {
  test.each([
    [
      'after 45 minutes without a request',
      sql`UPDATE session SET idle_until = clock_timestamp() - interval '1 second'`,
    ],
    ['after 12 hours in any case', sql`UPDATE session SET ends_at = clock_timestamp() - interval '1 second'`],
    ['when its account is disabled', sql`UPDATE account SET state = 'disabled' WHERE id LIKE 'it.%'`],
  ])('ends %s', async (_when, change) => {
    await using own = await openTestServer()
    const client = await own.as('it', 'noord')
    expect(await status(client)).toBe(200)
    await change.execute(own.doorDb)
    expect(await status(client)).toBe(401)
  })

  test('is kept alive by requests, and ends as agreed', async () => {
    const client = await server.as('it', 'zuid')
    const left = sql<{
      idle: number
      whole: number
    }>`SELECT extract(epoch FROM idle_until - clock_timestamp())::int AS idle,
      extract(epoch FROM ends_at - clock_timestamp())::int AS whole FROM session WHERE account = 'it.zuid'`
    const before = await left.execute(server.doorDb)
    expect(before.rows[0]?.idle).toBeGreaterThan(2600)
    expect(before.rows[0]?.whole).toBeGreaterThan(43_100)
    await sql`UPDATE session SET seen_at = seen_at - interval '40 minutes', idle_until = idle_until - interval '40 minutes'
      WHERE account = 'it.zuid'`.execute(server.doorDb)
    expect(await status(client)).toBe(200)
    expect((await left.execute(server.doorDb)).rows[0]?.idle).toBeGreaterThan(2600)
  })

  test('is kept as a hash: what stands in the database opens nothing', async () => {
    const client = await server.as('it', 'noord')
    const key = /=(.*)/.exec(client.headers['cookie'] ?? '')?.[1] ?? ''
    const { rows } = await sql<{
      text: string
      hash: Buffer
    }>`SELECT session::text AS text, hash FROM session`.execute(server.doorDb)
    expect(JSON.stringify(rows)).not.toContain(key)
    const hash = rows[0]?.hash.toString('base64url') ?? ''
    expect(await status(clientOf(server.address, { cookie: `ontregel=${hash}` }))).toBe(401)
  })

  test('ends by signing out here; everywhere ends them all', async () => {
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => server.as('auditor', 'noord')))
    if (!one || !two || !three) throw new Error('Three sessions were asked for.')
    await one.fetch('/api/sign-out', { method: 'POST', body: {} })
    expect(await Promise.all([one, two, three].map(status))).toEqual([401, 200, 200])
    const open = await two.ask(Sessions, '/api/me/sessions')
    const other = open.find(({ current }) => !current)
    expect((await two.fetch(`/api/me/sessions/${other?.id}`, { method: 'DELETE' })).status).toBe(200)
    expect(await Promise.all([two, three].map(status))).toEqual([200, 401])
    await two.fetch('/api/sign-out', { method: 'POST', body: { everywhere: true } })
    expect(await status(two)).toBe(401)
  })

  test('of somebody else is not ended, nor found', async () => {
    const somebody = await server.as('it', 'noord')
    const [session] = await somebody.ask(Sessions, '/api/me/sessions')
    const other = await server.as('it', 'zuid')
    expect((await other.fetch(`/api/me/sessions/${session?.id}`, { method: 'DELETE' })).status).toBe(404)
    expect(await status(somebody)).toBe(200)
  })

  test('ends at a new password, but not the one that chose it', async () => {
    await putAccount(server, 'p.1')
    const { client } = await signIn(server, { account: 'p.1', password: PASSWORD })
    const { client: other } = await signIn(server, { account: 'p.1', password: PASSWORD })
    const change = async (current: string, password: string) =>
      (await client.fetch('/api/me/password', { method: 'PUT', body: { current, password } })).status
    expect(await change('wrong', 'vier andere woorden nu')).toBe(400)
    expect(await change(PASSWORD, 'kort')).toBe(400)
    expect(await change(PASSWORD, 'vier andere woorden nu')).toBe(200)
    expect(await Promise.all([client, other].map(status))).toEqual([200, 401])
    expect((await signIn(server, { account: 'p.1', password: PASSWORD })).status).toBe(401)
    expect((await signIn(server, { account: 'p.1', password: 'vier andere woorden nu' })).status).toBe(200)
  })
})

describe('a change with a session', () => {
  const ours = () => ({ origin: server.address, [PAGE_HEADER]: 'page' })
  test.each([
    ['of another site is refused', { origin: 'https://evil.example' }, 403],
    ['of a page that says nothing is refused', { origin: '' }, 403],
    ['of a form of our own origin, without our header, is refused', { [PAGE_HEADER]: undefined }, 403],
    ['of our pages is made', {}, 200],
  ])('%s', async (_what, difference, expected) => {
    const { headers } = await server.as('it', 'noord')
    const all = { ...headers, ...ours(), 'content-type': 'application/json', ...difference }
    const sent = Object.entries(all).flatMap(([name, value]): [string, string][] =>
      value ? [[name, value]] : [],
    )
    const address = new URL('/api/me/language', server.address)
    const response = await fetch(address, { method: 'PUT', headers: sent, body: '{"language":"en"}' })
    expect(response.status).toBe(expected)
  })
})

describe('a one-time link', () => {
  const look = async (token: string) =>
    (await server.nobody.fetch('/api/sign-in/link/look', { method: 'POST', body: { token } })).status

  test('is looked at as often as one likes and used once, of all who try at once', async () => {
    await sql`INSERT INTO account (id, name, language, state) VALUES ('p.2', 'Test', 'nl', 'invited')`.execute(
      server.doorDb,
    )
    const { key: token } = await makeLink(server.doorDb, {
      account: 'p.2',
      purpose: 'invitation',
      madeBy: 'test',
    })
    const found = await server.nobody.ask(LinkFound, '/api/sign-in/link/look', {
      method: 'POST',
      body: { token },
    })
    expect(found).toMatchObject({ account: 'p.2', purpose: 'invitation', needsPassword: true })
    expect(await come(server, '/api/sign-in/link', { token })).toMatchObject({
      status: 400,
      code: 'field-invalid',
    })
    const all = await Promise.all(
      Array.from({ length: 5 }, () => come(server, '/api/sign-in/link', { token, password: PASSWORD })),
    )
    expect(all.filter((one) => one.status === 200)).toHaveLength(1)
    expect(all.filter((one) => one.code === 'link-invalid')).toHaveLength(4)
    expect(await look(token)).toBe(400)
    expect((await signIn(server, { account: 'p.2', password: PASSWORD })).status).toBe(200)
  })

  test('ends: by time, by a newer one, and with its account', async () => {
    await putAccount(server, 'p.3')
    const make = async () =>
      (await makeLink(server.doorDb, { account: 'p.3', purpose: 'new-password', madeBy: 'test' })).key
    const first = await make()
    expect(await look(first)).toBe(200)
    const second = await make()
    expect([await look(first), await look(second)]).toEqual([400, 200])
    await sql`UPDATE one_time_link SET ends_at = clock_timestamp() - interval '1 second'`.execute(
      server.doorDb,
    )
    expect(await come(server, '/api/sign-in/link', { token: second, password: PASSWORD })).toMatchObject({
      code: 'link-invalid',
    })
    const third = await make()
    await sql`UPDATE account SET state = 'disabled' WHERE id = 'p.3'`.execute(server.doorDb)
    expect(await look(third)).toBe(400)
  })

  test('makes the first administrator, of hospitals that come later too, and never a second', async () => {
    await using own = await openTestServer()
    const token = await firstAdministratorLink(own.doorDb)
    const name = 'Beheer'
    const { client, status: came } = await come(own, '/api/sign-in/link', { token, password: PASSWORD, name })
    expect(came).toBe(200)
    expect((await client.fetch('/api/hospitals/zuid/people')).status).toBe(200)
    expect(await firstAdministratorLink(own.doorDb)).toBeUndefined()
  })
})

describe('a token', () => {
  const make = async () =>
    await makeApiToken(server.doorDb, {
      hospital: 'noord',
      name: 'test',
      role: 'auditor',
      madeBy: 'test',
      days: 1,
    })
  const people = async (token: string, hospital = 'noord') =>
    (
      await clientOf(server.address, { authorization: `Bearer ${token}` }).fetch(
        `/api/hospitals/${hospital}/people`,
      )
    ).status

  test('has its role at its hospital, until it ends or is withdrawn', async () => {
    const { id, token } = await make()
    expect([await people(token), await people(token, 'zuid'), await people(`${token}x`)]).toEqual([
      200, 403, 401,
    ])
    const administrator = await server.as('administrator', 'zuid')
    const path = (hospital: string) => `/api/hospitals/${hospital}/tokens/${id}`
    expect((await administrator.fetch(path('zuid'), { method: 'DELETE' })).status).toBe(404)
    expect(await people(token)).toBe(200)
    const own = await server.as('administrator', 'noord')
    expect((await own.fetch(path('noord'), { method: 'DELETE' })).status).toBe(200)
    expect(await people(token)).toBe(401)
    const ended = await make()
    await sql`UPDATE api_token SET ends_at = clock_timestamp() WHERE id = ${ended.id}`.execute(server.doorDb)
    expect(await people(ended.token)).toBe(401)
  })

  test('is kept as a hash', async () => {
    const { token } = await make()
    const { rows } = await sql<{ text: string }>`SELECT api_token::text AS text FROM api_token`.execute(
      server.doorDb,
    )
    expect(JSON.stringify(rows)).not.toContain(token.slice(-20))
  })
})
