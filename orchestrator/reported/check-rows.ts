import { sql } from 'kysely'
import { storableText } from '../ledger/json-text.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { firstPricedDays } from '../savings/first-days.ts'
import { localDate } from '../triggers/calendar.ts'
import type { NumberedRow } from './reported-row.ts'
import { rowProblem, type RowProblem } from './row-problems.ts'

/** A deployment into which the caller may report. */
export interface KnownDeployment {
  readonly id: string
  readonly hospital: string
  readonly mode: string
  /** Null where the ledger knows none: then no case could be claimed, and one be counted twice. */
  readonly activity: string | null
  readonly time_zone: string
  readonly parked_share: string
  readonly outside_seconds: number
}

type Deployments = ReadonlyMap<string, KnownDeployment>

/** What is wrong with rows as our own items are checked: one item for each case, a live deployment, a baseline on the day. */
export async function problemsIn(
  tx: LedgerDatabase,
  rows: readonly NumberedRow[],
  deployments: Deployments,
  now: Date,
): Promise<RowProblem[]> {
  const problems = rows.flatMap((row) => problemsOfRow(row, deployments, now)).concat(twiceInTheList(rows))
  if (problems.length > 0) return problems
  return [...(await withoutBaseline(tx, rows, deployments)), ...(await tooEarly(tx, rows, deployments))]
}

function problemsOfRow({ number, row }: NumberedRow, deployments: Deployments, now: Date): RowProblem[] {
  const deployment = deployments.get(row.deployment)
  if (!deployment) {
    const remedy = 'field deployment: there is none of this name here; set it up first, or correct it.'
    return [rowProblem(number, 'deployment-unknown', remedy)]
  }
  const notLive = `field deployment: ${deployment.id} is not live; put it to work first.`
  const none = `field deployment: the activity of ${deployment.id} is not known, so a case of it could count twice; make a deployment that has one, and report into that.`
  const toCome = 'field completedAt lies in the future; report what was completed.'
  return [
    ...(deployment.mode === 'live' ? [] : [rowProblem(number, 'deployment-not-live', notLive)]),
    ...(deployment.activity === null ? [rowProblem(number, 'activity-unknown', none)] : []),
    ...(row.completedAt > now ? [rowProblem(number, 'time-to-come', toCome)] : []),
  ]
}

function twiceInTheList(rows: readonly NumberedRow[]): RowProblem[] {
  const first = new Map<string, number>()
  return rows.flatMap(({ number, row }) => {
    const key = JSON.stringify([row.deployment, row.reference])
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, number)
    if (earlier === undefined) return []
    const remedy = `field reference: stands in row ${earlier} already; report a case once.`
    return [rowProblem(number, 'row-twice', remedy)]
  })
}

/** What would count must have a baseline on its day, else the figure would be too low and nobody would know. */
async function withoutBaseline(
  tx: LedgerDatabase,
  rows: readonly NumberedRow[],
  deployments: Deployments,
): Promise<RowProblem[]> {
  // Days are those of the hospital; many rows are of one day and variant, and each of those is looked up once.
  const counting = rows.filter(({ row }) => row.outcome !== 'nothing')
  const zoneOf = ({ row }: NumberedRow) => deployments.get(row.deployment)?.time_zone ?? 'UTC'
  const { rows: bare } = await sql<{ numbers: number[]; day: string }>`
    SELECT a.numbers, a.day::text FROM (
      SELECT deployment, variant, (at AT TIME ZONE zone)::date AS day, array_agg(number) AS numbers
      FROM unnest(${counting.map(({ number }) => number)}::integer[], ${counting.map(({ row }) => row.deployment)}::text[],
        ${counting.map(({ row }) => storableText(row.variant))}::text[], ${counting.map(({ row }) => row.completedAt.toISOString())}::timestamptz[],
        ${counting.map(zoneOf)}::text[]) AS given (number, deployment, variant, at, zone)
      GROUP BY 1, 2, 3
    ) a
    LEFT JOIN LATERAL (
      SELECT c.baseline_deployment, c.baseline_variant FROM chain_part p JOIN chain c ON c.id = p.chain
      WHERE p.deployment = a.deployment AND p.variant = a.variant AND daterange(c.valid_from, c.valid_until) @> a.day
    ) part ON true
    WHERE NOT EXISTS (SELECT FROM baseline b WHERE b.deployment = coalesce(part.baseline_deployment, a.deployment)
      AND b.variant = coalesce(part.baseline_variant, a.variant) AND daterange(b.valid_from, b.valid_until) @> a.day)`.execute(
    tx,
  )
  return bare.flatMap(({ numbers, day }) => {
    const remedy = `field variant: has no baseline on ${day}; add one from that day or earlier, or correct the variant.`
    return numbers.map((number) => rowProblem(number, 'variant-without-baseline', remedy))
  })
}

/**
 * What does not count needs no baseline, yet it begins the days that are measured: a year that is mistyped would stretch
 * them for ever. So it is not of before the first baseline or chain of its deployment.
 */
async function tooEarly(
  tx: LedgerDatabase,
  rows: readonly NumberedRow[],
  deployments: Deployments,
): Promise<RowProblem[]> {
  const nothing = rows.filter(({ row }) => row.outcome === 'nothing')
  const firstOf = await firstPricedDays(tx, [...new Set(nothing.map(({ row }) => row.deployment))])
  return nothing.flatMap(({ number, row }) => {
    const first = firstOf.get(row.deployment)
    const day = localDate(row.completedAt, deployments.get(row.deployment)?.time_zone ?? 'UTC')
    if (first && day >= first) return []
    const begins = first ? `its first baseline begins on ${first}` : 'the deployment has no baseline yet'
    const remedy = `field completedAt: ${begins}; correct the year, or add a baseline from that day or earlier.`
    return [rowProblem(number, 'before-baselines', remedy)]
  })
}
