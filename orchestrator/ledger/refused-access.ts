import { sql } from 'kysely'
import { recordAccess, type Access } from './access-log.ts'
import type { LedgerDatabase } from './tables.ts'

/** Somebody asked for data of patients and did not get it. */
export interface Refusal {
  /** Of the path that was asked; one that does not exist has no log. */
  readonly hospital: string
  readonly account: { readonly kind: 'person' | 'machine'; readonly id: string }
  readonly action: Access['action']
  /** `id` as it was sent: one that is no id of ours, such as a number of a patient, is not written down. */
  readonly subject: { readonly kind: 'item' | 'message' | 'log'; readonly id: string }
  /** Only when the subject is of another hospital than the path's: everything else was no refusal. */
  readonly onlyElsewhere: boolean
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Writes down that somebody was refused, at the hospital that was asked and, when what was asked for is another's, there
 * too. Only the hospital whose it is has it found by its patient.
 */
export async function recordRefusal(db: LedgerDatabase, refusal: Refusal): Promise<void> {
  const { account, action, onlyElsewhere } = refusal
  const { kind } = refusal.subject
  const id = kind === 'log' || ID.test(refusal.subject.id) ? refusal.subject.id : ''
  const owner = await ownerOf(db, kind, id)
  const isElsewhere = owner !== undefined && owner !== refusal.hospital
  if (onlyElsewhere && !isElsewhere) return
  const asked = await db
    .selectFrom('hospital')
    .select('id')
    .where('id', '=', refusal.hospital)
    .executeTakeFirst()
  const hospitals = [...(asked ? [asked.id] : []), ...(isElsewhere ? [owner] : [])]
  await recordAccess(
    db,
    hospitals.map((hospital) => ({
      ...{ hospital, action, actor: account, responsible: account.id, outcome: 'refused' },
      subject: { kind, id },
      ...(hospital !== owner && { patients: [] }),
    })),
  )
}

async function ownerOf(
  db: LedgerDatabase,
  kind: Refusal['subject']['kind'],
  id: string,
): Promise<string | undefined> {
  if (kind === 'log' || id === '') return undefined
  const { rows } = await sql<{ hospital: string }>`
    SELECT hospital FROM ${sql.table(kind)} WHERE id = ${id} LIMIT 1`.execute(db)
  return rows[0]?.hospital
}
