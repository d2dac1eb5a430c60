import { sql } from 'kysely'
import { recordChange } from './changes.ts'
import type { ChangedBy } from './closing-days.ts'
import { inTransaction } from './in-transaction.ts'
import { findSystem } from './system-records.ts'
import type { LedgerDatabase } from './tables.ts'

/** Why nothing is done at a system, and until when; until it is released when null. */
export interface Hold {
  readonly reason: string
  readonly until: Date | null
}

/** Holds a system: nothing new begins there. Writes it down. @throws business when there is no such system */
export async function holdSystem(db: LedgerDatabase, by: ChangedBy, id: string, hold: Hold): Promise<void> {
  await setHold(db, by, id, hold)
}

/** Lets work begin at a system again. @throws business when there is no such system */
export async function releaseSystem(db: LedgerDatabase, by: ChangedBy, id: string): Promise<void> {
  await setHold(db, by, id, null)
}

async function setHold(db: LedgerDatabase, by: ChangedBy, id: string, hold: Hold | null): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { heldReason, heldUntil } = await findSystem(tx, by.hospital, id)
    const before = heldReason === null ? null : { reason: heldReason, until: iso(heldUntil) }
    const after = hold && { reason: hold.reason, until: iso(hold.until) }
    await tx
      .updateTable('system')
      .set({ held_reason: hold?.reason ?? null, held_until: hold?.until ?? null })
      .where('hospital', '=', by.hospital)
      .where('id', '=', id)
      .execute()
    await recordChange(tx, { ...by, what: 'system-held', subject: id, before, after })
  })
}

/** Forgets a system's failures: the next item goes through at once. @throws business when there is no such system */
export async function resetCircuit(db: LedgerDatabase, by: ChangedBy, id: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { failures, openUntil } = await findSystem(tx, by.hospital, id)
    await sql`UPDATE system SET failures = 0, open_until = NULL, trial_until = NULL
      WHERE hospital = ${by.hospital} AND id = ${id}`.execute(tx)
    const before = failures === 0 && openUntil === null ? null : { failures, openUntil: iso(openUntil) }
    await recordChange(tx, { ...by, what: 'circuit-reset', subject: id, before, after: null })
  })
}

const iso = (moment: Date | null): string | null => moment?.toISOString() ?? null
