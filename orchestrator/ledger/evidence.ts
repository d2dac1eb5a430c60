import type { SecretBox } from '../secrets/secret-box.ts'
import type { LedgerDatabase } from './tables.ts'

export interface NewEvidence {
  readonly item: string
  readonly attempt: number
  readonly label: string
  /** `image/png` or `text/plain`. */
  readonly mediaType: string
  readonly content: Buffer
}

const purpose = (item: string) => `evidence|${item}`

/** Keeps a piece of evidence with its item, sealed. */
export async function keepEvidence(db: LedgerDatabase, box: SecretBox, evidence: NewEvidence): Promise<void> {
  const { item, attempt, label, mediaType, content } = evidence
  const sealed = box.seal(purpose(item), content)
  await db.insertInto('evidence').values({ item, attempt, label, media_type: mediaType, sealed }).execute()
}

/** All evidence of an item, oldest first, opened. */
export async function readEvidence(
  db: LedgerDatabase,
  box: SecretBox,
  item: string,
): Promise<(NewEvidence & { readonly id: number; readonly at: Date })[]> {
  const rows = await db.selectFrom('evidence').selectAll().where('item', '=', item).orderBy('id').execute()
  return rows.map(({ id, at, attempt, label, media_type: mediaType, sealed }) => ({
    id,
    at,
    item,
    attempt,
    label,
    mediaType,
    content: box.open(purpose(item), sealed),
  }))
}
