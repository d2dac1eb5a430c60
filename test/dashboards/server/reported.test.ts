import { expect, test } from 'vitest'
import { Imports, Taken, Withdrawn } from '../../../dashboards/server/reported/reported-schemas.ts'
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
    activity: 'finance',
  })
  const report = (items: unknown[]) => ({ method: 'POST', body: { items } }) as const
  const robot = await server.as('administrator', 'zuid')
  const path = '/api/hospitals/zuid/reported-items'
  const first = { ...item, completedAt: '2026-03-31T10:00:00Z' }
  expect(await robot.ask(Taken, path, report([first]))).toEqual({ taken: 1, leftOut: 0, import: 1 })
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
  expect(await foreign.text()).toContain('field deployment: there is none of this name here')
  expect((await elsewhere.fetch(path, report([first]))).status).toBe(403)
  const [own] = (await robot.ask(Imports, `${path}/imports`)).rows
  expect(own).toMatchObject({ id: 1, items: 1, source: 'api', withdrawn: null })
  const withdraw = `${path}/imports/1/withdraw`
  const why = { method: 'POST', body: { reason: 'test data', name: 'A. de Boer' } } as const
  for (const role of ['it', 'auditor', 'programme'] as const)
    expect((await (await server.as(role, 'zuid')).fetch(withdraw, why)).status).toBe(403)
  expect((await elsewhere.fetch(withdraw, why)).status).toBe(403)
  expect((await elsewhere.fetch(withdraw.replace('zuid', 'noord'), why)).status).toBe(404)
  expect((await robot.fetch(withdraw, { ...why, body: { reason: 'test data', name: ' ' } })).status).toBe(400)
  expect(await robot.ask(Withdrawn, withdraw, why)).toEqual({ withdrawn: 1, countAgain: 0, leftOut: 0 })
  const [gone] = (await robot.ask(Imports, `${path}/imports`)).rows
  expect(gone?.withdrawn).toMatchObject({ name: 'A. de Boer', reason: 'test data' })
  expect(await robot.ask(Taken, path, report([first]))).toMatchObject({ taken: 1 })
})

test('imports are listed page by page, down to the first, which can still be withdrawn', async () => {
  await using server = await openTestServer()
  await putDeployment(server.installation.db, {
    ...{ id: 'zuid-invoices', hospital: 'zuid', bot: 'invoices', mode: 'live', activity: 'finance' },
    ...{ settings: {}, systems: {}, responsible: 'account-1', outsideSeconds: 0, parkedShare: 0 },
    ...{ triggers: [], baselines: [baseline] },
  })
  const robot = await server.as('administrator', 'zuid')
  const path = '/api/hospitals/zuid/reported-items'
  for (let n = 1; n <= 51; n += 1) {
    const items = [{ ...item, reference: `F-${n}`, completedAt: '2026-03-31T10:00:00Z' }]
    await robot.ask(Taken, path, { method: 'POST', body: { items } })
  }
  const { rows, next } = await robot.ask(Imports, `${path}/imports`)
  expect([rows.length, rows[0]?.id, next]).toEqual([50, 51, '2'])
  const last = await robot.ask(Imports, `${path}/imports?cursor=${next}`)
  expect([last.rows.map(({ id }) => id), last.next]).toEqual([[1], null])
})
