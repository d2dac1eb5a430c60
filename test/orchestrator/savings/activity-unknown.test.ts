import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { Failure } from '../../../connectors/failure.ts'
import { doneByHand } from '../../../orchestrator/ledger/people.ts'
import { reportItems } from '../../../orchestrator/reported/report-items.ts'
import { noteActivities } from '../../../orchestrator/savings/activities.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { AROUND_NOW } from '../../around-now.ts'
import { asOwner } from '../../owner.ts'
import { countsOf, MARCH, openImportLedger, REPORTING, rowsOf, WHY } from '../reported/import-ledger.ts'
import { withdrawImport } from '../../../orchestrator/reported/withdraw-import.ts'
import { openBench, registering, testBot, type Bench } from '../work/bench.ts'
import { startTarget } from '../work/target.ts'

const leaving = testBot(async ({ step }) => {
  await step('read', async () => undefined)
  throw new Failure('business', 'no-referral', 'The referral is missing: ask for it.')
})

const forget = ({ db }: Pick<Bench, 'db'>) => db.updateTable('deployment').set({ activity: null }).execute()

test('items of a deployment whose activity is not known are not taken in, and with an activity they are', async () => {
  await using ledger = await openImportLedger()
  const rows = rowsOf('oost-invoices,F-1,plain,done,2026-03-02T10:00:00Z,,case-1')
  await forget(ledger)
  const before = await countsOf(ledger.db)
  await expect(reportItems(ledger.db, rows, REPORTING)).rejects.toThrow(
    'row 2: field deployment: the activity of oost-invoices is not known',
  )
  expect(await countsOf(ledger.db)).toEqual(before)
  await ledger.db.updateTable('deployment').set({ activity: 'finance' }).execute()
  expect(await reportItems(ledger.db, rows, REPORTING)).toMatchObject({ taken: 1 })
})

test('what a person finished counts no share for a robot whose activity is not known, and for nothing it may be finished', async () => {
  await using bench = await openBench()
  const parked = async (reference: string) => {
    const item = await bench.addItem(reference)
    await bench.go(leaving, item)
    return { item, account: 'a-1', humanSeconds: 30 }
  }
  const done = { variant: 'plain', reference: 'E-9' }
  await forget(bench)
  await doneByHand(bench.db, await parked('R-1'), done)
  await bench.db.updateTable('deployment').set({ parked_share: 0.25 }).execute()
  const second = await parked('R-2')
  await expect(doneByHand(bench.db, second, done)).rejects.toMatchObject({ code: 'activity-unknown' })
  expect(await bench.row(second.item)).toMatchObject({ state: 'parked' })
  await noteActivities(bench.db, [leaving])
  await doneByHand(bench.db, second, done)
  expect(await recount(bench.db, AROUND_NOW)).toEqual([])
})

test('a recount tells of items that count for no activity, also once their deployment has one', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  await forget(bench)
  const items = [await bench.addItem('R-1'), await bench.addItem('R-2')]
  for (const item of items) await bench.go(registering(target), item)
  await noteActivities(bench.db, [registering(target)])
  await bench.go(registering(target), await bench.addItem('R-3'))
  const [found, ...others] = await recount(bench.db, AROUND_NOW)
  expect(others).toEqual([])
  expect(found).toMatchObject({ kind: 'claim', deployment: 'oost-test', seconds: 0 })
  expect(found?.sentence).toContain('Deployment oost-test: 2 items')
  expect(found?.items.toSorted()).toEqual(items.toSorted())
})

test('an import that was counted for no activity is told by the recount until it is withdrawn', async () => {
  await using ledger = await openImportLedger()
  const rows = rowsOf('oost-invoices,F-1,plain,done,2026-03-02T10:00:00Z,,case-1')
  await reportItems(ledger.db, rows, REPORTING)
  expect(await recount(ledger.db, MARCH)).toEqual([])
  await ledger.db.deleteFrom('claim').execute()
  await asOwner(ledger.url, sql`UPDATE event SET detail = detail - 'activity' WHERE kind = 'done'`)
  expect(await recount(ledger.db, MARCH)).toMatchObject([
    { kind: 'claim', deployment: 'oost-invoices', day: '2026-03-02' },
  ])
  await withdrawImport(ledger.db, { ...WHY, id: 1 })
  expect(await recount(ledger.db, MARCH)).toEqual([])
})
