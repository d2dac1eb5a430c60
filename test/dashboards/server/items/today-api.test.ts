import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { Changed, Today } from '../../../../dashboards/server/items/today-schemas.ts'
import { stopDeployment } from '../../../../orchestrator/ledger/deployments.ts'
import { addRun } from '../../../../orchestrator/ledger/runs.ts'
import { putSystem } from '../../../../orchestrator/ledger/setup.ts'
import { takeItem } from '../../../../orchestrator/ledger/taking.ts'
import { openTestServer, type TestServer } from '../open-server.ts'
import type { TestClient } from '../test-client.ts'
import { addItem, addParked, claimed, DEPLOYMENT, putItems } from './practice-items.ts'

const TODAY = '/api/hospitals/noord/today'
const kinds = async (client: TestClient) => (await client.ask(Today, TODAY)).attention.map(({ kind }) => kind)

/** A quiet morning: a deployment at work, with a worker. */
async function quiet(server: TestServer): Promise<TestClient> {
  await putItems(server)
  const { db } = server.installation
  const worker = { id: '00000000-0000-4000-8000-00000000000b', host: 'h', pid: 1, concurrency: 1 }
  await db.insertInto('worker').values(worker).execute()
  return await server.as('administrator', 'noord')
}

test('when all is well there is nothing to attend to', async () => {
  await using server = await openTestServer()
  const client = await quiet(server)
  await addItem(server.installation.db, 'ZD-1')
  expect(await kinds(client)).toEqual([])
})

test.each<[string, string, (server: TestServer) => Promise<unknown>]>([
  ['no worker', 'no-worker', ({ installation: { db } }) => db.deleteFrom('worker').execute()],
  [
    'a deployment that was stopped',
    'stopped',
    ({ installation: { db } }) => stopDeployment(db, DEPLOYMENT, 'Unknown pages.'),
  ],
  ['an item that is parked', 'parked', ({ installation: { db } }) => addParked(db, 'ZD-1')],
  [
    'a baseline that should have been measured again',
    'remeasure',
    ({ installation: { db } }) =>
      sql`INSERT INTO baseline (deployment, variant, minutes, method, measured_by, measured_on, valid_from, remeasure_on)
        VALUES (${DEPLOYMENT}, 'late', 3, 'estimate', 'u-1', '2020-01-01', '2020-01-01', '2021-01-01')`.execute(
        db,
      ),
  ],
  [
    'an item that counts nothing for want of a baseline',
    'without-baseline',
    ({ installation: { db } }) =>
      sql`INSERT INTO day_count (deployment, day, variant, outcome, items, counting, shares, human_seconds)
        VALUES (${DEPLOYMENT}, (now() AT TIME ZONE 'Europe/Amsterdam')::date, 'unmeasured', 'done', 1, 1, 1, 0)`.execute(
        db,
      ),
  ],
  [
    'an item that may have been pressed',
    'unsure',
    ({ installation: { db } }) => addParked(db, 'ZD-1', { kind: 'unsure' }),
  ],
  [
    'an item that waits for hours',
    'overdue',
    async ({ installation: { db } }) => {
      await addItem(db, 'ZD-1')
      await sql`UPDATE item SET due_at = now() - interval '61 minutes'`.execute(db)
    },
  ],
  [
    'a schedule that did not fire',
    'not-fired',
    ({ installation: { db } }) =>
      db
        .insertInto('trigger')
        .values({
          id: 'late',
          deployment: DEPLOYMENT,
          kind: 'schedule',
          cron: '0 7 * * *',
          next_at: new Date(Date.now() - 400_000),
        })
        .execute(),
  ],
  [
    'a run that failed',
    'run-failed',
    async ({ installation: { db } }) => {
      await addRun(db, { hospital: 'noord', deployment: DEPLOYMENT, kind: 'by-hand' })
      await db.updateTable('run').set({ state: 'failed', reason: 'The portal is away.' }).execute()
    },
  ],
  [
    'a sign-in that is refused',
    'sign-in',
    async ({ installation: { db } }) => {
      const { id } = await claimed(db, await addItem(db, 'ZD-1'))
      await db
        .updateTable('item')
        .set({ state: 'queued', code: 'sign-in-refused', sentence: 'EPD refuses.' })
        .where('id', '=', id)
        .execute()
    },
  ],
])('%s comes first: %s', async (_, kind, happens) => {
  await using server = await openTestServer()
  const client = await quiet(server)
  await happens(server)
  expect(await kinds(client)).toContain(kind)
  const zuid = await server.as('administrator', 'zuid')
  const elsewhere = await zuid.ask(Today, '/api/hospitals/zuid/today')
  expect(elsewhere.attention).toEqual([])
})

