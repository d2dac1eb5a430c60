import { sql } from 'kysely'
import type { SecretBox } from '../secrets/secret-box.ts'
import type { LedgerDatabase } from './tables.ts'

export interface NewEvidence {
  readonly item: string
  readonly attempt: number
  readonly label: string
  /** `image/png`, `text/plain`, or `application/zip` for a trace. */
  readonly mediaType: string
  readonly content: Buffer
  /** When it must be gone; left out, it is kept as long as the hospital keeps evidence. */
  readonly expires?: Date
}

/** What evidence of an item is sealed for. */
export const evidencePurpose = (item: string): string => `evidence|${item}`

/** Keeps a piece of evidence with its item, sealed. */
export async function keepEvidence(db: LedgerDatabase, box: SecretBox, evidence: NewEvidence): Promise<void> {
  const { item, attempt, label, mediaType, content, expires } = evidence
  const sealed = box.seal(evidencePurpose(item), content)
  await db
    .insertInto('evidence')
    .values({ item, attempt, label, media_type: mediaType, sealed, expires_at: expires ?? null })
    .execute()
}

const lasting = sql<boolean>`(expires_at IS NULL OR expires_at > clock_timestamp())`

/** Removes what must be gone by now; gives how many pieces that were. */
export async function dropExpiredEvidence(db: LedgerDatabase): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('evidence')
    .where('expires_at', '<=', sql<Date>`clock_timestamp()`)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** All evidence of an item, oldest first, opened. */
export async function readEvidence(
  db: LedgerDatabase,
  box: SecretBox,
  item: string,
): Promise<(NewEvidence & { readonly id: number; readonly at: Date })[]> {
  const rows = await db
    .selectFrom('evidence')
    .selectAll()
    .where('item', '=', item)
    .where(lasting)
    .orderBy('id')
    .execute()
  return rows.map(({ id, at, attempt, label, media_type: mediaType, sealed }) => ({
    id,
    at,
    item,
    attempt,
    label,
    mediaType,
    content: box.open(evidencePurpose(item), sealed),
  }))
}

/** One piece of evidence of an item, opened; undefined when that item has none of this number. */
export async function readEvidencePiece(
  db: LedgerDatabase,
  box: SecretBox,
  item: string,
  id: number,
): Promise<{ readonly label: string; readonly mediaType: string; readonly content: Buffer } | undefined> {
  const row = await db
    .selectFrom('evidence')
    .select(['label', 'media_type as mediaType', 'sealed'])
    .where('item', '=', item)
    .where('id', '=', id)
    .where(lasting)
    .executeTakeFirst()
  return (
    row && {
      label: row.label,
      mediaType: row.mediaType,
      content: box.open(evidencePurpose(item), row.sealed),
    }
  )
}
