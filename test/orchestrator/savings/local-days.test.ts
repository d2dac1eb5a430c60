import { afterAll, beforeAll, expect, test } from 'vitest'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { recountDays } from '../../../orchestrator/savings/recount-days.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { openPlayedLedger, OUTSIDE_SECONDS, type PlayedLedger } from './played-ledger.ts'

/** Moments on both sides of local midnight, and of the changes of the clock at 01:00 UTC, with their local day. */
const MOMENTS = [
  ['2026-03-28T22:59:59.999Z', '2026-03-28'], // 23:59:59 winter time
  ['2026-03-28T23:00:00Z', '2026-03-29'],
  ['2026-03-29T00:59:59Z', '2026-03-29'], // 01:59:59, a second later it is 03:00
  ['2026-03-29T01:00:00Z', '2026-03-29'],
  ['2026-03-29T21:59:59Z', '2026-03-29'], // 23:59:59 summer time: this day has 23 hours
  ['2026-03-29T22:00:00Z', '2026-03-30'],
  ['2026-10-24T21:59:59Z', '2026-10-24'],
  ['2026-10-24T22:00:00Z', '2026-10-25'],
  ['2026-10-25T00:30:00Z', '2026-10-25'], // 02:30 for the first time
  ['2026-10-25T01:30:00Z', '2026-10-25'], // 02:30 for the second
  ['2026-10-25T22:59:59Z', '2026-10-25'], // this day has 25 hours
  ['2026-10-25T23:00:00Z', '2026-10-26'],
  ['2026-12-31T22:59:59Z', '2026-12-31'],
  ['2026-12-31T23:00:00Z', '2027-01-01'],
  ['2028-02-28T23:00:00Z', '2028-02-29'],
  ['2028-02-29T22:59:59Z', '2028-02-29'],
  ['2028-02-29T23:00:00Z', '2028-03-01'],
] as const

const DAYS = [...new Set(MOMENTS.map(([, day]) => day))]
const ALL = { from: '2026-01-01', to: '2028-12-31' }
let played: PlayedLedger

beforeAll(async () => {
  played = await openPlayedLedger()
  const play = { deployment: 'oost-first', variant: 'rare', humanSeconds: 0 } as const
  for (const [moment] of MOMENTS) {
    await played.play(moment, { ...play, way: 'done' })
    await played.play(moment, { ...play, way: 'parked' })
  }
})

afterAll(() => played[Symbol.asyncDispose]())

test.each(DAYS)('what ends on %s by the clock of the hospital counts on that day', async (day) => {
  const items = MOMENTS.filter(([, local]) => local === day).length
  const { hospitals } = await readSavings(played.ledger.db, { from: day, to: day, today: '2028-12-31' })
  const [found] = hospitals[0]?.deployments ?? []
  expect(found?.items).toMatchObject({ done: items, parked: items })
  expect(found?.minutes).toMatchObject({ gross: items * 17.875, human: (items * OUTSIDE_SECONDS) / 60 })
  const [recounted, ...more] = await recountDays(played.ledger.db, { from: day, to: day })
  expect(more).toEqual([])
  expect(recounted).toMatchObject({ deployment: 'oost-first', day })
  expect(Number(recounted?.grossSeconds)).toBe(items * 17.875 * 60)
  expect(Number(recounted?.humanSeconds)).toBe(items * OUTSIDE_SECONDS)
})

test('splitting a period by day, month or anywhere never changes the sum', async () => {
  const net = async (from: string, to: string) => {
    const { hospitals } = await readSavings(played.ledger.db, { from, to, today: '2028-12-31' })
    return hospitals[0]?.netHours ?? 0
  }
  const whole = await net(ALL.from, ALL.to)
  expect(whole).toBeGreaterThan(4)
  const cuts = ['2026-03-28', '2026-03-29', '2026-10-25', '2026-12-31', '2028-02-29']
  for (const cut of cuts) {
    const next = new Date(Date.parse(`${cut}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
    expect((await net(ALL.from, cut)) + (await net(next, ALL.to))).toBeCloseTo(whole, 10)
  }
})

test('the recount agrees over the whole of it', async () => {
  expect(await recount(played.ledger.db, ALL)).toEqual([])
})
