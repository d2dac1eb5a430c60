import { afterAll, beforeAll, expect, test } from 'vitest'
import { addBaseline } from '../../../orchestrator/savings/baselines.ts'
import { explain } from '../../../orchestrator/savings/explain.ts'
import { readTrend } from '../../../orchestrator/savings/trend.ts'
import { readActivityUse } from '../../../orchestrator/programme/activity-use.ts'
import { openProgrammeLedger, type ProgrammeLedger } from '../programme/programme-ledger.ts'

const TODAY = '2026-11-22'
const BOTS = [
  ['letters', 'reporting'],
  ['checks', 'finance'],
  ['plans', 'planning'],
] as const

let ledger: ProgrammeLedger
beforeAll(async () => {
  ledger = await openProgrammeLedger()
})
afterAll(() => ledger[Symbol.asyncDispose]())

/** At a hospital of its own three robots of different activities, an hour by hand each, with items by day. */
async function put(hospital: 'oost' | 'west', counts: readonly (readonly [string, string, number])[]) {
  const { db } = ledger
  const ids = new Map<string, string>()
  for (const [bot, activity] of BOTS) {
    const id = await ledger.deploy(hospital, `${hospital}-${bot}`, 'live')
    await db.updateTable('deployment').set({ activity }).where('id', '=', id).execute()
    ids.set(bot, id)
  }
  for (const [bot, day, items] of counts) await ledger.count(ids.get(bot) ?? '', day, items)
  return (bot: string) => ids.get(bot) ?? ''
}

test('hours by activity and months do not tell a deployment of too few items to who sees counts only', async () => {
  const idOf = await put('oost', [
    ['letters', '2026-01-10', 3],
    ['letters', '2026-02-10', 1],
    ['checks', '2026-01-10', 50],
    ['checks', '2026-02-10', 60],
    ['plans', '2026-01-10', 90],
    ['plans', '2026-02-10', 90],
  ])
  const use = async (sees: boolean) => {
    const rows = await readActivityUse(ledger.db, ['oost'], {
      ...{ year: 2026, today: TODAY, seesItems: () => sees },
    })
    return Object.fromEntries(
      rows.map(({ activity, savedHours, withheld }) => [activity, [savedHours, withheld]]),
    )
  }
  expect(await use(true)).toEqual({ reporting: [4, false], finance: [110, false], planning: [180, false] })
  // The checks have the fewest beside the letters: else what all gave less the others would tell the letters.
  expect(await use(false)).toEqual({ reporting: [null, true], finance: [null, true], planning: [180, false] })
  const trend = async (sees: boolean) => {
    const period = { from: '2026-01-01', to: '2026-02-28', today: TODAY, hospital: 'oost' }
    const months = await readTrend(ledger.db, period, () => sees)
    return months.map(({ deployments }) =>
      deployments.map(({ id, netHours }) => `${id ?? 'together'} ${netHours}`).toSorted(),
    )
  }
  const [letters, checks, plans] = ['letters', 'checks', 'plans'].map(idOf)
  expect(await trend(true)).toEqual([
    [`${checks} 50`, `${letters} 3`, `${plans} 90`],
    [`${checks} 60`, `${letters} 1`, `${plans} 90`],
  ])
  expect(await trend(false)).toEqual([
    [`${plans} 90`, 'together 53'],
    [`${plans} 90`, 'together 61'],
  ])
})

test('a deployment that has too few items in a month without others is with another one in all months', async () => {
  const idOf = await put('west', [
    ['letters', '2026-01-10', 3],
    ['letters', '2026-02-10', 40],
    ['checks', '2026-02-10', 60],
    ['plans', '2026-02-10', 90],
  ])
  const period = { from: '2026-01-01', to: '2026-02-28', today: TODAY, hospital: 'west' }
  const [, february] = await readTrend(ledger.db, period, () => false)
  const lines = february?.deployments.map(({ id, netHours }) => [id, netHours])
  expect(lines).toHaveLength(2)
  expect(lines).toContainEqual([idOf('plans'), 90])
  expect(lines).toContainEqual([null, 100])
})

test('how often each baseline of a deployment was used is not explained where one was used too seldom', async () => {
  const id = await ledger.deploy('west', 'two-variants', 'live')
  await addBaseline(
    ledger.db,
    { account: 'account-1', today: TODAY },
    {
      ...{ deployment: id, variant: 'long', minutes: 30, method: 'estimate', measuredBy: 'account-1' },
      ...{ measuredOn: '2026-01-01', validFrom: '2026-01-01', remeasureOn: '2027-01-01' },
    },
  )
  await ledger.count(id, '2026-05-10', 37)
  const long = { deployment: id, day: '2026-05-10', variant: 'long', outcome: 'done', human_seconds: 0 }
  await ledger.db
    .insertInto('day_count')
    .values({ ...long, items: 3, counting: 3, shares: '3' })
    .execute()
  const grossOf = async (seesItems: boolean) => {
    const asked = { hospital: 'west', deployment: id, measure: 'gross-hours', seesItems } as const
    const { steps } = await explain(ledger.db, {
      ...{ ...asked, from: '2026-05-01', to: '2026-05-31', today: TODAY },
    })
    const [gross] = steps
    return { value: gross?.value, withheld: gross?.withheld ?? false, products: gross?.products.length }
  }
  // 37 × 60 + 3 × 30 = 2,310 minutes.
  expect(await grossOf(true)).toEqual({ value: 2310, withheld: false, products: 2 })
  expect(await grossOf(false)).toEqual({ value: 2310, withheld: true, products: 0 })
})
