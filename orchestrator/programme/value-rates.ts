import type { LedgerDatabase } from '../ledger/tables.ts'
import { dayAfter, type Period } from '../savings/period.ts'
import { inCents } from './money.ts'

/** What an hour of a deployment is worth from a local date on. */
export interface Rate {
  readonly deployment: string
  readonly validFrom: string
  readonly cents: bigint
}

/** The rates of the deployments of these hospitals, the newest first. */
export async function readRates(db: LedgerDatabase, hospitals: readonly string[]): Promise<Rate[]> {
  const rows = await db
    .selectFrom('hour_rate')
    .innerJoin('deployment', 'deployment.id', 'hour_rate.deployment')
    .select(['hour_rate.deployment', 'valid_from as validFrom', 'euros'])
    .where('deployment.hospital', 'in', ['', ...hospitals])
    .orderBy('valid_from', 'desc')
    .execute()
  return rows.map(({ euros, ...rate }) => ({ ...rate, cents: inCents(euros) }))
}

/** The newest that began by that day; `rates` are newest first. */
export function rateOn(rates: readonly Rate[], deployment: string, day: string): Rate | undefined {
  return rates.find((rate) => rate.deployment === deployment && rate.validFrom <= day)
}

/** The parts of a year so far in which every rate stays the same: a new one begins with each date of a rate. */
export function steadyParts(
  { from: first, to: last }: Period,
  today: string,
  rates: readonly Rate[],
): Period[] {
  const begins = [first, ...rates.map(({ validFrom }) => validFrom)].filter(
    (day) => first <= day && day <= last && day <= today,
  )
  const sorted = [...new Set(begins)].toSorted()
  return sorted.map((from, place) => {
    const next = sorted[place + 1]
    return { from, to: next === undefined ? last : dayAfter(next, -1) }
  })
}
