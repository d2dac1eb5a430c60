import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { differingSessions } from '../ledger/work-sessions.ts'
import type { RecountDifference } from './recount-difference.ts'
import { dayAfter, daysIn, type Period } from './period.ts'
import { raiseOverSigned } from './over-signed.ts'
import { recount } from './recount.ts'
import { monthsOf } from './trend.ts'

/** How far back each night's recount goes, in days: late corrections fall within it. What is older comes in turn. */
const DAYS_BACK = 31

type Difference = Pick<RecountDifference, 'deployment' | 'items' | 'sentence'>

/**
 * Recounts the credits of the last month and of an earlier one in turn from the events, and the minutes people worked
 * from the moments they were seen, and looks whether what was signed is still within net, once a day over all processes; a difference raises an alarm that names its deployment and items. Gives the number of differences, or undefined when today's was done or is being done elsewhere.
 * @param today the local date, `2026-11-21`
 */
export async function recountNightly(db: LedgerDatabase, today: string): Promise<number | undefined> {
  const mine = await db
    .insertInto('nightly_recount')
    .values({ day: today, differences: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('day')
    .executeTakeFirst()
  if (!mine) return undefined
  const differences = await recountUntil(db, today)
  for (const difference of differences) await raise(db, difference)
  await db
    .updateTable('nightly_recount')
    .set({ differences: differences.length })
    .where('day', '=', today)
    .execute()
  return differences.length
}

/** The last night whose recount came to its end, and in how many places it differed; undefined before the first one. */
export async function readLastRecount(
  db: LedgerDatabase,
): Promise<{ readonly day: string; readonly differences: number } | undefined> {
  const last = await db
    .selectFrom('nightly_recount')
    .select(['day', 'differences'])
    .where('differences', 'is not', null)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last && { day: last.day, differences: last.differences ?? 0 }
}

/** The alarm leads to the item that causes the difference, or to each of them. */
async function raise(db: LedgerDatabase, { deployment, items, sentence }: Difference): Promise<void> {
  const [one = null, ...others] = items
  const several = others.length > 0
  await sql`INSERT INTO alarm (hospital, deployment, kind, item, items, sentence)
    SELECT hospital, id, 'recount-differs', ${several ? null : one}, ${several ? items : []}::uuid[],
      ${withItems(sentence, items)} FROM deployment WHERE id = ${deployment}`.execute(db)
}

const MOST_NAMED = 5

/** A sentence that names what causes it, for who reads it where there are no links. */
function withItems(sentence: string, items: readonly string[]): string {
  const unnamed = items.filter((item) => !sentence.includes(item))
  if (unnamed.length === 0) return sentence
  const more = unnamed.length - MOST_NAMED
  const rest = more > 0 ? ` and ${more} more, which "ontregel savings recount" names` : ''
  return `${sentence} Items: ${unnamed.slice(0, MOST_NAMED).join(', ')}${rest}.`
}

async function recountUntil(db: LedgerDatabase, today: string): Promise<Difference[]> {
  try {
    const recent = { from: dayAfter(today, -DAYS_BACK), to: today }
    await raiseOverSigned(db, today)
    const found: Difference[] = []
    for (const days of [recent, ...(await inTurn(db, recent.from))])
      found.push(...(await recount(db, days)), ...(await recountSessions(db, days)))
    return found
  } catch (error) {
    // Not done, so that the next sweep tries again.
    await db.deleteFrom('nightly_recount').where('day', '=', today).execute()
    throw error
  }
}

/** One month of those before, another each night: nothing that was ever counted stays without a recount. */
async function inTurn(db: LedgerDatabase, before: string): Promise<Period[]> {
  const { rows } = await sql<{ first: string | null }>`SELECT min(begins) AS first FROM roll_up`.execute(db)
  const first = rows[0]?.first
  if (!first || first >= before) return []
  const months = monthsOf({ from: first, to: dayAfter(before, -1) })
  const [month] = months.slice(daysIn(SOME_DAY, before) % months.length)
  return month ? [month] : []
}

/** Nights are counted from it. */
const SOME_DAY = '2000-01-01'

async function recountSessions(db: LedgerDatabase, days: Period): Promise<Difference[]> {
  const sessions = await differingSessions(db, days)
  return sessions.map(({ item, deployment, told, measured }) => {
    const written = told === null ? 'nothing' : `${told} seconds`
    const sentence = `A person worked ${measured} seconds on item ${item}, and its history says ${written}: see "ontregel item ${item}".`
    return { deployment, items: [item], sentence }
  })
}
