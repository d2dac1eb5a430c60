import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { routes } from '../../../dashboards/server/routes.ts'
import { TOKEN_ROLES, type TokenRole } from '../../../orchestrator/ledger/roles.ts'
import { openTestServer, type TestServer } from './open-server.ts'
import { seedSavings } from './savings/seed-savings.ts'
import { clientOf, type TestClient } from './test-client.ts'

const NOORD = '/api/hospitals/noord'
const Made = z.object({ token: z.string() })
const Taken = z.object({ taken: z.number(), import: z.number() })

let server: TestServer
let administrator: TestClient

beforeAll(async () => {
  server = await openTestServer()
  await seedSavings(server.installation.db)
  administrator = await server.as('administrator', 'noord')
})
afterAll(() => server[Symbol.asyncDispose]())

async function machine(role: TokenRole): Promise<TestClient> {
  const body = { name: `robot as ${role}`, role, days: 90 }
  const { token } = await administrator.ask(Made, `${NOORD}/tokens`, { method: 'POST', body })
  return clientOf(server.address, { authorization: `Bearer ${token}` })
}

const item = (reference: string) => ({
  ...{ deployment: 'noord-counted', reference, variant: 'plain', outcome: 'done' },
  completedAt: '2026-03-20T10:00:00Z',
})

test('a robot of another make reports with a token that may do nothing else, rows and a file, at its own hospital', async () => {
  const robot = await machine('reporter')
  const body = { items: [item('Z-1'), item('Z-2')] }
  expect(await robot.ask(Taken, `${NOORD}/reported-items`, { method: 'POST', body })).toMatchObject({
    taken: 2,
  })
  const form = new FormData()
  const lines = [
    'deployment,reference,variant,outcome,completedAt',
    'noord-counted,Z-3,plain,done,2026-03-20T10:00:00Z',
  ]
  form.set('file', new Blob([lines.join('\n')], { type: 'text/csv' }), 'items.csv')
  const file = await robot.ask(Taken, `${NOORD}/reported-items/file`, { method: 'POST', form })
  expect(file).toMatchObject({ taken: 1 })
  const reported = server.installation.db
    .selectFrom('item')
    .select('reported_by')
    .where('import', 'is not', null)
  expect(await reported.distinct().execute()).toEqual([{ reported_by: 'robot as reporter' }])
  const elsewhere = { items: [{ ...item('Z-4'), deployment: 'zuid-counted' }] }
  for (const hospital of ['noord', 'zuid']) {
    const refused = await robot.fetch(`/api/hospitals/${hospital}/reported-items`, {
      method: 'POST',
      body: elsewhere,
    })
    expect([hospital, refused.status]).toEqual([hospital, hospital === 'noord' ? 400 : 403])
  }
  const withdraw = { reason: 'test data', name: 'A. de Boer' }
  const own = await robot.fetch(`${NOORD}/reported-items/imports/${file.import}/withdraw`, {
    method: 'POST',
    body: withdraw,
  })
  expect(own.status).toBe(403)
})

test('a reporter is let in at two routes, of all there are', () => {
  const open = routes.filter(
    ({ roles }) => roles !== 'anyone' && roles !== 'signed-in' && roles.includes('reporter'),
  )
  expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /api/hospitals/:hospital/reported-items',
    'POST /api/hospitals/:hospital/reported-items/file',
  ])
})

const baseline = {
  ...{ variant: 'plain', minutes: 600, method: 'estimate', measuredBy: 'dr X' },
  ...{ measuredOn: '2026-01-05', validFrom: '2026-01-05', remeasureOn: '2027-01-05' },
}
const signed = {
  from: '2026-03-01',
  to: '2026-03-31',
  purpose: 'post-not-refilled',
  department: 'd',
  hours: 1,
}

/** What hours are counted by and what becomes of them, each as somebody would send it. */
const DECISIONS: readonly (readonly ['POST' | 'PUT' | 'DELETE', string, unknown?])[] = [
  ['POST', 'realised', { ...signed, signedName: 'Prof. Head' }],
  ['POST', 'realised/1/withdraw'],
  ['POST', 'baselines', { ...baseline, deployment: 'noord-counted' }],
  ['POST', 'baselines/1/end', { until: '2026-12-01' }],
  ['DELETE', 'baselines/1'],
  ['POST', 'measurements/00000000-0000-4000-8000-000000000000/close', {}],
  ['POST', 'norms', { name: 'low', hoursPerYear: 1000, validFrom: '2026-06-01' }],
  ['DELETE', 'norms/2025-01-01'],
  ['POST', 'chains', {}],
  ['POST', 'chains/1/end', { until: '2026-12-01' }],
  ['POST', 'upkeep', { deployment: 'noord-counted', day: '2026-03-12', hours: 1, note: 'n' }],
  ['POST', 'upkeep/1/withdraw'],
  ['POST', 'one-offs', { deployment: 'noord-counted', from: '2026-03-01', until: '2026-03-02', reason: 'r' }],
  ['DELETE', 'one-offs/1'],
  ['POST', 'runs/00000000-0000-4000-8000-000000000000/one-off', { wanted: true }],
  ['POST', 'reported-items/imports/1/withdraw', { reason: 'r', name: 'n' }],
  [
    ...(['PUT', 'reported-items/deployments/noord-made'] as const),
    { bot: 'made', activity: 'finance', responsible: 'u-1', outsideSeconds: 0, parkedShare: 0, baseline },
  ],
  ['POST', 'drafts/noord-counted/put-to-work', { mode: 'live' }],
  ['POST', 'changes/1/undo'],
  ['PUT', 'four-eyes', { wanted: false }],
]

test.each(TOKEN_ROLES)(
  'no token decides what hours are counted by or become, as %s no more than another',
  async (role) => {
    const robot = await machine(role)
    const letIn = []
    for (const [method, path, body] of DECISIONS) {
      const { status } = await robot.fetch(`${NOORD}/${path}`, {
        method,
        ...(body !== undefined && { body }),
      })
      if (status !== 403) letIn.push(`${method} ${path}: ${status}`)
    }
    expect(letIn).toEqual([])
  },
)

test('its administrator, a person, is let in at each of them', async () => {
  const refused = []
  for (const [method, path, body] of DECISIONS) {
    const { status } = await administrator.fetch(`${NOORD}/${path}`, {
      method,
      ...(body !== undefined && { body }),
    })
    if (status === 403) refused.push(path)
  }
  expect(refused).toEqual([])
})
