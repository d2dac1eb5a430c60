import { z } from 'zod'
import { readChanges, recordChange } from '../ledger/changes.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { localDate } from '../triggers/calendar.ts'
import type { ReportedRow } from './reported-row.ts'

/** What was taken in at once for one deployment; the file itself is not kept. */
export interface Import {
  readonly id: number
  readonly at: Date
  readonly account: string
  readonly deployment: string
  readonly items: number
  /** The first and last local day on which they were completed. */
  readonly from: string
  readonly to: string
}

const WHAT = 'reported-items'
const Written = z.object({ items: z.number(), from: z.string(), to: z.string() })

interface Zoned {
  readonly hospital: string
  readonly time_zone: string
}

/** Writes down with the other changes of a hospital what was taken in, for each deployment. */
export async function noteImport(
  tx: LedgerDatabase,
  rows: readonly ReportedRow[],
  deployments: ReadonlyMap<string, Zoned>,
  account: string,
): Promise<void> {
  for (const [subject, taken] of Map.groupBy(rows, ({ deployment }) => deployment)) {
    const deployment = deployments.get(subject)
    if (!deployment) continue
    const days = taken
      .map(({ completedAt }) => localDate(completedAt, deployment.time_zone))
      .toSorted((one, other) => (one < other ? -1 : 1))
    const after = { items: taken.length, from: days[0] ?? '', to: days.at(-1) ?? '' }
    const { hospital } = deployment
    await recordChange(tx, { hospital, account, what: WHAT, subject, before: null, after })
  }
}

/** What was taken in at a hospital, the newest first. */
export async function readImports(db: LedgerDatabase, hospital: string, limit: number): Promise<Import[]> {
  const changes = await readChanges(db, { hospital, what: [WHAT], limit })
  return changes.map(({ id, at, account, subject, after }) => ({
    ...{ id, at, account, deployment: subject },
    ...Written.parse(after),
  }))
}
