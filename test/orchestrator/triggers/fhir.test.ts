import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { failPoll } from '../../../orchestrator/ledger/fhir-polls.ts'
import { putFhirTrigger } from '../../../orchestrator/ledger/fhir-triggers.ts'
import { sweep } from '../../../orchestrator/work/sweeper.ts'
import { silentLog } from '../../../connectors/log.ts'
import { timing } from '../work/bench.ts'
import { openFhirBench, TRIGGER, type FhirBench } from './fhir-bench.ts'
import { startChangingServer } from './fhir-changes.ts'

const again = async (bench: FhirBench) => {
  await bench.makeDue()
  await bench.answer()
}
const runs = ({ db }: FhirBench) => db.selectFrom('run').select(['kind', 'found', 'added', 'state']).execute()

test('what is new or changed becomes an item once; a poll that finds nothing leaves no row', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server)
  server.write('a')
  server.write('b')
  await bench.answer()
  expect(await bench.versions()).toEqual(['a/1', 'b/1'])
  for (let poll = 0; poll < 5; poll++) await again(bench)
  server.clock += 60_000
  server.write('b')
  server.write('c', 0, 'noshow')
  await again(bench)
  expect(await bench.versions()).toEqual(['a/1', 'b/1', 'b/2'])
  expect(await runs(bench)).toEqual([
    { kind: 'fhir', found: 2, added: 2, state: 'collected' },
    { kind: 'fhir', found: 1, added: 1, state: 'collected' },
  ])
  expect(bench.rung.filter(({ kind }) => kind === 'item')).toHaveLength(3)
})

test('what was seen is forgotten once it is older than the overlap, and not made again', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server)
  const seen = async () =>
    (await bench.db.selectFrom('fhir_seen').select('resource').orderBy('resource').execute()).map(
      (row) => row.resource,
    )
  server.write('a')
  await bench.answer()
  server.clock += 600_000
  server.write('b')
  await again(bench)
  expect(await seen()).toEqual(['Appointment/b'])
  server.ignoresWindow = true
  await again(bench)
  expect(await bench.versions()).toEqual(['a/1', 'b/1'])
  expect(server.searches.at(-1)?.getAll('_lastUpdated')).toEqual(['ge2026-03-02T08:08:00Z'])
})

test('what turns up late within the overlap is found; beyond it, and from before the beginning, it is not', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server, { since: '2026-03-02T07:59:30Z' })
  server.write('old', -40_000)
  server.write('a')
  await bench.answer()
  server.clock += 300_000
  server.write('b')
  await again(bench)
  server.write('late', -119_000)
  server.write('too-late', -121_000)
  await again(bench)
  expect(await bench.versions()).toEqual(['a/1', 'b/1', 'late/1'])
})

test('a time in the future does not let anything before it be lost', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server)
  server.write('tomorrow', 86_400_000)
  await bench.answer()
  for (const id of ['a', 'b']) {
    server.clock += 600_000
    server.write(id)
    await again(bench)
  }
  expect(await bench.versions()).toEqual(['a/1', 'b/1', 'tomorrow/1'])
  expect((await bench.state()).cursor?.getTime()).toBe(server.clock)
})

test('a resource that falls between two pages, because another one left, is found all the same', async () => {
  await using server = await startChangingServer(2)
  await using bench = await openFhirBench(server, { parameters: { status: 'booked' } })
  for (const id of ['a', 'b', 'c', 'd', 'e']) {
    server.write(id)
    server.clock += 600_000
  }
  server.beforePage = (page) => {
    // Off the first page while the second is asked for: `c` moves up and is on neither.
    if (page === 2 && server.held.get('a')?.status === 'booked') server.write('a', 0, 'noshow')
  }
  await bench.answer()
  expect(await bench.versions()).toEqual(['a/1', 'b/1', 'c/1', 'd/1', 'e/1'])
  expect(server.searches[1]?.getAll('_lastUpdated')).toEqual(['lt2026-03-02T08:38:00Z'])
})

test('two processes that poll at once make each item once, and one that lost its turn commits nothing', async () => {
  await using server = await startChangingServer(1)
  await using bench = await openFhirBench(server)
  for (const id of ['a', 'b', 'c']) server.write(id)
  await Promise.all([1, 2, 3].map(() => bench.answer()))
  // One of them asked: for what changed, and once more for what its pages could have left behind.
  expect(server.searches).toHaveLength(2)
  expect(await bench.versions()).toEqual(['a/1', 'b/1', 'c/1'])
  server.clock += 1000
  server.write('d')
  await bench.makeDue()
  const slow = await bench.claim()
  await bench.makeDue()
  const quick = await bench.claim()
  await expect(bench.poll(slow)).rejects.toMatchObject({ code: 'poll-lost' })
  await bench.poll(quick)
  expect(await bench.versions()).toEqual(['a/1', 'b/1', 'c/1', 'd/1'])
})

