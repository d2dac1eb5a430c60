import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { withdrawImport } from '../../../orchestrator/reported/withdraw-import.ts'
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
