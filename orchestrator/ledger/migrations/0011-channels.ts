import { sql, type Kysely } from 'kysely'

/** All of a channel that messages come in by: its address, TLS, limits, on or off. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await channels.execute(db)
}

/** The key of the certificate is no column: it is a secret of the hospital. `problem` says why it does not listen. */
const channels = sql`
ALTER TABLE channel ADD COLUMN host text CHECK (host <> '');
ALTER TABLE channel ADD COLUMN enabled boolean NOT NULL DEFAULT true;
ALTER TABLE channel ADD COLUMN certificate text;
ALTER TABLE channel ADD COLUMN client_authorities text;
ALTER TABLE channel ADD COLUMN limits jsonb NOT NULL DEFAULT '{}';
ALTER TABLE channel ADD COLUMN problem text;
ALTER TABLE channel ADD CHECK (client_authorities IS NULL OR certificate IS NOT NULL);`
