import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { differingSessions } from '../ledger/work-sessions.ts'
import { dayAfter, daysIn, type Period } from './period.ts'
import { raiseOverSigned } from './over-signed.ts'
import { foundIn, keepAlarms, type FoundDifference, type RecountedSpan } from './difference-alarms.ts'
import type { ReadReport } from './recount-report.ts'
import { forgetOldChanges } from './old-changes.ts'
import { closeOverdue } from './recount-overdue.ts'
import { recount, type ToldBeside } from './recount.ts'
import { monthsOf } from './trend.ts'

/** How far back each night's recount goes, in days: late corrections fall within it. What is older comes in turn. */
const DAYS_BACK = 31

/**
 * Recounts the credits of the last month and of an earlier one in turn from the events, and the minutes people worked
 * from the moments they were seen, and looks whether what was signed is still within net, once a day over all processes; a difference raises an alarm that names its deployment and items, once for as long as it is there. Gives the number of differences, or undefined when today's was done or is being done elsewhere.
 * @param today the local date, `2026-11-21`
 * @param readReport what the figures are held against, as `recount` has it; and `beside`
 */
export async function recountNightly(
  db: LedgerDatabase,
  today: string,
  readReport?: ReadReport,
  beside?: Partial<ToldBeside>,
): Promise<number | undefined> {
  const mine = await db
    .insertInto('nightly_recount')
    .values({ day: today, differences: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('day')
    .executeTakeFirst()
  if (!mine) return undefined
  const { differences, spans } = await recountUntil(db, today, { readReport, beside })
  await keepAlarms(db, differences, spans)
  const periods = spans.map(({ from, to }) => ({ from, to }))
  await db
    .updateTable('nightly_recount')
    .set({ differences: differences.length, periods: JSON.stringify(periods) })
    .where('day', '=', today)
    .execute()
  await closeOverdue(db)
  await forgetOldChanges(db)
  return differences.length
}

async function recountUntil(
  db: LedgerDatabase,
  today: string,
  {
    readReport,
    beside,
  }: { readonly readReport: ReadReport | undefined; readonly beside: Partial<ToldBeside> | undefined },
): Promise<{ readonly differences: readonly FoundDifference[]; readonly spans: readonly RecountedSpan[] }> {
  try {
    const recent = { name: 'recent', from: dayAfter(today, -DAYS_BACK), to: today }
    await raiseOverSigned(db, today)
    const spans = [recent, ...(await inTurn(db, recent.from))]
    const found: FoundDifference[] = []
    for (const span of spans) {
      const { from, to } = span
      const differing = await recount(db, { from, to }, readReport, beside)
      found.push(...differing.map((difference) => foundIn(span, difference)))
      found.push(...(await recountSessions(db, { from, to })))
    }
    return { differences: found, spans }
  } catch (error) {
    // Not done, so that the next sweep tries again.
    await db.deleteFrom('nightly_recount').where('day', '=', today).execute()
    throw error
  }
}

/** One month of those before, another each night: nothing that was ever counted stays without a recount. */
async function inTurn(db: LedgerDatabase, before: string): Promise<RecountedSpan[]> {
  const { rows } = await sql<{ first: string | null }>`SELECT min(begins) AS first FROM roll_up`.execute(db)
  const first = rows[0]?.first
  if (!first || first >= before) return []
  const months = monthsOf({ from: first, to: dayAfter(before, -1) })
  const [month] = months.slice(daysIn(SOME_DAY, before) % months.length)
  return month ? [{ name: month.from.slice(0, 7), ...month }] : []
}

/** Nights are counted from it. */
const SOME_DAY = '2000-01-01'

async function recountSessions(db: LedgerDatabase, days: Period): Promise<FoundDifference[]> {
  const sessions = await differingSessions(db, days)
  return sessions.map(({ item, deployment, day, told, measured }) => {
    const written = told === null ? 'nothing' : `${told} seconds`
    const sentence = `A person worked ${measured} seconds on item ${item}, and its history says ${written}: see "ontregel item ${item}".`
    return { deployment, items: [item], sentence, about: sentence, days: { from: day, to: day } }
  })
}