test('a poll that waits long for its server keeps its turn', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server)
  const lease = async () =>
    (
      await bench.db.selectFrom('fhir_poll').select('lease_until').executeTakeFirstOrThrow()
    ).lease_until?.getTime() ?? 0
  const gate = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  server.beforePage = () => {
    asked.resolve()
    return gate.promise
  }
  server.write('a')
  const answering = bench.answer({ timing: { ...timing, leaseSeconds: 1, heartbeatSeconds: 0.05 } })
  await asked.promise
  const first = await lease()
  await expect.poll(async () => (await lease()) - first, { timeout: 20_000 }).toBeGreaterThan(1_000)
  await expect(bench.claim()).rejects.toThrow('could not be claimed')
  gate.resolve()
  await answering
  expect(await bench.versions()).toEqual(['a/1'])
})

test('a server that fails is asked again later and later, with one alarm, and then nothing is missing', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server)
  server.write('a')
  await bench.answer()
  const before = await bench.state()
  server.failing = 500
  server.write('b')
  const slower = { timing: { ...timing, backoffSeconds: 60 } }
  for (let poll = 0; poll < timing.circuitFailures + 2; poll++) {
    await bench.makeDue()
    await bench.answer(slower)
  }
  const after = await bench.state()
  expect(after).toMatchObject({ cursor: before.cursor, failures: timing.circuitFailures + 2 })
  expect(after.reason).toContain('The FHIR server "epd" answered 500')
  expect(after.due_at.getTime() - Date.now()).toBeGreaterThan(200_000)
  const alarms = await bench.db.selectFrom('alarm').selectAll().execute()
  expect(alarms).toMatchObject([{ kind: 'fhir-poll', deployment: 'oost-test' }])
  server.failing = undefined
  await again(bench)
  expect(await bench.versions()).toEqual(['a/1', 'b/1'])
  expect(await bench.state()).toMatchObject({ failures: 0, reason: null })
})

test('a resource that the bot cannot read waits for a person under its address, and the rest flows', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server)
  server.write('a', 0, 'broken')
  server.write('b')
  await bench.answer()
  await again(bench)
  const items = await bench.db.selectFrom('item').select(['reference', 'state', 'sentence', 'data']).execute()
  const parked = items.filter(({ state }) => state === 'parked')
  expect(items).toHaveLength(2)
  expect(parked).toMatchObject([
    { reference: 'Appointment/a/_history/1', sentence: 'Something unforeseen happened (TypeError).' },
  ])
})

test('a server that does not say when its resources changed is named, and nothing is made of it', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server)
  server.held.set('a', { id: 'a', version: 1, at: undefined, status: 'booked' })
  await bench.answer()
  expect(await bench.versions()).toEqual([])
  expect((await bench.state()).reason).toContain('does not say when its resources changed')
})

test('nothing is asked while the deployment is off or its system is held; then all of it is found', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server)
  server.write('a')
  await sql`UPDATE deployment SET mode = 'off'`.execute(bench.db)
  await bench.answer()
  await sql`UPDATE deployment SET mode = 'live'`.execute(bench.db)
  await sql`UPDATE system SET held_reason = 'maintenance'`.execute(bench.db)
  await bench.answer()
  expect(server.searches).toHaveLength(0)
  await sql`UPDATE system SET held_reason = NULL`.execute(bench.db)
  await bench.answer()
  expect(await bench.versions()).toEqual(['a/1'])
})

test('the sweeper rings for a poll that is due, and the same bell for its next time', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server)
  const { db, polling, rung } = bench
  const { due_at } = await bench.state()
  const clock = { now: () => new Date(), today: () => '2026-03-02' }
  await sweep({ db, doorbell: polling.doorbell, timing, log: silentLog, ...clock })
  expect(rung).toEqual([{ kind: 'trigger', id: TRIGGER, turn: due_at.toISOString() }])
  await bench.answer()
  const next = await bench.state()
  expect(next.due_at.getTime() - due_at.getTime()).toBeGreaterThanOrEqual(60_000)
  expect(rung.at(-1)?.turn).toBe(next.due_at.toISOString())
})

test('another search starts anew and a poll under way for the earlier one is refused; another pace does not', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server)
  server.write('a')
  await bench.answer()
  const { cursor } = await bench.state()
  const base = { id: TRIGGER, role: 'fhir', resourceType: 'Appointment' }
  await putFhirTrigger(bench.db, 'oost-test', { ...base, everySeconds: 5 })
  expect((await bench.state()).cursor).toEqual(cursor)
  await bench.makeDue()
  const earlier = await bench.claim()
  await putFhirTrigger(bench.db, 'oost-test', { ...base, parameters: { status: 'booked' } })
  expect((await bench.state()).cursor).toBeNull()
  await expect(bench.poll(earlier)).rejects.toMatchObject({ code: 'poll-lost' })
  await failPoll(bench.db, earlier, { sentence: '', delaySeconds: 1, alarmAt: 1 })
  expect((await bench.state()).failures).toBe(0)
})

test.each([
  ['patient', '12', 'parameters'],
  ['status', 'booked&patient=12', 'parameters.status'],
  ['code', '123456782', 'parameters.code'],
])('a trigger that would search on %s=%s is refused with its field', async (name, value, field) => {
  await using server = await startChangingServer()
  const opened = openFhirBench(server, { parameters: { [name]: value } })
  await expect(opened).rejects.toMatchObject({
    message: expect.stringContaining(`Field ${field} of a FHIR trigger`),
  })
})
