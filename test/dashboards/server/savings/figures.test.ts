import { CountedItems } from '../../../../dashboards/server/savings/counted-items-schemas.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Done } from '../../../../dashboards/server/door/account-schemas.ts'
import { Made, UpkeepList } from '../../../../dashboards/server/savings/measure-schemas.ts'
import { RealisedList, Signable } from '../../../../dashboards/server/savings/realised-schemas.ts'
import { Potentials } from '../../../../dashboards/server/savings/potential-schemas.ts'
import { Explanation } from '../../../../dashboards/server/savings/explain-schemas.ts'
import { Savings, Trend } from '../../../../dashboards/server/savings/savings-schemas.ts'
import { ActivityUse } from '../../../../dashboards/server/programme/value-schemas.ts'
import { putDeployment } from '../../../../orchestrator/ledger/setup.ts'
import { BASELINE } from '../../../orchestrator/savings/golden-case.ts'
import { seedSavings, type SeededSavings } from './seed-savings.ts'
import { openTestServer, type TestServer } from '../open-server.ts'

let server: TestServer
let seeded: SeededSavings

beforeAll(async () => {
  server = await openTestServer()
  seeded = await seedSavings(server.installation.db)
})

afterAll(() => server[Symbol.asyncDispose]())

const MARCH = 'from=2026-03-01&to=2026-03-31'

test('who reads figures sees those of their own hospital, with norm and 1,878, and no other', async () => {
  for (const role of ['programme', 'administrator', 'auditor'] as const) {
    const { hospitals } = await (
      await server.as(role, 'noord')
    ).ask(Savings, `/api/programme/savings?${MARCH}`)
    expect(hospitals.map(({ id }) => id)).toEqual(['noord'])
    // 40 × 6 min − 2 × 60 s − 1 h of upkeep: 2.9667 h
    expect(hospitals[0]).toMatchObject({ netHours: 238 / 60 - 1, norm: { hoursPerYear: 1440 } })
    expect(hospitals[0]?.contractFte).toBeCloseTo(((238 / 60 - 1) * 365) / 22 / 1878, 9)
  }
  const technician = await (await server.as('it', 'noord')).fetch(`/api/programme/savings?${MARCH}`)
  expect(technician.status).toBe(403)
})

test('one hospital is asked for by its id, and one that is not one’s own is refused', async () => {
  const client = await server.as('auditor', 'noord')
  await putRole('auditor.noord', 'zuid')
  const path = `/api/programme/savings?${MARCH}`
  const ids = ({ hospitals }: { readonly hospitals: readonly { readonly id: string }[] }) =>
    hospitals.map(({ id }) => id)
  expect(ids(await client.ask(Savings, path))).toEqual(['noord', 'zuid'])
  expect(ids(await client.ask(Savings, `${path}&hospital=zuid`))).toEqual(['zuid'])
  const [month] = await client.ask(Trend, `/api/programme/savings/trend?${MARCH}&hospital=zuid`)
  expect(new Set(month?.deployments.map(({ hospital }) => hospital))).toEqual(new Set(['zuid']))
  const office = await server.as('programme', 'zuid')
  for (const question of ['savings', 'savings/trend']) {
    const refused = await office.fetch(`/api/programme/${question}?${MARCH}&hospital=noord`)
    expect(refused.status).toBe(404)
  }
  expect((await office.fetch('/api/programme/value?from=2026&to=2026&hospital=noord')).status).toBe(404)
  await server.doorDb.deleteFrom('account_role').where('given_by', '=', 'test-both').execute()
})

const putRole = async (account: string, hospital: string) =>
  await server.doorDb
    .insertInto('account_role')
    .values({ account, hospital, role: 'auditor', given_by: 'test-both' })
    .execute()

test('the programme office sees no count under five, an administrator does', async () => {
  const [office, administrator] = await Promise.all([
    server.as('programme', 'noord'),
    server.as('administrator', 'noord'),
  ])
  const itemsOf = async (client: typeof office) =>
    (await client.ask(Savings, `/api/programme/savings?${MARCH}`)).hospitals[0]?.deployments[0]?.items
  expect(await itemsOf(office)).toMatchObject({ done: 40, parked: null, nothing: 0 })
  expect(await itemsOf(administrator)).toMatchObject({ done: 40, parked: 2 })
})

