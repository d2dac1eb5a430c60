import { sql } from 'kysely'
import { inTransaction } from '../ledger/in-transaction.ts'
import { addReportedItem } from '../ledger/reported-items.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { localDate } from '../triggers/calendar.ts'
import { noteImport } from './imports.ts'
import type { NumberedRow, ReportedRow } from './reported-row.ts'
import { refusedRows, rowProblem, type RowProblem } from './row-problems.ts'

export interface Reporting {
  /** Hospitals for which the account may report. */
  readonly hospitals: readonly string[] | 'all'
  readonly account: string
  /** The name of the token, when a machine reports; people are called by their account. */
  readonly token?: string | undefined
  readonly now: Date
  /** Told now and then how many rows were taken in. */
  readonly progress?: (taken: number) => void
}

interface KnownDeployment {
  readonly id: string
  readonly hospital: string
  readonly mode: string
  readonly responsible: string
  readonly time_zone: string
  readonly parked_share: string
  readonly outside_seconds: number
}

const TOLD_EVERY = 500

/**
 * Takes in what another robot reports: all rows or none, in the order in which they were completed. Each is checked as
 * our own items are: one item for each case of a deployment, a baseline on its local day, no time still to come.
 * @returns how many were taken in
 * @throws business that names every wrong row
 */
export async function reportItems(
  db: LedgerDatabase,
  rows: readonly NumberedRow[],
  reporting: Reporting,
): Promise<number> {
  return await inTransaction(db, async (tx) => {
    const deployments = await readDeployments(tx, rows, reporting)
    const problems = [
      ...rows.flatMap((row) => problemsOfRow(row, deployments, reporting.now)),
      ...twiceInTheList(rows),
    ]
    if (problems.length === 0) problems.push(...(await withoutBaseline(tx, rows, deployments)))
    if (problems.length > 0) throw refusedRows(problems)
    const taken = await takeIn(tx, rows, deployments, reporting)
    await noteImport(
      tx,
      rows.map(({ row }) => row),
      deployments,
      reporting.account,
    )
    return taken
  })
}

async function readDeployments(
  tx: LedgerDatabase,
  rows: readonly NumberedRow[],
  { hospitals }: Reporting,
): Promise<Map<string, KnownDeployment>> {
  const ids = [...new Set(rows.map(({ row }) => row.deployment))]
  const found = await tx
    .selectFrom('deployment')
    .innerJoin('hospital', 'hospital.id', 'deployment.hospital')
    .select([
      'deployment.id',
      'hospital',
      'mode',
      'responsible',
      'time_zone',
      'parked_share',
      'outside_seconds',
    ])
    .where('deployment.id', 'in', ['', ...ids])
    .execute()
  const own = found.filter(({ hospital }) => hospitals === 'all' || hospitals.includes(hospital))
  return new Map(own.map((deployment) => [deployment.id, deployment]))
}

function problemsOfRow(
  { number, row }: NumberedRow,
  deployments: ReadonlyMap<string, KnownDeployment>,
  now: Date,
): RowProblem[] {
  const deployment = deployments.get(row.deployment)
  if (!deployment) {
    const remedy = `field deployment: there is no "${row.deployment}"; set it up first, or correct it.`
    return [rowProblem(number, 'deployment-unknown', remedy)]
  }
  const notLive = `field deployment: "${row.deployment}" is not live; put it to work first.`
  const toCome = 'field completedAt lies in the future; report what was completed.'
  return [
    ...(deployment.mode === 'live' ? [] : [rowProblem(number, 'deployment-not-live', notLive)]),
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
  deployments: ReadonlyMap<string, KnownDeployment>,
): Promise<RowProblem[]> {
  const counting = rows.filter(({ row }) => row.outcome !== 'nothing')
  const asked = counting.map(({ number, row }) => ({
    number,
    deployment: row.deployment,
    variant: row.variant,
    day: dayOf(row, deployments),
  }))
  const { rows: bare } = await sql<{ number: number; day: string }>`
    SELECT a.number, a.day::text FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      AS a (number integer, deployment text, variant text, day date)
    LEFT JOIN LATERAL (
      SELECT c.baseline_deployment, c.baseline_variant FROM chain_part p JOIN chain c ON c.id = p.chain
      WHERE p.deployment = a.deployment AND p.variant = a.variant AND daterange(c.valid_from, c.valid_until) @> a.day
    ) part ON true
    WHERE NOT EXISTS (SELECT FROM baseline b WHERE b.deployment = coalesce(part.baseline_deployment, a.deployment)
      AND b.variant = coalesce(part.baseline_variant, a.variant) AND daterange(b.valid_from, b.valid_until) @> a.day)`.execute(
    tx,
  )
  return bare.map(({ number, day }) => {
    const remedy = `field variant: has no baseline on ${day}; add one from that day or earlier, or correct the variant.`
    return rowProblem(number, 'variant-without-baseline', remedy)
  })
}

async function takeIn(
  tx: LedgerDatabase,
  rows: readonly NumberedRow[],
  deployments: ReadonlyMap<string, KnownDeployment>,
  { account, token = account, progress }: Reporting,
): Promise<number> {
  const known: RowProblem[] = []
  const inTime = rows.toSorted((a, b) => a.row.completedAt.getTime() - b.row.completedAt.getTime())
  let taken = 0
  for (const { number, row } of inTime) {
    const deployment = deployments.get(row.deployment)
    if (!deployment) continue
    const { reference, variant, outcome, completedAt } = row
    const share = outcome === 'done' ? 1 : outcome === 'by-hand' ? Number(deployment.parked_share) : 0
    const counted = { share, humanSeconds: humanSeconds(row, deployment), account, reportedBy: token }
    const caseReference = row.case ?? reference
    const where = { hospital: deployment.hospital, deployment: deployment.id }
    const item = { ...where, reference, caseReference, variant, outcome, completedAt, ...counted }
    const remedy = 'field reference: the deployment has this case already; leave the row out.'
    if (!(await addReportedItem(tx, item))) known.push(rowProblem(number, 'row-known', remedy))
    if (++taken % TOLD_EVERY === 0) progress?.(taken)
  }
  if (known.length > 0) throw refusedRows(known)
  return taken
}

const dayOf = (
  { deployment, completedAt }: ReportedRow,
  deployments: ReadonlyMap<string, KnownDeployment>,
): string => localDate(completedAt, deployments.get(deployment)?.time_zone ?? 'Europe/Amsterdam')

/** Measured when it was told; else the deployment's fixed time for what a person finished. */
function humanSeconds({ humanMinutes, outcome }: ReportedRow, deployment: KnownDeployment): number {
  if (humanMinutes !== undefined) return Math.round(humanMinutes * 60)
  return outcome === 'by-hand' ? deployment.outside_seconds : 0
}
