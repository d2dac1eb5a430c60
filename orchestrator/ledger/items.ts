import { sql } from 'kysely'
import { IS_HELD_BY_ORDER } from './item-order.ts'
import { KEPT } from './kept-plans.ts'
import { jsonText, storableText } from './json-text.ts'
import { MAY_BE_LOOKED_UP, MAY_BE_PRESSED, MAY_GO_ON } from './may-go-on.ts'
import { parkedCount, parkedEvent } from './parking.ts'
import { itemAccessed } from './robot-access.ts'
import { inOrderOf, noted, transition, type EventDraft, type Hold } from './transition.ts'
import type { ItemRow, LedgerDatabase } from './tables.ts'

export interface NewItem {
  readonly reference: string
  readonly caseReference: string
  /** As the bot's item schema takes it. */
  readonly data: unknown
  /** Why it goes to a person at once, for an item that cannot be read. */
  readonly refused?: { readonly code: string; readonly sentence: string }
}

export interface Arrival {
  readonly hospital: string
  readonly deployment: string
  readonly run: string | null
}

/**
 * Inserts the items whose business reference this deployment does not have yet, in one statement.
 * Gives the ids of those that were added and wait for a worker.
 */
export async function addItems(
  db: LedgerDatabase,
  arrival: Arrival,
  items: readonly NewItem[],
): Promise<{ added: number; queued: string[] }> {
  const { rows } = await sql<{ id: string; state: string }>`
    WITH changed AS (${inserted(arrival, items)} RETURNING *),
    ${parkedCount}, ${parkedEvent}, ${noted(ARRIVED, null)}
    SELECT id, state FROM changed`.execute(db)
  return { added: rows.length, queued: rows.filter((row) => row.state === 'queued').map((row) => row.id) }
}

const ARRIVED = [{ kind: 'arrived' }]

const inserted = (arrival: Arrival, items: readonly NewItem[]) => sql`
  INSERT INTO item (hospital, deployment, run, reference, case_reference, one_off, data, marker, state, parked_kind, code, sentence)
  SELECT ${arrival.hospital}, ${arrival.deployment}, ${arrival.run}::uuid, n.reference, n."caseReference",
    coalesce((SELECT one_off FROM run WHERE id = ${arrival.run}::uuid), false), n.data,
    'OR-' || upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 20)),
    CASE WHEN n.refused IS NULL THEN 'queued' ELSE 'parked' END,
    CASE WHEN n.refused IS NULL THEN NULL ELSE 'business' END,
    n.refused ->> 'code', n.refused ->> 'sentence'
  FROM jsonb_to_recordset(${jsonText(items)}::jsonb)
    AS n (reference text, "caseReference" text, data jsonb, refused jsonb)
  ON CONFLICT (deployment, reference) WHERE state <> 'cancelled' DO NOTHING`

/**
 * The same for items that all can be read, in the transaction `tx` and in two statements: who may see one hospital only
 * cannot write the history of an item that is not there yet when the statement begins (row-security).
 */
