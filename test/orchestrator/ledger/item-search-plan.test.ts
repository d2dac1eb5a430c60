import { expect, test } from 'vitest'
import { readAttention } from '../../../orchestrator/ledger/attention.ts'
import { itemQuery, searchItems, type ItemQuestion } from '../../../orchestrator/ledger/item-search.ts'
import { openWebPool } from '../../../orchestrator/ledger/open-ledger.ts'
import { seenBy } from '../../../orchestrator/ledger/scope.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { readToday, todayQuery } from '../../../orchestrator/ledger/today.ts'
import { readWorklist } from '../../../orchestrator/ledger/worklist.ts'
import { openBench, PLAIN_DEPLOYMENT, type Bench } from '../work/bench.ts'
import { blocksOf } from './blocks-of.ts'
import { addManyItems } from './many-items.ts'

const ITEMS = 100_000
const BUFFERS = 1000

/** As a page sees the ledger: through row security, which keeps some conditions from an index. */
async function asSeen(bench: Bench, use: (db: LedgerDatabase) => Promise<void>): Promise<void> {
  const pool = openWebPool({ url: bench.url, onError: () => undefined })
  const db = seenBy(pool, { hospitals: ['oost'], itemHospitals: ['oost'] })
  try {
    await use(db)
  } finally {
    await pool.end()
  }
}

const QUESTIONS: readonly (readonly [string, Omit<ItemQuestion, 'hospital'>])[] = [
  ['all', {}],
  ['one deployment', { deployment: 'oost-test' }],
  ['parked', { states: ['parked'] }],
  ['done', { states: ['done'] }],
  ['queued and cancelled', { states: ['queued', 'cancelled'] }],
  ['a reference', { reference: 'M-77777' }],
  ['a marker', { reference: 'OOST-TEST-77777' }],
  ['a period of long ago', { from: '2020-01-01', until: '2020-02-01' }],
  ['a state of which there are none', { states: ['armed'] }],
]

test('on 100,000 items every page is looked up by an index, the first as the last, and Today too', async () => {
  await using bench = await openBench()
  await putDeployment(bench.db, { ...PLAIN_DEPLOYMENT, id: 'oost-second' })
  await addManyItems(bench, ITEMS)
  await addManyItems(bench, 500, 'oost-second')
  const deep = { at: `${Date.now() - 300 * 86_400_000}000`, id: '00000000-0000-0000-0000-000000000000' }
  await asSeen(bench, async (db) => {
    for (const [name, question] of QUESTIONS) {
      for (const cursor of [undefined, deep]) {
        const { blocks, plan } = await blocksOf(db, itemQuery({ hospital: 'oost', ...question }, 51, cursor))
        expect(plan, name).not.toContain('Seq Scan on item')
        expect(blocks, `${name}\n${plan}`).toBeLessThan(BUFFERS)
      }
    }
    const today = await blocksOf(db, todayQuery('oost'))
    expect(today.plan).not.toContain('Seq Scan on item')
    expect(today.blocks, today.plan).toBeLessThan(BUFFERS)
  })
})

test('on 100,000 items each page takes far less than a second', async () => {
  await using bench = await openBench()
  await addManyItems(bench, ITEMS)
  // The shortest of three: what else the machine does makes one longer.
  const timed = async (what: () => Promise<unknown>): Promise<number> => {
    const took: number[] = []
    for (let round = 0; round < 3; round++) {
      const since = performance.now()
      await what()
      took.push(performance.now() - since)
    }
    return Math.min(...took)
  }
  await asSeen(bench, async (db) => {
    for (const [name, question] of QUESTIONS) {
      const ms = await timed(() => searchItems(db, { hospital: 'oost', ...question }, { limit: 50 }))
      expect(ms, name).toBeLessThan(1000)
    }
    expect(await timed(() => readToday(db, 'oost'))).toBeLessThan(1000)
    expect(await timed(() => readAttention(db, 'oost'))).toBeLessThan(1000)
    expect(await timed(() => readWorklist(db, 'ada', { hospital: 'oost', limit: 100 }))).toBeLessThan(1000)
  })
})
