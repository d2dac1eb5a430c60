import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { silentLog, type LogFields } from '../../../connectors/log.ts'
import { openDoorLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { addRun } from '../../../orchestrator/ledger/runs.ts'
import type { Bell, Doorbell } from '../../../orchestrator/queue/doorbell.ts'
import { sweep } from '../../../orchestrator/work/sweeper.ts'
import type { Timing } from '../../../orchestrator/work/timing.ts'
import { asOwner } from '../../owner.ts'
import { openBench, PLAIN_DEPLOYMENT, registering, timing, WORKER, type Bench } from './bench.ts'
import { startTarget } from './target.ts'

/** Writes down what is rung; the real doorbells have a contract test of their own. */
function listeningDoorbell(): Doorbell & { readonly rung: Bell[] } {
  const rung: Bell[] = []
  return {
    rung,
    backend: 'postgres',
    ring: (bells) => Promise.resolve(void rung.push(...bells)),
    answer: () => Promise.reject(new Error('Nobody answers here.')),
    counts: () => Promise.resolve({ waiting: 0, delayed: 0, active: 0 }),
    close: () => Promise.resolve(),
  }
}

async function sweepOnce(bench: Bench, change: Partial<Timing> = {}): Promise<Bell[]> {
  const doorbell = listeningDoorbell()
  await sweep({
    db: bench.db,
    doorbell,
    timing: { ...timing, ...change },
    log: silentLog,
    now: () => new Date(),
    today: () => '2026-11-21',
  })
  return doorbell.rung
}

const expireLease = (bench: Bench) =>
  sql`UPDATE item SET lease_until = clock_timestamp() - interval '1 second' WHERE lease_until IS NOT NULL`.execute(
    bench.db,
  )

test('a claim whose worker died goes back to the queue under a new fence, and is rung for', async () => {
  await using bench = await openBench()
  const item = await bench.claim(await bench.addItem('R-1'))
  expect(await sweepOnce(bench)).toEqual([])
  await expireLease(bench)
  expect(await sweepOnce(bench)).toMatchObject([{ kind: 'item', id: item.id }])
  expect(await bench.row(item.id)).toMatchObject({ state: 'queued', fence: item.fence + 1, worker: null })
})

test('a worker that comes back after the sweep is late: it changes nothing', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.claim(await bench.addItem('R-1'))
  await expireLease(bench)
  await sweepOnce(bench)
  expect(await bench.run(registering(target), item)).toBe('left')
  expect(target.entries).toHaveLength(0)
  expect(await bench.eventKinds(item.id)).toContain('late')
})

test('an item that loses its worker every time waits for a person in the end', async () => {
  await using bench = await openBench()
  const id = await bench.addItem('R-1')
  for (const expected of ['queued', 'queued', 'parked']) {
    await bench.claim(id)
    await expireLease(bench)
    await sweepOnce(bench)
    expect((await bench.row(id)).state).toBe(expected)
  }
  expect(await bench.row(id)).toMatchObject({ parked_kind: 'technical', code: 'worker-lost' })
})

test('an item that was being pressed is doubted, and not touched before the quiet period is over', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.claim(await bench.addItem('R-1'))
  const dies = registering(target, { press: () => Promise.reject(new Error('power cut')) })
  await bench.run(dies, item, { timing: { quietSeconds: 120 } })
  // As a worker leaves it that is killed between arming and writing anything further.
  await sql`UPDATE item SET state = 'armed', lease_until = clock_timestamp() - interval '1 second'`.execute(
    bench.db,
  )
  expect(await sweepOnce(bench, { quietSeconds: 120 })).toEqual([])
  const doubted = await bench.row(item.id)
  expect(doubted.state).toBe('unsure')
  const { rows } = await sql<{ seconds: number }>`
    SELECT extract(epoch FROM due_at - armed_at)::float8 AS seconds FROM item JOIN act ON act.item = item.id`.execute(
    bench.db,
  )
  expect(rows[0]?.seconds).toBeCloseTo(120, 3)
  await sql`UPDATE item SET due_at = clock_timestamp()`.execute(bench.db)
  expect(await sweepOnce(bench)).toMatchObject([{ kind: 'item', id: item.id }])
})

test('a bell that was rung is not rung again until it must be lost', async () => {
  await using bench = await openBench()
  await bench.addItem('R-1')
  expect(await sweepOnce(bench)).toHaveLength(1)
  expect(await sweepOnce(bench)).toHaveLength(0)
  await sql`UPDATE item SET rung_at = clock_timestamp() - interval '61 seconds'`.execute(bench.db)
  expect(await sweepOnce(bench)).toHaveLength(1)
})

