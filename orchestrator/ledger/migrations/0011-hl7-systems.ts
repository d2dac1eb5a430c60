import { sql, type Kysely } from 'kysely'

/** Systems that take HL7 messages from robots. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await kinds.execute(db)
}

const kinds = sql`
ALTER TABLE system DROP CONSTRAINT system_kind_check;
ALTER TABLE system ADD CONSTRAINT system_kind_check CHECK (kind IN ('web', 'fhir', 'hl7'));`
