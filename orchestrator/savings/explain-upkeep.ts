import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { CountedPeriod } from './period.ts'
import { isCleared } from './read-settings.ts'

/** Hours that were booked on a deployment on a day; for who sees counts only, those of one kind together. */
export interface Booking {
  readonly hospital: string
  readonly deployment: string
  /** Local date. */
  readonly day: string
  /** Decimal text. */
  readonly hours: string
  /** `regular`: in the net hours. `one-off`: on a day that a backlog took items from, apart. `withdrawn`: in neither. */
  readonly kind: 'regular' | 'one-off' | 'withdrawn'
  /** What was done and who booked it; null for who sees counts only. */
  readonly note: string | null
  readonly bookedBy: string | null
}

/** The bookings that hours of upkeep are made of. */
export interface Bookings {
  /** Hours of all bookings of a kind, listed or not. */
  readonly sums: Readonly<Record<Booking['kind'], number>>
  /** The newest day first, at most as many as were asked for. */
  readonly rows: readonly Booking[]
  /** Whether there are more than are listed. */
  readonly more: boolean
}

interface BookingsQuestion {
  readonly hospitals: readonly string[]
  /** One deployment; all of the hospitals when left out. */
  readonly deployment?: string | undefined
  /** Of the others, who did what is not told, and hours of a day are one figure. */
  readonly seesItemsOf: readonly string[]
  /** How many are listed. */
  readonly most: number
}

/** What was booked in a period, with what was withdrawn: the regular ones add up to the upkeep that a report subtracts. */
export async function readBookings(
  db: LedgerDatabase,
  { from, until }: CountedPeriod,
  { hospitals, deployment, seesItemsOf, most }: BookingsQuestion,
): Promise<Bookings> {
  const own = sql`SELECT d.hospital, u.deployment, u.day, u.hours, u.id,
      CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN ${isCleared('u')} THEN 'one-off' ELSE 'regular' END AS kind,
      CASE WHEN d.hospital = ANY(${[...seesItemsOf]}) THEN u.note END AS note,
      CASE WHEN d.hospital = ANY(${[...seesItemsOf]}) THEN u.booked_by END AS "bookedBy",
      CASE WHEN d.hospital = ANY(${[...seesItemsOf]}) THEN u.id END AS apart
    FROM upkeep u JOIN deployment d ON d.id = u.deployment
    WHERE d.hospital = ANY(${[...hospitals]}) AND u.day BETWEEN ${from} AND ${until}
      AND ${deployment === undefined ? sql`true` : sql`u.deployment = ${deployment}`}`
  const { rows } =
    await sql<Booking>`SELECT hospital, deployment, day, sum(hours)::text AS hours, kind, note, "bookedBy"
    FROM (${own}) own GROUP BY hospital, deployment, day, kind, note, "bookedBy", apart
    ORDER BY day DESC, hospital, deployment, kind, max(id) DESC LIMIT ${most + 1}`.execute(db)
  const sums = await sql<{ kind: Booking['kind']; hours: number }>`SELECT kind, sum(hours)::float8 AS hours
    FROM (${own}) own GROUP BY kind`.execute(db)
  const found = new Map(sums.rows.map(({ kind, hours }) => [kind, hours]))
  const sum = (kind: Booking['kind']) => found.get(kind) ?? 0
  return {
    sums: { regular: sum('regular'), 'one-off': sum('one-off'), withdrawn: sum('withdrawn') },
    ...{ rows: rows.slice(0, most), more: rows.length > most },
  }
}
