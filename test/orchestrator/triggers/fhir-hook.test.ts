import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createLog, silentLog } from '../../../connectors/log.ts'
import { openDoorbell } from '../../../orchestrator/queue/open-doorbell.ts'
import { openFhirHook } from '../../../orchestrator/triggers/fhir-hook.ts'
import { startWorker } from '../../../orchestrator/work/worker.ts'
import { timing } from '../work/bench.ts'
import { asOwner } from '../../owner.ts'
import { openFhirBench, TRIGGER, type FhirBench } from './fhir-bench.ts'
import { startChangingServer, type ChangingServer } from './fhir-changes.ts'

const Subscription = z.object({ channel: z.object({ endpoint: z.string(), header: z.tuple([z.string()]) }) })

/** Where the server was asked to notify, and the secret that it was given. */
function told(server: ChangingServer): { endpoint: string; secret: string } {
  const { channel } = Subscription.parse(server.subscriptions.get('s1'))
  return { endpoint: channel.endpoint, secret: channel.header[0].replace('x-ontregel-secret: ', '') }
}

/** A hook, and the Subscription by which the server knows it. */
async function openHook(bench: FhirBench, server: ChangingServer, change: { now?: () => number } = {}) {
  const { db, polling } = bench
  const lines: string[] = []
  const hook = await openFhirHook({
    db,
    doorbell: polling.doorbell,
    secrets: polling.secrets,
    host: '127.0.0.1',
    port: 0,
    log: createLog('debug', (line) => lines.push(line)),
    now: () => performance.now(),
    ...change,
  })
  await bench.answer({ fhirHook: hook.address })
  bench.rung.length = 0
  const { endpoint, secret } = told(server)
  const notify = async (headers: Record<string, string>, options: RequestInit & { path?: string } = {}) => {
    const { path = '', ...init } = options
    const response = await fetch(endpoint + path, { method: 'POST', headers, ...init })
    return { status: response.status, body: await response.text() }
  }
  const close = () => hook.close()
  return { hook, lines, secret, notify, [Symbol.asyncDispose]: close }
}

const asked = async ({ db }: FhirBench) =>
  (await db.selectFrom('fhir_poll').select('asked').executeTakeFirstOrThrow()).asked

test('a genuine notification makes the poll due now and rings, and its content is not looked at', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server, { notified: true, everySeconds: 3600 })
  await using open = await openHook(bench, server)
  const own = { 'x-ontregel-secret': open.secret }
  expect(await open.notify(own)).toEqual({ status: 200, body: '' })
  const signed = createHmac('sha256', open.secret).update('{"resourceType":"Patient"}').digest('hex')
  const body = '{"resourceType":"Patient"}'
  expect(await open.notify({ 'x-signature': signed }, { body })).toMatchObject({ status: 200 })
  expect(await open.notify(own, { method: 'PUT', path: '/Appointment/12', body: 'no json' })).toMatchObject({
    status: 200,
  })
  expect(await asked(bench)).toBe(3)
  expect(bench.rung[0]).toMatchObject({ kind: 'trigger', id: TRIGGER })
  const { due_at } = await bench.state()
  expect(due_at.getTime() - Date.now()).toBeLessThan(1_500)
  expect(await bench.versions()).toEqual([])
})

test('what is missing, wrong, forged, too large or elsewhere gets the same 404 and makes nothing', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server, { notified: true })
  await using open = await openHook(bench, server)
  const own = { 'x-ontregel-secret': open.secret }
  const forged = createHmac('sha256', open.secret).update('a').digest('hex')
  const large = 'x'.repeat(1_000_001)
  const refused = [
    await open.notify({}),
    await open.notify({ 'x-ontregel-secret': 'x'.repeat(43) }),
    await open.notify({ 'x-ontregel-secret': `${open.secret}x` }),
    await open.notify({ 'x-signature': forged }, { body: 'b' }),
    await open.notify(own, { method: 'DELETE' }),
    await open.notify(own, { path: '/Appointment' }),
    await open.notify(own, { path: '-other' }),
    await open.notify(own, { body: large }),
    await open.notify(own, {
      body: stream(large),
      duplex: 'half',
    } as RequestInit),
  ]
  expect(refused).toEqual(refused.map(() => ({ status: 404, body: '' })))
  const plain = await fetch(open.hook.address)
  expect([plain.status, [...plain.headers.keys()].includes('server')]).toEqual([404, false])
  expect(await asked(bench)).toBe(0)
  expect(bench.rung).toEqual([])
  expect(open.lines.join()).not.toContain(open.secret)
})

