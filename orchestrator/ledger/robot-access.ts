import { sql, type RawBuilder } from 'kysely'
import type { AccessTables } from './access-tables.ts'
import type { LedgerDatabase } from './tables.ts'

type Entry = AccessTables['access_entry']

/*
 * A robot's accesses are written down in the statement that lets it: once for each attempt at an item or look at it, with
 * all systems of its deployment, when it is claimed; once for each act, when it is armed; once for each run that looks for
 * work; and when it turns out of whom an item is. A finer grain, such as a row for each page, would tell more of how a
 * robot works than of who saw whose data, and would be lost with the worker that holds it.
 */

const COLUMNS = sql`(hospital, actor_kind, actor, responsible, action, subject_kind, subject, systems, outcome, patients)`

/** Beside a robot's rows stand its deployment, and for whom it works. */
const ROBOT = sql`'robot', d.id, d.responsible`

const SYSTEMS = sql`ARRAY (SELECT system FROM deployment_system WHERE deployment = d.id ORDER BY system)`

/** The common table expression that writes down that a robot reads or changes the item in `changed`. */
export const itemAccessed = (action: 'read' | 'change'): RawBuilder<unknown> => sql`accessed AS (
  INSERT INTO access_entry ${COLUMNS}
  SELECT changed.hospital, ${ROBOT}, ${action}, 'item', changed.id::text, ${SYSTEMS}, 'given',
    ARRAY (SELECT number FROM item_patient WHERE item = changed.id)
  FROM changed JOIN deployment d ON d.id = changed.deployment
)`

/** The common table expression that writes down that a robot looks for work in the run in `changed`. */
export const runAccessed: RawBuilder<unknown> = sql`accessed AS (
  INSERT INTO access_entry ${COLUMNS}
  SELECT changed.hospital, ${ROBOT}, 'search', 'run', changed.id::text, ${SYSTEMS}, 'given', '{}'
  FROM changed JOIN deployment d ON d.id = changed.deployment
)`

/** The common table expression that writes down that a robot asks a FHIR server what changed, for the poll in `claimed`. */
export const pollAccessed: RawBuilder<unknown> = sql`accessed AS (
  INSERT INTO access_entry ${COLUMNS}
  SELECT d.hospital, ${ROBOT}, 'search', 'run', claimed.trigger,
    ARRAY (SELECT system FROM deployment_system WHERE deployment = d.id AND role = claimed.role), 'given', '{}'
  FROM claimed JOIN trigger t ON t.id = claimed.trigger JOIN deployment d ON d.id = t.deployment
)`

/** Writes down that a robot read an item without claiming it, or that the attempt it was claimed for failed. */
export async function recordRobotRead(
  db: LedgerDatabase,
  item: string,
  outcome: Entry['outcome'],
): Promise<void> {
  await sql`
    WITH changed AS (SELECT * FROM item WHERE id = ${item})
    INSERT INTO access_entry ${COLUMNS}
    SELECT changed.hospital, ${ROBOT}, 'read', 'item', changed.id::text, ${SYSTEMS}, ${outcome},
      ARRAY (SELECT number FROM item_patient WHERE item = changed.id)
    FROM changed JOIN deployment d ON d.id = changed.deployment`.execute(db)
}

/**
 * Keeps that an item turned out to be about a patient, and writes down that its robot now reads of that patient.
 * @param numbers keyed hashes of the patient's numbers
 */
export async function notePatients(
  db: LedgerDatabase,
  item: string,
  numbers: readonly Buffer[],
): Promise<void> {
  await sql`
    WITH fresh AS (
      INSERT INTO item_patient (item, number, hospital)
      SELECT i.id, n.number, i.hospital FROM item i, unnest(${numbers}::bytea[]) AS n (number) WHERE i.id = ${item}
      ON CONFLICT DO NOTHING RETURNING item
    )
    INSERT INTO access_entry ${COLUMNS}
    SELECT i.hospital, ${ROBOT}, 'read', 'item', i.id::text, ${SYSTEMS}, 'given', ${numbers}::bytea[]
    FROM item i JOIN deployment d ON d.id = i.deployment WHERE i.id = ${item} AND EXISTS (SELECT FROM fresh)`.execute(
    db,
  )
}

/**
 * Writes down that a robot read a message for the items of its run, which are about the message's patients. Within the
 * transaction that routes it.
 */
export async function recordRouted(
  tx: LedgerDatabase,
  run: string,
  numbers: readonly Buffer[],
): Promise<void> {
  await sql`
    WITH known AS (
      INSERT INTO item_patient (item, number, hospital)
      SELECT i.id, n.number, i.hospital FROM item i CROSS JOIN (SELECT DISTINCT unnest(${numbers}::bytea[]) AS number) n
      WHERE i.run = ${run} ON CONFLICT DO NOTHING
    )
    INSERT INTO access_entry ${COLUMNS}
    SELECT r.hospital, ${ROBOT}, 'read', 'message', r.message::text, '{}', 'given', ${numbers}::bytea[]
    FROM run r JOIN deployment d ON d.id = r.deployment WHERE r.id = ${run}`.execute(tx)
}
