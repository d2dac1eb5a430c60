import { sql } from 'kysely'
import { KEPT } from '../ledger/kept-plans.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Count } from './minutes.ts'
import type { Period } from './period.ts'
import { steadyParts, type Pricing } from './prices.ts'
import { coverWithSpans, type SpanRange } from './spans.ts'

interface Piece extends SpanRange {
  readonly deployment: string
  /** The first of the days that are worth the same. */
  readonly part: string
}

/** Months or years that are read for many deployments at once: looking each of them up would take longer. */
interface SharedPiece extends SpanRange {
  readonly part: string
  readonly deployments: ReadonlySet<string>
}

/** From so many deployments on, when most have the same days, their roll-ups of one span are read together. */
const MANY = 20

/**
 * The counts of a period by the days within which nothing changes that they are worth; those days may come in several
 * pieces. `OFFSET 0` keeps each piece a look into the index: joined as a whole, all days would be read.
 */
export async function readCounts(
  db: LedgerDatabase,
  period: Period,
  pricings: readonly Pricing[],
): Promise<Count[]> {
  const { shared, single } = piecesOf(pricings, period)
  const days = single.filter(({ span }) => span === 'day')
  const rollUps = single.filter(({ span }) => span !== 'day')
  const { rows } = await sql<Count & { readonly piece: number }>`${KEPT}
    SELECT p.piece, p.part AS day, r.* FROM ${recordsOf(shared.map((piece, index) => ({ ...piece, piece: index })))}
      CROSS JOIN LATERAL (SELECT deployment, ${ROLLED_UP} FROM roll_up
        WHERE span = p.span AND begins BETWEEN p."from" AND p."to" GROUP BY deployment, variant, kind OFFSET 0) r
    UNION ALL
    SELECT -1, p.part, r.* FROM ${recordsOf(rollUps)} CROSS JOIN LATERAL (SELECT p.deployment, ${ROLLED_UP} FROM roll_up
      WHERE deployment = p.deployment AND span = p.span AND begins BETWEEN p."from" AND p."to" GROUP BY variant, kind OFFSET 0) r
    UNION ALL
    SELECT -1, p.part, c.* FROM ${recordsOf(days)} CROSS JOIN LATERAL (SELECT p.deployment, ${COUNTED} FROM day_count
      WHERE deployment = p.deployment AND day BETWEEN p."from" AND p."to" GROUP BY variant, kind OFFSET 0) c`.execute(
    db,
  )
  return rows.filter(({ piece, deployment }) => piece < 0 || shared[piece]?.deployments.has(deployment))
}

function piecesOf(
  pricings: readonly Pricing[],
  period: Period,
): { readonly shared: readonly SharedPiece[]; readonly single: readonly Piece[] } {
  const parts = pricings.flatMap((pricing) =>
    steadyParts(pricing, period).map((part) => ({ ...part, deployment: pricing.deployment })),
  )
  // Nearly all deployments have the same days, so each cover is worked out once.
  const alike = [...Map.groupBy(parts, ({ from, to }) => `${from} ${to}`).values()]
  const shared: SharedPiece[] = []
  const single: Piece[] = []
  for (const group of alike) {
    const [{ from, to } = period] = group
    const deployments = new Set(group.map(({ deployment }) => deployment))
    for (const range of coverWithSpans({ from, to }))
      if (range.span !== 'day' && group.length >= MANY && group.length * 2 > pricings.length)
        shared.push({ ...range, part: from, deployments })
      else single.push(...group.map(({ deployment }) => ({ ...range, part: from, deployment })))
  }
  return { shared, single }
}

const recordsOf = (pieces: readonly (SpanRange & { readonly part: string })[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(pieces)}::jsonb)
    AS p (piece integer, deployment text, part date, span text, "from" date, "to" date)`

const TOTALS = sql`sum(counting)::int AS counting, sum(shares)::text AS shares, sum(human_seconds)::bigint AS "humanSeconds"`

const ROLLED_UP = sql`variant, kind, sum(done)::int AS done, sum(nothing)::int AS nothing, sum(by_hand)::int AS "byHand",
  sum(parked)::int AS parked, sum(shadow)::int AS shadow, ${TOTALS}`

const ended = (outcome: string) =>
  sql`coalesce(sum(items) FILTER (WHERE outcome = ${sql.lit(outcome)}), 0)::int`

const COUNTED = sql`variant, kind, ${ended('done')}, ${ended('nothing')}, ${ended('by-hand')}, ${ended('parked')}, ${ended('shadow')}, ${TOTALS}`
