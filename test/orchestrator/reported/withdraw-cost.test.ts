import { expect, test } from 'vitest'
import { withdrawImport } from '../../../orchestrator/reported/withdraw-import.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { MARCH, openImportLedger, take, WHY } from './import-ledger.ts'

const ITEMS = 8000

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

test('withdrawing items of which each shares its case with another takes about as long as taking them in', async () => {
  await using ledger = await openImportLedger()
  const { db } = ledger
  const id = await take(db, ...linesOf('oost-invoices'))
  // On the same machine under the same load, so that it says something anywhere.
  const takenIn = await timed(() => take(db, ...linesOf('oost-second')))
  const withdrawn = await timed(async () => {
    expect(await withdrawImport(db, { ...WHY, id })).toEqual({
      withdrawn: ITEMS,
      countAgain: ITEMS,
      leftOut: 0,
    })
  })
  // Each case looked for through all the others took more than ten times as long.
  expect(withdrawn / takenIn).toBeLessThan(4)
  expect(await recount(db, MARCH)).toEqual([])
})
