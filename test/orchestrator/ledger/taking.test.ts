import { expect, test } from 'vitest'
import { decide } from '../../../orchestrator/ledger/handling.ts'
import { cancelItem } from '../../../orchestrator/ledger/people.ts'
import { assignItem, keepDraft, releaseItem, takeItem } from '../../../orchestrator/ledger/taking.ts'
import { openSession } from '../../../orchestrator/ledger/work-sessions.ts'
import { readWorklist } from '../../../orchestrator/ledger/worklist.ts'
import { openBench } from '../work/bench.ts'
import { parkedItem } from './parked-item.ts'

const CORRECTED = { reference: 'R-1', caseReference: 'R-1', data: { reference: 'R-1', value: 'two' } }

test('of two that take an item at once one has it; taking again what one has is no fault', async () => {
  await using bench = await openBench()
  const item = await parkedItem(bench, 'R-1')
  const accounts = ['ada', 'bob', 'cas', 'dia']
  const tries = await Promise.allSettled(accounts.map((account) => takeItem(bench.db, { item, account })))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const [holder] = await readWorklist(bench.db, 'ada', { hospital: 'oost', limit: 10 })
  expect(accounts).toContain(holder?.takenBy)
  await takeItem(bench.db, { item, account: holder?.takenBy ?? '' })
  expect((await bench.eventKinds(item)).filter((kind) => kind === 'taken')).toHaveLength(1)
})

test.each(['queued', 'done', 'unsure'])('an item that is %s cannot be taken', async (state) => {
  await using bench = await openBench()
  const item = await bench.addItem('R-1')
  const [outcome, finished_at] = state === 'done' ? (['done', new Date()] as const) : [null, null]
  await bench.db
    .updateTable('item')
    .set({ state: state as 'done', outcome, finished_at })
    .execute()
  await expect(takeItem(bench.db, { item, account: 'ada' })).rejects.toThrow('does not wait for a person')
})

test('nobody else handles what a person has in hand, in the pages or at a terminal; without that guard they would', async () => {
  await using bench = await openBench()
  const item = await parkedItem(bench, 'R-1')
  await takeItem(bench.db, { item, account: 'ada' })
  await openSession(bench.db, { item, account: 'ada' })
  const elsewhere = { item, account: 'bob', humanSeconds: 0 }
  await expect(cancelItem(bench.db, elsewhere, 'Sent twice.')).rejects.toThrow('ada works on this item')
  const decision = { to: 'give-back' as const, corrected: CORRECTED }
  await expect(decide(bench.db, { item, account: 'bob' }, decision)).rejects.toThrow('ada works on this item')
  await bench.db.deleteFrom('item_taken').execute()
  await cancelItem(bench.db, elsewhere, 'Sent twice.')
  expect(await bench.row(item)).toMatchObject({ state: 'cancelled' })
})

test('a colleague gets it with the draft, and the former holder works on nothing any more', async () => {
  await using bench = await openBench()
  const item = await parkedItem(bench, 'R-1')
  const ada = { item, account: 'ada' }
  await takeItem(bench.db, ada)
  await openSession(bench.db, ada)
  await keepDraft(bench.db, ada, JSON.stringify({ value: 'half' }))
  await assignItem(bench.db, item, { by: 'ada', to: 'bob' })
  await expect(keepDraft(bench.db, ada, '{}')).rejects.toThrow('bob works on this item')
  await expect(decide(bench.db, ada, { to: 'cancel', reason: 'x' })).rejects.toThrow('bob works on this item')
  await openSession(bench.db, { item, account: 'bob' })
  const taken = await bench.db.selectFrom('item_taken').selectAll().executeTakeFirstOrThrow()
  expect(taken).toMatchObject({ account: 'bob', by_account: 'ada', draft: { value: 'half' } })
  await decide(bench.db, { item, account: 'bob' }, { to: 'give-back', corrected: CORRECTED })
  expect(await bench.db.selectFrom('item_taken').selectAll().execute()).toEqual([])
  expect(await bench.eventKinds(item)).toEqual([
    ...['arrived', 'claimed', 'parked', 'taken', 'taken-over', 'assigned', 'given-back'],
  ])
})

test('put back, it is anybody’s again', async () => {
  await using bench = await openBench()
  const item = await parkedItem(bench, 'R-1')
  await takeItem(bench.db, { item, account: 'ada' })
  await expect(releaseItem(bench.db, { item, account: 'bob' })).rejects.toThrow('ada works on this item')
  await releaseItem(bench.db, { item, account: 'ada' })
  await takeItem(bench.db, { item, account: 'bob' })
  await expect(releaseItem(bench.db, { item, account: 'ada' })).rejects.toThrow('bob works on this item')
})
