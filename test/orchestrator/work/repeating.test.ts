import { expect, test } from 'vitest'
import type { Act } from '../../../bots/bot.ts'
import { Failure } from '../../../connectors/failure.ts'
import { giveBack } from '../../../orchestrator/ledger/people.ts'
import { openBench, registering, testBot, registerAct, type Bench } from './bench.ts'
import { startTarget } from './target.ts'

/** Acts without `find`, at a target that recognises what it had before or does not: what an HL7 receiver is. */

const blind = (target: Parameters<typeof registering>[0], change: Partial<Act> = {}) =>
  registering(target, { repeatable: true, ...change }, ['find'])

const refusing = (notDone: boolean): Partial<Act> => ({
  press: () => Promise.reject(new Failure('business', 'hl7-refused', 'It refused.', { notDone })),
})

const unreachable: Partial<Act> = {
  press: () => Promise.reject(new Failure('transient', 'hl7-unreachable', 'Nobody.', { notDone: true })),
}

const acts = (bench: Bench) => bench.db.selectFrom('act').select(['name', 'state', 'how']).execute()

test.each([
  [
    'the target said that it did nothing: parked for what it is, nothing stands armed',
    true,
    'parked',
    'void',
  ],
  ['the same without its word: it may have happened', false, 'unsure', 'armed'],
])('refused at the press, %s', async (_what, notDone, ending, state) => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  expect(await bench.go(blind(target, refusing(notDone)), item)).toBe(ending)
  expect(await acts(bench)).toEqual([{ name: 'register', state, how: null }])
  expect((await bench.eventKinds(item)).includes('not-done')).toBe(notDone)
  if (notDone) expect(await bench.row(item)).toMatchObject({ parked_kind: 'business', code: 'hl7-refused' })
})

test('what was not sent is tried again, and what was corrected after a refusal is another press', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1')
  expect(await bench.go(blind(target, unreachable), item)).toBe('queued')
  expect(await bench.go(blind(target, refusing(true)), item)).toBe('parked')
  const data = { reference: 'R-1', value: 'two' }
  const person = { item, account: 'ada', humanSeconds: 60 }
  await giveBack(bench.db, person, { reference: 'R-1', caseReference: 'R-1', data })
  expect(await bench.go(blind(target), item)).toBe('done')
  expect(target.entries).toMatchObject([{ value: 'two' }])
})

test('who lost the item while the target refused changes nothing', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.claim(await bench.addItem('R-1'))
  const bot = blind(target, {
    press: async () => {
      await bench.db
        .updateTable('item')
        .set({ fence: item.fence + 1 })
        .execute()
      throw new Failure('business', 'hl7-refused', 'It refused.', { notDone: true })
    },
  })
  expect(await bench.run(bot, item)).toBe('left')
  expect(await bench.row(item.id)).toMatchObject({ state: 'armed' })
  expect(await acts(bench)).toMatchObject([{ state: 'armed' }])
})

/** An item whose press was not answered, and that is queued to be repeated. */
async function queuedToRepeat(bench: Bench, target: Parameters<typeof registering>[0]) {
  const item = await bench.addItem('R-1')
  target.next.push('applied-but-failed')
  expect(await bench.go(blind(target), item)).toBe('unsure')
  expect(await bench.go(blind(target), item)).toBe('queued')
  expect(await acts(bench)).toEqual([{ name: 'register', state: 'armed', how: null }])
  return item
}

test('what may have happened is repeated as it was, and done once it is confirmed', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await queuedToRepeat(bench, target)
  expect(await bench.go(blind(target), item)).toBe('done')
  expect(await acts(bench)).toEqual([{ name: 'register', state: 'done', how: 'pressed' }])
  // This target recognises nothing: that it stands there twice shows that it really was pressed again.
  expect(target.entries).toHaveLength(2)
})

test.each<[string, Partial<Act>]>([
  ['the target does not recognise duplicates any more', { repeatable: false }],
  ['it would be done with other content', { payload: { value: 'changed' } }],
])('it is not repeated when %s: a person looks', async (_what, change) => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await queuedToRepeat(bench, target)
  expect(await bench.go(blind(target, change), item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ parked_kind: 'unsure', code: 'cannot-repeat' })
  expect(target.entries).toHaveLength(1)
})

test.each<[string, Partial<Act>, string]>([
  ['refused', refusing(true), 'hl7-refused'],
  ['a page that is not the known one', unexpected(), 'page-unexpected'],
])('%s the second time tells nothing of the first: a person looks', async (_what, change, code) => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await queuedToRepeat(bench, target)
  expect(await bench.go(blind(target, change), item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ parked_kind: 'unsure', code })
  expect(await acts(bench)).toMatchObject([{ state: 'armed' }])
  const person = { item, account: 'ada', humanSeconds: 60 }
  const same = { reference: 'R-1', caseReference: 'R-1', data: { reference: 'R-1', value: 'one' } }
  await expect(giveBack(bench.db, person, same)).rejects.toMatchObject({ code: 'look-first' })
})

function unexpected(): Partial<Act> {
  return { prepare: () => Promise.reject(new Failure('unexpected', 'page-unexpected', 'Another page.')) }
}

test('put in shadow meanwhile, it is neither repeated nor taken for shadow work: a person looks', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await queuedToRepeat(bench, target)
  await bench.db.updateTable('deployment').set({ mode: 'shadow' }).execute()
  expect(await bench.go(blind(target), item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ parked_kind: 'unsure', code: 'cannot-repeat' })
  expect(target.entries).toHaveLength(1)
})

test('it is tried as often as an item is tried; what it came to is then still not known', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await queuedToRepeat(bench, target)
  expect(await bench.go(blind(target, unreachable), item)).toBe('queued')
  expect(await bench.go(blind(target, unreachable), item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ attempt: 3, parked_kind: 'unsure', code: 'hl7-unreachable' })
})

test('a target that never answers is not sent to for ever', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await queuedToRepeat(bench, target)
  for (const ending of ['unsure', 'queued', 'unsure', 'parked']) {
    target.next.push(...(ending === 'unsure' ? (['applied-but-failed'] as const) : []))
    expect(await bench.go(blind(target), item)).toBe(ending)
  }
  expect(await bench.row(item)).toMatchObject({ parked_kind: 'unsure', code: 'cannot-look' })
  expect(target.entries).toHaveLength(3)
})

test('a worker that stops before repeating leaves it to the next', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.claim(await queuedToRepeat(bench, target))
  const stop = new AbortController()
  const bot = blind(target, { prepare: () => Promise.resolve(stop.abort()) })
  expect(await bench.run(bot, item, { stopping: stop.signal })).toBe('queued')
  expect(await acts(bench)).toMatchObject([{ state: 'armed' }])
  expect(await bench.go(blind(target), item.id)).toBe('done')
})

test.each([
  ['does something else first', 'other'],
  ['ends without it', 'nothing'],
])('a bot that now %s does not come past what may have happened', async (_what, way) => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await queuedToRepeat(bench, target)
  const bot = testBot(async ({ act, marker }, value) => {
    if (way === 'other') await act('other', registerAct(target, marker, value))
  })
  expect(await bench.go(bot, item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ parked_kind: 'unsure', code: 'cannot-look' })
  expect(target.entries).toHaveLength(1)
})
