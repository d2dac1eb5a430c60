import { expect, test } from 'vitest'
import type { Bot } from '../../../bots/bot.ts'
import { Failure } from '../../../connectors/failure.ts'
import { giveBack } from '../../../orchestrator/ledger/people.ts'
import type { DeploymentMode } from '../../../orchestrator/ledger/tables.ts'
import { openBench, registerAct, testBot, type Bench } from './bench.ts'
import { startTarget, type Target } from './target.ts'

/** Three acts; a step that fails stands before the third while `down` says so. */
const threeActs = (target: Target, down: () => boolean): Bot =>
  testBot(async ({ act, step, marker }, value) => {
    await act('a', registerAct(target, `${marker}-a`, value))
    await act('b', registerAct(target, `${marker}-b`, value))
    await step('look around', () =>
      down() ? Promise.reject(new Failure('transient', 'down', 'Down.')) : Promise.resolve(),
    )
    await act('c', registerAct(target, `${marker}-c`, value))
  })

const put = (bench: Bench, mode: DeploymentMode) => bench.db.updateTable('deployment').set({ mode }).execute()

const hows = async (bench: Bench) =>
  (await bench.db.selectFrom('act').select(['name', 'how']).orderBy('name').execute()).map(
    ({ name, how }) => `${name} ${how}`,
  )

const shareOf = async (bench: Bench) =>
  Number((await bench.db.selectFrom('credit').select('share').executeTakeFirstOrThrow()).share)

test('acts that were done in shadow are pressed when the deployment went live between two attempts', async () => {
  await using bench = await openBench('shadow')
  await using target = await startTarget()
  let down = true
  const bot = threeActs(target, () => down)
  const item = await bench.addItem('R-1')
  expect(await bench.go(bot, item)).toBe('queued')
  expect(await hows(bench)).toEqual(['a shadow', 'b shadow'])
  down = false
  await put(bench, 'live')
  expect(await bench.go(bot, item)).toBe('done')
  expect(target.entries).toHaveLength(3)
  expect(await hows(bench)).toEqual(['a pressed', 'b pressed', 'c pressed'])
  expect(await shareOf(bench)).toBe(1)
})

test('an item of which a part really happened is for a person when its deployment is in shadow since', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  let down = true
  const bot = threeActs(target, () => down)
  const item = await bench.addItem('R-1')
  expect(await bench.go(bot, item)).toBe('queued')
  down = false
  await put(bench, 'shadow')
  expect(await bench.go(bot, item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ parked_kind: 'business', code: 'half-done', outcome: null })
  expect(target.entries).toHaveLength(2)
  expect(await bench.db.selectFrom('credit').selectAll().execute()).toEqual([])
})

test('the same when the part that happened is only found by looking it up in shadow', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const bot = threeActs(target, () => false)
  const item = await bench.addItem('R-1')
  target.next.push('none', 'applied-but-failed')
  expect(await bench.go(bot, item)).toBe('unsure')
  await put(bench, 'shadow')
  expect(await bench.go(bot, item)).toBe('parked')
  expect(await bench.row(item)).toMatchObject({ code: 'half-done' })
})

test('an item that had wholly happened before its deployment was put in shadow is done, and counts', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const bot = testBot(async ({ act, marker }, value) => {
    await act('a', registerAct(target, marker, value))
  })
  const item = await bench.addItem('R-1')
  target.next.push('none', 'applied-but-failed')
  expect(await bench.go(bot, item)).toBe('unsure')
  await put(bench, 'shadow')
  expect(await bench.go(bot, item)).toBe('done')
  expect(await bench.row(item)).toMatchObject({ outcome: 'done' })
  expect(await shareOf(bench)).toBe(1)
})

/** Registers, and then does not take the value "wrong". */
const choosy = (target: Target): Bot =>
  testBot(async ({ act, step, marker }, value) => {
    await act('a', registerAct(target, marker, value))
    await step('judge', () =>
      value === 'wrong'
        ? Promise.reject(new Failure('business', 'wrong', 'A rule says no.'))
        : Promise.resolve(),
    )
  })

const correct = async (bench: Bench, item: string) => {
  const person = { item, account: 'ada', humanSeconds: 60 }
  const data = { reference: 'R-1', value: 'right' }
  await giveBack(bench.db, person, { reference: 'R-1', caseReference: 'R-1', data })
}

test('in shadow an item is done with the data that a person corrected', async () => {
  await using bench = await openBench('shadow')
  await using target = await startTarget()
  const item = await bench.addItem('R-1', 'wrong')
  expect(await bench.go(choosy(target), item)).toBe('parked')
  await correct(bench, item)
  expect(await bench.go(choosy(target), item)).toBe('done')
  const act = await bench.db.selectFrom('act').select('shadow_payload').executeTakeFirstOrThrow()
  expect(act.shadow_payload).toEqual({ value: 'right' })
})

test('an act that a person corrected at the target as well is that act from then on', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.addItem('R-1', 'one')
  const { marker } = await bench.row(item)
  let down = true
  const bot = testBot(async ({ act, step }, value) => {
    await act('a', registerAct(target, marker, value))
    await step('look around', () =>
      down ? Promise.reject(new Failure('transient', 'down', 'Down.')) : Promise.resolve(),
    )
  })
  target.next.push('none', 'not-applied')
  expect([await bench.go(bot, item), await bench.go(bot, item)]).toEqual(['unsure', 'queued'])
  // The press did not happen; a person then entered it, with other content, and the item was corrected to that.
  target.entries.push({ marker, value: 'right' })
  const data = JSON.stringify({ reference: 'R-1', value: 'right' })
  await bench.db.updateTable('item').set({ data }).execute()
  expect(await bench.go(bot, item)).toBe('queued')
  expect(await hows(bench)).toEqual(['a already-there'])
  down = false
  expect(await bench.go(bot, item)).toBe('done')
})
