import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Done } from '../../../dashboards/server/door/account-schemas.ts'
import { Me } from '../../../dashboards/server/door/me-schemas.ts'
import { Invited, People } from '../../../dashboards/server/door/people-schemas.ts'
import { IdeaMade, Ideas } from '../../../dashboards/server/programme/idea-schemas.ts'
import { routes } from '../../../dashboards/server/routes.ts'
import { Measurements } from '../../../dashboards/server/savings/measure-schemas.ts'
import { CaseStarted, Timing } from '../../../dashboards/server/savings/timing-schemas.ts'
import { HOSPITALS, openTestServer, type TestHospital, type TestServer } from './open-server.ts'
import { begunAt, timedBy } from './savings/timed-there.ts'
import { seedSavings } from './savings/seed-savings.ts'
import type { TestClient } from './test-client.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
  await seedSavings(server.installation.db)
})
afterAll(() => server[Symbol.asyncDispose]())

const post = (body: unknown = {}) => ({ method: 'POST', body }) as const
const put = (body: unknown) => ({ method: 'PUT', body }) as const

/** What a colleague may do, told here once more: not taken from the product. */
const ALLOWED = [
  'GET /api/hospitals/:hospital/timing',
  'POST /api/hospitals/:hospital/measurements/:measurement/start',
  'POST /api/hospitals/:hospital/timing/:timing/stop',
  'DELETE /api/hospitals/:hospital/timing/:timing',
  'PATCH /api/hospitals/:hospital/measurements/:measurement/cases/:number',
  'GET /api/programme/ideas',
  'POST /api/hospitals/:hospital/ideas',
  'PUT /api/hospitals/:hospital/ideas/:idea/vote',
].toSorted()

/** Somebody with an account of their own. */
async function another(hospital: TestHospital): Promise<TestClient> {
  return await server.as(['colleague', 'programme'], hospital)
}

