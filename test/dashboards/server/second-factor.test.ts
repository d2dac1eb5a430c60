import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TotpOffer } from '../../../dashboards/server/door/me-schemas.ts'
import { openTestServer, type TestServer } from './open-server.ts'
import { codeAt, PASSWORD, putAccount, signIn } from './door-parts.ts'

let server: TestServer

beforeAll(async () => {
  server = await openTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

describe('the second factor', () => {
  test.each([
    ['required', 403, 200],
    ['optional', 200, 200],
  ])(
    'when it is %s, a password alone gives %d for a hospital and the own account stays open',
    async (wanted, hospital, own) => {
      await using strict = await openTestServer({ settings: { ONTREGEL_WEB_SECOND_FACTOR: wanted } })
      await putAccount(strict, 'p.1')
      const { client } = await signIn(strict, { account: 'p.1', password: PASSWORD })
      const ask = async () => (await client.fetch('/api/hospitals/noord/people')).status
      expect([await ask(), (await client.fetch('/api/me')).status]).toEqual([hospital, own])
      const { secret } = await client.ask(TotpOffer, '/api/me/totp', { method: 'POST' })
      const body = { secret, code: codeAt(secret, Date.now()) }
      expect((await client.fetch('/api/me/totp', { method: 'PUT', body })).status).toBe(200)
      expect(await ask()).toBe(200)
    },
  )

  test('counts once it was confirmed, is asked for after the password, and a code is taken once', async () => {
    await putAccount(server, 'p.8')
    const { client } = await signIn(server, { account: 'p.8', password: PASSWORD })
    const { secret, address } = await client.ask(TotpOffer, '/api/me/totp', { method: 'POST' })
    expect(address).toContain(`secret=${secret}`)
    const confirm = async (code: string) =>
      (await client.fetch('/api/me/totp', { method: 'PUT', body: { secret, code } })).status
    const now = Date.now()
    expect(await confirm(codeAt(secret, now - 3_600_000))).toBe(400)
    expect((await signIn(server, { account: 'p.8', password: PASSWORD })).status).toBe(200)
    expect(await confirm(codeAt(secret, now))).toBe(200)
    const kept = await server.doorDb
      .selectFrom('account')
      .select('totp')
      .where('id', '=', 'p.8')
      .executeTakeFirst()
    expect(kept?.totp?.toString('latin1')).not.toContain(secret)

    expect(await signIn(server, { account: 'p.8', password: PASSWORD })).toMatchObject({
      status: 401,
      code: 'code-needed',
    })
    expect(await signIn(server, { account: 'p.8', password: 'wrong' })).toMatchObject({
      code: 'sign-in-refused',
    })
    const code = codeAt(secret, Date.now())
    expect(await signIn(server, { account: 'p.8', password: PASSWORD, code: '000000' })).toMatchObject({
      status: 401,
    })
    expect(await signIn(server, { account: 'p.8', password: PASSWORD, code })).toMatchObject({ status: 200 })
    expect(await signIn(server, { account: 'p.8', password: PASSWORD, code })).toMatchObject({ status: 401 })
    await sql`DELETE FROM sign_in_block`.execute(server.doorDb)
    const remove = { method: 'POST' as const, body: { password: 'wrong' } }
    expect((await client.fetch('/api/me/totp/remove', remove)).status).toBe(400)
    expect(
      (await client.fetch('/api/me/totp/remove', { ...remove, body: { password: PASSWORD } })).status,
    ).toBe(200)
    expect(await signIn(server, { account: 'p.8', password: PASSWORD })).toMatchObject({ status: 200 })
  })

  test('leaves nothing on the place at an ordinary sign-in, and counts each code for the account', async () => {
    await putAccount(server, 'p.10')
    const { client } = await signIn(server, { account: 'p.10', password: PASSWORD })
    const { secret } = await client.ask(TotpOffer, '/api/me/totp', { method: 'POST' })
    // An earlier step than that of the sign-in: a code is taken once.
    const before = codeAt(secret, Date.now() - 30_000)
    await client.fetch('/api/me/totp', { method: 'PUT', body: { secret, code: before } })
    await sql`DELETE FROM sign_in_block`.execute(server.doorDb)
    const asked = { account: 'p.10', password: PASSWORD }
    expect(await signIn(server, asked)).toMatchObject({ code: 'code-needed' })
    expect(await signIn(server, { ...asked, code: codeAt(secret, Date.now()) })).toMatchObject({
      status: 200,
    })
    const left = await sql<{ failures: number }>`SELECT failures FROM sign_in_block`.execute(server.doorDb)
    expect(left.rows).toEqual([{ failures: 0 }])
    const codes: (string | undefined)[] = []
    for (let tries = 0; tries < 7; tries += 1) codes.push((await signIn(server, asked)).code)
    expect(codes).toEqual([...Array.from({ length: 6 }, () => 'code-needed'), 'too-many'])
  })
})
