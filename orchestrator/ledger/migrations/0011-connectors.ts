import { sql, type Kysely } from 'kysely'

/**
 * The items of one patient in order: which ones wait for which. And messages that are taken in by what must be there
 * before they are acknowledged, and sorted by patient after that.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [order, ends, sorting, taking, givingPlaces]) await part.execute(db)
}

const order = sql`
CREATE SEQUENCE item_order_place;
ALTER TABLE item ADD COLUMN ordered boolean NOT NULL DEFAULT false;
CREATE TABLE item_order (
  hospital text NOT NULL REFERENCES hospital,
  key bytea NOT NULL,
  place bigint NOT NULL,
  item uuid NOT NULL REFERENCES item,
  PRIMARY KEY (hospital, key, place, item)
);
CREATE INDEX item_order_of_item ON item_order (item);`

/** However an item ends, by a robot, a person or many at once, it holds nobody any more from that commit on. */
const ends = sql`
CREATE FUNCTION item_leaves_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM item_order WHERE item = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER item_leaves_order AFTER UPDATE OF state ON item FOR EACH ROW
  WHEN (NEW.ordered AND NEW.state IN ('done', 'cancelled')) EXECUTE FUNCTION item_leaves_order();`

/** Sealed bytes cannot be made smaller, and the key to the channel cost more than the row: channels are never deleted. */
const sorting = sql`
ALTER TABLE message DROP CONSTRAINT message_channel_hospital_fkey;
ALTER TABLE message ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE message ADD COLUMN sorted boolean NOT NULL DEFAULT true;
ALTER TABLE message ALTER COLUMN sorted SET DEFAULT false;
CREATE INDEX message_unsorted ON message (place) WHERE state = 'stored' AND NOT sorted;`

/**
 * Takes messages in by their order and gives the ids of those that were not known. As a function, for its statements are
 * planned once for a connection, which would take longer than carrying them out.
 */
const taking = sql`
CREATE FUNCTION message_take(ids uuid[], hospitals text[], channels text[], senders text[], control_ids text[],
  types text[], events text[], digests bytea[], answers bytea[], sealed bytea[]) RETURNS uuid[] LANGUAGE plpgsql AS $$
DECLARE
  fresh uuid[];
BEGIN
  WITH kept AS (
    INSERT INTO message_id (control_id, channel, sender, digest, answer, message)
    SELECT * FROM unnest(control_ids, channels, senders, digests, answers, ids)
    ON CONFLICT DO NOTHING RETURNING message
  )
  SELECT coalesce(array_agg(message), '{}') INTO fresh FROM kept;
  INSERT INTO message (id, hospital, channel, sender, control_id, type, event, sealed, state)
  SELECT m.*, 'stored' FROM unnest(ids, hospitals, channels, senders, control_ids, types, events, sealed)
    AS m (id, hospital, channel, sender, control_id, type, event, sealed)
  WHERE cardinality(fresh) = cardinality(ids) OR m.id = ANY (fresh);
  RETURN fresh;
END $$;`

/**
 * Sorts messages: see message-sorting.ts. A message is there once for each of its patients, with an empty key when it names
 * none. They go in the order of their ids, so that two who sort the same never wait for each other in a circle, and are
 * looked up one by one, whatever the planner thinks of a table that just grew from nothing.
 */
const givingPlaces = sql`
CREATE FUNCTION message_sort(ids uuid[], keys bytea[], numbers bytea[], since timestamptz) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  WITH sorted AS (
    UPDATE message m SET sorted = true, patients = g.keys, numbers = g.numbers
    FROM (
      SELECT id, coalesce(array_agg(key) FILTER (WHERE key <> ''), '{}') AS keys,
        coalesce(array_agg(number) FILTER (WHERE key <> ''), '{}') AS numbers
      FROM unnest(message_sort.ids, message_sort.keys, message_sort.numbers) AS named (id, key, number)
      GROUP BY id ORDER BY id
    ) g
    WHERE m.id = g.id AND m.received_at >= since AND NOT m.sorted
    RETURNING m.id, m.hospital, m.channel, m.sender, m.patients, m.numbers, m.place, m.received_at
  ), queued AS (
    INSERT INTO patient_queue (hospital, key, place, message)
    SELECT s.hospital, unnest(s.patients), s.place, s.id FROM sorted s
  ), findable AS (
    INSERT INTO message_patient (hospital, number, place, message, received_at)
    SELECT DISTINCT s.hospital, unnest(s.numbers), s.place, s.id, s.received_at FROM sorted s
  )
  INSERT INTO access_entry (hospital, actor_kind, actor, responsible, action, subject_kind, subject, systems, outcome, patients)
  SELECT s.hospital, 'machine', 'channel/' || s.channel, 'channel/' || s.channel, 'read', 'message', s.id::text,
    ARRAY[s.sender], 'given', s.numbers
  FROM sorted s ORDER BY s.place;
END $$;`