const stream = (text: string) => new Blob([text]).stream()

test('twin: the secret is what opens it: with the right one the same requests ring', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server, { notified: true })
  await using open = await openHook(bench, server)
  const signature = createHmac('sha256', open.secret).update('b').digest('hex')
  expect(await open.notify({ 'x-signature': signature }, { body: 'b' })).toMatchObject({ status: 200 })
  expect(await asked(bench)).toBe(1)
})

test('too many in one second are put off, and the next second is a new one', async () => {
  let now = 5_000
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server, { notified: true })
  await using open = await openHook(bench, server, { now: () => now })
  const statuses = []
  for (let request = 0; request < 60; request++) statuses.push((await open.notify({})).status)
  expect(statuses.filter((status) => status === 404)).toHaveLength(50)
  expect(statuses.slice(50)).toEqual(statuses.slice(50).map(() => 429))
  now += 1_000
  expect((await open.notify({})).status).toBe(404)
})

test('a request that breaks off or is no HTTP is dropped, and the next one is answered', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server, { notified: true })
  await using open = await openHook(bench, server)
  const { port } = new URL(open.hook.address)
  for (const text of [
    'garbage\r\n\r\n',
    `POST /fhir/${TRIGGER} HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nab`,
  ]) {
    const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined)
    socket.end(text)
    await once(socket.resume(), 'close')
  }
  expect(await open.notify({ 'x-ontregel-secret': open.secret })).toMatchObject({ status: 200 })
  expect(await asked(bench)).toBe(1)
})

test('while the ledger is away the server is told to try again', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server, { notified: true })
  await using open = await openHook(bench, server)
  await asOwner(bench.url, sql`ALTER TABLE fhir_poll RENAME TO fhir_away`)
  expect(await open.notify({ 'x-ontregel-secret': open.secret })).toEqual({ status: 503, body: '' })
  await asOwner(bench.url, sql`ALTER TABLE fhir_away RENAME TO fhir_poll`)
})

test('a notification during a poll makes another one right after it; while the server fails it does not hurry', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server, { notified: true, everySeconds: 3600 })
  await using open = await openHook(bench, server)
  const notify = () => open.notify({ 'x-ontregel-secret': open.secret })
  await bench.makeDue()
  server.beforePage = async () => void (await notify())
  await bench.answer()
  server.beforePage = () => undefined
  expect((await bench.state()).due_at.getTime() - Date.now()).toBeLessThan(1_500)
  server.failing = 500
  await bench.makeDue()
  await bench.answer({ timing: { ...timing, backoffSeconds: 60 } })
  await notify()
  expect((await bench.state()).due_at.getTime() - Date.now()).toBeGreaterThan(30_000)
})

test('with a worker at the bell, a notification makes an item at once, long before the next poll', async () => {
  await using server = await startChangingServer()
  await using bench = await openFhirBench(server, { notified: true, everySeconds: 3600 })
  const doorbell = await openDoorbell({ databaseUrl: bench.url, onError: () => undefined })
  const { db, polling } = bench
  const hook = await openFhirHook({
    db,
    doorbell,
    secrets: polling.secrets,
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    now: () => performance.now(),
  })
  const worker = await startWorker({ ...polling, doorbell, concurrency: 2, fhirHook: hook.address })
  await doorbell.ring([{ kind: 'trigger', id: TRIGGER, turn: 'first' }])
  await expect.poll(() => server.subscriptions.size, { timeout: 10_000 }).toBe(1)
  await expect
    .poll(async () => (await bench.state()).due_at.getTime() - Date.now(), { timeout: 10_000 })
    .toBeGreaterThan(60_000)
  server.write('a')
  const { endpoint, secret } = told(server)
  expect((await fetch(endpoint, { method: 'POST', headers: { 'x-ontregel-secret': secret } })).status).toBe(
    200,
  )
  await expect.poll(() => bench.versions(), { timeout: 10_000 }).toEqual(['a/1'])
  await worker.close()
  await hook.close()
  await doorbell.close()
})