test('a deployment of too few items is told apart nowhere; its hours stand in those of the hospital', async () => {
  const { db } = server.installation
  await putDeployment(db, {
    ...{ id: 'zuid-rare', hospital: 'zuid', bot: 'insurance-check', mode: 'live', settings: {}, systems: {} },
    ...{ responsible: 'u-1', outsideSeconds: 0, parkedShare: 0, triggers: [], baselines: [BASELINE] },
  })
  const count = { variant: 'plain', outcome: 'done', human_seconds: 0 } as const
  for (const [deployment, items] of [
    ['zuid-rare', 3],
    ['zuid-counted', 40],
  ] as const)
    await db
      .insertInto('day_count')
      .values({ ...count, deployment, day: '2026-04-10', items, counting: items, shares: String(items) })
      .execute()
  const april = 'from=2026-04-01&to=2026-04-30'
  const office = await server.as('programme', 'zuid')
  const [hospital] = (await office.ask(Savings, `/api/programme/savings?${april}`)).hospitals
  // 43 × 6 minutes
  expect(hospital?.netHours).toBeCloseTo(4.3, 9)
  expect(hospital?.deployments.map(({ netHours, items }) => [netHours, items.done])).toEqual([
    [null, null],
    [null, null],
  ])
  const [month] = await office.ask(Trend, `/api/programme/savings/trend?${april}`)
  expect(month?.deployments).toMatchObject([{ id: null, bot: null, hospital: 'zuid' }])
  expect(month?.deployments[0]?.netHours).toBeCloseTo(4.3, 9)
  const path = `/api/hospitals/zuid/savings/explain?measure=net-hours&${april}`
  const refused = await office.fetch(`${path}&deployment=zuid-rare`)
  expect(await refused.json()).toMatchObject({ error: { code: 'figure-withheld', field: 'deployment' } })
  const whole = await office.ask(Explanation, path)
  expect(whole.value).toBeCloseTo(4.3, 9)
  expect(JSON.stringify(whole.steps)).not.toContain('zuid-')
  expect(whole.counts).toEqual([])
  // With how many they are, groups of one would be told.
  expect(whole.withheld).toEqual({ minutes: expect.objectContaining({ gross: 258 }) })
  const use = await office.ask(ActivityUse, '/api/programme/time-use?year=2026')
  expect(use.map(({ savedHours, withheld }) => [savedHours, withheld])).toEqual(use.map(() => [null, true]))
  const open = await (await server.as('auditor', 'zuid')).ask(Savings, `/api/programme/savings?${april}`)
  expect(open.hospitals[0]?.deployments.map(({ items }) => items.done).toSorted()).toEqual([3, 40])
})

test('months add up to the report', async () => {
  const client = await server.as('auditor', 'noord')
  const year = 'from=2026-01-01&to=2026-06-30'
  const months = await client.ask(Trend, `/api/programme/savings/trend?${year}`)
  const { hospitals } = await client.ask(Savings, `/api/programme/savings?${year}`)
  expect(months.map(({ month }) => month)).toEqual([
    '2026-01',
    '2026-02',
    '2026-03',
    '2026-04',
    '2026-05',
    '2026-06',
  ])
  const sum = months
    .flatMap(({ deployments }) => deployments)
    .reduce((total, { netHours }) => total + netHours, 0)
  expect(sum).toBeCloseTo(hospitals[0]?.netHours ?? 0, 9)
})

test('a figure is explained down to its items for who may see them, and to counts of five for the programme', async () => {
  const path = `/api/hospitals/noord/savings/explain?measure=net-hours&${MARCH}`
  const auditor = await server.as('auditor', 'noord')
  const full = await auditor.ask(Explanation, path)
  expect(full).toMatchObject({ value: 238 / 60 - 1, seesItems: true, withheld: null })
  const small = await (await server.as('programme', 'noord')).ask(Explanation, path)
  expect(small).toMatchObject({ value: full.value, seesItems: false })
  expect(small.counts.every(({ items }) => items >= 5)).toBe(true)
  const day = { deployment: seeded.deployment, day: '2026-03-11', variant: 'plain', outcome: 'done' }
  const items = `/api/hospitals/noord/savings/items?${new URLSearchParams(day).toString()}`
  expect(await auditor.ask(CountedItems, items)).toMatchObject({
    rows: [{ id: seeded.item, kind: 'regular', share: '1' }],
    next: null,
  })
  expect((await (await server.as('programme', 'noord')).fetch(items)).status).toBe(403)
  const elsewhere = await (await server.as('auditor', 'zuid')).fetch(path)
  expect(elsewhere.status).toBe(403)
})

