import { sql } from 'kysely'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import type { RecountDifference } from './recount-difference.ts'

/** Days that a night recounts: those of late, or a month of before. */
export interface RecountedSpan extends Period {
  /** The same each night that it is recounted: `recent`, or `2026-03`. */
  readonly name: string
}

/** What a night found; without days it is of whatever was recounted under the name of its span, and moves along with that. */
export interface FoundDifference extends Pick<
  RecountDifference,
  'deployment' | 'hospital' | 'items' | 'sentence'
> {
  /** The same each night that it is found. */
  readonly about: string
  readonly days: Period | null
}

/**
 * A difference by what it is about. What the report tells of a span is the same while it tells that hospital or deployment
 * otherwise, whatever the figures are: days go in and out of what is recounted each night. Anything else is what it says.
 */
export function foundIn(span: RecountedSpan, difference: RecountDifference): FoundDifference {
  const { kind, day, until = day, sentence } = difference
  if (kind !== 'report') return { ...difference, about: sentence, days: { from: day, to: until } }
  const [whose, what] = sentence.split(': ')
  return { ...difference, about: aboutSpan(span, `${whose}: ${what}`), days: null }
}

const aboutSpan = ({ name }: RecountedSpan, what: string): string => `${name} ${what}`

/**
 * Raises an alarm for each difference that none is open for; one that is open tells it as it is now. One that was closed
 * while its cause is still there comes back. An open one whose days were recounted and found right is closed, nobody needs
 * to see to it: only what is so now stands open.
 */
export async function keepAlarms(
  db: LedgerDatabase,
  found: readonly FoundDifference[],
  spans: readonly RecountedSpan[],
): Promise<void> {
  const now = told(found)
  const again = sql`EXISTS (SELECT FROM jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) AS span (name text, "from" date, "to" date)
    WHERE CASE WHEN a.from_day IS NULL THEN starts_with(a.about, span.name || ' ') ELSE a.from_day <= span."to" AND a.to_day >= span."from" END)`
  const same = sql`a.kind = 'recount-differs' AND a.closed_at IS NULL AND (a.hospital, a.about) = (now.hospital, now.about)`
  await inTransaction(db, async (tx) => {
    await sql`UPDATE alarm a SET closed_at = clock_timestamp() WHERE a.kind = 'recount-differs' AND a.closed_at IS NULL
      AND ${again} AND NOT EXISTS (SELECT FROM (${now}) now WHERE ${same})`.execute(tx)
    await sql`UPDATE alarm a SET sentence = now.sentence, item = now.item, items = now.items, from_day = now."from",
      to_day = now."to" FROM (${now}) now WHERE ${same}`.execute(tx)
    await sql`INSERT INTO alarm (hospital, deployment, kind, about, item, items, sentence, from_day, to_day)
      SELECT hospital, deployment, 'recount-differs', about, item, items, sentence, "from", "to" FROM (${now}) now
      WHERE NOT EXISTS (SELECT FROM alarm a WHERE ${same}) ORDER BY place`.execute(tx)
  })
}

/**
 * What stands in each alarm. It leads to the item that causes the difference, or to each of them; of a hospital as a whole
 * there is none, and what is wrong about all hospitals together is told at each.
 */
function told(found: readonly FoundDifference[]) {
  const rows = found.map(({ deployment, hospital = null, items, sentence, about, days }, place) => ({
    ...{ place, deployment, hospital, about, from: days?.from, to: days?.to },
    item: items.length === 1 ? items[0] : null,
    items: items.length > 1 ? items : [],
    sentence: withItems(sentence, items),
  }))
  return sql`SELECT DISTINCT ON (h.id, found.about) h.id AS hospital, d.id AS deployment, found.about, found.item, found.items,
      found.sentence, found."from", found."to", found.place
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS found (place integer, deployment text, hospital text, about text,
      item uuid, items uuid[], sentence text, "from" date, "to" date)
    CROSS JOIN hospital h LEFT JOIN deployment d ON d.hospital = h.id AND d.id = found.deployment
    WHERE d.id IS NOT NULL OR (found.deployment IS NULL AND h.id = coalesce(found.hospital, h.id))
    ORDER BY h.id, found.about, found.place`
}

const MOST_NAMED = 5

/** A sentence that names what causes it, for who reads it where there are no links. */
function withItems(sentence: string, items: readonly string[]): string {
  const unnamed = items.filter((item) => !sentence.includes(item))
  if (unnamed.length === 0) return sentence
  const more = unnamed.length - MOST_NAMED
  const rest = more > 0 ? ` and ${more} more, which "ontregel savings recount" names` : ''
  return `${sentence} Items: ${unnamed.slice(0, MOST_NAMED).join(', ')}${rest}.`
}
