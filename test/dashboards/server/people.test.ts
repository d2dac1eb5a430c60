import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Invited, NewLink, People, SignIns } from '../../../dashboards/server/door/people-schemas.ts'
import { openTestServer, type TestServer } from './open-server.ts'
import { come, PASSWORD } from './door-parts.ts'
import type { TestClient } from './test-client.ts'

let server: TestServer
let noord: TestClient
let zuid: TestClient

beforeAll(async () => {
  server = await openTestServer()
  noord = await server.as('administrator', 'noord')
  zuid = await server.as('administrator', 'zuid')
})
afterAll(() => server[Symbol.asyncDispose]())

const path = (hospital: string, rest = '') => `/api/hospitals/${hospital}/people${rest}`
const code = async (response: Response) => /"code":"([\w-]+)"/.exec(await response.text())?.[1]

async function invite(client: TestClient, hospital: string, account: string, roles = ['it']) {
  const body = { account, name: 'Iemand', roles }
  return await client.ask(Invited, path(hospital), { method: 'POST', body })
}

/** The key in a link, as the page reads it. */
const keyOf = (link: string | null): string => new URL(link ?? 'about:blank').hash.slice(1)

describe('an administrator', () => {
  test('invites somebody, who comes in with the link and is what was said; who did it is written down', async () => {
    const { link } = await invite(noord, 'noord', 'n.1')
    expect(link).toMatch(new RegExp(`^${server.address}/welcome#[\\w-]{43}$`))
    const { client } = await come(server, '/api/sign-in/link', { token: keyOf(link), password: PASSWORD })
    expect((await client.fetch('/api/hospitals/noord/sign-ins')).status).toBe(200)
    const found = await noord.ask(People, path('noord'))
    expect(found.find(({ account }) => account === 'n.1')).toMatchObject({
      roles: ['it'],
      state: 'active',
      ours: true,
    })
    const { rows } =
      await sql`SELECT account, subject, after FROM change WHERE what = 'person' AND subject = 'n.1'`.execute(
        server.installation.db,
      )
    expect(rows).toEqual([
      { account: 'administrator.noord', subject: 'n.1', after: { roles: ['it'], state: 'invited' } },
    ])
    const log = await noord.ask(SignIns, '/api/hospitals/noord/sign-ins?account=n.1')
    expect(log).toMatchObject([{ account: 'n.1', way: 'link', outcome: 'in' }])
    expect(await zuid.ask(SignIns, '/api/hospitals/zuid/sign-ins?account=n.1')).toEqual([])
  })

  test('disables an account, which ends its sessions and links at once', async () => {
    const { link } = await invite(noord, 'noord', 'n.2')
    const { client } = await come(server, '/api/sign-in/link', { token: keyOf(link), password: PASSWORD })
    const again = await noord.ask(NewLink, path('noord', '/n.2/link'), { method: 'POST' })
    const body = { state: 'disabled' }
    expect((await noord.fetch(path('noord', '/n.2/state'), { method: 'PUT', body })).status).toBe(200)
    expect((await client.fetch('/api/me')).status).toBe(401)
    expect(
      await come(server, '/api/sign-in/link', { token: keyOf(again.link), password: PASSWORD }),
    ).toMatchObject({ status: 400 })
  })

  test('takes a role away, which counts from the next request on', async () => {
    const { link } = await invite(noord, 'noord', 'n.3')
    const { client } = await come(server, '/api/sign-in/link', { token: keyOf(link), password: PASSWORD })
    const ask = async () => (await client.fetch('/api/hospitals/noord/sign-ins')).status
    expect(await ask()).toBe(200)
    await noord.fetch(path('noord', '/n.3/roles'), { method: 'PUT', body: { roles: ['programme'] } })
    expect(await ask()).toBe(403)
  })

  test('has no say over accounts of another hospital, nor over those that work at both', async () => {
    await invite(zuid, 'zuid', 'z.1')
    const disabled = { method: 'PUT' as const, body: { state: 'disabled' } }
    expect((await noord.fetch(path('zuid', '/z.1/state'), disabled)).status).toBe(403)
    expect(await code(await noord.fetch(path('noord', '/z.1/state'), disabled))).toBe('not-found')
    expect((await invite(noord, 'noord', 'z.1', ['auditor'])).link).toBeNull()
    expect(await code(await noord.fetch(path('noord', '/z.1/state'), disabled))).toBe('not-ours')
    expect(await code(await noord.fetch(path('noord', '/z.1/link'), { method: 'POST' }))).toBe('not-ours')
    const roles = { method: 'PUT' as const, body: { roles: [] } }
    expect((await noord.fetch(path('noord', '/z.1/roles'), roles)).status).toBe(200)
    const left = await zuid.ask(People, path('zuid'))
    expect(left.find(({ account }) => account === 'z.1')).toMatchObject({ roles: ['it'] })
  })

  test('of all hospitals has a say over every account', async () => {
    await invite(zuid, 'zuid', 'z.2')
    await invite(noord, 'noord', 'z.2')
    const asked = { method: 'POST' as const }
    expect(await code(await zuid.fetch(path('zuid', '/z.2/link'), asked))).toBe('not-ours')
    await sql`UPDATE account SET everywhere = true WHERE id = 'administrator.zuid'`.execute(server.doorDb)
    expect((await zuid.fetch(path('zuid', '/z.2/link'), asked)).status).toBe(200)
    await sql`UPDATE account SET everywhere = false WHERE id = 'administrator.zuid'`.execute(server.doorDb)
  })

  test('leaves the hospital somebody who administers it, and cannot disable who is signed in', async () => {
    const roles = { method: 'PUT' as const, body: { roles: ['it'] } }
    expect(await code(await zuid.fetch(path('zuid', '/administrator.zuid/roles'), roles))).toBe(
      'last-administrator',
    )
    const disabled = { method: 'PUT' as const, body: { state: 'disabled' } }
    expect(await code(await zuid.fetch(path('zuid', '/administrator.zuid/state'), disabled))).toBe(
      'not-yourself',
    )
    const still = await zuid.ask(People, path('zuid'))
    expect(still.find(({ account }) => account === 'administrator.zuid')?.roles).toEqual(['administrator'])
  })
})
