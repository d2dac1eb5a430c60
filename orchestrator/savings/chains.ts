import { recordChange } from '../ledger/changes.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { explainRefusal } from './database-refusal.ts'
import { checkAmount, checkDayAhead, checkText, refused, type ChangedBy } from './input-checks.ts'
import { checkDate } from './period.ts'
import { uncountedWhenEnded, type Uncounted } from './uncounted.ts'

/** Deployments that work on one case after each other, and split the one baseline of doing all of it by hand. */
export interface NewChain {
  readonly hospital: string
  readonly name: string
  /** The baseline that is split. */
  readonly baselineDeployment: string
  readonly baselineVariant: string
  /** Local date. */
  readonly validFrom: string
  /** Every variant that takes part. Those of one deployment have the same share: an item is one of them. */
  readonly parts: readonly ChainShare[]
}

export interface ChainShare {
  readonly deployment: string
  readonly variant: string
  /** Above 0 and at most 1, four decimals. */
  readonly share: number
}

export interface Chain extends NewChain {
  readonly id: number
  /** The first local day on which it is valid no more; null while it goes on. */
  readonly validUntil: string | null
}

const WHOLE = 10_000

/** The chains of a hospital that are and were, the newest first. */
export async function readChains(db: LedgerDatabase, hospital: string): Promise<Chain[]> {
  const chains = await db
    .selectFrom('chain')
    .selectAll()
    .where('hospital', '=', hospital)
    .orderBy('id', 'desc')
    .execute()
  const parts = await db
    .selectFrom('chain_part')
    .selectAll()
    .where('hospital', '=', hospital)
    .orderBy('deployment')
    .orderBy('variant')
    .execute()
  const partsOf = Map.groupBy(parts, ({ chain }) => chain)
  return chains.map((row) => ({
    ...{ id: row.id, hospital, name: row.name, validFrom: row.valid_from, validUntil: row.valid_until },
    ...{ baselineDeployment: row.baseline_deployment, baselineVariant: row.baseline_variant },
    parts: (partsOf.get(row.id) ?? []).map(({ deployment, variant, share }) => ({
      ...{ deployment, variant, share: Number(share) },
    })),
  }))
}

/**
 * Makes a chain that begins after everything its parts counted so far.
 * @throws business: names the field when the shares do not add up to 1 over the deployments, or a part cannot join
 */
export async function addChain(db: LedgerDatabase, by: ChangedBy, chain: NewChain): Promise<number> {
  checkChain(chain, by.today)
  const { hospital, parts, ...rest } = chain
  return await explainRefusal(
    inTransaction(db, async (tx) => {
      await expectDeployments(tx, chain)
      await expectBaseline(tx, chain)
      const { id } = await tx
        .insertInto('chain')
        .values({
          ...{
            hospital,
            name: rest.name,
            valid_from: rest.validFrom,
            valid_until: null,
            made_by: by.account,
          },
          ...{ baseline_deployment: rest.baselineDeployment, baseline_variant: rest.baselineVariant },
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const rows = parts.map((part) => ({ ...part, chain: id, hospital, share: part.share.toFixed(4) }))
      await tx.insertInto('chain_part').values(rows).execute()
      const after = { id, ...rest, parts: parts.map((part) => ({ ...part })) }
      await recordChange(tx, {
        hospital,
        account: by.account,
        what: 'chain',
        subject: rest.name,
        before: null,
        after,
      })
      return id
    }),
  )
}

/**
 * Ends a chain: from `until` on its parts count by their own baselines. Gives what has none and counts nothing then.
 * @throws business when it counted that day or later
 */
export async function endChain(
  db: LedgerDatabase,
  by: ChangedBy,
  { id, until, hospital }: { readonly id: number; readonly until: string; readonly hospital: string },
): Promise<Uncounted[]> {
  checkDate('until', until)
  const ending = inTransaction(db, async (tx) => {
    const uncounted = await uncountedWhenEnded(
      tx,
      { hospital, today: by.today },
      { what: 'chain', id, until },
    )
    const there = await tx
      .selectFrom('chain')
      .select('valid_from')
      .where('id', '=', id)
      .where('hospital', '=', hospital)
      .executeTakeFirst()
    if (there && until <= there.valid_from)
      throw refused('until', 'period-reversed', `it begins on ${there.valid_from}; give a later day.`)
    const row = await tx
      .updateTable('chain')
      .set({ valid_until: until })
      .where('id', '=', id)
      .where('hospital', '=', hospital)
      .where('valid_from', '<', until)
      .returning('name')
      .executeTakeFirst()
    if (!row)
      throw refused(
        'until',
        'not-found',
        `there is no chain ${id} that begins before ${until}; choose one from the list.`,
      )
    const change = { hospital, account: by.account, what: 'chain', subject: row.name }
    await recordChange(tx, { ...change, before: { id, until: null }, after: { id, until } })
    return uncounted
  })
  return await explainRefusal(ending)
}

async function expectDeployments(tx: LedgerDatabase, chain: NewChain): Promise<void> {
  const { hospital, baselineDeployment, parts } = chain
  const rows = await tx.selectFrom('deployment').select('id').where('hospital', '=', hospital).execute()
  const here = new Set(rows.map(({ id }) => id))
  const expectHere = (field: string, deployment: string) => {
    if (here.has(deployment)) return
    const remedy = `there is no deployment "${deployment}" at this hospital; choose one from the list.`
    throw refused(field, 'not-found', remedy)
  }
  expectHere('baselineDeployment', baselineDeployment)
  for (const { deployment } of parts) expectHere('parts', deployment)
}

async function expectBaseline(tx: LedgerDatabase, chain: NewChain): Promise<void> {
  const { baselineDeployment, baselineVariant, validFrom } = chain
  const found = await tx
    .selectFrom('baseline')
    .select('id')
    .where('deployment', '=', baselineDeployment)
    .where('variant', '=', baselineVariant)
    .where('valid_from', '<=', validFrom)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', validFrom)]))
    .executeTakeFirst()
  if (found) return
  const remedy = `${baselineDeployment} has no baseline for variant "${baselineVariant}" on ${validFrom}; measure one first.`
  throw refused('baselineVariant', 'baseline-missing', remedy)
}

function checkChain({ name, validFrom, parts }: NewChain, today: string): void {
  checkText('name', name)
  checkDayAhead('validFrom', validFrom, today)
  for (const { share } of parts) checkAmount('parts', share, 4, 1)
  const named = new Set<string>()
  for (const { deployment, variant } of parts) {
    const part = JSON.stringify([deployment, variant])
    if (named.has(part))
      throw refused(
        'parts',
        'chain-part-twice',
        `variant "${variant}" of ${deployment} is there twice; leave one out.`,
      )
    named.add(part)
  }
  const shares = new Map<string, number>()
  for (const { deployment, share } of parts) {
    if ((shares.get(deployment) ?? share) !== share)
      throw refused('parts', 'chain-shares', `give all variants of ${deployment} the same share.`)
    shares.set(deployment, share)
  }
  if (shares.size < 2)
    throw refused('parts', 'chain-parts', 'a chain has two deployments or more; add another.')
  const whole = [...shares.values()].reduce((sum, share) => sum + Math.round(share * WHOLE), 0)
  if (whole === WHOLE) return
  throw refused(
    'parts',
    'chain-adds-up',
    `the shares add up to ${whole / WHOLE}; they must add up to 1, correct them.`,
  )
}
