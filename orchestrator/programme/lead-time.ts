import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'

/** How long items of a deployment lay from arrival until the robot had done them. */
export interface LeadTime {
  readonly deployment: string
  readonly items: number
  readonly meanSeconds: number
  /** How many were done within 24 hours. */
  readonly withinADay: number
}

/** Lead times of a period of local days, by deployment; those without an item are left out. */
export async function readLeadTimes(
  db: LedgerDatabase,
  { from, until }: { readonly from: string; readonly until: string },
): Promise<LeadTime[]> {
  const { rows } = await sql<LeadTime>`
    SELECT deployment, sum(items)::int AS items, (sum(seconds) / sum(items))::float8 AS "meanSeconds",
      sum(within_a_day)::int AS "withinADay"
    FROM lead_time WHERE day BETWEEN ${from} AND ${until} GROUP BY deployment ORDER BY deployment`.execute(db)
  return rows
}
