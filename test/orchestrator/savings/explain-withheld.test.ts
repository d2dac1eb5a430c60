import { afterAll, beforeAll, expect, test } from 'vitest'
import { explain, type Explanation } from '../../../orchestrator/savings/explain.ts'
import { isPartOf } from '../../../orchestrator/savings/explain-measures.ts'
import { isCounted, MEASURES } from '../../../orchestrator/savings/explain-names.ts'
import type { ExplainedCount } from '../../../orchestrator/savings/explain-counts.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { isSmall, toldOf } from '../../../orchestrator/savings/withhold.ts'
import { openProgrammeLedger, type ProgrammeLedger } from '../programme/programme-ledger.ts'
import { determined, type Equation } from './linear-inference.ts'

const PERIOD = { from: '2026-03-01', to: '2026-03-31', today: '2026-11-22', hospital: 'oost' }
/** Robot, day, outcome, items, and how they counted; those of a variant without a baseline are `odd`. */
const COUNTS = [
  ['letters', '2026-03-10', 'done', 39, 'regular', 'plain'],
  ['letters', '2026-03-11', 'done', 2, 'regular', 'plain'],
  ['letters', '2026-03-12', 'done', 17, 'regular', 'plain'],
  ['letters', '2026-03-10', 'parked', 2, 'regular', ''],
  ['letters', '2026-03-12', 'parked', 12, 'regular', ''],
  ['letters', '2026-03-13', 'by-hand', 6, 'regular', 'plain'],
  ['checks', '2026-03-10', 'done', 3, 'regular', 'plain'],
  ['plans', '2026-03-10', 'done', 60, 'regular', 'plain'],
  ['plans', '2026-03-10', 'done', 7, 'left-out', 'plain'],
  ['plans', '2026-03-11', 'done', 2, 'left-out', 'plain'],
  ['plans', '2026-03-11', 'done', 8, 'regular', 'odd'],
  ['plans', '2026-03-14', 'by-hand', 9, 'regular', 'plain'],
  ['notes', '2026-03-14', 'done', 80, 'regular', 'plain'],
  ['notes', '2026-03-15', 'by-hand', 4, 'regular', 'plain'],
] as const

let ledger: ProgrammeLedger
const ids: string[] = []

beforeAll(async () => {
  ledger = await openProgrammeLedger()
  const deployed = new Map<string, string>()
  for (const bot of ['letters', 'checks', 'plans', 'notes'])
    deployed.set(bot, await ledger.deploy('oost', bot, 'live'))
  ids.push(...deployed.values())
  for (const [bot, day, outcome, items, kind, variant] of COUNTS) {
    const counting = outcome === 'parked' ? 0 : items
    await ledger.db
      .insertInto('day_count')
      .values({
        ...{ deployment: deployed.get(bot) ?? '', day, variant, outcome, kind, items, counting },
        ...{ shares: String(counting), human_seconds: outcome === 'parked' ? items * 60 : 0 },
      })
      .execute()
  }
})
afterAll(() => ledger[Symbol.asyncDispose]())

const nameOf = ({ deployment, day, variant, outcome, kind }: ExplainedCount) =>
  [deployment, day, variant, outcome, kind].join(' ')

const ask = (measure: Explanation['measure'], deployment: string | undefined, seesItems: boolean) =>
  explain(ledger.db, { ...PERIOD, measure, deployment, seesItems })

/** All counts as they are, and what each is worth in minutes. */
async function allCounts(): Promise<readonly ExplainedCount[]> {
  const whole = await ask('net-hours', undefined, true)
  const once = await ask('one-off-hours', undefined, true)
  return [...whole.counts, ...once.counts]
}

/** What an explanation tells: the counts that are shown, and that its value is the sum of its parts. */
function toldBy(found: Explanation, counts: readonly ExplainedCount[]): Equation[] {
  const own = counts.filter(({ deployment }) => found.deployment === null || deployment === found.deployment)
  const sum = (of: readonly ExplainedCount[], times: (count: ExplainedCount) => number): Equation =>
    Object.fromEntries(of.map((count) => [nameOf(count), times(count)]))
  const part = own.filter((count) => isPartOf(found.measure, count))
  const gross = ({ minutes, items }: ExplainedCount) => (items === 0 ? 0 : minutes.gross / items)
  const hidden = part.filter((count) => !found.counts.some((shown) => nameOf(shown) === nameOf(count)))
  const steps = found.steps.filter(({ name }) => name === 'items')
  return [
    ...found.counts.map((count) => sum([count], () => 1)),
    ...(found.withheld ? [sum(hidden, gross)] : []),
    ...(isCounted(found.measure) ? [sum(part, () => 1)] : []),
    ...(found.measure === 'gross-hours' || found.measure === 'net-hours' ? [sum(part, gross)] : []),
    ...steps.flatMap(({ deployment, products }) =>
      products.map(({ factors: [term] }) =>
        sum(
          part.filter(
            (count) =>
              count.deployment === deployment && count.variant === term?.variant && count.kind === term.kind,
          ),
          () => 1,
        ),
      ),
    ),
  ]
}

test('of all explanations together no count of one to four follows for who sees counts only', async () => {
  const counts = await allCounts()
  expect(counts.filter(({ items }) => items > 0)).toHaveLength(COUNTS.length)
  const known: Equation[] = []
  const refused: string[] = []
  const told = toldOf((await readSavings(ledger.db, PERIOD)).hospitals, () => false)
  for (const measure of MEASURES)
    for (const deployment of [undefined, ...ids]) {
      const found = await ask(measure, deployment, false).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'figure-withheld' })
        refused.push(`${measure} ${deployment ?? 'all'}`)
      })
      if (!found) continue
      for (const { items } of found.counts) expect(isSmall(items)).toBe(false)
      if (isCounted(measure)) expect(isSmall(found.value)).toBe(false)
      const terms = found.steps.flatMap(({ products }) => products.flatMap(({ factors }) => factors))
      for (const { unit, value } of terms) expect(unit === 'items' && isSmall(value)).toBe(false)
      known.push(...toldBy(found, counts))
    }
  const small = counts.filter(({ items }) => isSmall(items)).map(nameOf)
  expect(small).toHaveLength(5)
  expect(determined(known, small)).toEqual([])
  // What the report does not tell of a deployment is not explained either.
  for (const [id, row] of told) {
    expect(refused.includes(`done ${id}`)).toBe(row.items.done === null)
    expect(refused.includes(`net-hours ${id}`)).toBe(!row.hours)
  }
  // Had one of the refused figures been told, a small count would follow.
  const notes = counts.filter(({ deployment, outcome }) => deployment === ids[3] && outcome === 'by-hand')
  const byHand = Object.fromEntries(notes.map((count) => [nameOf(count), 1]))
  expect(determined([...known, byHand], small)).toEqual(notes.map(nameOf))
  expect(refused).toContain(`by-hand ${ids[3]}`)
})
