import { sql } from 'kysely'
import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { explainRefusal } from './database-refusal.ts'
import { explainedBaseline, type ExplainedBaseline } from './explained-baseline.ts'
import { refused, type ChangedBy } from './input-checks.ts'
import { readPrices, uncountedBetween, type Uncounted } from './uncounted.ts'

/**
 * Takes a baseline away that was entered by mistake, as long as nothing was counted with it. The one before it takes its
 * days again, unless somebody had ended that one by itself. Gives what counts nothing then.
 * @throws business when there is none such here, when it was counted with, or when a chain would be left without one
 */
export async function removeBaseline(
  db: LedgerDatabase,
  by: ChangedBy,
  { id, hospital }: Removing,
): Promise<Uncounted[]> {
  return await inTransaction(db, async (tx) => {
    const removed = await found(tx, { id, hospital }, true)
    if (!removed)
      throw refused('id', 'not-found', `there is no baseline ${id} here; choose one from the list.`)
    await expectUnused(tx, removed)
    const uncounted = await uncountedWithout(tx, hospital, by.today, removed)
    const before = await givenBack(tx, removed)
    await tx.deleteFrom('baseline').where('id', '=', id).execute()
    if (before) await goOn(tx, before)
    else await expectNoChain(tx, removed, by.today)
    const subject = `${removed.deployment} ${removed.variant}`
    const change = { hospital, account: by.account, what: 'baseline', subject }
    await recordChange(tx, { ...change, before: JSON.parse(JSON.stringify(removed)), after: null })
    return uncounted
  })
}

/** What would count nothing when a baseline of the hospital was taken away. Changes nothing. */
export async function uncountedWhenRemoved(
  db: LedgerDatabase,
  today: string,
  removing: Removing,
): Promise<Uncounted[]> {
  const removed = await found(db, removing, false)
  return removed ? await uncountedWithout(db, removing.hospital, today, removed) : []
}

interface Removing {
  readonly id: number
  readonly hospital: string
}

async function found(
  db: LedgerDatabase,
  { id, hospital }: Removing,
  lock: boolean,
): Promise<ExplainedBaseline | undefined> {
  const row = await db
    .selectFrom('baseline')
    .selectAll()
    .where('id', '=', id)
    .where('deployment', 'in', db.selectFrom('deployment').select('id').where('hospital', '=', hospital))
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  // What is taken away was counted with on no day.
  return row && explainedBaseline({ ...row, backdated: false })
}

async function uncountedWithout(
  db: LedgerDatabase,
  hospital: string,
  today: string,
  removed: ExplainedBaseline,
): Promise<Uncounted[]> {
  const goingOn = await givenBack(db, removed)
  const before = await readPrices(db, hospital)
  const after = before.map((pricing) => ({
    ...pricing,
    baselines: pricing.baselines
      .filter(({ id }) => id !== removed.id)
      .map((one) => (one.id === goingOn?.id ? { ...one, validUntil: goingOn.until } : one)),
  }))
  return await uncountedBetween(db, { today }, { before, after })
}

/** The database holds everybody to it; asked first, so that the sentence is about taking away. */
async function expectUnused(tx: LedgerDatabase, baseline: ExplainedBaseline): Promise<void> {
  const { deployment, variant, validFrom, validUntil } = baseline
  const { rows } = await sql<{ day: string | null }>`
    SELECT last_counted_day(${deployment}, ${variant}, ${validFrom}, ${validUntil}) AS day`.execute(tx)
  const day = rows[0]?.day
  if (day) {
    const remedy = `it was counted up to and including ${day}, so it stays; end it after that day instead.`
    throw refused('id', 'baseline-used', remedy)
  }
}

interface GoingOn {
  readonly id: number
  /** The first day on which it is valid no more; null when it goes on. */
  readonly until: string | null
}

/** The one that ended where this one begins, and has its days again: no counted day is among them. */
async function givenBack(tx: LedgerDatabase, removed: ExplainedBaseline): Promise<GoingOn | undefined> {
  const { deployment, variant, validFrom, validUntil } = removed
  const before = await tx
    .selectFrom('baseline')
    .select('id')
    .where('deployment', '=', deployment)
    .where('variant', '=', variant)
    .where('valid_until', '=', validFrom)
    .executeTakeFirst()
  if (!before) return undefined
  const ended = await endedByHand(tx, before.id, `${deployment} ${variant}`)
  const until = ended !== null && (validUntil === null || ended < validUntil) ? ended : validUntil
  return until !== null && until <= validFrom ? undefined : { id: before.id, until }
}

async function goOn(tx: LedgerDatabase, { id, until }: GoingOn): Promise<void> {
  const goingOn = tx.updateTable('baseline').set({ valid_until: until }).where('id', '=', id)
  await explainRefusal(goingOn.execute())
}

/** The day on which somebody ended it; null when it only ended because another one began. */
async function endedByHand(tx: LedgerDatabase, id: number, subject: string): Promise<string | null> {
  const { rows } = await sql<{ until: string }>`
    SELECT after ->> 'until' AS until FROM change WHERE what = 'baseline' AND subject = ${subject}
      AND after ->> 'id' = ${String(id)} AND after ->> 'until' IS NOT NULL ORDER BY id DESC LIMIT 1`.execute(
    tx,
  )
  return rows[0]?.until ?? null
}

/** A chain that splits it would count nothing. */
async function expectNoChain(tx: LedgerDatabase, removed: ExplainedBaseline, today: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM chain WHERE baseline_deployment = ${removed.deployment} AND baseline_variant = ${removed.variant}
      AND daterange(valid_from, valid_until) && daterange(${removed.validFrom}, ${removed.validUntil})
      AND (valid_until IS NULL OR valid_until > ${today}) LIMIT 1`.execute(tx)
  const chain = rows[0]
  if (chain)
    throw refused('id', 'baseline-in-chain', `the chain "${chain.name}" splits it; end that chain first.`)
}
