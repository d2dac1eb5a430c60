import type { Bot } from '../../bots/bot.ts'
import type { Change } from '../ledger/changes.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Pricing } from '../savings/prices.ts'
import { readPrices, uncountedBetween, type Uncounted } from '../savings/uncounted.ts'
import { applyHospital } from './apply-hospital.ts'
import { refusedFile, type ReadConfig } from './read-config.ts'

export interface ApplyOptions {
  readonly bots: ReadonlyMap<string, Bot>
  /** Who applies it: written down with every change. */
  readonly account: string
  /** The local date. */
  readonly today: string
  /** Whether everything is tried and nothing kept. */
  readonly dryRun: boolean
}

/** What applying a file changed, in the order in which it was done. */
export type AppliedChange = Pick<Change, 'hospital' | 'what' | 'subject' | 'before' | 'after'>

/** What applying a file did. */
export interface Applied {
  readonly changes: readonly AppliedChange[]
  /** Items of live deployments that count nothing from some day on, for the file ended what they counted by. */
  readonly uncounted: readonly Uncounted[]
}

/** Ends the transaction without anything in it being kept. */
class NotKept extends Error {}

/**
 * Makes the ledger what a file says, in one transaction: whole or not at all. Gives what was changed, and what counts
 * nothing from then on; with `dryRun` what would be, having really done it and taken it back.
 * @throws {Failure} `business` that lists what is not right, with line, place and remedy
 */
export async function applyConfig(
  db: LedgerDatabase,
  { config, lineOf }: ReadConfig,
  options: ApplyOptions,
): Promise<Applied> {
  let applied: Applied = { changes: [], uncounted: [] }
  const work = async (tx: LedgerDatabase) => {
    const { last } = await tx
      .selectFrom('change')
      .select((eb) => eb.fn.max('id').as('last'))
      .executeTakeFirstOrThrow()
    const problems = []
    const before = await pricesOf(tx, config)
    for (const [place, hospital] of config.hospitals.entries())
      problems.push(...(await applyHospital(tx, hospital, { ...options, lineOf, at: ['hospitals', place] })))
    if (problems.length > 0) throw refusedFile(problems)
    const after = await pricesOf(tx, config)
    applied = {
      changes: await changedSince(tx, last ?? 0, options.account),
      uncounted: await uncountedBetween(tx, options, { before, after }),
    }
    if (options.dryRun) throw new NotKept()
  }
  try {
    await db.transaction().execute(work)
  } catch (error) {
    if (!(error instanceof NotKept)) throw error
  }
  return applied
}

/** Of all deployments at the hospitals of a file. */
async function pricesOf(tx: LedgerDatabase, { hospitals }: ReadConfig['config']): Promise<Pricing[]> {
  const found: Pricing[] = []
  for (const { id } of hospitals) found.push(...(await readPrices(tx, id)))
  return found
}

/** What this transaction wrote down; a baseline stands with its deployment already. */
async function changedSince(tx: LedgerDatabase, last: number, account: string): Promise<AppliedChange[]> {
  return await tx
    .selectFrom('change')
    .select(['hospital', 'what', 'subject', 'before', 'after'])
    .where('id', '>', last)
    .where('account', '=', account)
    .where('what', '!=', 'baseline')
    .orderBy('id')
    .execute()
}
