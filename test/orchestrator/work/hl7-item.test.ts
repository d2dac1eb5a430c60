import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { doubtExpiredPresses } from '../../../orchestrator/ledger/sweeping.ts'
import { openBench, type Bench } from './bench.ts'
import { nobody, putTelling, startReceiver, type Receiver, type Told } from './hl7-bench.ts'
import { openerOf, tellingBot } from './telling-bot.ts'

/** Whole items of a robot whose act is an HL7 message: real ledger, real runner, a receiver that is a process of its own. */

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver[Symbol.asyncDispose]())
beforeEach(() => receiver.misbehave())

const UNKNOWN = '99999999'

/** A bench with one item about a patient, and how it goes on. */
async function openTelling(told: Told, patient = receiver.patient, address = receiver.address) {
  const bench = await openBench()
  await putTelling(bench.db, address, told)
  const item = await bench.addItem('A-1', patient)
  const opener = openerOf(bench.db)
  const controlId = (await bench.row(item)).marker.slice('OR-'.length)
  return {
    ...{ bench, item, opener },
    go: () => bench.go(tellingBot, item, { opener }),
    row: () => bench.row(item),
    told: () => receiver.told(controlId),
    async [Symbol.asyncDispose]() {
      await opener.close()
      await bench[Symbol.asyncDispose]()
    },
  }
}

const actState = async ({ db }: Bench) =>
  (await db.selectFrom('act').select(['state', 'reference']).executeTakeFirst()) ?? 'none'

test('AA: done, with the control id as the reference', async () => {
  await using telling = await openTelling({ application: 'PLANNING' })
  expect(await telling.go()).toBe('done')
  const { marker } = await telling.row()
  expect(await actState(telling.bench)).toEqual({ state: 'done', reference: marker.slice(3) })
  expect(await telling.told()).toBe(1)
  expect(await telling.bench.eventKinds(telling.item)).toEqual([
    ...['arrived', 'claimed', 'armed', 'pressed', 'act-done', 'done'],
  ])
})

test('AE: parked for what it is, nothing stays armed; corrected, it is told', async () => {
  await using telling = await openTelling({ application: 'PLANNING' }, UNKNOWN)
  expect(await telling.go()).toBe('parked')
  expect(await telling.row()).toMatchObject({ parked_kind: 'business', code: 'hl7-refused' })
  expect(await actState(telling.bench)).toMatchObject({ state: 'void' })
  expect(await telling.told()).toBe(0)
  const data = JSON.stringify({ reference: 'A-1', value: receiver.patient })
  await telling.bench.db.updateTable('item').set({ state: 'queued', parked_kind: null, data }).execute()
  expect(await telling.go()).toBe('done')
  expect(await telling.told()).toBe(1)
})

test('AR: parked too', async () => {
  await using telling = await openTelling({ application: 'RIS' })
  await sql`UPDATE system SET settings = jsonb_set(settings, '{receiver,application}', '"LAB"')`.execute(
    telling.bench.db,
  )
  expect(await telling.go()).toBe('parked')
  expect(await telling.row()).toMatchObject({ parked_kind: 'business', code: 'hl7-refused' })
})

test('nobody there: queued again, nothing was armed; it is told when the receiver is back', async () => {
  await using telling = await openTelling({ application: 'RIS' }, receiver.patient, await nobody())
  expect(await telling.go()).toBe('queued')
  expect(await actState(telling.bench)).toBe('none')
  expect(await telling.bench.db.selectFrom('system').select('failures').executeTakeFirst()).toEqual({
    failures: 1,
  })
  await putTelling(telling.bench.db, receiver.address, { application: 'RIS' })
  expect(await telling.go()).toBe('done')
  expect(await telling.told()).toBe(1)
})

test.each(['status', 'reset'] as const)('no answer (%s): unsure, and a person is asked', async (shows) => {
  await using telling = await openTelling({ application: 'PLANNING' })
  await receiver.misbehave('error-but-applied', shows)
  expect(await telling.go()).toBe('unsure')
  await receiver.misbehave()
  expect(await telling.go()).toBe('parked')
  expect(await telling.row()).toMatchObject({ parked_kind: 'unsure', code: 'cannot-look' })
  expect(await telling.told()).toBe(1)
})

test('no answer of one that recognises duplicates: told again, and done once there', async () => {
  await using telling = await openTelling({ application: 'RIS', recognisesDuplicates: true })
  await receiver.misbehave('error-but-applied')
  expect(await telling.go()).toBe('unsure')
  await receiver.misbehave()
  expect([await telling.go(), await telling.go()]).toEqual(['queued', 'done'])
  expect(await telling.told()).toBe(1)
})

test('twin: taken for one that recognises duplicates, another is told twice', async () => {
  await using telling = await openTelling({ application: 'PLANNING', recognisesDuplicates: true })
  await receiver.misbehave('error-but-applied')
  expect(await telling.go()).toBe('unsure')
  await receiver.misbehave()
  expect([await telling.go(), await telling.go()]).toEqual(['queued', 'done'])
  expect(await telling.told()).toBe(2)
})

test('when the message would be another the next time, it is not sent: a person looks', async () => {
  await using telling = await openTelling({ application: 'RIS', recognisesDuplicates: true })
  await receiver.misbehave('error-not-applied', 'reset')
  expect(await telling.go()).toBe('unsure')
  await receiver.misbehave()
  expect(await telling.go()).toBe('queued')
  await sql`UPDATE system SET settings = settings || '{"processing": "T"}'`.execute(telling.bench.db)
  expect(await telling.go()).toBe('parked')
  expect(await telling.row()).toMatchObject({ parked_kind: 'unsure', code: 'cannot-repeat' })
  expect(await telling.told()).toBe(0)
})

/** Does the item in a process of its own, and kills that when the receiver has the message and before it answers. */
async function killBetweenSendAndAnswer(telling: Awaited<ReturnType<typeof openTelling>>): Promise<void> {
  await receiver.misbehave('error-but-applied')
  const script = `${import.meta.dirname}/telling-worker.ts`
  const worker = spawn(process.execPath, [script, telling.bench.url, telling.item], { stdio: 'inherit' })
  const ended = once(worker, 'exit')
  await vi.waitFor(async () => expect(await telling.told()).toBe(1), { timeout: 30_000, interval: 50 })
  worker.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
  await receiver.misbehave()
  expect((await telling.row()).state).toBe('armed')
  await sql`UPDATE item SET lease_until = clock_timestamp() - interval '1 second'`.execute(telling.bench.db)
  expect(await doubtExpiredPresses(telling.bench.db, 0)).toBe(1)
}

test('a worker killed between sending and the answer: nobody sends again, a person is asked', async () => {
  await using telling = await openTelling({ application: 'PLANNING', answerMs: 60_000 })
  await killBetweenSendAndAnswer(telling)
  expect(await telling.go()).toBe('parked')
  expect(await telling.row()).toMatchObject({ parked_kind: 'unsure', code: 'cannot-look' })
  expect(await telling.told()).toBe(1)
})

test('the same at one that recognises duplicates: the very same bytes again, and done once there', async () => {
  await using telling = await openTelling({
    application: 'RIS',
    recognisesDuplicates: true,
    answerMs: 60_000,
  })
  await killBetweenSendAndAnswer(telling)
  expect([await telling.go(), await telling.go()]).toEqual(['queued', 'done'])
  expect(await telling.told()).toBe(1)
})
