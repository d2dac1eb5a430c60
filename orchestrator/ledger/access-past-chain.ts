import { sql, type RawBuilder } from 'kysely'
import type { AccessVerdict } from './access-verify.ts'
import type { LedgerDatabase } from './tables.ts'

/** Entries of a part of the log, by their ids. */
export interface LinkedEntries {
  /** Looked at are those with a higher id than this one, up to `until`; left out, to the newest. */
  readonly after: number
  readonly until: number | undefined
  /** Where in the chain this part is: other links are looked for near it first. */
  readonly from: number
  readonly reached: number
  /** Those that have a link in this part of the chain. */
  readonly linked: ReadonlySet<number>
}

/** An entry of a transaction that took long has its place so many links away at most, nearly always: a look at all is dear. */
const NEAR = 100_000

/**
 * The first entry of a part of the log that is in no chain and does not wait for its place: it came in by another way.
 * Entries take their places nearly in the order of their ids, so only the few at the edges are looked up apart.
 */
export async function pastTheLinks(
  db: LedgerDatabase,
  hospital: string,
  { after, until = Number.MAX_SAFE_INTEGER, from, reached, linked }: LinkedEntries,
): Promise<AccessVerdict['wrong']> {
  const { rows } = await sql<{ id: number }>`
    SELECT e.id FROM access_entry e WHERE e.hospital = ${hospital} AND e.id > ${after} AND e.id <= ${until}
      AND NOT EXISTS (SELECT FROM access_unlinked u WHERE u.entry = e.id) ORDER BY e.id`.execute(db)
  const ids = rows.map(({ id }) => id)
  const twice = ids.find((id, place) => id === ids[place - 1])
  if (twice !== undefined) return added(twice)
  const alone = ids.filter((id) => !linked.has(id))
  const near = sql`AND number BETWEEN ${from - NEAR} AND ${reached + NEAR}`
  const far = await withoutLink(db, hospital, alone, near)
  const [entry] = await withoutLink(db, hospital, far, sql``)
  return entry === undefined ? undefined : added(entry)
}

const added = (entry: number) => ({ number: 0, entry, sentence: 'The row was added past the chain.' })

/** Those of these entries that have no link among the ones asked for. */
async function withoutLink(
  db: LedgerDatabase,
  hospital: string,
  entries: readonly number[],
  where: RawBuilder<unknown>,
): Promise<readonly number[]> {
  if (entries.length === 0) return []
  const { rows } = await sql<{ entry: number }>`
    SELECT entry FROM access_link WHERE hospital = ${hospital} ${where} AND entry = ANY (${entries}::bigint[])`.execute(
    db,
  )
  const linked = new Set(rows.map(({ entry }) => entry))
  return entries.filter((id) => !linked.has(id))
}
