import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { inTransaction } from '../ledger/in-transaction.ts'
import { addReportedItems, type ReportedItem } from '../ledger/reported-items.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { problemsIn, type KnownDeployment } from './check-rows.ts'
import { beginImports, holdHospitals, noteImported, type NewImport } from './imports.ts'
import type { NumberedRow, ReportedRow } from './reported-row.ts'
import { refusedRows, rowProblem } from './row-problems.ts'

export interface Reporting {
  /** Hospitals for which the account may report. */
  readonly hospitals: readonly string[] | 'all'
  readonly account: string
  /** The name of the token, when a machine reports; people are called by their account. */
  readonly token?: string | undefined
  /** The file in which the rows stand; they were sent as they are when left out. */
  readonly file?: Uint8Array | undefined
  readonly now: Date
  /** Called when a step begins: the rows are checked, written down as items, and counted. */
  readonly atStep?: ((step: TakingStep) => void) | undefined
}

export type TakingStep = 'check' | 'write' | 'count'

/** What was taken in: one import for each hospital that the rows are of. */
export interface TakenIn {
  readonly taken: number
  /** How many of these count for nothing: another item claimed their case for the same activity. */
  readonly leftOut: number
  readonly imports: readonly { readonly id: number; readonly hospital: string }[]
}

/**
 * Takes in what another robot reports: all rows or none, in the order in which they were completed. Each is checked as
 * our own items are: one item for each case of a deployment, a baseline on its local day, no time still to come; and
 * what does not count is of no day before the deployment's first baseline.
 * @throws business that names every wrong row, or the import that took in the same before
 */
export async function reportItems(
  db: LedgerDatabase,
  rows: readonly NumberedRow[],
  reporting: Reporting,
): Promise<TakenIn> {
  return await inTransaction(db, async (tx) => {
    const deployments = await readDeployments(tx, rows, reporting)
    const hospitals = [...new Set([...deployments.values()].map(({ hospital }) => hospital))].toSorted()
    await holdHospitals(tx, hospitals)
    reporting.atStep?.('check')
    const problems = await problemsIn(tx, rows, deployments, reporting.now)
    if (problems.length > 0) throw refusedRows(problems)
    const by = { account: reporting.account, reportedBy: reporting.token ?? reporting.account }
    const imports = await beginImports(tx, newImports(rows, hospitals, deployments), {
      ...by,
      file: reporting.file,
    })
    const numbers = new Map<string, number>()
    const items = inTime(rows).flatMap(({ number, row }): ReportedItem[] => {
      const deployment = deployments.get(row.deployment)
      if (!deployment) return []
      const item = asItem(row, deployment, imports.get(deployment.hospital) ?? 0)
      numbers.set(item.id, number)
      return [item]
    })
    reporting.atStep?.('write')
    const known = await addReportedItems(tx, items, by, reporting.atStep)
    if (known.length > 0)
      throw refusedRows(known.map((id) => rowProblem(numbers.get(id) ?? 0, 'row-known', KNOWN)))
    await noteImported(tx, imports, reporting.account)
    const taken = { taken: items.length, leftOut: await leftOutOf(tx, items) }
    return { ...taken, imports: [...imports].map(([hospital, id]) => ({ id, hospital })) }
  })
}

async function leftOutOf(tx: LedgerDatabase, items: readonly ReportedItem[]): Promise<number> {
  const { rows } = await sql<{ items: number }>`
    SELECT count(*)::int AS items FROM unnest(${items.map(({ id }) => id)}::uuid[]) AS given (id)
    JOIN credit c ON c.item = given.id WHERE c.kind = 'left-out'`.execute(tx)
  return rows[0]?.items ?? 0
}

const KNOWN = 'field reference: the deployment has this case already; leave the row out.'

async function readDeployments(
  tx: LedgerDatabase,
  rows: readonly NumberedRow[],
  { hospitals }: Reporting,
): Promise<Map<string, KnownDeployment>> {
  const ids = [...new Set(rows.map(({ row }) => row.deployment))]
  const found = await tx
    .selectFrom('deployment')
    .innerJoin('hospital', 'hospital.id', 'deployment.hospital')
    .select(['deployment.id', 'hospital', 'mode', 'activity', 'time_zone', 'parked_share', 'outside_seconds'])
    .where('deployment.id', '=', (eb) => eb.fn.any(eb.val(ids)))
    .execute()
  const own = found.filter(({ hospital }) => hospitals === 'all' || hospitals.includes(hospital))
  return new Map(own.map((deployment) => [deployment.id, deployment]))
}

const newImports = (
  rows: readonly NumberedRow[],
  hospitals: readonly string[],
  deployments: ReadonlyMap<string, KnownDeployment>,
): NewImport[] =>
  hospitals.map((hospital) => ({
    hospital,
    rows: rows.flatMap(({ row }) => (deployments.get(row.deployment)?.hospital === hospital ? [row] : [])),
  }))

const inTime = (rows: readonly NumberedRow[]): NumberedRow[] =>
  rows.toSorted((a, b) => a.row.completedAt.getTime() - b.row.completedAt.getTime())

function asItem(row: ReportedRow, deployment: KnownDeployment, ofImport: number): ReportedItem {
  const { reference, variant, outcome, completedAt } = row
  return {
    ...{ id: randomUUID(), import: ofImport, hospital: deployment.hospital, deployment: deployment.id },
    ...{ reference, caseReference: row.case ?? reference, variant, outcome, completedAt },
    share: outcome === 'done' ? 1 : outcome === 'by-hand' ? Number(deployment.parked_share) : 0,
    humanSeconds: humanSeconds(row, deployment),
  }
}

/** Measured when it was told; else the deployment's fixed time for what a person finished. */
function humanSeconds({ humanMinutes, outcome }: ReportedRow, deployment: KnownDeployment): number {
  if (humanMinutes !== undefined) return Math.round(humanMinutes * 60)
  return outcome === 'by-hand' ? deployment.outside_seconds : 0
}
