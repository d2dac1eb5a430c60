import { sql } from 'kysely'
import { itemsBehind } from '../ledger/item-order.ts'
import type { ItemRow, LedgerDatabase } from '../ledger/tables.ts'
import type { Doorbell } from '../queue/doorbell.ts'
import { fireSchedule } from '../triggers/schedule.ts'
import type { Timing } from './timing.ts'

/** Rings for items that were just added; they all stand at their first turn. */
export async function ringItems(doorbell: Doorbell, items: readonly string[]): Promise<void> {
  await doorbell.ring(items.map((id) => ({ kind: 'item', id, turn: 'queued-0-0-0' })))
}

/** Rings for an item that waits again, when it is due or after `atLeastSeconds`; nothing for one that does not wait. */
export async function ringLater(
  db: LedgerDatabase,
  doorbell: Doorbell,
  item: string,
  atLeastSeconds: number,
): Promise<void> {
  const { rows } = await sql<{ turn: string; seconds: number }>`
    SELECT state || '-' || attempt || '-' || looks || '-' || fence AS turn,
      extract(epoch FROM due_at - clock_timestamp())::float8 AS seconds
    FROM item WHERE id = ${item} AND state IN ('queued', 'unsure')`.execute(db)
  const [row] = rows
  if (!row) return
  const seconds = Math.max(row.seconds, atLeastSeconds)
  // A bell that is being answered swallows the same bell: a wait for a seat gets a turn of its own.
  const turn = atLeastSeconds > 0 ? `${row.turn}-${Math.round(performance.now())}` : row.turn
  await doorbell.ring([{ kind: 'item', id: item, turn }], { delayMs: Math.max(0, Math.ceil(seconds * 1000)) })
}

/** Rings for the items of the same patients that waited for one that may have ended. */
export async function ringBehindItem(
  db: LedgerDatabase,
  doorbell: Doorbell,
  { id, hospital }: Pick<ItemRow, 'id' | 'hospital'>,
  keys: readonly Buffer[],
): Promise<void> {
  const behind = await itemsBehind(db, hospital, keys)
  // A bell of its own: the first may just now be answered with "held", and swallows its like.
  await doorbell.ring(
    behind.map((next) => ({ kind: 'item', id: next.id, turn: `${next.turn}-behind-${id}` })),
  )
}

/** Rings for items that were queued again by a person; nothing for those that do not wait. */
export async function ringAgain(
  db: LedgerDatabase,
  doorbell: Doorbell,
  items: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ id: string; turn: string }>`
    SELECT id, state || '-' || attempt || '-' || looks || '-' || fence AS turn FROM item
    WHERE id = ANY(${items}::uuid[]) AND state = 'queued'`.execute(db)
  await doorbell.ring(rows.map(({ id, turn }) => ({ kind: 'item', id, turn })))
}

/** Rings for a run again after a wait for a seat; with a turn of its own, for the bell in hand swallows the same bell. */
export async function ringRunLater(doorbell: Doorbell, run: string, seconds: number): Promise<void> {
  const turn = `seat-${Math.round(performance.now())}`
  await doorbell.ring([{ kind: 'run', id: run, turn }], { delayMs: seconds * 1000 })
}

/** Fires what is due of a schedule, rings for its runs, and rings for its next time. */
export async function fireAndRing(
  db: LedgerDatabase,
  doorbell: Doorbell,
  trigger: string,
  timing: Timing,
): Promise<void> {
  const fired = await fireSchedule(db, trigger, timing.sweepSeconds * 2)
  if (!fired) return
  await doorbell.ring(fired.runs.map((run) => ({ kind: 'run', id: run.id, turn: '0' })))
  await ringTrigger(doorbell, trigger, fired.nextAt)
}

/** Rings for a schedule at its next time. */
export async function ringTrigger(doorbell: Doorbell, trigger: string, at: Date): Promise<void> {
  await doorbell.ring([{ kind: 'trigger', id: trigger, turn: at.toISOString() }], {
    delayMs: Math.max(0, at.getTime() - Date.now()),
  })
}
