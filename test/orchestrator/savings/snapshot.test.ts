import { expect, test } from 'vitest'
import { putHospital } from '../../../orchestrator/ledger/setup.ts'
import { inSnapshot } from '../../../orchestrator/savings/snapshot.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { openTestLedger } from './test-ledger.ts'

const hospitals = async (db: LedgerDatabase) =>
  (await db.selectFrom('hospital').select('id').execute()).map(({ id }) => id)

test('what is committed meanwhile is not in a snapshot, nor in one within it', async () => {
  await using ledger = await openTestLedger()
  const { db } = ledger
  const seen = await inSnapshot(db, async (snapshot) => {
    const first = await hospitals(snapshot)
    await putHospital(db, { id: 'oost', name: 'Oost', norms: [] })
    return [first, await hospitals(snapshot), await inSnapshot(snapshot, hospitals)]
  })
  expect(seen).toEqual([[], [], []])
  expect(await hospitals(db)).toEqual(['oost'])
})

test('nothing can be written in a snapshot', async () => {
  await using ledger = await openTestLedger()
  const { db } = ledger
  const writing = inSnapshot(db, (snapshot) => putHospital(snapshot, { id: 'oost', name: 'Oost', norms: [] }))
  await expect(writing).rejects.toMatchObject({ code: '25006' })
})
