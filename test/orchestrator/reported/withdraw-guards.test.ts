import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { withdrawImport } from '../../../orchestrator/reported/withdraw-import.ts'
import { countsOf, openImportLedger, take, WHY } from './import-ledger.ts'

const SAME_CASE = [
  'oost-invoices,F-1,plain,done,2026-03-10T10:00:00Z,,zaak-1',
  'oost-second,S-1,plain,done,2026-03-11T10:00:00Z,,zaak-1',
] as const
const ITEM = (reference: string) => `(SELECT id FROM item WHERE reference = '${reference}')`

test('nobody takes a counted item, its credit or an import back in any other way, whatever they may write', async () => {
  await using ledger = await openImportLedger()
  const { db } = ledger
  await take(db, SAME_CASE[0])
  await take(db, SAME_CASE[1])
  const gone = await take(db, 'oost-third,T-1,plain,done,2026-03-12T10:00:00Z,,')
  await withdrawImport(db, { ...WHY, id: gone })
  const before = await countsOf(db)
  const tried = [
    `UPDATE item SET state = 'cancelled', outcome = NULL WHERE reference = 'F-1'`,
    `UPDATE item SET state = 'parked', outcome = NULL, parked_kind = 'business' WHERE reference = 'F-1'`,
    `UPDATE item SET import = ${gone} WHERE reference = 'F-1'`,
    `UPDATE item SET import = NULL WHERE reference = 'F-1'`,
    `UPDATE item SET state = 'done', outcome = 'done' WHERE reference = 'T-1'`,
    `UPDATE credit SET kind = 'withdrawn' WHERE item = ${ITEM('F-1')}`,
    `UPDATE credit SET kind = 'left-out' WHERE item = ${ITEM('F-1')}`,
    `UPDATE credit SET kind = 'regular' WHERE item = ${ITEM('S-1')}`,
    `UPDATE credit SET kind = 'regular' WHERE item = ${ITEM('T-1')}`,
    `UPDATE credit SET share = 0.5 WHERE item = ${ITEM('T-1')}`,
    `DELETE FROM credit WHERE item = ${ITEM('T-1')}`,
    `UPDATE reported_import SET items = 9 WHERE id = ${gone}`,
    `UPDATE reported_import SET withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_name = NULL, withdrawn_reason = NULL`,
    `UPDATE reported_import SET withdrawn_at = now(), withdrawn_by = 'x' WHERE withdrawn_at IS NULL`,
    `UPDATE reported_import SET withdrawn_at = now(), withdrawn_by = 'x', withdrawn_name = 'x', withdrawn_reason = 'x', items = 9
      WHERE withdrawn_at IS NULL`,
    `DELETE FROM reported_import WHERE id = ${gone}`,
    `UPDATE reported_import_day SET items = 9`,
    `DELETE FROM reported_import_day`,
  ]
  const passed = []
  for (const statement of tried) {
    const ended = await sql
      .raw(statement)
      .execute(db)
      .then(
        () => 'nothing refused it',
        (error: unknown) => String(error),
      )
    if (!/stays|withdrawn once|check constraint/.test(ended)) passed.push([statement, ended])
  }
  expect(passed).toEqual([])
  expect(await countsOf(db)).toEqual(before)
})

test('an event that claims a withdrawal changes nothing as long as that import stands', async () => {
  await using ledger = await openImportLedger()
  const { db } = ledger
  const standing = await take(db, SAME_CASE[0])
  await take(db, SAME_CASE[1])
  await sql`INSERT INTO event (item, kind, attempt, fence, detail)
    SELECT id, 'reweighed', 0, 0, jsonb_build_object('import', ${standing}::bigint) FROM item WHERE reference = 'S-1'`.execute(
    db,
  )
  const counted = sql.raw(`UPDATE credit SET kind = 'regular' WHERE item = ${ITEM('S-1')}`).execute(db)
  await expect(counted).rejects.toThrow('only the withdrawal of an import changes it')
})

test('once its import is withdrawn a credit may be withdrawn too, and nothing else of it changes along', async () => {
  await using ledger = await openImportLedger()
  const { db } = ledger
  const id = await take(db, SAME_CASE[0])
  const change = (columns: string) =>
    sql.raw(`UPDATE credit SET ${columns} WHERE item = ${ITEM('F-1')}`).execute(db)
  await sql`UPDATE reported_import SET withdrawn_at = now(), withdrawn_by = 'x', withdrawn_name = 'x', withdrawn_reason = 'x'
    WHERE id = ${id}`.execute(db)
  for (const along of [
    'share = 0.5',
    "variant = 'rare'",
    "completed_on = '2026-03-11'",
    "deployment = 'oost-third'",
  ])
    await expect(change(`kind = 'withdrawn', ${along}`)).rejects.toThrow('only the withdrawal of an import')
  await change(`kind = 'withdrawn'`)
})
