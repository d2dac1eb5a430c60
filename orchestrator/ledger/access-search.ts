import { sql, type RawBuilder } from 'kysely'
import type { AccessTables } from './access-tables.ts'
import type { LedgerDatabase } from './tables.ts'

type Entry = AccessTables['access_entry']

/** An access as lists and exports show it. */
export interface FoundAccess {
  readonly id: number
  readonly at: Date
  readonly actorKind: Entry['actor_kind']
  readonly actor: string
  readonly responsible: string
  readonly action: Entry['action']
  readonly subjectKind: Entry['subject_kind']
  /** Null for a patient: a keyed hash says nothing to whoever reads it. */
  readonly subject: string | null
  readonly systems: readonly string[]
  readonly outcome: Entry['outcome']
  /** Whether it is known of which patient it is. */
  readonly hasPatient: boolean
}

export interface AccessQuestion {
  readonly hospital: string
  /** Keyed hashes of a patient's numbers: accesses of one of them. */
  readonly patients?: readonly Buffer[] | undefined
  /** An account, token, channel or deployment; it finds what was done on behalf of that account too. */
  readonly actor?: string | undefined
  readonly actorKind?: Entry['actor_kind'] | undefined
  readonly action?: Entry['action'] | undefined
  readonly outcome?: Entry['outcome'] | undefined
  /** From this moment on, and before this one. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Those older than this id, for the next page. */
  readonly olderThan?: number | undefined
  readonly limit: number
}

/**
 * The accesses that answer a question, newest first. What somebody did and what was done on their behalf are looked up
 * apart, each by its own index: together they would read the whole log for somebody who is rarely in it.
 */
export async function searchAccess(db: LedgerDatabase, question: AccessQuestion): Promise<FoundAccess[]> {
  const { hospital, actor, limit } = question
  const whose =
    actor === undefined
      ? [sql``]
      : [sql`AND a.actor = ${actor}`, sql`AND a.responsible = ${actor} AND a.responsible <> a.actor`]
  const parts = whose.map(
    (
      by,
    ) => sql`(SELECT a.* FROM access_entry a WHERE a.hospital = ${hospital} ${by} ${sql.join(conditionsOf(question), sql` `)}
      ORDER BY a.id DESC LIMIT ${limit})`,
  )
  const { rows } = await sql<FoundAccess>`
    SELECT a.id, a.at, a.actor_kind AS "actorKind", a.actor, a.responsible, a.action, a.subject_kind AS "subjectKind",
      CASE WHEN a.subject_kind <> 'patient' THEN a.subject END AS subject, a.systems, a.outcome,
      a.patients <> '{}' AS "hasPatient"
    FROM (${sql.join(parts, sql` UNION ALL `)}) a
    ORDER BY a.id DESC LIMIT ${limit}`.execute(db)
  return rows
}

function conditionsOf(question: AccessQuestion): RawBuilder<unknown>[] {
  return [
    when(question.patients, (numbers) => sql`AND a.id IN (${ofPatient(question.hospital, numbers)})`),
    when(question.actorKind, (kind) => sql`AND a.actor_kind = ${kind}`),
    when(question.action, (action) => sql`AND a.action = ${action}`),
    when(question.outcome, (outcome) => sql`AND a.outcome = ${outcome}`),
    when(question.from, (from) => sql`AND a.at >= ${from}`),
    when(question.to, (to) => sql`AND a.at < ${to}`),
    when(question.olderThan, (id) => sql`AND a.id < ${id}`),
  ]
}

/** Those that name the patient, and those of items of which it was not known yet when they were written. */
function ofPatient(hospital: string, numbers: readonly Buffer[]): RawBuilder<unknown> {
  return sql`
    SELECT id FROM access_entry WHERE patients <> '{}' AND patients && ${numbers}::bytea[]
    UNION SELECT e.id FROM item_patient p JOIN access_entry e ON e.subject = p.item::text AND e.subject_kind = 'item'
    WHERE p.hospital = ${hospital} AND p.number = ANY (${numbers}::bytea[])`
}

const when = <T>(value: T | undefined, part: (value: T) => RawBuilder<unknown>) =>
  value === undefined ? sql`` : part(value)