export async function addItemsInSteps(
  tx: LedgerDatabase,
  arrival: Arrival,
  items: readonly NewItem[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`${inserted(arrival, items)} RETURNING id`.execute(tx)
  const ids = rows.map(({ id }) => id)
  await sql`WITH changed AS (SELECT * FROM item WHERE id = ANY(${ids}::uuid[])), ${noted(ARRIVED, null)} SELECT`.execute(
    tx,
  )
  return ids
}

/** An item that a worker wants to take. */
export interface Claim {
  readonly item: string
  /** Which version of the bot does this attempt: kept with the item and in its history. */
  readonly botVersion: string | null
}

/**
 * Takes queued items for this worker: a new fence, a lease, one attempt more. Undefined for one that may not be taken now.
 * Several workers may want the same ones, and lock them in one order.
 */
export async function claimItems(
  db: LedgerDatabase,
  claims: readonly Claim[],
  worker: string,
  leaseSeconds: number,
): Promise<(ItemRow | undefined)[]> {
  const ids = claims.map(({ item }) => item)
  const { rows } = await sql<ItemRow>`${KEPT}
    WITH wanted AS MATERIALIZED (
      SELECT item.id, w."botVersion" FROM item
      JOIN jsonb_to_recordset(${jsonText(claims)}::jsonb) AS w (item uuid, "botVersion" text) ON w.item = item.id
      WHERE item.id = ANY(${ids}::uuid[]) AND item.state = 'queued' ORDER BY item.id FOR NO KEY UPDATE OF item
    ), changed AS (
      UPDATE item SET state = 'claimed', fence = item.fence + 1, attempt = item.attempt + 1, worker = ${worker},
        lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second', code = NULL, sentence = NULL,
        bot_version = wanted."botVersion"
      FROM wanted
      WHERE item.id = wanted.id AND item.id = ANY(${ids}::uuid[]) AND item.state = 'queued' AND item.due_at <= clock_timestamp()
        AND ${MAY_GO_ON}
        AND NOT ${IS_HELD_BY_ORDER}
      RETURNING item.*
    ), noted AS (
      INSERT INTO event (item, kind, attempt, fence, worker, detail)
      SELECT id, 'claimed', attempt, fence, worker, CASE WHEN bot_version IS NOT NULL THEN jsonb_build_object('version', bot_version) END
      FROM changed
    ), ${itemAccessed('read')}
    SELECT * FROM changed`.execute(db)
  return inOrderOf(ids, rows)
}

/** The same for one item. */
export async function claimItem(
  db: LedgerDatabase,
  item: string,
  worker: string,
  leaseSeconds: number,
  botVersion: string | null = null,
): Promise<ItemRow | undefined> {
  const [row] = await claimItems(db, [{ item, botVersion }], worker, leaseSeconds)
  return row
}

/**
 * Takes an unsure item whose quiet period is over, only to look; the attempt stays the same. What follows the act that was
 * looked up is armed only where items may go on.
 */
export async function claimToLook(
  db: LedgerDatabase,
  id: string,
  worker: string,
  leaseSeconds: number,
): Promise<ItemRow | undefined> {
  const { rows } = await sql<ItemRow>`
    WITH changed AS (
      UPDATE item SET fence = fence + 1, worker = ${worker},
        lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      WHERE id = ${id} AND state = 'unsure' AND due_at <= clock_timestamp()
        AND (lease_until IS NULL OR lease_until < clock_timestamp()) AND ${MAY_BE_LOOKED_UP}
      RETURNING *
    ), ${noted([{ kind: 'looking' }], worker)}, ${itemAccessed('read')}
    SELECT * FROM changed`.execute(db)
  return rows[0]
}

/** Lengthens the leases of what this worker holds; gives the ids that are still its own. */
export async function extendLeases(
  db: LedgerDatabase,
  holds: readonly Hold[],
  leaseSeconds: number,
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    UPDATE item SET lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    FROM jsonb_to_recordset(${JSON.stringify(holds)}::jsonb) AS held (item uuid, fence bigint)
    WHERE item.id = held.item AND item.fence = held.fence AND item.state IN ('claimed', 'armed', 'unsure')
    RETURNING item.id`.execute(db)
  return new Set(rows.map((row) => row.id))
}

/** Puts a claimed item back: nothing was pressed, it is due again after `delaySeconds`. */
export function queueAgain(
  db: LedgerDatabase,
  hold: Hold,
  why: { delaySeconds: number; code: string; sentence: string },
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  return transition(db, hold, {
    from: ['claimed'],
    set: sql`state = 'queued', worker = NULL, lease_until = NULL, rung_at = NULL, code = ${why.code},
      sentence = ${storableText(why.sentence)}, due_at = clock_timestamp() + ${why.delaySeconds} * interval '1 second'`,
    events: [...events, { kind: 'queued', code: why.code, sentence: why.sentence }],
  })
}

/** Gives a claimed item back untouched because its worker stops: due at once, and the attempt does not count. */
export function unclaimItem(
  db: LedgerDatabase,
  hold: Hold,
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  return transition(db, hold, {
    from: ['claimed'],
    set: UNCLAIMED,
    events: [...events, { kind: 'queued', code: 'worker-stopped' }],
  })
}

/**
 * The same because its deployment was stopped or turned down, or a system is held, since it was claimed. Undefined when items may go on, or
 * when somebody else has it.
 */
export function unclaimHeldBack(
  db: LedgerDatabase,
  hold: Hold,
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  return transition(db, hold, {
    from: ['claimed'],
    set: UNCLAIMED,
    when: sql`NOT ${MAY_BE_PRESSED}`,
    events: [...events, { kind: 'queued', code: 'held-back' }],
  })
}

const UNCLAIMED = sql`state = 'queued', worker = NULL, lease_until = NULL, rung_at = NULL, attempt = attempt - 1,
  due_at = clock_timestamp()`

/** After arming: it may have happened. Nobody touches the item for the quiet period, then it is looked up. */
export function leaveUnsure(
  db: LedgerDatabase,
  hold: Hold,
  why: { quietSeconds: number; code: string; sentence: string },
  events: readonly EventDraft[],
): Promise<ItemRow | undefined> {
  return transition(db, hold, {
    from: ['armed', 'unsure'],
    // A look that broke off because its worker died is none: its wait must not double.
    set: sql`state = 'unsure', worker = NULL, lease_until = NULL, rung_at = NULL, code = ${why.code},
      looks = CASE state WHEN 'unsure' THEN looks + 1 ELSE 0 END,
      sentence = ${storableText(why.sentence)}, due_at = clock_timestamp() + ${why.quietSeconds} * interval '1 second'`,
    events: [...events, { kind: 'unsure', code: why.code, sentence: why.sentence }],
  })
}
