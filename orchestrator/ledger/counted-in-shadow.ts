import { sql } from 'kysely'

/**
 * What is parked, and what people do, while a deployment is in shadow mode is counted apart, as `shadow`: there people do
 * the work anyway. This is what the event beside such a count says of a deployment `d`, so that a recount agrees.
 */
export const IN_SHADOW = sql`CASE d.mode WHEN 'shadow' THEN '{"shadow": true}'::jsonb ELSE '{}'::jsonb END`

/** The detail of an event `e` of the item in `changed`; when it carries the seconds of a person, with that. */
export const DETAIL_IN_SHADOW = sql`CASE WHEN e.detail ? 'humanSeconds'
  THEN e.detail || (SELECT ${IN_SHADOW} FROM deployment d WHERE d.id = changed.deployment) ELSE e.detail END`
