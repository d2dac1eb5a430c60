import { sql, type RawBuilder } from 'kysely'
import type { AccessTables } from './access-tables.ts'
import type { LedgerDatabase } from './tables.ts'

type Entry = AccessTables['access_entry']

/** One time that somebody, or a robot for somebody, saw, sought or changed data of patients. Nothing of the content is in it. */
export interface Access {
  readonly hospital: string
  /** A person's account, a machine's token or channel, or a bot's deployment; no name. */
  readonly actor: { readonly kind: Entry['actor_kind']; readonly id: string }
  /** On whose behalf: a person's own account, a deployment's responsible person. */
  readonly responsible: string
  readonly action: Entry['action']
  /** `patient`: the keyed hash of a number, in hexadecimals. `log`: what part of the log, such as `access` or `sign-in`. */
  readonly subject: { readonly kind: Entry['subject_kind']; readonly id: string }
  readonly outcome: Entry['outcome']
  /** The systems it came from or went to, where it left the ledger. */
  readonly systems?: readonly string[]
  /** Keyed hashes of patients' numbers; left out, the patients that the ledger knows of the subject. */
  readonly patients?: readonly string[]
}

/**
 * Writes down who saw, sought or changed what (NEN 7513). Call it before the data is handed over, or in the transaction
 * that hands it over: what was not written down was not shown. An access of many items is an entry for each.
 * A row has its time and place from the database; a chain over each hospital's rows is made shortly after (access-chain).
 */
export async function recordAccess(db: LedgerDatabase, access: Access | readonly Access[]): Promise<void> {
  const all = isMany(access) ? access : [access]
  if (all.length > 0) await accessed(all).execute(db)
}

/** The statement that writes accesses down, also as a common table expression beside what they are about. */
export function accessed(accesses: readonly Access[]): RawBuilder<unknown> {
  const rows = accesses.map(({ actor, subject, ...access }) => ({
    ...access,
    actor: actor.id,
    actor_kind: actor.kind,
    subject: subject.id,
    subject_kind: subject.kind,
  }))
  return sql`
    INSERT INTO access_entry
      (hospital, actor_kind, actor, responsible, action, subject_kind, subject, systems, outcome, patients)
    SELECT hospital, actor_kind, actor, responsible, action, subject_kind, subject, coalesce(systems, '{}'), outcome, ${PATIENTS}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS a (hospital text, actor_kind text, actor text,
      responsible text, action text, subject_kind text, subject text, systems text[], outcome text, patients text[])`
}

/** A subject that is no id, which only a refused question has, is nobody's. */
const IS_UUID = sql`a.subject ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`

const PATIENTS = sql`CASE
  WHEN a.patients IS NOT NULL THEN ARRAY (SELECT decode(number, 'hex') FROM unnest(a.patients) AS number)
  WHEN a.subject_kind = 'patient' THEN ARRAY[decode(a.subject, 'hex')]
  WHEN a.subject_kind = 'item' AND ${IS_UUID} THEN ARRAY (SELECT number FROM item_patient WHERE item = a.subject::uuid)
  WHEN a.subject_kind = 'message' AND ${IS_UUID}
    THEN coalesce((SELECT numbers FROM message WHERE id = a.subject::uuid LIMIT 1), '{}')
  WHEN a.subject_kind = 'evidence' AND a.subject ~ '^[0-9]{1,18}$' THEN ARRAY (
    SELECT p.number FROM evidence e JOIN item_patient p ON p.item = e.item WHERE e.id = a.subject::bigint)
  ELSE '{}' END`

const isMany = (access: Access | readonly Access[]): access is readonly Access[] => Array.isArray(access)
