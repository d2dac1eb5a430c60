import { sql } from 'kysely'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { dayAfter } from './period.ts'
import { priceOn, type Pricing } from './prices.ts'
import { readSettings } from './read-settings.ts'

/** Items of a variant of a deployment that is live that would count nothing for want of a baseline. */
export interface Uncounted {
  readonly deployment: string
  readonly variant: string
  /** The first local day of that. */
  readonly from: string
  /** The first local day on which they count again; null when none is known. */
  readonly until: string | null
  /** How many of them counted in the last `days` days, today among them. */
  readonly items: number
  readonly days: number
}

const COUNTED_DAYS = 28

/** A baseline or a chain that is ended: `until` is the first local day on which it is valid no more. */
export interface Ending {
  readonly what: 'baseline' | 'chain'
  readonly id: number
  readonly until: string
}

interface Question {
  readonly hospital: string
  /** The local date of asking. */
  readonly today: string
}

const ALWAYS = { from: '1000-01-01', to: '9999-12-31', until: '9999-12-31' }

/** What items of each live deployment of a hospital are worth, on all days that were and will be. */
export async function readPrices(db: LedgerDatabase, hospital: string): Promise<readonly Pricing[]> {
  const { deployments } = await readSettings(db, ALWAYS, hospital)
  const live = await db
    .selectFrom('deployment')
    .select('id')
    .where('hospital', '=', hospital)
    .where('mode', '=', 'live')
    .execute()
  const ids = new Set(live.map(({ id }) => id))
  return (deployments.get(hospital) ?? [])
    .map(({ pricing }) => pricing)
    .filter((one) => ids.has(one.deployment))
}

/** What would count nothing when a baseline or a chain of the hospital ended. Changes nothing. */
export async function uncountedWhenEnded(
  db: LedgerDatabase,
  asked: Question,
  { what, id, until }: Ending,
): Promise<Uncounted[]> {
  const before = await readPrices(db, asked.hospital)
  const earlier = <Part extends { readonly validUntil: string | null }>(part: Part): Part => ({
    ...part,
    validUntil: part.validUntil === null || until < part.validUntil ? until : part.validUntil,
  })
  const after = before.map((pricing) => ({
    ...pricing,
    baselines: pricing.baselines.map((one) => (what === 'baseline' && one.id === id ? earlier(one) : one)),
    chainParts: pricing.chainParts.map((one) => (what === 'chain' && one.chain === id ? earlier(one) : one)),
  }))
  return await uncountedBetween(db, asked, { before, after })
}

/** What was worth something and is no more, with the items of the last days. */
export async function uncountedBetween(
  db: LedgerDatabase,
  { today }: Pick<Question, 'today'>,
  prices: { readonly before: readonly Pricing[]; readonly after: readonly Pricing[] },
): Promise<Uncounted[]> {
  const before = new Map(prices.before.map((one) => [one.deployment, one]))
  const lost = prices.after.flatMap((after) => lostOf(before.get(after.deployment), after))
  if (lost.length === 0) return []
  const { rows } = await sql<{ deployment: string; variant: string; items: number }>`
    SELECT deployment, variant, sum(counting)::int AS items FROM day_count
    WHERE deployment = ANY (${lost.map(({ deployment }) => deployment)}::text[]) AND kind <> 'left-out'
      AND day > ${dayAfter(today, -COUNTED_DAYS)} AND day <= ${today} GROUP BY 1, 2`.execute(db)
  return lost.map((one) => {
    const found = rows.find((row) => row.deployment === one.deployment && row.variant === one.variant)
    return { ...one, items: found?.items ?? 0, days: COUNTED_DAYS }
  })
}

type Lost = Omit<Uncounted, 'items' | 'days'>

/** A deployment that was not live has nothing to lose. */
function lostOf(before: Pricing | undefined, after: Pricing): Lost[] {
  if (!before) return []
  const days = [...new Set([before, after].flatMap(daysOfChange))].toSorted()
  const { deployment } = after
  const own = before.baselines.filter((baseline) => baseline.deployment === deployment)
  const variants = new Set([...own, ...before.chainParts].map(({ variant }) => variant))
  return [...variants].toSorted().flatMap((variant) => {
    const worth = (pricing: Pricing, day: string) => priceOn(pricing, variant, day) !== undefined
    const from = days.find((day) => worth(before, day) && !worth(after, day))
    if (from === undefined) return []
    const until = days.find((day) => day > from && worth(after, day)) ?? null
    return [{ deployment, variant, from, until }]
  })
}

const daysOfChange = ({ baselines, chainParts }: Pricing): string[] =>
  [...baselines, ...chainParts].flatMap(({ validFrom, validUntil }) =>
    validUntil === null ? [validFrom] : [validFrom, validUntil],
  )
