import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import { recordChange } from '../ledger/changes.ts'
import type { ReportedBy } from '../ledger/reported-items.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { ReportedRow } from './reported-row.ts'

/** What was taken in at once at one hospital; of the file only a digest is kept. */
export interface Import {
  readonly id: number
  readonly at: Date
  /** The account, or the name of the token. */
  readonly by: string
  readonly source: 'file' | 'api'
  /** SHA-256 of the file, or of the items as they were sent; hexadecimal. */
  readonly digest: string
  readonly items: number
  /** The first and last local day on which they were completed, for each deployment. */
  readonly deployments: readonly {
    readonly deployment: string
    readonly items: number
    readonly from: string
    readonly to: string
  }[]
  readonly withdrawn: {
    readonly at: Date
    readonly by: string
    readonly name: string
    readonly reason: string
  } | null
}

/** The rows of one hospital. */
export interface NewImport {
  readonly hospital: string
  readonly rows: readonly ReportedRow[]
}

/** Of one hospital one import is taken in or withdrawn at a time: whoever comes later waits, always in the same order. */
export async function holdHospitals(tx: LedgerDatabase, hospitals: readonly string[]): Promise<void> {
  for (const hospital of hospitals)
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`reported ${hospital}`}, 0))`.execute(tx)
}

/**
 * Writes an import down for each hospital, before its items.
 * @returns their numbers by hospital
 * @throws business `import-known` when the same was taken in before and stands
 */
export async function beginImports(
  tx: LedgerDatabase,
  imports: readonly NewImport[],
  { account, reportedBy, file }: ReportedBy & { readonly file?: Uint8Array | undefined },
): Promise<Map<string, number>> {
  const begun = new Map<string, number>()
  for (const { hospital, rows } of imports) {
    const digest = createHash('sha256')
      .update(file ?? JSON.stringify(rows))
      .digest()
    await refuseKnown(tx, hospital, digest)
    const values = { hospital, account, digest, items: rows.length }
    const { id } = await tx
      .insertInto('reported_import')
      .values({ ...values, reported_by: reportedBy, source: file ? 'file' : 'api' })
      .returning('id')
      .executeTakeFirstOrThrow()
    begun.set(hospital, id)
  }
  return begun
}

async function refuseKnown(tx: LedgerDatabase, hospital: string, digest: Buffer): Promise<void> {
  const known = await tx
    .selectFrom('reported_import')
    .select(['id', 'at', 'reported_by'])
    .where('hospital', '=', hospital)
    .where('digest', '=', digest)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (!known) return
  const sentence = `The same was taken in already, as import ${known.id} on ${known.at.toISOString().slice(0, 10)} by ${known.reported_by}; nothing was taken in again. To take it in anew, withdraw that import first.`
  throw new Failure('business', 'import-known', sentence)
}

/** Writes down by day what the imports brought, and with the other changes of a hospital what was taken in. */
export async function noteImported(
  tx: LedgerDatabase,
  imports: ReadonlyMap<string, number>,
  account: string,
): Promise<void> {
  for (const [hospital, id] of imports) {
    await sql`INSERT INTO reported_import_day (import, hospital, deployment, day, items)
      SELECT i.import, i.hospital, i.deployment, (i.finished_at AT TIME ZONE h.time_zone)::date, count(*)
      FROM item i JOIN hospital h ON h.id = i.hospital WHERE i.import = ${id} GROUP BY 1, 2, 3, 4`.execute(tx)
    const [taken] = await readImports(tx, { hospital, id, limit: 1 })
    for (const { deployment: subject, ...after } of taken?.deployments ?? [])
      await recordChange(tx, {
        ...CHANGE,
        hospital,
        account,
        subject,
        before: null,
        after: { import: id, ...after },
      })
  }
}

const CHANGE = { what: 'reported-items' } as const

interface ImportsWanted {
  readonly hospital: string
  readonly id?: number | undefined
  /** Only those with a lower number. */
  readonly olderThan?: number | undefined
  readonly limit: number
}

/** What was taken in at a hospital, the newest first; one of them when its number is given. */
export async function readImports(
  db: LedgerDatabase,
  { hospital, id, olderThan, limit }: ImportsWanted,
): Promise<Import[]> {
  const { rows } = await sql<Import>`
    SELECT r.id, r.at, r.reported_by AS by, r.source, encode(r.digest, 'hex') AS digest, r.items, own.deployments,
      CASE WHEN r.withdrawn_at IS NOT NULL THEN jsonb_build_object('at', r.withdrawn_at, 'by', r.withdrawn_by,
        'name', r.withdrawn_name, 'reason', r.withdrawn_reason) END AS withdrawn
    FROM (SELECT * FROM reported_import WHERE hospital = ${hospital} ${id === undefined ? sql`` : sql`AND id = ${id}`}
      ${olderThan === undefined ? sql`` : sql`AND id < ${olderThan}`} ORDER BY id DESC LIMIT ${limit}) r
    CROSS JOIN LATERAL (
      SELECT coalesce(jsonb_agg(d ORDER BY d.deployment), '[]') AS deployments FROM (
        SELECT deployment, sum(items)::int AS items, min(day) AS "from", max(day) AS "to"
        FROM reported_import_day WHERE import = r.id GROUP BY deployment
      ) d
    ) own
    ORDER BY r.id DESC`.execute(db)
  return rows.map((row) => ({
    ...row,
    withdrawn: row.withdrawn && { ...row.withdrawn, at: new Date(row.withdrawn.at) },
  }))
}
