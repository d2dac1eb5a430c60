import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import { inTransaction } from './in-transaction.ts'
import { inHandOf } from './people.ts'
import { noted } from './transition.ts'
import { endSession, type WorkOn } from './work-sessions.ts'
import type { LedgerDatabase } from './tables.ts'

/**
 * Takes a parked item in hand, so that nobody else works on it. Taking again what one has changes nothing.
 * @throws business when a colleague has it, or it is not parked
 */
export async function takeItem(db: LedgerDatabase, { item, account }: WorkOn): Promise<void> {
  const { rows } = await sql<{ item: string }>`
    WITH parked AS (SELECT * FROM item WHERE id = ${item} AND state = 'parked' FOR UPDATE), put AS (
      INSERT INTO item_taken (item, hospital, account, by_account)
      SELECT id, hospital, ${account}, ${account} FROM parked ON CONFLICT (item) DO NOTHING RETURNING item
    ), changed AS (SELECT parked.* FROM parked JOIN put ON put.item = parked.id),
    ${noted([{ kind: 'taken', detail: { account } }], null)}
    SELECT item FROM put`.execute(db)
  if (rows.length > 0) return
  const holder = await holderOf(db, item)
  if (holder === undefined) throw notWaiting()
  if (holder !== account) throw inHandOf(holder)
}

/**
 * Gives a parked item to a colleague. What a former holder worked on it is counted, and their draft goes along.
 * @throws business when it is not parked
 */
export async function assignItem(
  db: LedgerDatabase,
  item: string,
  { by, to }: { readonly by: string; readonly to: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const parked = await tx
      .selectFrom('item')
      .select('hospital')
      .where('id', '=', item)
      .where('state', '=', 'parked')
      .forUpdate()
      .executeTakeFirst()
    if (!parked) throw notWaiting()
    if ((await holderOf(tx, item)) !== to) await endSession(tx, item, 'taken-over')
    await sql`
      WITH changed AS (SELECT * FROM item WHERE id = ${item}), put AS (
        INSERT INTO item_taken (item, hospital, account, by_account) SELECT id, hospital, ${to}, ${by} FROM changed
        ON CONFLICT (item) DO UPDATE SET account = excluded.account, by_account = excluded.by_account,
          at = clock_timestamp()
      ), ${noted([{ kind: 'assigned', detail: { account: to, by } }], null)} SELECT`.execute(tx)
  })
}

/**
 * Puts an item back in the worklist; the time spent on it is counted, the draft is dropped.
 * @throws business when this account does not have it
 */
export async function releaseItem(db: LedgerDatabase, { item, account }: WorkOn): Promise<void> {
  await inTransaction(db, async (tx) => {
    await expectInHand(tx, { item, account })
    const had = await tx
      .selectFrom('work_session')
      .select('id')
      .where('item', '=', item)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    await endSession(tx, item, 'released')
    await tx.deleteFrom('item_taken').where('item', '=', item).execute()
    if (had) return
    await sql`WITH changed AS (SELECT * FROM item WHERE id = ${item}),
      ${noted([{ kind: 'released', detail: { account } }], null)} SELECT`.execute(tx)
  })
}

/** Keeps what was filled in so far, so that a closed page loses nothing. @throws business when it is not theirs */
export async function keepDraft(db: LedgerDatabase, work: WorkOn, draft: string): Promise<void> {
  const kept = await db
    .updateTable('item_taken')
    .set({ draft })
    .where('item', '=', work.item)
    .where('account', '=', work.account)
    .returning('item')
    .executeTakeFirst()
  if (!kept) await expectInHand(db, work)
}

/** Locks the item for whoever has it in hand. @throws business when that is a colleague, or nobody */
export async function expectInHand(db: LedgerDatabase, { item, account }: WorkOn): Promise<void> {
  const taken = await db
    .selectFrom('item_taken')
    .select('account')
    .where('item', '=', item)
    .forUpdate()
    .executeTakeFirst()
  if (taken?.account === account) return
  if (taken) throw inHandOf(taken.account)
  throw new Failure(
    'business',
    'not-in-hand',
    'This item is in nobody’s hands: take it from the worklist first.',
  )
}

async function holderOf(db: LedgerDatabase, item: string): Promise<string | undefined> {
  const taken = await db
    .selectFrom('item_taken')
    .select('account')
    .where('item', '=', item)
    .executeTakeFirst()
  return taken?.account
}

const notWaiting = () =>
  new Failure(
    'business',
    'not-parked',
    'This item does not wait for a person any more: look at its history for what became of it.',
  )
