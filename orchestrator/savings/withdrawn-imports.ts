import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Period } from './period.ts'
import { isSmall } from './withhold.ts'

/** Of an import that was withdrawn, what it had brought on days of a period: an earlier report of it told more, or other hours. */
export interface WithdrawnImport {
  readonly hospital: string
  /** Its number. */
  readonly import: number
  /** The local day on which it was withdrawn. */
  readonly on: string
  /** Null when it is fewer than five and the reader sees counts only. */
  readonly items: number | null
}

export interface WithdrawnQuestion extends Period {
  readonly hospital?: string | undefined
  readonly seesItems: (hospital: string) => boolean
}

/** The withdrawn imports that touch a period, of one hospital or of all that the reader sees, in order. */
export async function readWithdrawnImports(
  db: LedgerDatabase,
  { from, to, hospital, seesItems }: WithdrawnQuestion,
): Promise<WithdrawnImport[]> {
  const { rows } = await sql<WithdrawnImport & { readonly items: number }>`
    SELECT w.hospital, w.id AS import, (w.withdrawn_at AT TIME ZONE h.time_zone)::date::text AS "on", sum(d.items)::int AS items
    FROM reported_import w JOIN hospital h ON h.id = w.hospital JOIN reported_import_day d ON d.import = w.id
    WHERE w.withdrawn_at IS NOT NULL AND d.day BETWEEN ${from} AND ${to}
      ${hospital === undefined ? sql`` : sql`AND w.hospital = ${hospital}`}
    GROUP BY 1, 2, 3 ORDER BY 1, 2`.execute(db)
  return rows.map((row) => ({
    ...row,
    items: isSmall(row.items) && !seesItems(row.hospital) ? null : row.items,
  }))
}

/** That earlier totals were others, in English, as CSV and command line say it. */
export const withdrawnWords = ({ import: number, on, items }: WithdrawnImport): string =>
  `import ${number}: ${items === null ? 'fewer than 5' : items} items withdrawn on ${on}`