test('runs that wait, and schedules after the queue was emptied, are rung for from the ledger', async () => {
  await using bench = await openBench()
  await putDeployment(bench.db, {
    ...PLAIN_DEPLOYMENT,
    id: 'oost-test',
    triggers: [{ id: 'oost-test-hourly', cron: '0 * * * *', missed: 'last' }],
  })
  const run = await addRun(bench.db, { hospital: 'oost', deployment: 'oost-test', kind: 'by-hand' })
  const first = await sweepOnce(bench)
  expect(first).toMatchObject([
    { kind: 'run', id: run?.id },
    { kind: 'trigger', id: 'oost-test-hourly' },
  ])
  expect(await sweepOnce(bench)).toEqual(first)
})

test('claims are taken back by their index, however long the history is', async () => {
  await using bench = await openBench()
  await sql`
    INSERT INTO item (hospital, deployment, reference, case_reference, data, marker, state, outcome)
    SELECT 'oost', 'oost-test', 'H-' || n, 'H-' || n, '{}', 'M-' || n, 'done', 'done' FROM generate_series(1, 20000) n`.execute(
    bench.db,
  )
  await asOwner(bench.url, sql`ANALYZE item`)
  const { rows } =
    await sql`EXPLAIN SELECT id FROM item WHERE state = 'claimed' AND lease_until < now()`.execute(bench.db)
  expect(JSON.stringify(rows)).not.toContain('Seq Scan on item')
})

test('a schedule that cannot be read does not keep the rest from being swept', async () => {
  await using bench = await openBench()
  await putDeployment(bench.db, {
    ...PLAIN_DEPLOYMENT,
    id: 'oost-test',
    triggers: [{ id: 'oost-test-hourly', cron: '0 * * * *', missed: 'last' }],
  })
  await bench.db.updateTable('trigger').set({ cron: 'every hour' }).execute()
  await bench.db
    .insertInto('worker')
    .values({ id: WORKER, host: 'lost', pid: 1, concurrency: 1, heartbeat_at: new Date(0) })
    .execute()
  const item = await bench.addItem('R-1')
  const failed: string[] = []
  const doorbell = listeningDoorbell()
  const log = {
    ...silentLog,
    error: (event: string, fields: LogFields = {}) => void failed.push(`${event}: ${fields.act}`),
  }
  await sweep({ db: bench.db, doorbell, timing, log, now: () => new Date(), today: () => '2026-11-21' })
  expect(failed).toEqual(['sweep failed: fireSchedules'])
  expect(doorbell.rung).toMatchObject([{ kind: 'item', id: item }])
  expect(await bench.db.selectFrom('worker').selectAll().execute()).toEqual([])
  expect(await bench.db.selectFrom('nightly_recount').select('differences').execute()).toEqual([
    { differences: 0 },
  ])
})

test('it lets the sign-in log go that is older than is set', async () => {
  await using bench = await openBench()
  const door = openDoorLedger({ url: bench.url, onError: () => undefined })
  await using stack = new AsyncDisposableStack()
  stack.defer(() => door.destroy())
  await sql`INSERT INTO sign_in (at, way, outcome, address)
    VALUES (clock_timestamp() - interval '40 days', 'password', 'in', 'here')`.execute(door)
  const options = { db: bench.db, doorbell: listeningDoorbell(), timing, log: silentLog }
  await sweep({ ...options, now: () => new Date(), today: () => '2026-11-21', signInDays: 30 })
  expect(await door.selectFrom('sign_in').selectAll().execute()).toEqual([])
})

test('a worker that died before it repeated what may have happened: as often as allowed, and then a person looks', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const id = await bench.addItem('R-1')
  const bot = registering(target, { repeatable: true }, ['find'])
  target.next.push('applied-but-failed')
  expect([await bench.go(bot, id), await bench.go(bot, id)]).toEqual(['unsure', 'queued'])
  for (const state of ['queued', 'parked']) {
    await bench.claim(id)
    await expireLease(bench)
    await sweepOnce(bench)
    expect(await bench.row(id)).toMatchObject({ state, code: 'worker-lost' })
  }
  expect(await bench.row(id)).toMatchObject({ parked_kind: 'unsure' })
  expect((await bench.row(id)).sentence).toMatch(/may have happened earlier/)
})
