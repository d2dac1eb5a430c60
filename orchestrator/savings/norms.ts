import { sql } from 'kysely'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Norm } from './fte.ts'
import { checkAmount, checkDayAhead, checkText, refused, type ChangedBy } from './input-checks.ts'
import { checkDate } from './period.ts'

/** A norm of one FTE in common use, with where it comes from. */
export interface CommonNorm {
  readonly name: string
  readonly title: { readonly nl: string; readonly en: string }
  readonly hoursPerYear: number
  readonly source: { readonly nl: string; readonly en: string }
}

/** The norms in use in hospitals, the careful one first. */
export const COMMON_NORMS: readonly CommonNorm[] = [
  {
    name: 'contract',
    title: { nl: 'Contract', en: 'Contract' },
    hoursPerYear: 1878,
    source: {
      nl: 'Cao Ziekenhuizen, artikel 6.1: 36 uur per week, deel van de contracttijd; het voorzichtige getal',
      en: 'Collective agreement of the hospitals, article 6.1: 36 hours a week, share of contract time; the careful figure',
    },
  },
  {
    name: 'payroll',
    title: { nl: 'Salarisadministratie', en: 'Payroll' },
    hoursPerYear: 1872,
    source: { nl: 'Salarisadministratie: 156 uur per maand', en: 'Payroll: 156 hours a month' },
  },
  {
    name: 'subsidy',
    title: { nl: 'Subsidie', en: 'Subsidy' },
    hoursPerYear: 1720,
    source: { nl: 'Subsidienorm van de EU en het ministerie', en: 'Subsidy norm of the EU and the ministry' },
  },
  {
    name: 'planning',
    title: { nl: 'Planning', en: 'Planning' },
    hoursPerYear: 1440,
    source: {
      nl: 'Planning: 1.872 min 432 uur voor verlof, ziekte en overleg; productieve uren',
      en: 'Planning: 1,872 less 432 hours for leave, sickness and meetings; productive hours',
    },
  },
  {
    name: 'government',
    title: { nl: 'Overheidstarieven', en: 'Government tariffs' },
    hoursPerYear: 1363,
    source: {
      nl: 'Handleiding Overheidstarieven 2023: productieve uren',
      en: 'Dutch government tariff guide 2023: productive hours',
    },
  },
]

/** The common norm that it is by name and by hours; the same name with other hours is one of the hospital's own. */
export const commonNormOf = ({ name, hoursPerYear }: Norm): CommonNorm | undefined =>
  COMMON_NORMS.find((common) => common.name === name && common.hoursPerYear === hoursPerYear)

export interface NewNorm {
  readonly hospital: string
  readonly name: string
  readonly hoursPerYear: number
  /** Local date. */
  readonly validFrom: string
}

/** Productive hours of a full-time job are more than these, and no contract has more: 40 hours in each week are 2,080. */
const FEWEST_HOURS = 1000
const MOST_HOURS = 2100

/**
 * Gives a hospital a norm from a date on.
 * @throws business: names the field; a date that has a norm is not overwritten, and hours that were signed keep the norm
 *   that their FTE was told by
 */
export async function addNorm(db: LedgerDatabase, by: ChangedBy, norm: NewNorm): Promise<void> {
  const { hospital, name, hoursPerYear, validFrom } = norm
  checkText('name', name, 60)
  checkAmount('hoursPerYear', hoursPerYear, 1, MOST_HOURS)
  if (hoursPerYear < FEWEST_HOURS)
    throw refused(
      'hoursPerYear',
      'norm-unlikely',
      `${hoursPerYear} is not what one FTE works in a year; give ${FEWEST_HOURS} to ${MOST_HOURS} hours.`,
    )
  checkDayAhead('validFrom', validFrom, by.today)
  await inTransaction(db, async (tx) => {
    await expectUnsigned(tx, norm)
    const added = await tx
      .insertInto('norm')
      .values({ hospital, name, valid_from: validFrom, hours_per_year: hoursPerYear.toFixed(1) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('valid_from')
      .executeTakeFirst()
    if (!added)
      throw refused(
        'validFrom',
        'norm-exists',
        `there is a norm from ${validFrom} already; give another day.`,
      )
    const change = { hospital, account: by.account, what: 'norm', subject: validFrom }
    await recordChange(tx, { ...change, before: null, after: { name, hoursPerYear, validFrom } })
  })
}

/**
 * Takes a norm away that was entered by mistake: the one before it holds again, for the reports of all days.
 * @throws business when there is none from that day, or when hours were signed by it: then another one follows it
 */
export async function removeNorm(
  db: LedgerDatabase,
  by: ChangedBy,
  { hospital, validFrom }: Pick<NewNorm, 'hospital' | 'validFrom'>,
): Promise<void> {
  checkDate('validFrom', validFrom)
  await inTransaction(db, async (tx) => {
    await expectUnsigned(tx, { hospital, validFrom })
    const removed = await tx
      .deleteFrom('norm')
      .where('hospital', '=', hospital)
      .where('valid_from', '=', validFrom)
      .returning(['name', 'hours_per_year'])
      .executeTakeFirst()
    if (!removed)
      throw refused(
        'validFrom',
        'not-found',
        `there is no norm from ${validFrom} here; choose one from the list.`,
      )
    const before = { name: removed.name, hoursPerYear: Number(removed.hours_per_year), validFrom }
    const change = { hospital, account: by.account, what: 'norm', subject: validFrom }
    await recordChange(tx, { ...change, before, after: null })
  })
}

/** The last signed period that ends on a day of a norm, and has not been withdrawn: its FTE was told by what held then. */
async function expectUnsigned(
  tx: LedgerDatabase,
  { hospital, validFrom }: Pick<NewNorm, 'hospital' | 'validFrom'>,
): Promise<void> {
  const { rows } = await sql<{ last: string | null }>`
    SELECT max(to_day) AS last FROM realised WHERE hospital = ${hospital} AND withdrawn_at IS NULL AND to_day >= ${validFrom}
      AND to_day < coalesce((SELECT min(valid_from) FROM norm WHERE hospital = ${hospital} AND valid_from > ${validFrom}), 'infinity')`.execute(
    tx,
  )
  const last = rows[0]?.last
  if (!last) return
  const remedy = `hours up to and including ${last} are signed, and their FTE was told by the norm of then; let a norm begin on a later day.`
  throw refused('validFrom', 'norm-signed', remedy)
}

/** The norms of a hospital, the newest first. */
export async function readNorms(db: LedgerDatabase, hospital: string): Promise<NewNorm[]> {
  const rows = await db
    .selectFrom('norm')
    .selectAll()
    .where('hospital', '=', hospital)
    .orderBy('valid_from', 'desc')
    .execute()
  return rows.map((row) => ({
    ...{ hospital, name: row.name, validFrom: row.valid_from },
    hoursPerYear: Number(row.hours_per_year),
  }))
}
