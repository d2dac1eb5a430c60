import { sql } from 'kysely'

/**
 * Of a deployment `d`: a person holds one of its systems. Then nobody opens it, also not to look something up: what a
 * system says while it is worked on is no witness, and what it does not show would be pressed again.
 */
export const HAS_HELD_SYSTEM = sql`EXISTS (SELECT FROM deployment_system ds
  JOIN system s ON s.hospital = ds.hospital AND s.id = ds.system
  WHERE ds.deployment = d.id AND s.held_reason IS NOT NULL AND (s.held_until IS NULL OR s.held_until > clock_timestamp()))`

/** Of a deployment `d`: one of its systems failed so often that it is left alone for a while. */
export const HAS_FAILING_SYSTEM = sql`EXISTS (SELECT FROM deployment_system ds
  JOIN system s ON s.hospital = ds.hospital AND s.id = ds.system
  WHERE ds.deployment = d.id AND s.open_until > clock_timestamp())`

/** Of a deployment `d`: its items may be begun, and each of their acts be pressed. */
export const IS_AT_WORK = sql`(d.mode <> 'off' AND d.stopped_at IS NULL AND NOT ${HAS_HELD_SYSTEM})`

/**
 * Of a deployment `d`: what happened of its items may be looked up, also when it is stopped: that only reads, and who
 * mends it has to know. One that is off opens no system any more.
 */
export const MAY_LOOK_UP = sql`(d.mode <> 'off' AND NOT ${HAS_HELD_SYSTEM})`

/** Of a row of `item`: its deployment is at work. */
export const MAY_GO_ON = sql`EXISTS (SELECT FROM deployment d WHERE d.id = item.deployment AND ${IS_AT_WORK})`

/** Of a row of `item`: its deployment is at work and live, also when it was turned down to shadow while the item was in hand. */
export const MAY_BE_PRESSED = sql`EXISTS (SELECT FROM deployment d WHERE d.id = item.deployment AND d.mode = 'live' AND ${IS_AT_WORK})`

/** Of a row of `item`: its deployment may look up what happened. */
export const MAY_BE_LOOKED_UP = sql`EXISTS (SELECT FROM deployment d WHERE d.id = item.deployment AND ${MAY_LOOK_UP})`
