import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineBot } from '../../../bots/bot.ts'
import { addItems } from '../../../orchestrator/ledger/items.ts'
import { cancelItem, doneByHand, giveBack } from '../../../orchestrator/ledger/people.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { newItem } from '../../../orchestrator/work/new-item.ts'
import { Failure } from '../../../connectors/failure.ts'
import { openBench, registering, testBot, type Bench } from '../work/bench.ts'
import { startTarget } from '../work/target.ts'
import { AROUND_NOW } from '../../around-now.ts'

const refusing = testBot(async ({ step }) => {
  await step('look', () => Promise.resolve())
  throw new Failure('business', 'wrong', 'A rule says no.')
})

/** What happened to an item, as its story tells it. */
async function told(bench: Bench, item: string): Promise<string[]> {
  const events = bench.db.selectFrom('event').select('kind').where('item', '=', item).orderBy('id')
  return (await events.execute()).map(({ kind }) => kind)
}

test('one business reference is one item, within a batch, between batches and after it is done', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const arrival = { hospital: 'oost', deployment: 'oost-test', run: null }
  const item = { reference: 'R-1', caseReference: 'R-1', data: { reference: 'R-1', value: 'one' } }
  const first = await addItems(bench.db, arrival, [item, item])
  expect(first.added).toBe(1)
  expect((await addItems(bench.db, arrival, [item])).added).toBe(0)
  await bench.go(registering(target), first.queued[0] ?? '')
  expect((await addItems(bench.db, arrival, [item])).added).toBe(0)
})

test('two workers that claim at the same moment: one has it', async () => {
  await using bench = await openBench()
  const id = await bench.addItem('R-1')
  const claims = await Promise.allSettled([1, 2, 3, 4].map(() => bench.claim(id)))
  expect(claims.filter((claim) => claim.status === 'fulfilled')).toHaveLength(1)
})

test('an item that cannot be read is parked with the field and the remedy, once', async () => {
  await using bench = await openBench()
  const bot = defineBot({
    ...texts,
    item: z.object({ number: z.string(), date: z.iso.date('must be a date such as 2026-11-21') }),
    reference: (item) => item.number,
    process: () => Promise.resolve({ variant: 'plain' as const }),
  })
  const arrival = { hospital: 'oost', deployment: 'oost-test', run: null }
  const raw = { number: 'R-1', date: '21-11-2026' }
  expect(await addItems(bench.db, arrival, [newItem(bot, raw)])).toEqual({ added: 1, queued: [] })
  expect(await addItems(bench.db, arrival, [newItem(bot, raw)])).toEqual({ added: 0, queued: [] })
  const item = await bench.db.selectFrom('item').selectAll().executeTakeFirstOrThrow()
  expect(item).toMatchObject({ state: 'parked', parked_kind: 'business', data: raw })
  expect(item.sentence).toBe('Field date in the item of test-bot: must be a date such as 2026-11-21.')
  expect(await told(bench, item.id)).toEqual(['arrived', 'parked'])
})

test('a parked item is corrected and given back, and the robot does it; human seconds are counted', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const id = await bench.addItem('R-1', 'wrong')
  expect(await bench.go(refusing, id)).toBe('parked')
  // In the order in which it happened.
  expect(await told(bench, id)).toEqual(['arrived', 'claimed', 'step', 'parked'])
  await giveBack(
    bench.db,
    { item: id, account: 'a-1', humanSeconds: 95 },
    { reference: 'R-1', caseReference: 'R-1', data: { reference: 'R-1', value: 'right' } },
  )
  expect(await bench.go(registering(target), id)).toBe('done')
  expect(target.entries).toMatchObject([{ value: 'right' }])
  const counts = await bench.db
    .selectFrom('day_count')
    .select(['outcome', 'human_seconds', 'items'])
    .orderBy('outcome')
    .execute()
  expect(counts).toEqual([
    { outcome: 'done', human_seconds: 0, items: 1 },
    { outcome: 'parked', human_seconds: 120, items: 1 },
    { outcome: 'worklist', human_seconds: 95, items: 0 },
  ])
})

