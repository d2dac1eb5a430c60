import { Failure } from '../../connectors/failure.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { addItemsInSteps, type NewItem } from './items.ts'
import { inTransaction } from './in-transaction.ts'
import { addRun } from './runs.ts'
import type { LedgerDatabase } from './tables.ts'
import { sql } from 'kysely'

/** A list of items that was read and found right, kept until it is accepted. */
export interface NewItemList {
  readonly hospital: string
  readonly deployment: string
  readonly account: string
  readonly items: readonly NewItem[]
}

/** What is not accepted within this time is forgotten, with the data in it. */
const KEPT_HOURS = 24

/** What a list of a hospital is sealed for, that an account brought. */
export const itemListPurpose = (hospital: string, account: string): string =>
  `item-list|${hospital}|${account}`

/** Keeps a list sealed; gives its id. What nobody accepted within a day goes. */
export async function keepItemList(db: LedgerDatabase, box: SecretBox, list: NewItemList): Promise<string> {
  const { hospital, deployment, account, items } = list
  await sql`DELETE FROM item_list WHERE accepted_at IS NULL
    AND made_at < clock_timestamp() - ${KEPT_HOURS} * interval '1 hour'`.execute(db)
  const sealed = box.seal(itemListPurpose(hospital, account), Buffer.from(JSON.stringify(items)))
  const { id } = await db
    .insertInto('item_list')
    .values({ hospital, deployment, account, rows: items.length, sealed })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Which of these references the deployment has already, cancelled ones left out, each with its item. */
export async function knownReferences(
  db: LedgerDatabase,
  deployment: string,
  references: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('item')
    .select(['reference', 'id'])
    .where('deployment', '=', deployment)
    .where('state', '!=', 'cancelled')
    .where(sql<boolean>`reference = ANY(${references})`)
    .execute()
  return new Map(rows.map(({ reference, id }) => [reference, id]))
}

export interface AcceptedList {
  readonly run: string
  readonly deployment: string
  /** The items that wait, to ring for. */
  readonly queued: readonly string[]
}

/**
 * Makes items of a kept list, as a run of its own: all of them or none.
 * @param read gives the items out of the sealed text as `keepItemList` wrote it
 * @throws business when it is not this account's, is gone or accepted already, or one of its cases has come meanwhile
 */
export async function acceptItemList(
  db: LedgerDatabase,
  box: SecretBox,
  list: { readonly hospital: string; readonly account: string; readonly id: string },
  read: (text: string) => readonly NewItem[],
): Promise<AcceptedList> {
  const { hospital, account, id } = list
  return await inTransaction(db, async (tx) => {
    const kept = await tx
      .selectFrom('item_list')
      .selectAll()
      .where('id', '=', id)
      .where('hospital', '=', hospital)
      .where('account', '=', account)
      .where('accepted_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!kept?.sealed) throw gone()
    const items = read(box.open(itemListPurpose(hospital, account), kept.sealed).toString())
    const { deployment } = kept
    const run = await addRun(tx, { hospital, deployment, kind: 'list' })
    if (!run) throw new Error('A run of a list has nothing to collide with.')
    const queued = await addItemsInSteps(tx, { hospital, deployment, run: run.id }, items)
    if (queued.length !== items.length) throw cameMeanwhile(items.length - queued.length)
    const counts = { found: items.length, added: queued.length }
    await tx.updateTable('run').set(counts).where('id', '=', run.id).execute()
    const accepted = { accepted_at: sql<Date>`clock_timestamp()`, sealed: null, run: run.id }
    await tx.updateTable('item_list').set(accepted).where('id', '=', id).execute()
    return { run: run.id, deployment, queued }
  })
}

const gone = () =>
  new Failure(
    'business',
    'list-gone',
    'This list was accepted already, is older than a day, or is a colleague’s: offer the file again.',
  )

const cameMeanwhile = (count: number) =>
  new Failure(
    'business',
    'list-changed',
    `${count} of these cases came in by another way meanwhile, so nothing was accepted: offer the file again to see which.`,
  )
