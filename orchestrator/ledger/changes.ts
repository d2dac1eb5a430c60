import type { Json } from '../../bots/bot.ts'
import type { LedgerDatabase } from './tables.ts'

export interface NewChange {
  readonly hospital: string
  /** The account or token that changed it. */
  readonly account: string
  /** What kind of change it is, in kebab-case: `deployment`, `system-held`. */
  readonly what: string
  /** The id of what was changed, within its kind. */
  readonly subject: string
  /** As it was and as it is; null where there was or is none. Never a secret, never anything of a patient. */
  readonly before: Json
  readonly after: Json
  /** The change that this one takes back. */
  readonly undoes?: number
}

export interface Change extends Omit<NewChange, 'undoes'> {
  readonly id: number
  readonly at: Date
  readonly undoes: number | null
}

export interface ChangesQuestion {
  readonly hospital: string
  readonly what?: readonly string[] | undefined
  readonly subject?: string | undefined
  /** Those older than this id, for the next page. */
  readonly olderThan?: number | undefined
  readonly limit: number
}

/** Writes down who changed what, in the caller's transaction; it can never be changed or removed. Nothing when it is the same as it was. */
export async function recordChange(db: LedgerDatabase, change: NewChange): Promise<void> {
  const { hospital, account, what, subject, before, after, undoes } = change
  if (sameJson(before, after)) return
  await db
    .insertInto('change')
    .values({
      ...{ hospital, account, what, subject, undoes: undoes ?? null },
      before: before === null ? null : JSON.stringify(before),
      after: after === null ? null : JSON.stringify(after),
    })
    .execute()
}

/** The newest changes of a hospital, newest first. */
export async function readChanges(db: LedgerDatabase, question: ChangesQuestion): Promise<Change[]> {
  const { hospital, what, subject, olderThan, limit } = question
  return await db
    .selectFrom('change')
    .selectAll()
    .where('hospital', '=', hospital)
    .$if(what !== undefined, (query) => query.where('what', 'in', what ?? []))
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject ?? ''))
    .$if(olderThan !== undefined, (query) => query.where('id', '<', olderThan ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** One change of a hospital; undefined when it has no such change. */
export async function findChange(
  db: LedgerDatabase,
  hospital: string,
  id: number,
): Promise<Change | undefined> {
  return await db
    .selectFrom('change')
    .selectAll()
    .where('hospital', '=', hospital)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Whether two values are the same; the order of an object's fields says nothing. */
export function sameJson(one: Json, other: Json): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))
}

function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(fields.map(([name, field]) => [name, inOrder(field)]))
}