test('done by hand counts the share of what the robot prepared', async () => {
  await using bench = await openBench()
  await bench.db.updateTable('deployment').set({ parked_share: 0.25 }).execute()
  const id = await bench.addItem('R-1')
  await bench.go(refusing, id)
  await doneByHand(
    bench.db,
    { item: id, account: 'a-1', humanSeconds: 30 },
    { variant: 'plain', reference: 'E-9' },
  )
  expect(await bench.row(id)).toMatchObject({ state: 'done', outcome: 'by-hand' })
  const credit = await bench.db.selectFrom('credit').select('share').executeTakeFirstOrThrow()
  expect(Number(credit.share)).toBe(0.25)
})

test('in shadow nothing is credited for what a person did by hand, and the recount finds the same', async () => {
  await using bench = await openBench('shadow')
  await bench.db.updateTable('deployment').set({ parked_share: 0.25 }).execute()
  const id = await bench.addItem('R-1')
  await bench.go(refusing, id)
  const person = { item: id, account: 'a-1', humanSeconds: 30 }
  await doneByHand(bench.db, person, { variant: 'plain', reference: 'E-9' })
  const credit = await bench.db.selectFrom('credit').select('share').executeTakeFirstOrThrow()
  expect(Number(credit.share)).toBe(0)
  expect(await recount(bench.db, AROUND_NOW)).toEqual([])
})

test('an item of which a press may have happened is not cancelled unless somebody looked, and is not pressed twice', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const blind = registering(target, {}, ['find'])
  const id = await bench.addItem('R-1')
  target.next.push('applied-but-failed')
  expect([await bench.go(blind, id), await bench.go(blind, id)]).toEqual(['unsure', 'parked'])
  const person = { item: id, account: 'a-1', humanSeconds: 30 }
  await expect(cancelItem(bench.db, person, 'Moved.')).rejects.toMatchObject({ code: 'look-first' })
  expect(await bench.addItem('R-1')).toBe('')
  expect(target.entries).toHaveLength(1)
})

test('a cancelled item may come again; a done one is no longer a person’s matter', async () => {
  await using bench = await openBench()
  const id = await bench.addItem('R-1')
  await bench.go(refusing, id)
  const act = { item: id, account: 'a-1', humanSeconds: 10 }
  await cancelItem(bench.db, act, 'Sent twice.')
  const cancelled = bench.db.selectFrom('item').select(['code', 'sentence']).where('id', '=', act.item)
  // Somebody's own words have no code, or a page would put others in their place.
  expect(await cancelled.executeTakeFirst()).toEqual({ code: null, sentence: 'Sent twice.' })
  await expect(cancelItem(bench.db, act, 'Again.')).rejects.toThrow('does not wait for a person')
  await expect(doneByHand(bench.db, act, { variant: 'plain', reference: 'E-9' })).rejects.toThrow(
    'does not wait',
  )
  expect(await bench.addItem('R-1')).not.toBe('')
})

const texts = {
  name: 'test-bot',
  title: { nl: 'Proef', en: 'Test' },
  purpose: { nl: 'Proef.', en: 'Test.' },
  activity: 'reporting' as const,
  variants: { plain: { nl: 'gewoon', en: 'plain' } },
  settings: z.object({}),
  systems: {},
}

test('a corrected item that is another case’s is refused, and stays parked', async () => {
  await using bench = await openBench()
  await bench.addItem('R-2')
  const id = await bench.addItem('R-1')
  await bench.go(refusing, id)
  const corrected = { reference: 'R-2', caseReference: 'R-2', data: { reference: 'R-2', value: 'right' } }
  await expect(
    giveBack(bench.db, { item: id, account: 'a-1', humanSeconds: 5 }, corrected),
  ).rejects.toMatchObject({
    code: 'case-taken',
  })
  expect(await bench.row(id)).toMatchObject({ state: 'parked', reference: 'R-1' })
})
