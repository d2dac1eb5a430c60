import { sql, type Kysely } from 'kysely'
import { protectTables } from '../row-security.ts'
import { TABLE_POLICIES } from '../table-policies.ts'

/** Keeps hospitals apart in the database itself: every table has row security, forced, and the roles have least rights. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await scope.execute(db)
  await protectTables(db, TABLE_POLICIES)
  for (const part of [hospitalsOfTheDoor, months, rights]) await part.execute(db)
}

/** What the connection was told it may see. Nothing when it was told nothing. */
const scope = sql`
CREATE FUNCTION seen_hospitals() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT string_to_array(current_setting('ontregel.hospitals', true), ',') $$;
CREATE FUNCTION seen_item_hospitals() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT string_to_array(current_setting('ontregel.item_hospitals', true), ',') $$;
CREATE FUNCTION seen_as_colleague() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT string_to_array(current_setting('ontregel.as_colleague', true), ',') $$;
CREATE FUNCTION seen_account() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('ontregel.account', true), '') $$;`

/** The door tells who has which role where, so it needs the names of all hospitals. */
const hospitalsOfTheDoor = sql`
GRANT SELECT ON hospital TO ontregel_door;
CREATE POLICY ontregel_door_rows ON hospital FOR SELECT TO ontregel_door USING (true);`

/**
 * Months of messages are made and dropped by functions with the rights of who owns the tables, and in no other way. The
 * months have no rights for any role: they are reached through their parent, with its policies. Row security is not
 * forced on them, so that dropping one can look whether a message in it still waits.
 */
const months = sql`
ALTER FUNCTION message_months_ahead(integer) SECURITY DEFINER SET search_path = ontregel, pg_temp;
CREATE FUNCTION message_month_drop(month text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = ontregel, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  waits boolean;
BEGIN
  IF month !~ '^[0-9]{4}_[0-9]{2}$' THEN
    RAISE EXCEPTION 'a month is written as 2026_08' USING ERRCODE = '22023';
  END IF;
  EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', 'message_' || month);
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE state IN (''stored'', ''aside''))', 'message_' || month) INTO waits;
  IF waits THEN RETURN false; END IF;
  EXECUTE format('DROP TABLE IF EXISTS %I, %I', 'message_' || month, 'message_patient_' || month);
  RETURN true;
END $$;`

/** A function that runs with its owner's rights is for workers and sweeper only. */
const rights = sql`
GRANT USAGE ON SCHEMA ontregel TO ontregel_app, ontregel_web, ontregel_door;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA ontregel TO ontregel_app, ontregel_web;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ontregel FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ontregel TO ontregel_app;
DO $$
DECLARE
  callable regprocedure;
BEGIN
  FOR callable IN SELECT oid FROM pg_proc WHERE pronamespace = 'ontregel'::regnamespace AND NOT prosecdef LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO ontregel_web', callable);
  END LOOP;
END $$;`
