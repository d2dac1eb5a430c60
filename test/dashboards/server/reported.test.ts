import { expect, test } from 'vitest'
import { Taken } from '../../../dashboards/server/reported/reported-schemas.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { openTestServer } from './open-server.ts'

const baseline = {
  variant: 'plain',
  minutes: 6,
  method: 'estimate',
  measuredBy: 'account-1',
  measuredOn: '2020-01-01',
  validFrom: '2020-01-01',
  remeasureOn: '2099-01-01',
} as const

const item = { deployment: 'zuid-invoices', reference: 'F-1', variant: 'plain', outcome: 'done' }

test('another robot reports its items at its own hospital only, all or none', async () => {
  await using server = await openTestServer()
  await putDeployment(server.installation.db, {
    ...{ id: 'zuid-invoices', hospital: 'zuid', bot: 'invoices', mode: 'live', settings: {}, systems: {} },
    ...{ responsible: 'account-1', outsideSeconds: 0, parkedShare: 0, triggers: [], baselines: [baseline] },
  })
  const report = (items: unknown[]) => ({ method: 'POST', body: { items } }) as const
  const robot = await server.as('administrator', 'zuid')
  const path = '/api/hospitals/zuid/reported-items'
  const first = { ...item, completedAt: '2026-03-31T10:00:00Z' }
  expect(await robot.ask(Taken, path, report([first]))).toEqual({ taken: 1 })
  const again = await robot.fetch(path, report([{ ...first, reference: 'F-2' }, first]))
  expect(again.status).toBe(400)
  expect(await again.text()).toContain('row 2: field reference')
  const { items } = await server.installation.db
    .selectFrom('item')
    .select((of) => of.fn.countAll<number>().as('items'))
    .executeTakeFirstOrThrow()
  expect(items).toBe(1)
  const elsewhere = await server.as('administrator', 'noord')
  const foreign = await elsewhere.fetch(
    '/api/hospitals/noord/reported-items',
    report([{ ...first, reference: 'F-3' }]),
  )
  expect(await foreign.text()).toContain('there is no \\"zuid-invoices\\"')
  expect((await elsewhere.fetch(path, report([first]))).status).toBe(403)
})
