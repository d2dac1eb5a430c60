import { sql } from 'kysely'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { withdrawItems, type Reweighed, type Withdrawing } from '../ledger/withdrawn-items.ts'
import { checkText, refused } from '../savings/input-checks.ts'
import { holdHospitals } from './imports.ts'

export interface Withdrawal {
  readonly hospital: string
  /** The number of the import. */
  readonly id: number
  /** The account or the id of the token. */
  readonly account: string
  /** The person who decides it, as they are called. */
  readonly name: string
  readonly reason: string
  readonly atStep?: Withdrawing['atStep']
}

export interface Withdrawn extends Reweighed {
  /** How many items count no more. */
  readonly withdrawn: number
}

/**
 * Takes an import back as a whole: its items count no more, as if they had never been reported, and can be reported
 * again. The record, the items and their history stay, and say who withdrew it and why.
 * @throws business: `not-found` when there is none, `import-withdrawn` when it was withdrawn already
 */
export async function withdrawImport(
  db: LedgerDatabase,
  { hospital, id, account, name, reason, atStep }: Withdrawal,
): Promise<Withdrawn> {
  checkText('reason', reason)
  checkText('name', name)
  return await inTransaction(db, async (tx) => {
    await holdHospitals(tx, [hospital])
    const own = tx.updateTable('reported_import').where('id', '=', id).where('hospital', '=', hospital)
    const row = await own
      .set({
        withdrawn_at: sql`clock_timestamp()`,
        withdrawn_by: account,
        withdrawn_name: name,
        withdrawn_reason: reason,
      })
      .where('withdrawn_at', 'is', null)
      .returning(['items', 'source'])
      .executeTakeFirst()
    if (!row) throw await whyNot(tx, hospital, id)
    const reweighed = await withdrawItems(tx, { import: id, account, reason, atStep })
    const change = { hospital, account, what: 'import-withdrawn', subject: String(id) }
    const after = { withdrawn: reason, name, ...reweighed }
    await recordChange(tx, { ...change, before: { items: row.items }, after })
    return { withdrawn: row.items, ...reweighed }
  })
}

async function whyNot(tx: LedgerDatabase, hospital: string, id: number): Promise<Error> {
  const known = await tx
    .selectFrom('reported_import')
    .select('withdrawn_at')
    .where('id', '=', id)
    .where('hospital', '=', hospital)
    .executeTakeFirst()
  if (known)
    return refused('id', 'import-withdrawn', `import ${id} was withdrawn already; nothing was changed.`)
  return refused('id', 'not-found', `there is no import ${id} here; choose one from the list.`)
}
