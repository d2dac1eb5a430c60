import { afterAll, beforeAll, expect, test } from 'vitest'
import { Done } from '../../../../dashboards/server/door/account-schemas.ts'
import { Baselines, Made } from '../../../../dashboards/server/savings/measure-schemas.ts'
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
  await administrator.ask(Done, `${path}/${id}`, remove)
  expect((await administrator.ask(Baselines, path)).baselines).toMatchObject([
    { id: used?.id, validUntil: null, used: true },
  ])
})

test('a norm that was entered by mistake is taken away by who may enter one', async () => {
  const office = await server.as('programme', 'noord')
  const path = '/api/hospitals/noord/norms'
  const body = { name: 'typo', hoursPerYear: 144, validFrom: '2026-02-01' }
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
