import { sql, type Kysely } from 'kysely'

/** The sign-in log goes by its age, by a function with its owner's rights and in no other way. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE FUNCTION drop_old_sign_ins(days integer, most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = ontregel, pg_temp AS $$
    DECLARE
      gone integer;
    BEGIN
      IF days < 30 THEN
        RAISE EXCEPTION 'the sign-in log is kept for 30 days at least' USING ERRCODE = '42501';
      END IF;
      DELETE FROM sign_in WHERE id IN (
        SELECT id FROM sign_in WHERE at < clock_timestamp() - days * interval '1 day' ORDER BY at LIMIT most);
      GET DIAGNOSTICS gone = ROW_COUNT;
      RETURN gone;
    END $$`.execute(db)
}