test('hours are signed up to the net hours, withdrawn, and stay in the list', async () => {
  const office = await server.as('programme', 'noord')
  const signable = await office.ask(Signable, `/api/hospitals/noord/realised/signable?${MARCH}`)
  expect(signable.signable).toBe(2.96)
  const signed = {
    from: '2026-03-01',
    to: '2026-03-31',
    purpose: 'more-care',
    department: 'Poli 1',
    signedName: 'Hoofd Poli 1',
  }
  const sign = (hours: number) => ({ method: 'POST' as const, body: { ...signed, hours } })
  const refused = await office.fetch('/api/hospitals/noord/realised', sign(2.97))
  expect([refused.status, await refused.json()]).toMatchObject([400, { error: { field: 'hours' } }])
  const { id } = await office.ask(Made, '/api/hospitals/noord/realised', sign(2.5))
  const withdrawal = { method: 'POST' as const, body: { reason: 'verkeerde afdeling' } }
  await office.ask(Done, `/api/hospitals/noord/realised/${id}/withdraw`, withdrawal)
  const list = await office.ask(RealisedList, '/api/hospitals/noord/realised')
  expect(list).toMatchObject([{ id, hours: '2.50', withdrawn: { by: 'programme.noord' } }])
  const auditor = await server.as('auditor', 'noord')
  expect((await auditor.fetch('/api/hospitals/noord/realised', sign(1))).status).toBe(403)
})

test('only administrators book upkeep, on their own deployments', async () => {
  const administrator = await server.as('administrator', 'noord')
  const booked = { deployment: seeded.deployment, day: '2026-02-02', hours: 0.5, note: 'nieuw scherm' }
  const book = (body: object) => ({ method: 'POST' as const, body })
  const { id } = await administrator.ask(Made, '/api/hospitals/noord/upkeep', book(booked))
  await administrator.ask(Done, `/api/hospitals/noord/upkeep/${id}/withdraw`, { method: 'POST' })
  const { rows: list } = await administrator.ask(UpkeepList, '/api/hospitals/noord/upkeep')
  expect(list.find((each) => each.id === id)).toMatchObject({ hours: '0.50', withdrawn: true })
  const south = await server.as('administrator', 'zuid')
  expect((await south.fetch('/api/hospitals/zuid/upkeep', book(booked))).status).toBe(404)
  const office = await server.as('programme', 'noord')
  expect((await office.fetch('/api/hospitals/noord/upkeep', book(booked))).status).toBe(403)
})

test('potential comes from a business case, or from what is measured elsewhere', async () => {
  const office = await server.as('programme', 'noord')
  const given = (body: object) => ({ method: 'POST' as const, body })
  const volume = { bot: 'insurance-check', itemsPerYear: 1200, source: 'telling van 2025' }
  await office.ask(Made, '/api/hospitals/noord/business-cases', given({ ...volume, minutes: 9 }))
  const [found] = await office.ask(Potentials, '/api/programme/potential')
  expect(found).toMatchObject({
    bot: 'insurance-check',
    hoursPerYear: 180,
    fte: 0.125,
    from: 'business-case',
    adopted: false,
  })
  const path = `/api/hospitals/noord/business-cases/${found?.businessCase}`
  const remove = { method: 'DELETE' as const }
  const auditor = await server.as('auditor', 'noord')
  expect((await auditor.fetch(path, remove)).status).toBe(403)
  await office.ask(Done, path, remove)
  expect((await office.fetch(path, remove)).status).toBe(404)
  expect((await office.ask(Potentials, '/api/programme/potential')).map(({ bot }) => bot)).not.toContain(
    'insurance-check',
  )
})
