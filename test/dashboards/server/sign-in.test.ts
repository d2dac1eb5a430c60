import { request } from 'node:http'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PAGE_HEADER } from '../../../dashboards/server/same-origin.ts'
import { mayTry } from '../../../orchestrator/ledger/sign-in-blocks.ts'
import { recordSignIn } from '../../../orchestrator/ledger/sign-ins.ts'
import { openTestServer, type TestServer } from './open-server.ts'
import { PASSWORD, putAccount, signIn } from './door-parts.ts'

let server: TestServer

beforeAll(async () => {
  server = await openTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const outcomes = async (account: string) =>
  (
    await sql<{
      outcome: string
    }>`SELECT outcome FROM sign_in WHERE account = ${account} ORDER BY id`.execute(server.doorDb)
  ).rows.map(({ outcome }) => outcome)

/** Where the last sign-in came from, as it was written down. */
async function lastPlace({ doorDb }: TestServer): Promise<string | undefined> {
  const { rows } = await sql<{
    address: string
  }>`SELECT address FROM sign_in ORDER BY id DESC LIMIT 1`.execute(doorDb)
  return rows[0]?.address
}

/** Asks as a proxy does that was asked under this name over TLS; gives the cookie that came back. */
function cookieBehindProxy(bound: string, host: string, body: object): Promise<string> {
  const headers = {
    host,
    origin: `https://${host}`,
    [PAGE_HEADER]: 'page',
    'content-type': 'application/json',
  }
  return new Promise((resolve, reject) => {
    request(new URL('/api/sign-in/password', bound), { method: 'POST', headers }, (response) => {
      response.resume()
      resolve(response.headers['set-cookie']?.[0] ?? `status ${response.statusCode}`)
    })
      .on('error', reject)
      .end(JSON.stringify(body))
  })
}

describe('with a password', () => {
  test('one comes in with the right one, and the cookie is for this browser and site alone', async () => {
    await putAccount(server, 'p.1')
    const { status, cookie, client } = await signIn(server, { account: 'P.1', password: PASSWORD })
    expect(status).toBe(200)
    expect(cookie).toMatch(/^ontregel=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect((await client.fetch('/api/me')).status).toBe(200)
    expect(await outcomes('p.1')).toEqual(['in'])
  })

  test('over TLS the cookie is bound to the host', async () => {
    const settings = { ONTREGEL_WEB_ADDRESS: 'https://ontregel.hospital.example' }
    await using secure = await openTestServer({ settings })
    await putAccount(secure, 'p.1')
    // What a proxy with TLS before it would pass on.
    const body = { account: 'p.1', password: PASSWORD }
    const cookie = await cookieBehindProxy(secure.boundTo, 'ontregel.hospital.example', body)
    expect(cookie).toMatch(/^__Host-ontregel=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  })

  test.each([
    ['one that is not named in the settings is not', '', '127.0.0.1'],
    ['one that is named is', '127.0.0.1', '198.51.100.9'],
  ])('a proxy is believed about where it comes from: %s', async (_what, proxies, place) => {
    await using own = await openTestServer({ settings: { ONTREGEL_WEB_PROXIES: proxies } })
    await putAccount(own, 'p.1')
    const body = { account: 'p.1', password: PASSWORD }
    const headers = { 'x-forwarded-for': '198.51.100.9' }
    await own.nobody.fetch('/api/sign-in/password', { method: 'POST', body, headers })
    expect(await lastPlace(own)).toBe(place)
  })

  test.each([
    ['a wrong password', 'p.2', 'not the password'],
    ['an account that is not there', 'p.nobody', PASSWORD],
    ['an account that was disabled', 'p.3', PASSWORD],
    ['no password set', 'p.4', ''],
  ])('%s is refused like every other', async (_what, account, password) => {
    if (account !== 'p.nobody') await putAccount(server, account)
    if (account === 'p.3')
      await sql`UPDATE account SET state = 'disabled' WHERE id = 'p.3'`.execute(server.doorDb)
    if (account === 'p.4')
      await sql`UPDATE account SET password = NULL WHERE id = 'p.4'`.execute(server.doorDb)
    expect(await signIn(server, { account, password })).toMatchObject({
      status: 401,
      code: 'sign-in-refused',
      cookie: '',
    })
  })

  test('what was typed instead of an account is not kept', async () => {
    await signIn(server, { account: 'p.hunter2', password: 'x' })
    const { rows } = await sql`SELECT FROM sign_in WHERE account IS NULL AND outcome = 'wrong'`.execute(
      server.doorDb,
    )
    expect(rows.length).toBeGreaterThan(0)
    const kept = await sql<{ text: string }>`SELECT sign_in_block::text AS text FROM sign_in_block`.execute(
      server.doorDb,
    )
    expect(JSON.stringify(kept.rows)).not.toContain('hunter2')
  })

  test('a session begins anew at each sign-in: what a browser had before is not taken over', async () => {
    await putAccount(server, 'p.5')
    const first = await signIn(server, { account: 'p.5', password: PASSWORD })
    const second = await signIn(server, { account: 'p.5', password: PASSWORD })
    expect(first.cookie).not.toBe(second.cookie)
    expect((await first.client.fetch('/api/me')).status).toBe(200)
    const body = { account: 'p.5', password: PASSWORD }
    expect((await first.client.fetch('/api/sign-in/password', { method: 'POST', body })).status).toBe(200)
    expect((await first.client.fetch('/api/me')).status).toBe(401)
    expect((await second.client.fetch('/api/me')).status).toBe(200)
  })
})

describe('tries', () => {
  const attempt = { account: 'p.target', address: '198.51.100.1' }
  const many = async (times: number, one: typeof attempt) => {
    const admitted: boolean[] = []
    for (let tries = 0; tries < times; tries += 1) admitted.push(await mayTry(server.doorDb, one))
    return admitted.filter(Boolean).length
  }

  test('of one account from one place cost a wait after six, also when they come at once; the wait ends by itself', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => mayTry(server.doorDb, attempt)))
    expect(all.filter(Boolean)).toHaveLength(6)
    await sql`UPDATE sign_in_block SET until = clock_timestamp() - interval '1 second'`.execute(server.doorDb)
    expect(await many(2, attempt)).toBe(1)
    const { rows } = await sql<{
      wait: number
    }>`SELECT max(extract(epoch FROM until - clock_timestamp()))::int AS wait
      FROM sign_in_block`.execute(server.doorDb)
    expect(rows[0]?.wait).toBeGreaterThan(15)
    expect(rows[0]?.wait).toBeLessThanOrEqual(900)
  })

  test('of strangers lock nobody out who comes from where the account signed in before', async () => {
    await putAccount(server, 'p.6')
    const here = { account: 'p.6', address: '192.0.2.7' }
    await recordSignIn(server.doorDb, { ...here, way: 'password', outcome: 'in' })
    let tries = 0
    for (let place = 1; place <= 30; place += 1)
      tries += await many(1, { ...here, address: `203.0.113.${place}` })
    expect(tries).toBe(21)
    expect(await mayTry(server.doorDb, { ...here, address: '203.0.113.99' })).toBe(false)
    expect(await mayTry(server.doorDb, here)).toBe(true)
  })

  test('at the door are refused as too many, and written down', async () => {
    await putAccount(server, 'p.7')
    const codes: (string | undefined)[] = []
    for (let tries = 0; tries < 8; tries += 1)
      codes.push((await signIn(server, { account: 'p.7', password: 'wrong' })).code)
    expect(codes.at(0)).toBe('sign-in-refused')
    expect(codes.at(-1)).toBe('too-many')
    expect(await signIn(server, { account: 'p.7', password: PASSWORD })).toMatchObject({ status: 429 })
    expect((await outcomes('p.7')).at(-1)).toBe('blocked')
    await sql`DELETE FROM sign_in_block`.execute(server.doorDb)
    expect(await signIn(server, { account: 'p.7', password: PASSWORD })).toMatchObject({ status: 200 })
  })

  test('at the own password, from a page that was left open, are refused as those at the door', async () => {
    await putAccount(server, 'p.9')
    const { client } = await signIn(server, { account: 'p.9', password: PASSWORD })
    const change = async (current: string) => {
      const body = { current, password: 'een-heel-ander-wachtwoord' }
      return (await client.fetch('/api/me/password', { method: 'PUT', body })).status
    }
    const statuses: number[] = []
    for (let tries = 0; tries < 8; tries += 1) statuses.push(await change('wrong'))
    expect(statuses.at(0)).toBe(400)
    expect(statuses.at(-1)).toBe(429)
    expect(await change(PASSWORD)).toBe(429)
    await sql`DELETE FROM sign_in_block`.execute(server.doorDb)
    expect(await change(PASSWORD)).toBe(200)
  })
})
