import { sql } from 'kysely'
import type { SecretBox } from '../secrets/secret-box.ts'
import type { AccessTables } from './access-tables.ts'
import type { LedgerDatabase } from './tables.ts'

/** Gives an entry's place and the hash before it their hash, in hexadecimals. */
export type HashEntry = (hospital: string, number: number, before: Buffer, entry: ChainedEntry) => Buffer

/** An entry as the chain covers it: every field, its time in microseconds as text. */
export interface ChainedEntry {
  readonly id: number
  readonly time: string
  readonly actor_kind: string
  readonly actor: string
  readonly responsible: string
  readonly action: string
  readonly subject_kind: string
  readonly subject: string
  readonly systems: readonly string[]
  readonly outcome: string
  readonly patients: readonly Buffer[]
}

/** What a query must select of `access_entry e` for the chain. */
export const CHAINED = sql`e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS time, e.actor_kind, e.actor,
  e.responsible, e.action, e.subject_kind, e.subject, e.systems, e.outcome, e.patients`

/**
 * The chain's hash is keyed with the key from outside the database: who has the database alone can change rows, but
 * cannot make a chain that fits them. It is the key of the fingerprints, which outlives a rotation.
 */
export function chainHash(secrets: SecretBox): HashEntry {
  return (hospital, number, before, entry) => {
    const { id, time, actor_kind, actor, responsible, action, subject_kind, subject, systems, outcome } =
      entry
    const patients = entry.patients.map((one) => one.toString('hex'))
    const fields = [
      ...[before.toString('hex'), number, id, time, actor_kind, actor, responsible],
      ...[action, subject_kind, subject, systems, outcome, patients],
    ]
    return Buffer.from(secrets.fingerprint(`access-chain|${hospital}`, JSON.stringify(fields)), 'hex')
  }
}

const MOST_AT_ONCE = 2000

/**
 * Gives entries that were committed their place in the chain of their hospital, oldest first; gives how many. One process
 * does so at a time, others find nothing to do. A chain is made after the fact because one that is made within the
 * transaction of each writer lets the writers of a hospital wait for each other's commits: see README.md for what was measured.
 * Until then, for about a second, an entry is guarded by the rights on its table alone.
 */
export async function linkAccess(db: LedgerDatabase, secrets: SecretBox): Promise<number> {
  const hash = chainHash(secrets)
  return await db.transaction().execute(async (tx) => {
    const { rows: locked } = await sql<{ mine: boolean }>`
      SELECT pg_try_advisory_xact_lock(hashtext('ontregel access chain')) AS mine`.execute(tx)
    if (!locked[0]?.mine) return 0
    const waiting = await takeUnlinked(tx)
    const ends = await chainEnds(tx, [...new Set(waiting.map(({ hospital }) => hospital))])
    const links = waiting.map(({ hospital, at, ...entry }) => {
      const end = ends.get(hospital) ?? { number: 0, hash: Buffer.alloc(0) }
      const number = end.number + 1
      const link = { hospital, number, entry: entry.id, at, hash: hash(hospital, number, end.hash, entry) }
      ends.set(hospital, link)
      return link
    })
    if (links.length > 0) await keepLinks(tx, links)
    return links.length
  })
}

type Unlinked = ChainedEntry & { readonly hospital: string; readonly at: string }

/** The time goes out and in again as text: a Date would lose its microseconds. */
async function takeUnlinked(tx: LedgerDatabase): Promise<Unlinked[]> {
  const { rows } = await sql<Unlinked>`
    WITH taken AS (
      DELETE FROM access_unlinked WHERE entry IN (SELECT entry FROM access_unlinked ORDER BY entry LIMIT ${MOST_AT_ONCE})
      RETURNING entry, at
    )
    SELECT e.hospital, e.at::text AS at, ${CHAINED} FROM taken JOIN access_entry e ON e.id = taken.entry AND e.at = taken.at
    ORDER BY e.id`.execute(tx)
  return rows
}

interface ChainEnd {
  readonly number: number
  readonly hash: Buffer
}

async function chainEnds(tx: LedgerDatabase, hospitals: readonly string[]): Promise<Map<string, ChainEnd>> {
  if (hospitals.length === 0) return new Map()
  const rows = await tx
    .selectFrom('access_chain')
    .select(['hospital', 'number', 'hash'])
    .where('hospital', 'in', hospitals)
    .execute()
  return new Map(rows.map(({ hospital, ...end }) => [hospital, end]))
}

interface NewLink extends ChainEnd {
  readonly hospital: string
  readonly entry: number
  readonly at: string
}

/** The chain's end moves on from exactly where the first new link begins, or nothing is written. */
async function keepLinks(tx: LedgerDatabase, links: readonly NewLink[]): Promise<void> {
  const each = <Value>(value: (link: NewLink) => Value) => links.map(value)
  const { rows } = await sql`
    WITH added AS MATERIALIZED (
      SELECT * FROM unnest(${each(({ hospital }) => hospital)}::text[], ${each(({ number }) => number)}::bigint[],
        ${each(({ entry }) => entry)}::bigint[], ${each(({ at }) => at)}::timestamptz[], ${each(({ hash }) => hash)}::bytea[])
        AS a (hospital, number, entry, entry_at, hash)
    ), linked AS (
      INSERT INTO access_link (hospital, number, entry, entry_at, hash) SELECT * FROM added
    ), ends AS (
      SELECT DISTINCT ON (hospital) hospital, number, hash, min(number) OVER (PARTITION BY hospital) AS first
      FROM added ORDER BY hospital, number DESC
    )
    INSERT INTO access_chain AS c (hospital, number, hash) SELECT hospital, number, hash FROM ends
    ON CONFLICT (hospital) DO UPDATE SET number = excluded.number, hash = excluded.hash
      WHERE c.number = (SELECT first - 1 FROM ends WHERE ends.hospital = c.hospital)
    RETURNING hospital`.execute(tx)
  if (rows.length !== new Set(each(({ hospital }) => hospital)).size)
    throw new Error('The chain of the access log moved on meanwhile: it is tried again.')
}

/**
 * Keeps where each chain ends today, once a day over all processes, and gives the ends that were kept now: they go to the
 * log, for a chain that is cut off at its end fits, unless its end was told elsewhere.
 * @param today the local date, `2026-11-21`
 */
export async function anchorAccess(
  db: LedgerDatabase,
  today: string,
): Promise<Pick<AccessTables['access_anchor'], 'hospital' | 'number' | 'hash'>[]> {
  return await db
    .insertInto('access_anchor')
    .columns(['hospital', 'day', 'number', 'hash'])
    .expression((eb) =>
      eb
        .selectFrom('access_chain')
        .select(['hospital', sql<string>`${today}::date`.as('day'), 'number', 'hash']),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['hospital', 'number', 'hash'])
    .execute()
}

/** Where a chain ended on the last day before this one that has an anchor; undefined when there is none. */
export async function anchorBefore(
  db: LedgerDatabase,
  hospital: string,
  day: string,
): Promise<{ number: number; hash: string } | undefined> {
  const row = await db
    .selectFrom('access_anchor')
    .select(['number', 'hash'])
    .where('hospital', '=', hospital)
    .where('day', '<', day)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { number: row.number, hash: row.hash.toString('hex') }
}
