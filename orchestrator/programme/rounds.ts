import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { checkDate } from '../savings/period.ts'
import { readAdoption, type Adoption } from './adoption.ts'
import { wrongField } from './check-fields.ts'

/** A bot at a hospital. */
export interface Place {
  readonly hospital: string
  readonly bot: string
}

/** A half year of the programme: what was to go live in it, and what did. */
export interface Round {
  /** `2027-1`: January to June; `2027-2`: July to December. */
  readonly id: string
  /** Local dates, both included. */
  readonly from: string
  readonly to: string
  readonly planned: readonly Place[]
  /** First written down as live (or scaled up) within the half year, or without that first counting in it and live now. */
  readonly live: readonly (Place & { readonly since: string })[]
}

/** The first and the last local day of a round. @throws business when it is not one */
export function daysOfRound(id: string): { readonly from: string; readonly to: string } {
  const [, year, half] = /^([1-9]\d{3})-([12])$/.exec(id) ?? []
  if (!year)
    throw wrongField('round', `"${id}" is not a half year; write such as 2027-1 for January to June.`)
  const days =
    half === '1'
      ? { from: `${year}-01-01`, to: `${year}-06-30` }
      : { from: `${year}-07-01`, to: `${year}-12-31` }
  checkDate('round', days.from)
  return days
}

/** The round that a local day falls in. */
export function roundOn(day: string): string {
  return `${day.slice(0, 4)}-${day.slice(5, 7) <= '06' ? 1 : 2}`
}

/** Plans a bot for a round at a hospital, or takes it out again; the same once more changes nothing. */
export async function planRound(
  db: LedgerDatabase,
  plan: Place & { readonly round: string; readonly planned: boolean; readonly account: string },
): Promise<void> {
  const { round, hospital, bot, planned, account } = plan
  daysOfRound(round)
  await inTransaction(db, async (tx) => {
    const changed = planned
      ? await tx
          .insertInto('round_plan')
          .values({ round, hospital, bot, account })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
          .then(({ numInsertedOrUpdatedRows }) => numInsertedOrUpdatedRows)
      : await tx
          .deleteFrom('round_plan')
          .where('round', '=', round)
          .where('hospital', '=', hospital)
          .where('bot', '=', bot)
          .executeTakeFirst()
          .then(({ numDeletedRows }) => numDeletedRows)
    if (!changed) return
    const subject = `${round} ${bot}`
    await recordChange(tx, { hospital, account, what: 'round', subject, before: !planned, after: planned })
  })
}

/** The rounds in which something was planned or went live, and the present one; newest first. */
export async function readRounds(
  db: LedgerDatabase,
  hospitals: readonly string[],
  today: string,
): Promise<Round[]> {
  const plans = await db
    .selectFrom('round_plan')
    .select(['round', 'hospital', 'bot'])
    .where('hospital', 'in', ['', ...hospitals])
    .orderBy('bot')
    .orderBy('hospital')
    .execute()
  const live = (await readAdoption(db, hospitals)).flatMap(wentLive)
  const ids = new Set([
    roundOn(today),
    ...plans.map(({ round }) => round),
    ...live.map(({ since }) => roundOn(since)),
  ])
  return [...ids]
    .toSorted()
    .reverse()
    .map((id) => ({
      id,
      ...daysOfRound(id),
      planned: plans.filter(({ round }) => round === id).map(({ hospital, bot }) => ({ hospital, bot })),
      live: live.filter(({ since }) => roundOn(since) === id),
    }))
}

/** A robot that works needs nobody to write that down: without a phase it came into use on the first day that it counted. */
function wentLive({ hospital, bot, phases, ...now }: Adoption): (Place & { since: string })[] {
  const written = phases.find(({ phase }) => phase === 'live' || phase === 'scaled-up')?.since
  const since = written ?? (now.deployed === 'live' ? now.firstCreditedOn : null)
  return since === null ? [] : [{ hospital, bot, since }]
}