describe('a colleague', () => {
  test('may do what stands here, and is refused on every other route', async () => {
    const open = routes.filter(({ roles }) => typeof roles !== 'string' && roles.includes('colleague'))
    expect(open.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(ALLOWED)
    const others = routes.filter((route) => typeof route.roles !== 'string' && !open.includes(route))
    expect(others.length).toBeGreaterThan(100)
    const colleague = await server.as('colleague', 'noord')
    for (const { method, path } of others) {
      const asked = path.replace(':hospital', 'noord').replaceAll(/:\w+/g, crypto.randomUUID())
      const body = method === 'GET' ? {} : { body: {} }
      const { status } = await colleague.fetch(asked, { method, ...body })
      expect(`${method} ${path} ${status}`).toBe(`${method} ${path} 403`)
    }
  })

  test('times cases, sees their own times only, and leaves out one of their own', async () => {
    const measurement = await begunAt(server, 'noord')
    const [one, other] = [await server.as('colleague', 'noord'), await server.as('administrator', 'noord')]
    expect((await timedBy(server, other, 'noord', measurement, 70)).number).toBe(1)
    expect((await timedBy(server, one, 'noord', measurement, 80)).number).toBe(2)
    const { measurements } = await one.ask(Timing, '/api/hospitals/noord/timing')
    expect(measurements.find(({ id }) => id === measurement)).toMatchObject({
      ...{ instruction: 'Van openen tot opslaan.', askAboveMinutes: 5, cases: 2 },
      own: [{ number: 2, leftOut: null }],
    })
    const cases = `/api/hospitals/noord/measurements/${measurement}/cases`
    const leave = (client: TestClient, number: number) =>
      client.fetch(`${cases}/${number}`, { method: 'PATCH', body: { reason: 'telefoon' } })
    expect((await leave(one, 1)).status).toBe(404)
    expect((await leave(one, 2)).status).toBe(200)
    const kept = await other.ask(Measurements, '/api/hospitals/noord/measurements')
    expect(kept.find(({ id }) => id === measurement)?.cases).toMatchObject([
      { number: 1, leftOut: null },
      { number: 2, leftOut: 'telefoon' },
    ])
  })

  test('of one hospital sees and touches nothing of another', async () => {
    const measurement = await begunAt(server, 'zuid')
    const south = await server.as('colleague', 'zuid')
    await timedBy(server, south, 'zuid', measurement)
    const running = await south.ask(
      CaseStarted,
      `/api/hospitals/zuid/measurements/${measurement}/start`,
      post(),
    )
    const idea = { title: 'Zuidelijk', explanation: '', department: 'Poli', activity: 'planning' }
    const { id } = await south.ask(IdeaMade, '/api/hospitals/zuid/ideas', post(idea))
    const north = await server.as('colleague', 'noord')
    for (const at of HOSPITALS) {
      const refused = at === 'zuid' ? [403] : [400, 404]
      const asked: [string, Parameters<TestClient['fetch']>[1]][] = [
        [`measurements/${measurement}/start`, post()],
        [`timing/${running.id}/stop`, post()],
        [`measurements/${measurement}/cases/1`, { method: 'PATCH', body: { reason: 'x' } }],
        [`ideas/${id}/vote`, put({ reach: 1, minutes: 1, feasibility: 1 })],
      ]
      for (const [path, init] of asked) {
        const { status } = await north.fetch(`/api/hospitals/${at}/${path}`, init)
        expect(refused.includes(status), `${at} ${path} gave ${status}`).toBe(true)
      }
    }
    await north.fetch(`/api/hospitals/noord/timing/${running.id}`, { method: 'DELETE' })
    expect((await south.ask(Timing, '/api/hospitals/zuid/timing')).running).toMatchObject({ id: running.id })
    const { measurements } = await north.ask(Timing, '/api/hospitals/noord/timing')
    expect(measurements.map((each) => each.id)).not.toContain(measurement)
    expect((await north.ask(Ideas, '/api/programme/ideas')).map((each) => each.id)).not.toContain(id)
  })

  test('votes once, may change it, hears no others’ votes, and what came of the idea', async () => {
    const colleague = await server.as('colleague', 'noord')
    const idea = { title: 'Uitslagen doorsturen', explanation: '', department: 'Poli', activity: 'planning' }
    const { id } = await colleague.ask(IdeaMade, '/api/hospitals/noord/ideas', post(idea))
    const vote = async (client: TestClient, reach: number) =>
      await client.ask(
        Done,
        `/api/hospitals/noord/ideas/${id}/vote`,
        put({ reach, minutes: 2, feasibility: 3 }),
      )
    await vote(colleague, 1)
    await vote(colleague, 5)
    await vote(await another('noord'), 2)
    const office = await server.as('programme', 'noord')
    await office.ask(Done, '/api/hospitals/noord/adoption/referral-intake/2026-02-01', put({ phase: 'test' }))
    const decision = { state: 'chosen', bot: 'referral-intake', reply: 'In maart.' }
    await office.ask(Done, `/api/hospitals/noord/ideas/${id}/decision`, put(decision))
    const shown = async (client: TestClient) =>
      (await client.ask(Ideas, '/api/programme/ideas')).find((each) => each.id === id)
    expect(await shown(colleague)).toMatchObject({
      ...{ votes: null, mean: null, weight: null, mine: true },
      own: { reach: 5, minutes: 2, feasibility: 3 },
      ...{ state: 'chosen', bot: 'referral-intake', phase: 'test', since: '2026-02-01', reply: 'In maart.' },
    })
    expect(await shown(office)).toMatchObject({ votes: 2, mean: { reach: 3.5 }, mine: false })
    expect(JSON.stringify(await shown(office))).not.toContain('colleague.')
    const late = await colleague.fetch(
      `/api/hospitals/noord/ideas/${id}/vote`,
      put({ reach: 1, minutes: 1, feasibility: 1 }),
    )
    expect(await late.json()).toMatchObject({ error: { code: 'idea-decided' } })
  })

  test('who administers elsewhere hears others’ votes there, and here no more than a colleague', async () => {
    const both = await server.as(['administrator', 'auditor'], 'noord')
    const given = { account: 'administrator-auditor.noord', hospital: 'zuid', given_by: 'test' }
    await server.doorDb
      .insertInto('account_role')
      .values({ ...given, role: 'colleague' })
      .execute()
    const idea = { title: 'Van een ander', explanation: '', department: 'Poli', activity: 'planning' }
    for (const hospital of HOSPITALS) {
      const programme = await server.as('programme', hospital)
      const { id } = await programme.ask(IdeaMade, `/api/hospitals/${hospital}/ideas`, post(idea))
      const vote = put({ reach: 4, minutes: 4, feasibility: 4 })
      await programme.ask(Done, `/api/hospitals/${hospital}/ideas/${id}/vote`, vote)
      const shown = (await both.ask(Ideas, '/api/programme/ideas')).find((each) => each.id === id)
      const here = hospital === 'noord'
      expect(shown).toMatchObject({ hospital, votes: here ? 1 : null, weight: here ? 64 : null })
    }
    expect((await both.fetch('/api/hospitals/zuid/measurements')).status).toBe(403)
    expect((await both.fetch('/api/hospitals/zuid/timing')).status).toBe(200)
  })

  test('is invited by the administrator like others, and is no role for a token', async () => {
    const administrator = await server.as('administrator', 'noord')
    const wanted = { account: 'verpleegkundige.1', name: 'V. Pleeg', roles: ['colleague'] }
    const { link } = await administrator.ask(Invited, '/api/hospitals/noord/people', post(wanted))
    expect(link).toContain('/welcome#')
    const people = await administrator.ask(People, '/api/hospitals/noord/people')
    expect(people).toContainEqual(
      expect.objectContaining({ account: 'verpleegkundige.1', roles: ['colleague'], state: 'invited' }),
    )
    const token = { name: 'robot', role: 'colleague', days: 1 }
    expect((await administrator.fetch('/api/hospitals/noord/tokens', post(token))).status).toBe(400)
    const colleague = await server.as('colleague', 'noord')
    expect((await colleague.ask(Me, '/api/me')).hospitals).toMatchObject([
      { id: 'noord', roles: ['colleague'] },
    ])
  })
})
