import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { reportGaps } from '../../../orchestrator/savings/recount-compare.ts'
import { recountFigures } from '../../../orchestrator/savings/recount-figures.ts'
import { addOneOff } from '../../../orchestrator/savings/one-off.ts'
import { recountDays } from '../../../orchestrator/savings/recount-days.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { totalOf } from '../../../orchestrator/savings/report-total.ts'
import { readSavings, type SavingsReport } from '../../../orchestrator/savings/report.ts'
import { bookUpkeep } from '../../../orchestrator/savings/upkeep.ts'
import { APRIL, BY, openBooked } from './booked-ledger.ts'
import { leavesOf } from './leaves-of.ts'

test('upkeep, measured days, hours a year, norm and FTE are derived from the raw rows, without the report', async () => {
  const { played, db } = await openBooked()
  await using _ = played
  const rows = await recountFigures(db, APRIL, await recountDays(db, APRIL))
  const first = rows.find(({ deployment }) => deployment === 'oost-first')
  // Two of six items at 5.5 minutes, one parked at 95 seconds; 10 up to 30 April but for the one day that the backlog took an item from.
  const net = (2 * 330 - 95) / 3600 - 1.5
  expect(first?.figures).toMatchObject({
    ...{ grossSeconds: 660, humanSeconds: 95, upkeepHours: 1.5, oneOffUpkeepHours: 0.5 },
    ...{
      measuredDays: 20,
      backlogDays: 1,
      firstDay: '2026-04-10',
      oneOffItems: 1,
      oneOffGrossSeconds: 330,
      done: 3,
      parked: 1,
    },
    netHours: expect.closeTo(net, 9),
    hoursPerYear: expect.closeTo((net * 365) / 20, 9),
  })
  const second = rows.find(({ deployment }) => deployment === 'oost-second')
  expect(second?.figures).toMatchObject({ withoutBaseline: 1, grossSeconds: 0, measuredDays: 14 })
  const hospital = rows.find(({ deployment }) => deployment === null)
  expect(hospital?.figures).toMatchObject({
    ...{ normName: 'subsidy', normHours: 1720, normValidFrom: '2026-04-15', brief: 2 },
    fte: expect.closeTo((net * 365) / 20 / 1720, 9),
    contractFte: expect.closeTo((net * 365) / 20 / 1878, 9),
  })
  expect(await recount(db, APRIL)).toEqual([])
})

test('hours booked on a marked day begin the measured days where the mark took no item, also before the period', async () => {
  const { played, db } = await openBooked()
  await using _ = played
  const deployment = 'oost-second'
  const book = (day: string) =>
    bookUpkeep(played.ledger.db, BY, { deployment, day, hours: 1, note: 'screens changed' })
  const measured = async (from: string) => {
    const period = { ...APRIL, from }
    const rows = await recountFigures(db, period, await recountDays(db, period))
    expect(await recount(db, period)).toEqual([])
    return rows.find((row) => row.deployment === deployment)?.figures['measuredDays']
  }
  const marked = { deployment, from: '2026-04-02', until: '2026-04-04', reason: 'backlog' }
  await addOneOff(played.ledger.db, BY, marked)
  await book('2026-04-03')
  // From the 3rd; from the 10th.
  expect([await measured(APRIL.from), await measured('2026-04-10')]).toEqual([28, 21])
  await played.play('2026-04-03T08:00:00Z', { deployment, variant: 'rare', humanSeconds: 0, way: 'done' })
  // The mark took it, and the hour with it: measured from the 17th.
  expect([await measured(APRIL.from), await measured('2026-04-10')]).toEqual([14, 14])
})

test('a year with 29 February in it has 366 days, and a period before the norm has the default', async () => {
  const { played, db } = await openBooked()
  await using _ = played
  const play = { deployment: 'oost-first', variant: 'plain', humanSeconds: 0, way: 'done' } as const
  await sql`DELETE FROM norm`.execute(db)
  await played.play('2028-02-10T08:00:00Z', play)
  for (const [to, days, measured] of [
    ['2028-02-28', 365, 28],
    ['2028-02-29', 366, 29],
    ['2028-03-01', 366, 30],
  ] as const) {
    const period = { from: '2028-02-01', to }
    const rows = await recountFigures(db, period, await recountDays(db, period))
    const hoursPerYear = (330 / 3600 / measured) * days
    expect(rows.find(({ deployment }) => deployment === 'oost-first')?.figures).toMatchObject({
      hoursPerYear: expect.closeTo(hoursPerYear, 9),
    })
    expect(rows.find(({ deployment }) => deployment === null)?.figures).toMatchObject({
      ...{ normName: 'planning', normHours: 1440, normValidFrom: null },
      fte: expect.closeTo(hoursPerYear / 1440, 9),
    })
    expect(await recount(db, period)).toEqual([])
  }
})

/** What a report tells beside figures: whose they are, and what the baselines say that it counted with. */
const NOT_FIGURES =
  /^(id|name|norm\.hospital|hospital|bot|activity|reported)$|^(oneOff\.)?used\.\d+\.(baseline\.|items|share$|variant)/

test('whatever figure of a report is told wrongly is found, by its name and with both values', async () => {
  const { played, db } = await openBooked()
  await using _ = played
  const report = await readSavings(db, { ...APRIL, today: APRIL.to })
  const recounted = await recountFigures(db, APRIL, await recountDays(db, APRIL))
  const gapsOf = (told: SavingsReport) => reportGaps(told, recounted, new Set(), totalOf(told.hospitals))
  expect(gapsOf(report)).toEqual([])
  const places = leavesOf(report.hospitals).filter(
    ({ path }) => !NOT_FIGURES.test(path.replace(/^\d+\.(deployments\.\d+\.)?/, '')),
  )
  expect(places.length).toBeGreaterThan(50)
  for (const { path, value, changedTo } of places) {
    const wrong = typeof value === 'number' ? value + (/minutes/.test(path) ? 1e-4 : 1e-5) : 'X'
    const gaps = gapsOf({ ...report, hospitals: changedTo(wrong) })
    const told = gaps.flatMap(({ figures }) => figures)
    expect([path, told.length]).toEqual([path, expect.toSatisfy((found) => found > 0)])
  }
})
