import type { CostKind } from '../ledger/programme-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { dayAfter, type Period } from '../savings/period.ts'
import { readSavings } from '../savings/report.ts'
import { inSnapshot } from '../savings/snapshot.ts'

/** What the robots cost and were worth in one year; euros as decimal text. */
export interface ValueYear {
  readonly year: number
  readonly costs: Readonly<Record<CostKind, string>>
  readonly costTotal: string
  /** Net hours × the rate that was valid on their day. */
  readonly benefit: string
  readonly result: string
  /** Of this and all earlier years that are shown. */
  readonly cumulative: string
  readonly netHours: number
  /** Net hours of deployments without a rate: they are in `netHours` and not in `benefit`. */
  readonly hoursWithoutRate: number
}

interface Rate {
  readonly deployment: string
  readonly validFrom: string
  readonly cents: bigint
}

const KINDS: readonly CostKind[] = ['licences', 'hours', 'hosting', 'other']
const MS_PER_HOUR = 3_600_000n

/**
 * Costs and benefits by year of these hospitals, this year up to today. Benefits are net hours only, each at
 * the rate of its day: realised savings are a matter of their own.
 */
export async function readValueCase(
  db: LedgerDatabase,
  question: {
    readonly hospitals: readonly string[]
    readonly from: number
    readonly to: number
    readonly today: string
  },
): Promise<ValueYear[]> {
  return await inSnapshot(db, async (snapshot) => {
    const rates = await readRates(snapshot, question.hospitals)
    const years: ValueYear[] = []
    let cumulative = 0n
    for (let year = question.from; year <= question.to; year++) {
      const costs = await readCosts(snapshot, question.hospitals, year)
      const benefit = await benefitOf(snapshot, question, year, rates)
      const total = KINDS.reduce((sum, kind) => sum + (costs.get(kind) ?? 0n), 0n)
      cumulative += benefit.cents - total
      years.push({
        year,
        costs: {
          licences: inEuros(costs.get('licences') ?? 0n),
          hours: inEuros(costs.get('hours') ?? 0n),
          hosting: inEuros(costs.get('hosting') ?? 0n),
          other: inEuros(costs.get('other') ?? 0n),
        },
        costTotal: inEuros(total),
        benefit: inEuros(benefit.cents),
        result: inEuros(benefit.cents - total),
        cumulative: inEuros(cumulative),
        netHours: benefit.hours,
        hoursWithoutRate: benefit.withoutRate,
      })
    }
    return years
  })
}

async function benefitOf(
  db: LedgerDatabase,
  { hospitals, today }: { readonly hospitals: readonly string[]; readonly today: string },
  year: number,
  rates: readonly Rate[],
): Promise<{ cents: bigint; hours: number; withoutRate: number }> {
  let whole = 0n
  let hours = 0
  let withoutRate = 0
  for (const { from, to } of steadyParts(year, today, rates)) {
    const report = await readSavings(db, { from, to, today })
    for (const deployment of report.hospitals
      .filter(({ id }) => hospitals.includes(id))
      .flatMap((h) => h.deployments)) {
      hours += deployment.netHours
      const rate = rateOn(rates, deployment.id, from)
      if (rate) whole += BigInt(Math.round(deployment.netHours * Number(MS_PER_HOUR))) * rate.cents
      else withoutRate += deployment.netHours
    }
  }
  // Rounded once, for the year: a sum of rounded parts would drift from it.
  return { cents: divideRounded(whole, MS_PER_HOUR), hours, withoutRate }
}

/** The parts of a year so far in which every rate stays the same: a new one begins with each date of a rate. */
function steadyParts(year: number, today: string, rates: readonly Rate[]): Period[] {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  const begins = [first, ...rates.map(({ validFrom }) => validFrom)].filter(
    (day) => first <= day && day <= last && day <= today,
  )
  const sorted = [...new Set(begins)].toSorted()
  return sorted.map((from, place) => {
    const next = sorted[place + 1]
    return { from, to: next === undefined ? last : dayAfter(next, -1) }
  })
}

async function readCosts(
  db: LedgerDatabase,
  hospitals: readonly string[],
  year: number,
): Promise<Map<CostKind, bigint>> {
  const rows = await db
    .selectFrom('cost')
    .select(['kind', (of) => of.fn.sum<string>('euros').as('euros')])
    .where('hospital', 'in', ['', ...hospitals])
    .where('year', '=', year)
    .groupBy('kind')
    .execute()
  return new Map(rows.map(({ kind, euros }) => [kind, inCents(euros)]))
}

async function readRates(db: LedgerDatabase, hospitals: readonly string[]): Promise<Rate[]> {
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
function rateOn(rates: readonly Rate[], deployment: string, day: string): Rate | undefined {
  return rates.find((rate) => rate.deployment === deployment && rate.validFrom <= day)
}

function inCents(euros: string): bigint {
  const [whole = '0', fraction = ''] = euros.split('.')
  return BigInt(`${whole}${fraction.slice(0, 2).padEnd(2, '0')}`)
}

function inEuros(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Half a cent away from zero, as bookkeepers round. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const half = dividend < 0n ? -divisor / 2n : divisor / 2n
  return (dividend + half) / divisor
}
