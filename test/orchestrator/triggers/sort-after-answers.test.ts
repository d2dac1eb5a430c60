import { expect, test } from 'vitest'
import { readMessage } from '../../../connectors/hl7/message.ts'
import { silentLog } from '../../../connectors/log.ts'
import { waitingMessages } from '../../../orchestrator/ledger/message-order.ts'
import { answerMessage, routeMessage } from '../../../orchestrator/triggers/hl7.ts'
import {
  sortAfterAnswers,
  type AfterAnswers,
  type AfterAnswersOptions,
} from '../../../orchestrator/triggers/sort-after-answers.ts'
import { sortLeftBehind } from '../../../orchestrator/triggers/sort-left-behind.ts'
import {
  answerAll,
  messageAbout,
  openMessageBench,
  storeAll,
  storeUnsorted,
  type MessageBench,
} from './message-bench.ts'

/** Stores messages as a channel does, and gives them as it hands them on. */
async function accepted(bench: MessageBench, messages: readonly Buffer[]) {
  const stored = await storeUnsorted(bench.db, bench.secrets, messages)
  return stored.map(({ id }, place) => ({
    id,
    hospital: 'oost',
    message: readMessage(messages[place] ?? Buffer.alloc(0)),
  }))
}

const open = (bench: MessageBench, change: Partial<AfterAnswersOptions> = {}) =>
  sortAfterAnswers({ ...bench, log: silentLog, ...change })

const unsorted = async ({ db }: MessageBench) =>
  (
    await db.selectFrom('message').select('control_id').where('sorted', '=', false).orderBy('place').execute()
  ).map((row) => row.control_id)

test('messages are sorted and rung for in their order; a bell that cannot be rung is logged and keeps nothing back', async () => {
  await using bench = await openMessageBench()
  const all = Array.from({ length: 300 }, (_, n) => messageAbout(`M-${n}`, [String(4000 + (n % 7))]))
  const given = await accepted(bench, all)
  const failed: string[] = []
  let down = true
  const doorbell = {
    ...bench.doorbell,
    ring: (...args: Parameters<typeof bench.doorbell.ring>) => {
      if (!down) return bench.doorbell.ring(...args)
      down = false
      return Promise.reject(new Error('down'))
    },
  }
  const after = open(bench, { doorbell, log: { ...silentLog, warn: (event) => void failed.push(event) } })
  after.add(given.slice(0, 1))
  after.add([])
  await after.idle()
  after.add(given.slice(1))
  await after.idle()
  expect(failed).toEqual(['bell not rung'])
  expect(await unsorted(bench)).toEqual([])
  expect(bench.rung.map(({ id }) => id)).toEqual(given.slice(1).map(({ id }) => id))
  await after.idle()
})

test('as long as messages come in, sorting rests in between; not when none come, nor when half of what may wait does', async () => {
  await using bench = await openMessageBench()
  const all = Array.from({ length: 556 }, (_, n) => messageAbout(`M-${n}`, [String(4000 + n)]))
  const given = await accepted(bench, all)
  const restedWhen = async (comesIn: number, most: number) => {
    const rests: number[] = []
    const late = given.slice(300, 300 + comesIn)
    const doorbell = {
      ...bench.doorbell,
      ring: () => Promise.resolve(after.add(late.splice(0))),
    }
    const pause = (ms: number) => Promise.resolve(void rests.push(ms))
    const after: AfterAnswers = open(bench, { doorbell, pause, most: { count: most, bytes: 1e9 } })
    after.add(given.slice(0, 300))
    await after.idle()
    return rests
  }
  expect(await restedWhen(256, 1000)).toEqual([0, expect.toSatisfy((ms) => ms > 0 && ms <= 250), 50])
  expect(await restedWhen(256, 600)).toEqual([0, 0, 50])
  expect(await restedWhen(0, 1000)).toEqual([0, 50])
})

test('when far more comes in than can be sorted, the next is acknowledged only when there is room', async () => {
  await using bench = await openMessageBench()
  const given = await accepted(bench, [messageAbout('M-1', ['4001']), messageAbout('M-2', ['4002'])])
  for (const most of [
    { count: 2, bytes: 1e9 },
    { count: 1e9, bytes: 10 },
  ]) {
    const after = open(bench, { most })
    await after.room()
    after.add(given)
    let entered = false
    const room = after.room().then(() => (entered = true))
    await Promise.resolve()
    expect(entered).toBe(false)
    await room
    await after.idle()
  }
})

test('what a process answered and did not come to sort is found, sorted from its bytes and goes in its order', async () => {
  await using bench = await openMessageBench()
  const [first] = await accepted(bench, [
    messageAbout('M-1', ['4001'], 'ZZZ|X'),
    messageAbout('M-2', ['4002', '4001']),
    messageAbout('M-3', ['4003']),
  ])
  expect(await waitingMessages(bench.db, 10)).toEqual([])
  await bench.db
    .updateTable('message')
    .set({ received_at: new Date(Date.now() - 11_000) })
    .execute()
  expect(await waitingMessages(bench.db, 10)).toHaveLength(3)
  await answerMessage(bench, first?.id ?? '')
  expect(await unsorted(bench)).toEqual([])
  for (const { id } of await waitingMessages(bench.db, 10))
    bench.rung.push({ kind: 'message', id, turn: '0' })
  await answerAll(bench, (id) => answerMessage(bench, id))
  expect(await bench.states()).toEqual({ 'M-1': 'aside', 'M-2': 'stored', 'M-3': 'routed' })
  const found = await bench.db
    .selectFrom('message_patient')
    .select('message')
    .where('message', '=', first?.id ?? '')
    .execute()
  expect(found).toHaveLength(1)
})

test('nothing is routed past an earlier message of which nobody knows yet whom it is about', async () => {
  await using bench = await openMessageBench()
  const [early] = await storeUnsorted(bench.db, bench.secrets, [messageAbout('M-1', ['4001'])])
  const [late] = await storeAll(bench.db, bench.secrets, [messageAbout('M-2', ['4001'])])
  expect(await routeMessage(bench, late?.id ?? '')).toEqual([])
  expect(await routeMessage(bench, early?.id ?? '')).toEqual([])
  await Promise.all([1, 2, 3].map(() => sortLeftBehind(bench.db, bench.secrets)))
  expect(await bench.db.selectFrom('patient_queue').selectAll().execute()).toHaveLength(2)
  expect(await routeMessage(bench, late?.id ?? '')).toEqual([])
  expect(await routeMessage(bench, early?.id ?? '')).toHaveLength(1)
  expect(await routeMessage(bench, late?.id ?? '')).toHaveLength(1)
})
