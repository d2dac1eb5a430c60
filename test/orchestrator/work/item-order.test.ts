import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { silentLog } from '../../../connectors/log.ts'
import { finishItem } from '../../../orchestrator/ledger/finish.ts'
import { heldBehind, itemsBehind, letPass, orderKeys } from '../../../orchestrator/ledger/item-order.ts'
import { claimItem } from '../../../orchestrator/ledger/items.ts'
import { parkItem } from '../../../orchestrator/ledger/parking.ts'
import { takeUnrung } from '../../../orchestrator/ledger/sweeping.ts'
import type { ItemRow } from '../../../orchestrator/ledger/tables.ts'
import { openDoorbell } from '../../../orchestrator/queue/open-doorbell.ts'
import { ringItems } from '../../../orchestrator/work/ringing.ts'
import { systemClock } from '../../../orchestrator/work/system-clock.ts'
import { startWorker } from '../../../orchestrator/work/worker.ts'
import { seededRandom } from '../../practice-hospital/random.ts'
import { messageAbout, type MessageBench } from '../triggers/message-bench.ts'
import { timing, WORKER } from './bench.ts'
import { openRouted, playOut, routeMore } from './item-order-bench.ts'

const patient = fc.constantFrom('4001', '4002', '4003', '4004')
const messages = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.tuple(patient) },
    { weight: 1, arbitrary: fc.uniqueArray(patient, { minLength: 2, maxLength: 2 }) },
  ),
  { minLength: 6, maxLength: 14 },
)

test('whatever comes and however it ends, workers that go all at once never overtake within a patient', async () => {
  const play = fc.asyncProperty(messages, fc.nat(), async (all, seed) => {
    await using bench = await openRouted(all)
    const outcome = await playOut(bench, all, seededRandom(seed).next)
    expect(outcome).toEqual({ overtakings: [], open: 0, done: 2 * all.length })
    expect(await bench.db.selectFrom('item_order').selectAll().execute()).toEqual([])
  })
  await fc.assert(play, { numRuns: 6, endOnFailure: true })
})

test('twin: without the rule the same workers do overtake', async () => {
  const all = Array.from({ length: 12 }, (_, n) =>
    n % 4 === 3 ? ['4001', '4002'] : [n % 2 ? '4001' : '4002'],
  )
  await using bench = await openRouted(all)
  await bench.db.updateTable('item').set({ ordered: false }).execute()
  const outcome = await playOut(bench, all, seededRandom(7).next)
  expect(outcome.overtakings.length).toBeGreaterThan(0)
})

/** The items of a message, those of both deployments. */
async function itemsOf({ db }: MessageBench, reference: string): Promise<ItemRow[]> {
  return await db
    .selectFrom('item')
    .selectAll()
    .where('reference', '=', reference)
    .orderBy('deployment')
    .execute()
}

const idsOf = async (bench: MessageBench, reference: string) =>
  (await itemsOf(bench, reference)).map(({ id }) => id)

const claim = ({ db }: MessageBench, id = '') => claimItem(db, id, WORKER, 60, null)
const DONE = { variant: 'plain', outcome: 'nothing' as const, share: 0, lastAct: undefined }

async function finished(
  bench: MessageBench,
  id: string,
  followUps: Parameters<typeof finishItem>[2]['followUps'] = [],
) {
  const item = await claim(bench, id)
  if (!item) throw new Error('It could not be claimed.')
  await finishItem(bench.db, { item: id, fence: item.fence, worker: WORKER }, { ...DONE, followUps }, [])
}

test('the robots of one message go side by side; the next message waits for both, another patient for none', async () => {
  await using bench = await openRouted([['4001'], ['4001'], ['4002']])
  const [one = '', other = ''] = await idsOf(bench, '0')
  const [next = ''] = await idsOf(bench, '1')
  const keys = await orderKeys(bench.db, one)
  expect(await claim(bench, next)).toBeUndefined()
  expect(await claim(bench, (await idsOf(bench, '2'))[0])).toBeDefined()
  await finished(bench, one)
  expect(await itemsBehind(bench.db, 'oost', keys)).toMatchObject([{ id: other }])
  expect(await heldBehind(bench.db, next)).toMatchObject({
    id: other,
    deployment: 'oost-test',
    state: 'queued',
  })
  await finished(bench, other)
  expect((await itemsBehind(bench.db, 'oost', keys)).map(({ id }) => id).toSorted()).toEqual(
    (await idsOf(bench, '1')).toSorted(),
  )
  expect(await claim(bench, next)).toBeDefined()
})

