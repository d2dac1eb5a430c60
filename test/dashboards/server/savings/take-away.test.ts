import { afterAll, beforeAll, expect, test } from 'vitest'
import { Done } from '../../../../dashboards/server/door/account-schemas.ts'
import { Baselines, Ended, Made, Uncounted } from '../../../../dashboards/server/savings/measure-schemas.ts'
import { BASELINE } from '../../../orchestrator/savings/golden-case.ts'
import { openTestServer, type TestServer } from '../open-server.ts'
import { seedSavings, type SeededSavings } from './seed-savings.ts'

let server: TestServer
let seeded: SeededSavings

beforeAll(async () => {
  server = await openTestServer()
  seeded = await seedSavings(server.installation.db)
})

afterAll(() => server[Symbol.asyncDispose]())

test('an administrator takes away a baseline that nothing was counted with, and no other', async () => {
  const administrator = await server.as('administrator', 'noord')
  const path = '/api/hospitals/noord/baselines'
  const mistaken = { ...BASELINE, deployment: seeded.deployment, method: 'estimate', validFrom: '2026-10-01' }
  const { id } = await administrator.ask(Made, path, { method: 'POST', body: mistaken })
  const remove = { method: 'DELETE' as const }
  const used = (await administrator.ask(Baselines, path)).baselines.find((baseline) => baseline.used)
  const refused = await administrator.fetch(`${path}/${used?.id}`, remove)
  expect([refused.status, await refused.json()]).toMatchObject([400, { error: { code: 'baseline-used' } }])
  const office = await server.as('programme', 'noord')
  expect((await office.fetch(`${path}/${id}`, remove)).status).toBe(403)
  const south = await server.as('administrator', 'zuid')
  expect((await south.fetch(`/api/hospitals/zuid/baselines/${id}`, remove)).status).toBe(404)
  expect((await office.fetch(`${path}/${id}/remove`)).status).toBe(403)
  expect(await south.ask(Uncounted, `/api/hospitals/zuid/baselines/${id}/remove`)).toEqual([])
  // The one before it takes its days again.
  expect(await administrator.ask(Uncounted, `${path}/${id}/remove`)).toEqual([])
  expect(await administrator.ask(Ended, `${path}/${id}`, remove)).toEqual({ done: true, uncounted: [] })
  expect((await administrator.ask(Baselines, path)).baselines).toMatchObject([
    { id: used?.id, validUntil: null, used: true },
  ])
})

test('an administrator hears what would count nothing without a baseline, before it is taken away and when it is', async () => {
  const administrator = await server.as('administrator', 'noord')
  const path = '/api/hospitals/noord/baselines'
  const of = { deployment: seeded.deployment, variant: 'new-patient' }
  const body = { ...BASELINE, ...of, method: 'estimate', validFrom: '2026-10-01' }
  const { id } = await administrator.ask(Made, path, { method: 'POST', body })
  const told = [{ ...of, from: '2026-10-01', until: null, items: 0, days: 28 }]
  expect(await administrator.ask(Uncounted, `${path}/${id}/remove`)).toEqual(told)
  const removed = await administrator.ask(Ended, `${path}/${id}`, { method: 'DELETE' })
  expect(removed).toEqual({ done: true, uncounted: told })
})

test('a norm that was entered by mistake is taken away by who may enter one', async () => {
  const office = await server.as('programme', 'noord')
  const path = '/api/hospitals/noord/norms'
  const body = { name: 'typo', hoursPerYear: 1040, validFrom: '2026-02-01' }
  await office.ask(Done, path, { method: 'POST', body })
  const remove = { method: 'DELETE' as const }
  const auditor = await server.as('auditor', 'noord')
  expect((await auditor.fetch(`${path}/2026-02-01`, remove)).status).toBe(403)
  expect((await office.fetch(`${path}/2026-02-02`, remove)).status).toBe(404)
  expect((await office.fetch(`${path}/2026-02-30`, remove)).status).toBe(400)
  await office.ask(Done, `${path}/2026-02-01`, remove)
  const { norms } = await office.ask(Baselines, '/api/hospitals/noord/baselines')
  expect(norms.map(({ name }) => name)).toEqual(['planning'])
})

test('an administrator hears what would count nothing when a baseline or a chain ends, before and when it does', async () => {
  const administrator = await server.as('administrator', 'zuid')
  const path = '/api/hospitals/zuid/baselines'
  const [baseline] = (await administrator.ask(Baselines, path)).baselines
  const end = `${path}/${baseline?.id}/end`
  const until = '2098-01-01'
  const told = [
    { deployment: 'zuid-counted', variant: 'plain', from: until, until: null, items: 0, days: 28 },
  ]
  expect(await administrator.ask(Uncounted, `${end}?until=${until}`)).toEqual(told)
  expect((await administrator.ask(Baselines, path)).baselines[0]?.validUntil).toBeNull()
  const office = await server.as('programme', 'zuid')
  expect((await office.fetch(`${end}?until=${until}`)).status).toBe(403)
  expect((await administrator.fetch(`${end}?until=morgen`)).status).toBe(400)
  const north = await server.as('administrator', 'noord')
  expect(
    await north.ask(Uncounted, `/api/hospitals/noord/baselines/${baseline?.id}/end?until=${until}`),
  ).toEqual([])
  expect(await administrator.ask(Ended, end, { method: 'POST', body: { until } })).toEqual({
    done: true,
    uncounted: told,
  })
  const none = '/api/hospitals/zuid/chains/1/end'
  expect(await administrator.ask(Uncounted, `${none}?until=${until}`)).toEqual([])
})
