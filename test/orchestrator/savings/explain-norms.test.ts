import { afterAll, beforeAll, expect, test } from 'vitest'
import { explain } from '../../../orchestrator/savings/explain.ts'
import { recompute } from '../../../orchestrator/savings/explain-steps.ts'
import { marginOfMean } from '../../../orchestrator/savings/interval.ts'
import { addNorm } from '../../../orchestrator/savings/norms.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { savingsCsv } from '../../../orchestrator/savings/savings-csv.ts'
import { toldOf } from '../../../orchestrator/savings/withhold.ts'
import { putDeployment, putHospital } from '../../../orchestrator/ledger/setup.ts'
import { putGoldenCase } from './golden-case.ts'
import { INTERVALS } from './golden-intervals.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'

let ledger: TestLedger

beforeAll(async () => {
  ledger = await openTestLedger()
})

afterAll(() => ledger[Symbol.asyncDispose]())

test.each(INTERVALS.map((golden, place) => ({ golden, place })))(
  '$golden.name: FTE stands at both norms, each with its interval, recomputed from its terms',
  async ({ golden, place }) => {
    const hospital = `n${place}`
    await putGoldenCase(ledger.db, hospital, golden)
    const [from, to, today = to] = golden.period
    const [figures] = (await readSavings(ledger.db, { from, to, today, hospital })).hospitals
    const asked = { from, to, today, hospital, seesItems: true }
    for (const measure of ['fte', 'contract-fte'] as const) {
      const { norms, value, interval } = await explain(ledger.db, { ...asked, measure })
      expect(norms.map(({ kind, norm, ...own }) => [kind, norm.hoursPerYear, own.value])).toEqual([
        ['own', figures?.norm.hoursPerYear, figures?.fte],
        ['contract', 1878, figures?.contractFte],
      ])
      for (const figure of norms) expect(recompute(figure.step)).toBeCloseTo(figure.value, 12)
      const [own, contract] = norms
      expect(own?.interval?.low).toEqual(
        figures?.interval ? expect.closeTo(figures.interval.fte.low, 9) : undefined,
      )
      expect(contract?.interval?.high).toEqual(
        figures?.interval ? expect.closeTo(figures.interval.contractFte.high, 9) : undefined,
      )
      const asking = measure === 'fte' ? own : contract
      expect(asking?.value).toBe(value)
      expect(asking?.interval?.low).toEqual(interval ? expect.closeTo(interval.low, 9) : undefined)
    }
    expect((await explain(ledger.db, { ...asked, measure: 'net-hours' })).norms).toEqual([])
  },
)

test('a norm has its source and the day from which it is the hospital’s; one of its own making says so', async () => {
  await putHospital(ledger.db, { id: 'dated', name: 'Dated', norms: [] })
  const asked = { from: '2026-03-01', to: '2026-03-31', today: '2026-11-22', hospital: 'dated' }
  const ownOf = async () => {
    const { norms } = await explain(ledger.db, { ...asked, measure: 'fte', seesItems: true })
    expect(norms[1]?.source?.nl).toContain('Cao Ziekenhuizen, artikel 6.1')
    const { name, hoursPerYear, validFrom } = norms[0]?.norm ?? {}
    return [{ name, hoursPerYear, validFrom }, norms[0]?.source?.en.split(':')[0]]
  }
  expect(await ownOf()).toEqual([{ name: 'planning', hoursPerYear: 1440, validFrom: null }, 'Planning'])
  const by = { account: 'account-1', today: '2026-11-22' }
  await addNorm(ledger.db, by, {
    ...{ hospital: 'dated', name: 'subsidy', hoursPerYear: 1720, validFrom: '2026-01-01' },
  })
  const since = { name: 'subsidy', hoursPerYear: 1720, validFrom: '2026-01-01' }
  expect(await ownOf()).toEqual([since, 'Subsidy norm of the EU and the ministry'])
  await addNorm(ledger.db, by, {
    ...{ hospital: 'dated', name: 'planning', hoursPerYear: 1500, validFrom: '2026-03-31' },
  })
  expect(await ownOf()).toEqual([
    { ...since, name: 'planning', hoursPerYear: 1500, validFrom: '2026-03-31' },
    undefined,
  ])
})

/** 37 items of one variant and 3 of another, timed apart. */
async function putSmallVariant(): Promise<void> {
  await putHospital(ledger.db, { id: 'few', name: 'Few', norms: [] })
  const timed = {
    ...({ method: 'stopwatch', n: 25, measuredBy: 'account-1', measuredOn: '2025-01-01' } as const),
    ...{ validFrom: '2025-01-01', remeasureOn: '2030-01-01' },
  }
  const baselines = [
    { ...timed, variant: 'plain', minutes: 6, spreadMinutes: 1.5 },
    { ...timed, variant: 'long', minutes: 30, spreadMinutes: 9 },
  ]
  await putDeployment(ledger.db, {
    ...{ id: 'few-both', hospital: 'few', bot: 'letters', mode: 'live', settings: {}, systems: {} },
    ...{ responsible: 'account-1', outsideSeconds: 0, parkedShare: 0, triggers: [], baselines },
  })
  for (const [variant, items] of [
    ['plain', 37],
    ['long', 3],
  ] as const)
    await ledger.db
      .insertInto('day_count')
      .values({
        ...{ deployment: 'few-both', day: '2026-03-10', variant, outcome: 'done', human_seconds: 0 },
        ...{ items, counting: items, shares: String(items) },
      })
      .execute()
}

test('an interval from which the count of a seldom variant follows is not told to who sees counts only', async () => {
  await putSmallVariant()
  const period = { from: '2026-03-01', to: '2026-03-31', today: '2026-11-22', hospital: 'few' }
  const ask = (seesItems: boolean) =>
    explain(ledger.db, { ...period, measure: 'fte', deployment: 'few-both', seesItems })
  const open = await ask(true)
  expect([open.noInterval, ...open.norms.map(({ noInterval }) => noInterval)]).toEqual([null, null, null])
  const told = await ask(false)
  expect(told.value).toBe(open.value)
  for (const figure of [told, ...told.norms])
    expect([figure.interval, figure.noInterval]).toEqual([null, 'withheld'])
  // What a reader with gross minutes and margin would find: the one count of "long" that gives both.
  const report = await readSavings(ledger.db, period)
  const row = report.hospitals[0]?.deployments[0]
  const [plain, long] = told.baselines.map(({ minutes, n, spreadMinutes, method }) => ({
    minutes: Number(minutes),
    margin: marginOfMean({ method: method === 'stopwatch' ? method : 'estimate', n, spreadMinutes }),
  }))
  if (!row || !plain || !long) throw new Error('Two baselines were used.')
  const found = Array.from({ length: 41 }, (_, items) => items).filter((items) => {
    const others = (row.minutes.gross - items * long.minutes) / plain.minutes
    const margin = Math.hypot(items * long.margin, others * plain.margin) / 60
    return Math.abs(margin - (row.marginHours ?? 0)) < 1e-9
  })
  expect(found).toEqual([3])
  const cellOf = (csv: string) => {
    const [heads = [], cells = []] = csv.split('\r\n').map((line) => line.split(','))
    return cells[heads.indexOf('marginHours')]
  }
  expect(cellOf(savingsCsv(report, null))).toBe(String(row.marginHours))
  expect(
    cellOf(
      savingsCsv(
        report,
        null,
        toldOf(report.hospitals, () => false),
      ),
    ),
  ).toBe('withheld')
})
