import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { withdrawImport } from '../../../orchestrator/reported/withdraw-import.ts'
import { readItemsOfCount } from '../../../orchestrator/savings/explain-items.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { asOwner } from '../../owner.ts'
import { MARCH, openImportLedger, take, WHY } from './import-ledger.ts'

const ITEMS = 12_000

const linesOf = (deployment: string): string[] =>
  Array.from({ length: ITEMS }, (_, number) => {
    const day = String((number % 28) + 1).padStart(2, '0')
    return `${deployment},R-${number},plain,done,2026-03-${day}T12:00:00Z,,case-${number}`
  })

/** In milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

// PostgreSQL counts a table in its own time. Of what it counted at a wrong moment it takes rows of a new kind for none, or
// the few deployments of a hospital for as good as nobody's: each left another join that looked for every case through all.
test.each([
  ['events', sql`ANALYZE event`],
  ['events and items', sql`ANALYZE event, item`],
  ['everything', sql`ANALYZE`],
])(
  'with %s counted after the first import a second of the same cases takes about as long, and withdrawing the first too',
  async (_, counting) => {
    await using ledger = await openImportLedger()
    const { db, url } = ledger
    let id = 0
    const first = await timed(async () => (id = await take(db, ...linesOf('oost-invoices'))))
    await asOwner(url, counting)
    // On the same machine under the same load, so that it says something anywhere.
    const second = await timed(() => take(db, ...linesOf('oost-second')))
    expect(second / first).toBeLessThan(4)
    const withdrawn = await timed(async () => {
      expect(await withdrawImport(db, { ...WHY, id })).toEqual({
        withdrawn: ITEMS,
        countAgain: ITEMS,
        leftOut: 0,
      })
    })
    expect(withdrawn / Math.min(first, second)).toBeLessThan(4)
    expect(await recount(db, MARCH)).toEqual([])
  },
)

/** How many rows of tables it reads, on any machine. */
async function rowsRead(db: LedgerDatabase, work: (tx: LedgerDatabase) => Promise<unknown>): Promise<number> {
  return await db.transaction().execute(async (tx) => {
    await work(tx)
    const { rows } = await sql<{ read: number }>`
      SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 AS read FROM pg_stat_xact_user_tables`.execute(
      tx,
    )
    return rows[0]?.read ?? Number.NaN
  })
}

test('after many were withdrawn, a few are withdrawn and a day is explained without reading of those', async () => {
  await using ledger = await openImportLedger()
  const { db, url } = ledger
  const many = await take(db, ...linesOf('oost-invoices'))
  await take(db, ...linesOf('oost-second'))
  await asOwner(url, sql`ANALYZE`)
  await withdrawImport(db, { ...WHY, id: many })
  const few = await take(db, 'oost-third,R-1,plain,done,2026-04-01T12:00:00Z,,case-new')
  const asked = {
    hospital: 'oost',
    deployment: 'oost-third',
    day: '2026-04-01',
    variant: 'plain',
    limit: 100,
  }
  const explained = await rowsRead(db, async (tx) => {
    expect(await readItemsOfCount(tx, { ...asked, outcome: 'done' })).toHaveLength(1)
  })
  const withdrawn = await rowsRead(db, async (tx) => await withdrawImport(tx, { ...WHY, id: few }))
  expect(explained).toBeLessThan(ITEMS / 10)
  expect(withdrawn).toBeLessThan(ITEMS / 10)
})
