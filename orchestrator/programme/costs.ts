import { Failure } from '../../connectors/failure.ts'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { CostKind } from '../ledger/programme-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { checkDayAhead } from '../savings/input-checks.ts'
import { checkDecimal, checkYear, wrongField } from './check-fields.ts'

/** Money that a hospital spends on its robots in a year. */
export interface Cost {
  readonly hospital: string
  /** Null for what serves all of them. */
  readonly bot: string | null
  readonly year: number
  readonly kind: CostKind
  /** Decimal text with at most two decimals. */
  readonly euros: string
  readonly note: string
}

/** What an hour of the function group is worth whose work a deployment takes over. */
export interface HourRate {
  readonly hospital: string
  readonly deployment: string
  /** Local date; until the next one of the deployment. */
  readonly validFrom: string
  readonly functionGroup: string
  /** Decimal text with at most two decimals. */
  readonly euros: string
}

/** Enters a cost; gives its id. @throws business: names the field */
export async function addCost(
  db: LedgerDatabase,
  cost: Cost & { readonly account: string },
  today: string,
): Promise<string> {
  checkYear('year', cost.year, today)
  checkDecimal('euros', cost.euros, { decimals: 2, from: 0.01, to: 9_999_999_999 })
  return await inTransaction(db, async (tx) => {
    const { id } = await tx
      .insertInto('cost')
      .values({ ...cost })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { hospital, account, ...after } = cost
    await recordChange(tx, { hospital, account, what: 'cost', subject: id, before: null, after })
    return id
  })
}

/** Takes a cost away that was entered by mistake. @throws business when the hospital has no such cost */
export async function removeCost(
  db: LedgerDatabase,
  { hospital, id, account }: { readonly hospital: string; readonly id: string; readonly account: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const removed = await tx
      .deleteFrom('cost')
      .where('id', '=', id)
      .where('hospital', '=', hospital)
      .returning(['bot', 'year', 'kind', 'euros', 'note'])
      .executeTakeFirst()
    if (!removed) throw new Failure('business', 'not-found', 'There is no such cost at this hospital.')
    await recordChange(tx, { hospital, account, what: 'cost', subject: id, before: removed, after: null })
  })
}

/** Keeps a rate from its date on. @throws business: names the field, or the deployment when the hospital has none such */
export async function putHourRate(
  db: LedgerDatabase,
  rate: HourRate & { readonly account: string },
  today: string,
): Promise<void> {
  const { hospital, deployment, validFrom, functionGroup, euros, account } = rate
  checkDayAhead('validFrom', validFrom, today)
  checkDecimal('euros', euros, { decimals: 2, from: 0.01, to: 999_999 })
  await inTransaction(db, async (tx) => {
    const known = await tx
      .selectFrom('deployment')
      .select('id')
      .where('id', '=', deployment)
      .where('hospital', '=', hospital)
      .executeTakeFirst()
    if (!known)
      throw wrongField('deployment', `"${deployment}" is no deployment of this hospital; choose one that is.`)
    const values = { function_group: functionGroup, euros }
    const before = await tx
      .selectFrom('hour_rate')
      .select(['function_group', 'euros'])
      .where('deployment', '=', deployment)
      .where('valid_from', '=', validFrom)
      .executeTakeFirst()
    await tx
      .insertInto('hour_rate')
      .values({ deployment, valid_from: validFrom, ...values })
      .onConflict((conflict) => conflict.columns(['deployment', 'valid_from']).doUpdateSet(values))
      .execute()
    const subject = `${deployment} ${validFrom}`
    await recordChange(tx, {
      hospital,
      account,
      what: 'hour-rate',
      subject,
      before: before ?? null,
      after: values,
    })
  })
}

/** Takes a rate away that was entered by mistake: the one before it goes on. @throws business when there is no such rate */
export async function removeHourRate(
  db: LedgerDatabase,
  rate: Pick<HourRate, 'hospital' | 'deployment' | 'validFrom'> & { readonly account: string },
): Promise<void> {
  const { hospital, deployment, validFrom, account } = rate
  await inTransaction(db, async (tx) => {
    const removed = await tx
      .deleteFrom('hour_rate')
      .where('deployment', '=', deployment)
      .where('valid_from', '=', validFrom)
      .where('deployment', 'in', tx.selectFrom('deployment').select('id').where('hospital', '=', hospital))
      .returning(['function_group', 'euros'])
      .executeTakeFirst()
    if (!removed) throw new Failure('business', 'not-found', 'There is no such rate at this hospital.')
    const subject = `${deployment} ${validFrom}`
    await recordChange(tx, { hospital, account, what: 'hour-rate', subject, before: removed, after: null })
  })
}

/** What a hospital entered, newest year and rate first, and the deployments that can have a rate. */
export async function readMoney(
  db: LedgerDatabase,
  hospital: string,
): Promise<{
  costs: (Omit<Cost, 'hospital'> & { id: string })[]
  rates: Omit<HourRate, 'hospital'>[]
  deployments: string[]
}> {
  const costs = await db
    .selectFrom('cost')
    .select(['id', 'bot', 'year', 'kind', 'euros', 'note'])
    .where('hospital', '=', hospital)
    .orderBy('year', 'desc')
    .orderBy('at', 'desc')
    .execute()
  const rates = await db
    .selectFrom('hour_rate')
    .innerJoin('deployment', 'deployment.id', 'hour_rate.deployment')
    .select(['deployment', 'valid_from as validFrom', 'function_group as functionGroup', 'euros'])
    .where('deployment.hospital', '=', hospital)
    .orderBy('deployment')
    .orderBy('valid_from', 'desc')
    .execute()
  const deployments = await db
    .selectFrom('deployment')
    .select('id')
    .where('hospital', '=', hospital)
    .orderBy('id')
    .execute()
  return { costs, rates, deployments: deployments.map(({ id }) => id) }
}
