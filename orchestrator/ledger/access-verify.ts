import { sql } from 'kysely'
import type { SecretBox } from '../secrets/secret-box.ts'
import { CHAINED, chainHash, type ChainedEntry, type HashEntry } from './access-chain.ts'
import type { LedgerDatabase } from './tables.ts'

/** What the log of a hospital looks like: whole, or the first row that does not fit. */
export interface AccessVerdict {
  readonly hospital: string
  /** How many rows fit, and from when to when they are; null when there are none. */
  readonly rows: number
  readonly from: Date | null
  readonly to: Date | null
  /** Rows that have no place in the chain yet: normally those of the last second. */
  readonly waiting: number
  /** The end of the chain, to be compared with one that was kept elsewhere. */
  readonly end: { readonly number: number; readonly hash: string }
  /** The first row that does not fit: its number in the chain, its id, and what is wrong with it. Undefined when all fit. */
  readonly wrong:
    { readonly number: number; readonly entry: number | null; readonly sentence: string } | undefined
}

/** An end of a chain that somebody kept outside the database: from the log of a night, or from an earlier verdict. */
export interface KeptEnd {
  readonly number: number
  /** In hexadecimals. */
  readonly hash: string
}

const PAGE = 5000

/** What a log is compared with, and how much of it. */
export interface VerifyOptions {
  /** Ends from outside the database. */
  readonly kept?: readonly KeptEnd[]
  /** Only what came after this end, which is taken for right: what a night checks of the day before it. */
  readonly since?: KeptEnd | undefined
  /** Only up to this number of the chain. */
  readonly until?: number | undefined
}

/**
 * Reads the log of a hospital and computes its chain anew. Rows that were changed, removed, added past the chain, or
 * swapped do not fit. A log that was cut off at its end, or made anew by somebody who has the key too, fits itself: only
 * an end that was kept elsewhere shows that; those in the database are compared always. Changes nothing; rows may come in
 * meanwhile.
 */
export async function verifyAccess(
  db: LedgerDatabase,
  secrets: SecretBox,
  hospital: string,
  { kept = [], since, until = Number.MAX_SAFE_INTEGER }: VerifyOptions = {},
): Promise<AccessVerdict> {
  const chain = await db
    .selectFrom('access_chain')
    .selectAll()
    .where('hospital', '=', hospital)
    .executeTakeFirst()
  const begin = since
    ? { number: since.number, hash: Buffer.from(since.hash, 'hex') }
    : { number: chain?.dropped_number ?? 0, hash: chain?.dropped_hash ?? Buffer.alloc(0) }
  const ends = chain ? [{ number: chain.number, hash: chain.hash.toString('hex') }] : []
  const known = [...ends, ...(await anchorsOf(db, hospital)), ...kept]
  const walk: Walk = {
    ...{ db, hospital, hash: chainHash(secrets), droppedBefore: chain?.dropped_before ?? null, end: begin },
    ...{ rows: 0, from: null, to: null, hashes: new Map(), until },
    wanted: known.filter(({ number }) => number > begin.number && number <= until),
  }
  const wrong =
    (await walkChain(walk)) ??
    walk.wanted.map((end) => endsElsewhere(walk, end)).find((found) => found !== undefined) ??
    (since ? undefined : await pastTheChain(db, hospital))
  const end = { number: walk.end.number, hash: walk.end.hash.toString('hex') }
  const { rows, from, to } = walk
  return { hospital, rows, from, to, waiting: await countWaiting(db, hospital), end, wrong }
}

interface Walk {
  readonly db: LedgerDatabase
  readonly hospital: string
  readonly hash: HashEntry
  readonly droppedBefore: Date | null
  readonly until: number
  /** The ends that must come by. */
  readonly wanted: readonly KeptEnd[]
  /** The hashes at the numbers of those. */
  readonly hashes: Map<number, string>
  end: { readonly number: number; readonly hash: Buffer }
  rows: number
  from: Date | null
  to: Date | null
}

type Wrong = NonNullable<AccessVerdict['wrong']>

interface LinkRow {
  readonly number: number
  readonly entry: number
  readonly hash: Buffer
  readonly entry_at: Date
  /** Down to the microsecond, which a Date loses. */
  readonly entry_time: string
}

type EntryRow = ChainedEntry & { readonly at: Date; readonly entry_time: string }

/** A link with the row that it is over, when that is there. */
type Link = LinkRow & { readonly row: EntryRow | undefined }

/** Follows the chain a page at a time; gives the first that does not fit. */
async function walkChain(walk: Walk): Promise<Wrong | undefined> {
  const wanted = new Set(walk.wanted.map(({ number }) => number))
  for (;;) {
    const links = await readLinks(walk)
    for (const link of links) {
      const wrong = follow(walk, link)
      if (wrong) return wrong
      if (wanted.has(link.number)) walk.hashes.set(link.number, link.hash.toString('hex'))
    }
    if (links.length < PAGE || walk.end.number >= walk.until) return undefined
  }
}

