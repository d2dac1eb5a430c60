import { sql, type RawBuilder } from 'kysely'
import { Failure } from '../../connectors/failure.ts'

/**
 * The common table expression that counts a person's seconds in the worklist on the hospital's local day, for the item
 * in `changed`; the event beside it carries the same seconds as `humanSeconds`, so that a recount agrees. Who put an item
 * back within a second worked on nothing: that makes no count, and no day a measured one.
 */
export const humanTime = (seconds: number): RawBuilder<unknown> => sql`worked AS (
  INSERT INTO day_count (deployment, day, variant, outcome, kind, human_seconds)
  SELECT changed.deployment, (now() AT TIME ZONE h.time_zone)::date, '', 'worklist',
    CASE WHEN d.mode = 'shadow' THEN 'shadow' WHEN changed.one_off THEN 'one-off' ELSE 'regular' END, ${seconds}
  FROM changed JOIN hospital h ON h.id = changed.hospital JOIN deployment d ON d.id = changed.deployment WHERE ${seconds}::integer > 0
  ON CONFLICT (deployment, day, variant, outcome, kind) DO UPDATE
    SET human_seconds = day_count.human_seconds + excluded.human_seconds
)`

/** @throws business when it is no whole number of seconds */
export function expectSeconds(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 0) return
  const sentence = 'Field humanSeconds: must be a whole number of seconds, 0 or more.'
  throw new Failure('business', 'field-invalid', sentence)
}
