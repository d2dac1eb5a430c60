import { sql } from 'kysely'
import type { Activity } from '../../bots/activity.ts'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { checkDecimal, checkYear, wrongField } from './check-fields.ts'

/** How a group of staff spends a year. */
export interface StaffGroup {
  readonly name: string
  /** Hours of the whole group in that year, decimal text. */
  readonly hours: string
  /** Shares of those hours, decimal text up to 1; what is left over is other work. */
  readonly shares: readonly { readonly activity: Activity; readonly share: string }[]
}

export interface TimeUse {
  readonly hospital: string
  readonly year: number
  /** Where the figures are from: a time study, a survey, an estimate. */
  readonly source: string
  readonly groups: readonly StaffGroup[]
}

/** Hours a year that all staff groups of a hospital together spend on an activity, decimal text. */
export interface ActivityHours {
  readonly hospital: string
  readonly activity: Activity
  readonly hours: string
}

const SHARE_UNITS = 10_000

/**
 * Keeps how a hospital's staff spends a year; what was there for that year is replaced as a whole, and the change kept.
 * @throws business: names the field (`groups.2.shares.1.share`, counted from 1)
 */
export async function enterTimeUse(
  db: LedgerDatabase,
  use: TimeUse & { readonly account: string },
  today: string,
): Promise<void> {
  const { hospital, year, source, groups, account } = use
  checkTimeUse(use, today)
  await inTransaction(db, async (tx) => {
    const before = await readTimeUse(tx, hospital, year)
    for (const table of ['time_use', 'staff_hours'] as const)
      await tx.deleteFrom(table).where('hospital', '=', hospital).where('year', '=', year).execute()
    for (const { name, hours, shares } of groups) {
      await tx.insertInto('staff_hours').values({ hospital, year, staff_group: name, hours }).execute()
      for (const { activity, share } of shares)
        await tx
          .insertInto('time_use')
          .values({ hospital, year, staff_group: name, activity, share, source })
          .execute()
    }
    const subject = String(year)
    const after = { source, groups: groups.map((group) => ({ ...group, shares: [...group.shares] })) }
    await recordChange(tx, {
      hospital,
      account,
      what: 'time-use',
      subject,
      before: before ? asJson(before) : null,
      after,
    })
  })
}

const asJson = ({ source, groups }: TimeUse) => ({
  source,
  groups: groups.map((group) => ({ ...group, shares: [...group.shares] })),
})

function checkTimeUse({ year, groups, source }: TimeUse, today: string): void {
  checkYear('year', year, today)
  if (source.trim() === '') throw wrongField('source', 'say where the figures are from.')
  const names = new Set<string>()
  for (const [place, { name, hours, shares }] of groups.entries()) {
    const at = `groups.${place + 1}`
    if (name.trim() === '') throw wrongField(`${at}.name`, 'give the group of staff a name.')
    if (names.has(name))
      throw wrongField(`${at}.name`, `"${name}" stands there twice; put its shares together.`)
    names.add(name)
    checkDecimal(`${at}.hours`, hours, { decimals: 1, from: 0.1, to: 99_999_999 })
    checkShares(at, shares)
  }
}

function checkShares(at: string, shares: StaffGroup['shares']): void {
  if (shares.length === 0)
    throw wrongField(`${at}.shares`, 'give the share of one activity or more, or leave the group out.')
  const seen = new Set<string>()
  let sum = 0
  for (const [place, { activity, share }] of shares.entries()) {
    const field = `${at}.shares.${place + 1}`
    if (seen.has(activity)) throw wrongField(`${field}.activity`, `"${activity}" stands there twice.`)
    seen.add(activity)
    checkDecimal(`${field}.share`, share, { decimals: 4, from: 0, to: 1 })
    sum += Math.round(Number(share) * SHARE_UNITS)
  }
  if (sum > SHARE_UNITS)
    throw wrongField(`${at}.shares`, `add up to ${sum / SHARE_UNITS}; together they are at most 1.`)
}

/** What a hospital entered for a year; undefined when nothing was. */
export async function readTimeUse(
  db: LedgerDatabase,
  hospital: string,
  year: number,
): Promise<TimeUse | undefined> {
  const groups = await db
    .selectFrom('staff_hours')
    .select(['staff_group as name', 'hours'])
    .where('hospital', '=', hospital)
    .where('year', '=', year)
    .orderBy('staff_group')
    .execute()
  const rows = await db
    .selectFrom('time_use')
    .selectAll()
    .where('hospital', '=', hospital)
    .where('year', '=', year)
    .orderBy('activity')
    .execute()
  if (groups.length === 0) return undefined
  const sharesOf = (name: string) =>
    rows.filter(({ staff_group }) => staff_group === name).map(({ activity, share }) => ({ activity, share }))
  const source = rows[0]?.source ?? ''
  return {
    hospital,
    year,
    source,
    groups: groups.map((group) => ({ ...group, shares: sharesOf(group.name) })),
  }
}

/** What these hospitals' staff spent on each activity in a year, to read hours saved against. */
export async function readActivityHours(
  db: LedgerDatabase,
  hospitals: readonly string[],
  year: number,
): Promise<ActivityHours[]> {
  const { rows } = await sql<ActivityHours>`
    SELECT u.hospital, u.activity, sum(s.hours * u.share)::text AS hours
    FROM time_use u JOIN staff_hours s USING (hospital, year, staff_group)
    WHERE u.hospital = ANY(${hospitals}) AND u.year = ${year}
    GROUP BY u.hospital, u.activity ORDER BY u.hospital, u.activity`.execute(db)
  return rows
}