/** Entries are asked for by their ids: joined in the database, a plan made before the tables grew reads them over and over. */
async function readLinks({ db, hospital, end, until }: Walk): Promise<Link[]> {
  const { rows: links } = await sql<LinkRow>`
    SELECT number, entry, hash, entry_at, entry_at::text AS entry_time FROM access_link
    WHERE hospital = ${hospital} AND number > ${end.number} AND number <= ${until} ORDER BY number LIMIT ${PAGE}`.execute(
    db,
  )
  if (links.length === 0) return []
  const times = links.map(({ entry_at }) => entry_at.getTime())
  const { rows: entries } = await sql<EntryRow>`
    SELECT e.at::text AS entry_time, e.at, ${CHAINED} FROM access_entry e
    WHERE e.hospital = ${hospital} AND e.id = ANY (${links.map(({ entry }) => entry)}::bigint[])
      AND e.at BETWEEN ${new Date(Math.min(...times))} AND ${new Date(Math.max(...times) + 1)}`.execute(db)
  const known = new Map(entries.map((entry) => [entry.id, entry]))
  return links.map((link) => {
    const entry = known.get(link.entry)
    return { ...link, row: entry?.entry_time === link.entry_time ? entry : undefined }
  })
}

/** The next link must be the next number, over the entry as it stands. One whose year was dropped by rule is taken as it is. */
function follow(walk: Walk, link: Link): Wrong | undefined {
  const number = walk.end.number + 1
  if (link.number !== number) return { number, entry: null, sentence: 'Its link in the chain is gone.' }
  const wrong = (sentence: string): Wrong => ({ number, entry: link.entry, sentence })
  if (!link.row) {
    if (!walk.droppedBefore || link.entry_at >= walk.droppedBefore) return wrong('The row is gone.')
  } else {
    const hash = walk.hash(walk.hospital, number, walk.end.hash, link.row)
    if (!hash.equals(link.hash)) return wrong('The row, or its place among the others, was changed.')
    walk.rows += 1
    walk.from ??= link.row.at
    walk.to = link.row.at
  }
  walk.end = { number, hash: link.hash }
  return undefined
}

/** Ends that were kept in the database, one each day. */
async function anchorsOf(db: LedgerDatabase, hospital: string): Promise<readonly KeptEnd[]> {
  const { rows } = await sql<KeptEnd>`
    SELECT number, encode(hash, 'hex') AS hash FROM access_anchor WHERE hospital = ${hospital} ORDER BY number`.execute(
    db,
  )
  return rows
}

function endsElsewhere(walk: Walk, { number, hash }: KeptEnd): Wrong | undefined {
  const found = number === walk.end.number ? walk.end.hash.toString('hex') : walk.hashes.get(number)
  if (found === hash) return undefined
  const sentence =
    found === undefined
      ? `The log was cut off: it reached number ${number} before, and ends at ${walk.end.number} now.`
      : 'The log was made anew: it had another hash here before.'
  return { number: found === undefined ? walk.end.number + 1 : number, entry: null, sentence }
}

async function countWaiting(db: LedgerDatabase, hospital: string): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    SELECT count(*)::integer AS waiting FROM access_unlinked WHERE hospital = ${hospital}`.execute(db)
  return rows[0]?.waiting ?? 0
}

/** A row that is in no chain and does not wait for its place came in by another way. */
async function pastTheChain(db: LedgerDatabase, hospital: string): Promise<Wrong | undefined> {
  const { rows: counts } = await sql<{ more: number }>`
    SELECT (SELECT count(*) FROM access_entry WHERE hospital = ${hospital})
      - (SELECT count(*) FROM access_link l LEFT JOIN access_chain c USING (hospital)
        WHERE l.hospital = ${hospital} AND (c.dropped_before IS NULL OR l.entry_at >= c.dropped_before))
      - (SELECT count(*) FROM access_unlinked WHERE hospital = ${hospital}) AS more`.execute(db)
  if ((counts[0]?.more ?? 0) <= 0) return undefined
  const { rows } = await sql<{ id: number }>`
    SELECT e.id FROM access_entry e WHERE e.hospital = ${hospital}
      AND NOT EXISTS (SELECT FROM access_link l WHERE l.hospital = e.hospital AND l.entry = e.id AND l.entry_at = e.at)
      AND NOT EXISTS (SELECT FROM access_unlinked u WHERE u.entry = e.id)
    ORDER BY e.id LIMIT 1`.execute(db)
  const [found] = rows
  return found && { number: 0, entry: found.id, sentence: 'The row was added past the chain.' }
}