test('systems that fail or are held are told with their reason, and alarms until somebody closes them', async () => {
  await using server = await openTestServer()
  const client = await quiet(server)
  const { db } = server.installation
  for (const id of ['epd', 'portal'])
    await putSystem(db, {
      hospital: 'noord',
      id,
      kind: 'web',
      address: 'https://x.example',
      seats: 1,
      settings: {},
    })
  await db
    .updateTable('system')
    .set({ open_until: new Date(Date.now() + 60_000) })
    .where('id', '=', 'epd')
    .execute()
  await db.updateTable('system').set({ held_reason: 'Onderhoud' }).where('id', '=', 'portal').execute()
  await db
    .insertInto('alarm')
    .values({ hospital: 'noord', deployment: DEPLOYMENT, kind: 'late', sentence: 'Late.' })
    .execute()
  const { attention } = await client.ask(Today, TODAY)
  expect(attention).toMatchObject([
    { kind: 'circuit-open', system: 'epd' },
    { kind: 'alarm', sentence: 'Late.', trigger: 'late' },
    { kind: 'held', system: 'portal', sentence: 'Onderhoud' },
  ])
  const close = `/api/hospitals/noord/alarms/${attention[1]?.alarm}/close`
  const auditor = await server.as('auditor', 'noord')
  expect((await auditor.fetch(close, { method: 'POST' })).status).toBe(403)
  const zuid = await server.as('administrator', 'zuid')
  expect((await zuid.fetch(close.replace('noord', 'zuid'), { method: 'POST' })).status).toBe(404)
  expect((await client.fetch(close, { method: 'POST' })).status).toBe(200)
  expect(await kinds(client)).toEqual(['circuit-open', 'held'])
})

test('each deployment with what was done and parked today, and fourteen days', async () => {
  await using server = await openTestServer()
  const client = await quiet(server)
  await addParked(server.installation.db, 'ZD-1')
  await addItem(server.installation.db, 'ZD-2')
  const { deployments } = await client.ask(Today, TODAY)
  expect(deployments).toMatchObject([{ id: DEPLOYMENT, queued: 1, parked: 1, parkedToday: 1, doneToday: 0 }])
  expect(deployments[0]?.trend).toHaveLength(14)
  expect(deployments[0]?.trend.at(-1)).toMatchObject({ parked: 1 })
})

/** The events of a live answer, one by one. */
async function* eventsOf(response: Response): AsyncGenerator<z.output<typeof Changed>> {
  let text = ''
  for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part
    for (;;) {
      const found = /event: changed\ndata: (.*)\n\n/.exec(text)
      if (!found) break
      text = text.slice(found.index + found[0].length)
      yield Changed.parse(JSON.parse(found[1] ?? ''))
    }
  }
}

/** The first event that names this item; none of another hospital may come before it. */
async function until(events: AsyncGenerator<z.output<typeof Changed>>, item: string) {
  for await (const event of { [Symbol.asyncIterator]: () => ({ next: () => events.next() }) })
    if (event.items.includes(item)) return event
  throw new Error('The live answer ended.')
}

test('pages are told of what changes at their hospital, and of no other', async () => {
  await using server = await openTestServer()
  await putItems(server)
  await putItems(server, 'zuid-referrals')
  const { db } = server.installation
  const item = await addParked(db, 'ZD-1')
  const left = new AbortController()
  const listen = async (hospital: 'noord' | 'zuid') => {
    const client = await server.as('administrator', hospital)
    return eventsOf(await client.fetch(`/api/hospitals/${hospital}/items/live`, { signal: left.signal }))
  }
  const [noord, zuid] = [await listen('noord'), await listen('zuid')]
  const anything = { deployments: [], items: [], more: true, worklist: true }
  expect((await noord.next()).value).toEqual(anything)
  expect((await zuid.next()).value).toEqual(anything)
  const taken = takeItem(db, { item, account: 'ada' })
  expect(await until(noord, item)).toMatchObject({ deployments: [DEPLOYMENT], more: false, worklist: true })
  await taken
  const other = await addItem(db, 'ZD-9', 'zuid-referrals')
  expect(await until(zuid, other)).toEqual({
    items: [other],
    deployments: ['zuid-referrals'],
    more: false,
    worklist: false,
  })
  left.abort()
})
