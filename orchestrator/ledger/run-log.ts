import { sql, type RawBuilder } from 'kysely'
import type { LedgerDatabase } from './tables.ts'

/** A line of the run log: what happened to an item. Nothing of a patient, no reference. */
export interface LogLine {
  readonly id: number
  readonly at: Date
  readonly deployment: string
  readonly bot: string
  readonly item: string
  readonly kind: string
  readonly attempt: number
  readonly worker: string | null
  /** The step's or act's. */
  readonly name: string | null
  readonly code: string | null
  readonly sentence: string | null
  readonly ms: number | null
}

export interface LogQuestion {
  readonly hospital: string
  readonly deployment?: string | undefined
  readonly worker?: string | undefined
  readonly item?: string | undefined
  readonly kind?: string | undefined
  /** Only what went wrong or waits for a person. */
  readonly trouble?: boolean | undefined
  /** Those with a lower id, for the next page; those with a higher one, for what came since. */
  readonly olderThan?: number | undefined
  readonly newerThan?: number | undefined
  readonly limit: number
}

const TROUBLE = ['step-failed', 'unsure', 'parked', 'late', 'contradicted']

/** The lines that answer a question, newest first. */
export async function readRunLog(db: LedgerDatabase, question: LogQuestion): Promise<LogLine[]> {
  const { rows } = await sql<LogLine>`
    SELECT e.id, e.at, i.deployment, d.bot, e.item, e.kind, e.attempt, e.worker, e.name, e.code, e.sentence, e.ms
    FROM event e JOIN item i ON i.id = e.item JOIN deployment d ON d.id = i.deployment
    WHERE i.hospital = ${question.hospital} ${sql.join(conditionsOf(question), sql` `)}
    ORDER BY e.id DESC LIMIT ${question.limit}`.execute(db)
  return rows
}

function conditionsOf(question: LogQuestion): RawBuilder<unknown>[] {
  return [
    when(question.deployment, (deployment) => sql`AND i.deployment = ${deployment}`),
    when(question.worker, (worker) => sql`AND e.worker = ${worker}`),
    when(question.item, (item) => sql`AND e.item = ${item}`),
    when(question.kind, (kind) => sql`AND e.kind = ${kind}`),
    question.trouble ? sql`AND e.kind = ANY (${TROUBLE})` : sql``,
    when(question.olderThan, (id) => sql`AND e.id < ${id}`),
    when(question.newerThan, (id) => sql`AND e.id > ${id}`),
  ]
}

const when = <T>(value: T | undefined, part: (value: T) => RawBuilder<unknown>) =>
  value === undefined ? sql`` : part(value)