test('one that waits for a person holds its own patient and is named; letting the others pass frees them', async () => {
  await using bench = await openRouted([['4001'], ['4001'], ['4002']])
  const [first = '', other = ''] = await idsOf(bench, '0')
  await finished(bench, other)
  const item = await claim(bench, first)
  const hold = { item: first, fence: item?.fence ?? 0, worker: WORKER }
  await parkItem(bench.db, hold, { kind: 'business', code: 'test', sentence: 'The letter is empty.' }, [])
  const [next = ''] = await idsOf(bench, '1')
  expect(await heldBehind(bench.db, next)).toMatchObject({
    state: 'parked',
    sentence: 'The letter is empty.',
  })
  const rung = (await takeUnrung(bench.db, 0, 100)).map(({ id }) => id)
  expect(rung.toSorted()).toEqual((await idsOf(bench, '2')).toSorted())
  await expect(letPass(bench.db, next, 'a-1')).rejects.toThrow('does not wait for a person')
  await letPass(bench.db, first, 'a-1')
  expect(await heldBehind(bench.db, next)).toBeUndefined()
  expect(await claim(bench, next)).toBeDefined()
})

test('what an item hands on takes its place, before the later messages of the patient', async () => {
  await using bench = await openRouted([['4001'], ['4001']])
  const [one = '', other = ''] = await idsOf(bench, '0')
  await finished(bench, one)
  const next = { reference: 'handed-on', caseReference: 'handed-on', data: {}, deployment: 'oost-test' }
  await finished(bench, other, [next])
  const [later = ''] = await idsOf(bench, '1')
  expect(await claim(bench, later)).toBeUndefined()
  const [handed = ''] = await idsOf(bench, 'handed-on')
  await finished(bench, handed)
  expect(await claim(bench, later)).toBeDefined()
})

test('a deployment that is off holds nobody, unless its item is in hand', async () => {
  await using bench = await openRouted([['4001'], ['4001']])
  const [ofOther = '', ofTest = ''] = await idsOf(bench, '0')
  await finished(bench, ofTest)
  const [later = ''] = await idsOf(bench, '1')
  const turn = (mode: 'off' | 'live') =>
    bench.db.updateTable('deployment').set({ mode }).where('id', '=', 'oost-other').execute()
  const held = await claim(bench, ofOther)
  await turn('off')
  const [, laterOfTest = ''] = await idsOf(bench, '1')
  expect(await claim(bench, laterOfTest)).toBeUndefined()
  await bench.db
    .updateTable('item')
    .set({ state: 'queued', worker: null, lease_until: null })
    .where('id', '=', held?.id ?? '')
    .execute()
  expect(await claim(bench, laterOfTest)).toBeDefined()
  expect(await claim(bench, later)).toBeUndefined()
})

test('the patient’s later messages, a merge among them, wait their turn', async () => {
  await using bench = await openRouted([['4001']])
  for (const id of await idsOf(bench, '0')) await finished(bench, id)
  await routeMore(bench, [messageAbout('1', ['4001']), messageAbout('2', ['4001', '4002'])])
  const [first = '', second = ''] = [...(await idsOf(bench, '1')), ...(await idsOf(bench, '2'))]
  expect(await claim(bench, (await idsOf(bench, '2'))[0])).toBeUndefined()
  for (const id of [first, second]) await finished(bench, id)
  expect(await claim(bench, (await idsOf(bench, '2'))[0])).toBeDefined()
})

test('a worker goes on with the next message of a patient by itself: no sweep has to find it', async () => {
  await using bench = await openRouted([['4001'], ['4001', '4002'], ['4001'], ['4002']])
  const doorbell = await openDoorbell({ databaseUrl: bench.url, schema: 'bullmq', onError: () => undefined })
  const worker = await startWorker({
    ...bench,
    doorbell,
    opener: { open: () => Promise.reject(new Error('No systems.')), close: () => Promise.resolve() },
    timing,
    clock: systemClock,
    concurrency: 4,
    log: silentLog,
  })
  try {
    const items = await bench.db.selectFrom('item').select('id').orderBy('arrived_at', 'desc').execute()
    await ringItems(
      doorbell,
      items.map(({ id }) => id),
    )
    const done = async () => {
      const rows = await bench.db
        .selectFrom('item')
        .select('reference')
        .where('state', '=', 'done')
        .orderBy('finished_at')
        .execute()
      expect(rows).toHaveLength(8)
      return rows.map(({ reference }) => reference)
    }
    const order = await vi.waitFor(done, { timeout: 20_000, interval: 50 })
    expect(order.slice(0, 4)).toEqual(['0', '0', '1', '1'])
  } finally {
    await worker.close()
    await doorbell.close()
  }
})
