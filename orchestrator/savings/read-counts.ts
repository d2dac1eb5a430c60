import { sql } from 'kysely'
import { KEPT } from '../ledger/kept-plans.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Count } from './minutes.ts'
import type { Period } from './period.ts'
import { steadyParts, type Pricing } from './prices.ts'
import { inOneOff, listOf } from './read-settings.ts'
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

/** What was counted at deployments. */
export interface Counted {
  readonly counts: readonly Count[]
  /** The first local day ever with an item that was neither in shadow mode nor of a backlog, of those that have one. */
  readonly firstDays: readonly { readonly deployment: string; readonly day: string | null }[]
}

/**
 * The counts of a period by the days within which nothing changes that they are worth; those days may come in several
 * pieces. `OFFSET 0` keeps each piece a look into the index: joined as a whole, all days would be read.
 */
export async function readCounts(
  db: LedgerDatabase,
  period: Period,
  pricings: readonly Pricing[],
): Promise<Counted> {
  const { shared, single } = piecesOf(pricings, period)
  const together = shared.map((piece, index) => ({ ...piece, piece: index }))
  const days = single.filter(({ span }) => span === 'day')
  const rollUps = single.filter(({ span }) => span !== 'day')
  // What there is nothing to ask for is left out: PostgreSQL prepares all that a statement says, each time.
  const parts = [
    ...(together.length > 0 ? [countsOfMany(together)] : []),
    ...(rollUps.length > 0 ? [rolledUpCounts(rollUps)] : []),
    ...(days.length > 0 ? [dayCounts(days)] : []),
  ]
  const { rows } = await sql<Found>`${KEPT} SELECT ${listOf(sql.join(parts, sql` UNION ALL `))} AS counts,
    ${listOf(firstDaysOf(pricings.map(({ deployment }) => deployment)))} AS "firstDays"`.execute(db)
  const [found] = rows
  if (!found) throw new Error('The ledger gave no answer about its counts.')
  const isOf = ({ piece, deployment }: Found['counts'][number]) =>
    piece < 0 || shared[piece]?.deployments.has(deployment)
  return { counts: found.counts.filter(isOf), firstDays: found.firstDays }
}

interface Found {
  readonly counts: readonly (Count & { readonly piece: number })[]
  readonly firstDays: Counted['firstDays']
}

const TOTALS = sql`sum(counting)::int AS counting, sum(shares)::text AS shares, sum(human_seconds)::bigint AS "humanSeconds"`

const ROLLED_UP = sql`variant, kind, sum(done)::int AS done, sum(nothing)::int AS nothing, sum(by_hand)::int AS "byHand",
  sum(parked)::int AS parked, sum(shadow)::int AS shadow, ${TOTALS}`

const ended = (outcome: string, name: string) =>
  sql`coalesce(sum(items) FILTER (WHERE outcome = ${sql.lit(outcome)}), 0)::int AS ${sql.ref(name)}`

const COUNTED = sql`variant, kind, ${ended('done', 'done')}, ${ended('nothing', 'nothing')}, ${ended('by-hand', 'byHand')},
  ${ended('parked', 'parked')}, ${ended('shadow', 'shadow')}, ${TOTALS}`

const countsOfMany = (
  pieces: readonly (SharedPiece & { piece: number })[],
) => sql`SELECT p.piece, p.part AS day, r.* FROM ${recordsOf(pieces)}
  CROSS JOIN LATERAL (SELECT deployment, ${ROLLED_UP} FROM roll_up
    WHERE span = p.span AND begins BETWEEN p."from" AND p."to" GROUP BY deployment, variant, kind OFFSET 0) r`

const rolledUpCounts = (
  pieces: readonly Piece[],
) => sql`SELECT -1 AS piece, p.part AS day, r.* FROM ${recordsOf(pieces)}
  CROSS JOIN LATERAL (SELECT p.deployment, ${ROLLED_UP} FROM roll_up
    WHERE deployment = p.deployment AND span = p.span AND begins BETWEEN p."from" AND p."to" GROUP BY variant, kind OFFSET 0) r`

const dayCounts = (
  pieces: readonly Piece[],
) => sql`SELECT -1 AS piece, p.part AS day, c.* FROM ${recordsOf(pieces)}
  CROSS JOIN LATERAL (SELECT p.deployment, ${COUNTED} FROM day_count
    WHERE deployment = p.deployment AND day BETWEEN p."from" AND p."to" GROUP BY variant, kind OFFSET 0) c`

const firstDaysOf = (deployments: readonly string[]) => sql`SELECT deployment,
    CASE WHEN EXISTS (SELECT FROM one_off o WHERE o.deployment = d.deployment)
      THEN (SELECT min(day) FROM day_count c WHERE c.deployment = d.deployment AND outcome <> 'shadow' AND kind <> 'one-off'
        AND NOT ${inOneOff('c')})
      ELSE (SELECT min(first_day) FROM roll_up r WHERE r.deployment = d.deployment AND span = 'year') END AS day
  FROM jsonb_to_recordset(${JSON.stringify(deployments.map((deployment) => ({ deployment })))}::jsonb) AS d (deployment text)`

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
