import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { searchItems, type ItemQuestion } from '../../../orchestrator/ledger/item-search.ts'
import { openBench, type Bench } from '../work/bench.ts'
import { parkedItem } from './parked-item.ts'

const OOST = { hospital: 'oost' }

/** All items page by page, as a person would go through them. */
async function allPages(bench: Bench, question: ItemQuestion, limit: number): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await searchItems(bench.db, question, { limit, cursor })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return ids
}

test('pages show every item once, also those that arrived in the same microsecond', async () => {
  await using bench = await openBench()
  for (let count = 0; count < 7; count++) await bench.addItem(`R-${count}`)
  await sql`UPDATE item SET arrived_at = '2026-11-21T10:00:00.123456Z' WHERE reference < 'R-5'`.execute(
    bench.db,
  )
  const { rows } = await sql<{ id: string }>`SELECT id FROM item ORDER BY arrived_at DESC, id DESC`.execute(
    bench.db,
  )
  expect(await allPages(bench, OOST, 2)).toEqual(rows.map(({ id }) => id))
  expect(await allPages(bench, OOST, 7)).toHaveLength(7)
})

test('an item that arrives while one pages is on the first page, and shifts nothing', async () => {
  await using bench = await openBench()
  for (let count = 0; count < 4; count++) await bench.addItem(`R-${count}`)
  const first = await searchItems(bench.db, OOST, { limit: 2 })
  await bench.addItem('R-new')
  const second = await searchItems(bench.db, OOST, { limit: 2, cursor: first.next ?? '' })
  expect([...first.items, ...second.items].map(({ reference }) => reference)).toEqual([
    'R-3',
    'R-2',
    'R-1',
    'R-0',
  ])
})

test('is found by reference, marker, id, state, bot, deployment and local day', async () => {
  await using bench = await openBench()
  const parked = await parkedItem(bench, 'R-1')
  const queued = await bench.addItem('R-2')
  const { marker } = await bench.row(queued)
  await sql`UPDATE item SET arrived_at = '2026-11-20T23:30:00Z' WHERE id = ${queued}`.execute(bench.db)
  const found = (question: Omit<ItemQuestion, 'hospital'>) => allPages(bench, { ...OOST, ...question }, 10)
  expect(await found({ reference: ' R-1 ' })).toEqual([parked])
  expect(await found({ reference: 'R-1' })).toEqual([parked])
  expect(await found({ reference: marker.toLowerCase() })).toEqual([queued])
  expect(await found({ reference: queued.toUpperCase() })).toEqual([queued])
  expect(await found({ states: ['parked'] })).toEqual([parked])
  expect(await found({ states: ['queued', 'done'] })).toEqual([queued])
  expect(await found({ bot: 'test-bot', deployment: 'oost-test' })).toHaveLength(2)
  expect(await found({ bot: 'another' })).toEqual([])
  // Half past midnight in Amsterdam.
  expect(await found({ from: '2026-11-21', until: '2026-11-21' })).toEqual([queued])
  expect(await found({ until: '2026-11-20' })).toEqual([])
})

test('a cancelled item is found by its reference beside the one that came again', async () => {
  await using bench = await openBench()
  const first = await bench.addItem('R-1')
  await bench.db.updateTable('item').set({ state: 'cancelled' }).execute()
  const second = await bench.addItem('R-1')
  expect(await allPages(bench, { ...OOST, reference: 'R-1' }, 10)).toEqual([second, first])
})

test('shows nothing of another hospital, whatever is asked', async () => {
  await using bench = await openBench()
  const item = await bench.addItem('R-1')
  for (const question of [{}, { reference: item }, { deployment: 'oost-test' }])
    expect(await allPages(bench, { hospital: 'west', ...question }, 10)).toEqual([])
})

test.each(['', 'x', "1' OR '1'='1", '9999999999999999999-00000000-0000-0000-0000-000000000000'])(
  'refuses %j as a cursor',
  async (cursor) => {
    await using bench = await openBench()
    await expect(searchItems(bench.db, OOST, { limit: 1, cursor })).rejects.toThrow('Field cursor')
  },
)
