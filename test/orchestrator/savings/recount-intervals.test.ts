import { describe, expect, test } from 'vitest'
import { putDeployment, putHospital } from '../../../orchestrator/ledger/setup.ts'
import { studentT95 } from '../../../orchestrator/savings/interval.ts'
import { recountNightly } from '../../../orchestrator/savings/nightly.ts'
import { recountDays, type RecountedDay } from '../../../orchestrator/savings/recount-days.ts'
import { recountFigures } from '../../../orchestrator/savings/recount-figures.ts'
import type { ReadReport } from '../../../orchestrator/savings/recount-report.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { totalOf, type ReportTotal } from '../../../orchestrator/savings/report-total.ts'
import { readSavings, type HospitalSavings } from '../../../orchestrator/savings/report.ts'
import { APRIL, openBooked } from './booked-ledger.ts'
import { BASELINE } from './golden-case.ts'
import { openPlayedLedger, type PlayedLedger } from './played-ledger.ts'

/** Student's two-sided 95 % points by numerical integration at 30 digits: degrees of freedom and t. */
const POINTS = [
  [1, 12.7062047361747],
  [2, 4.30265272974946],
  [3, 3.18244630528371],
  [4, 2.77644510519779],
  [29, 2.0452296421327],
  [30, 2.04227245630124],
  [31, 2.03951344639641],
  [60, 2.00029782201426],
  [100, 1.98397151852355],
  [199, 1.97195654425175],
  [200, 1.97189622363391],
  [201, 1.97183650677986],
  [1000, 1.96233908082641],
  [1_000_000, 1.95996635681411],
] as const

/** A day on which one item counted by each baseline of a deployment that has one for each n, each with a spread of a minute. */
async function dayOf({ ledger: { db } }: PlayedLedger, n: number): Promise<RecountedDay> {
  const id = `timed-${n}`
  await putDeployment(db, {
    ...{ id, hospital: 'oost', bot: 'played', mode: 'live', settings: {}, systems: {}, responsible: 'u-1' },
    ...{ outsideSeconds: 0, parkedShare: 0, triggers: [] },
    baselines: [{ ...BASELINE, n, spreadMinutes: 1 }],
  })
  const baseline = await db
    .selectFrom('baseline')
    .select('id')
    .where('deployment', '=', id)
    .executeTakeFirstOrThrow()
  return {
    ...{ deployment: id, day: '2026-04-10', oneOff: false, grossSeconds: '360', humanSeconds: '0', done: 1 },
    ...{
      nothing: 0,
      byHand: 0,
      parked: 0,
      shadow: 0,
      counting: 1,
      withoutBaseline: 0,
      leftOut: 0,
      grade: 'A',
    },
    ...{ measured: true, regular: true, used: [{ baseline: baseline.id, shares: '60.0000' }] },
  }
}

test('the recount works Student’s t out by itself, for few and for many cases; the report’s is right to seven decimals', async () => {
  await using played = await openPlayedLedger()
  const days: RecountedDay[] = []
  for (const [freedom] of POINTS) days.push(await dayOf(played, freedom + 1))
  const rows = await recountFigures(played.ledger.db, APRIL, days)
  for (const [freedom, t] of POINTS) {
    // 60 items, so that the margin in hours is t × 1 minute / √n.
    const margin = rows.find(({ deployment }) => deployment === `timed-${freedom + 1}`)?.figures[
      'marginHours'
    ]
    expect([freedom, Number(margin) * Math.sqrt(freedom + 1)]).toEqual([freedom, expect.closeTo(t, 10)])
    expect([freedom, studentT95(freedom)]).toEqual([freedom, expect.closeTo(t, 7)])
  }
})

test('intervals of hours and FTE are derived from the events and the sampling, without the report', async () => {
  const { played, db } = await openBooked()
  await using _ = played
  const rows = await recountFigures(db, APRIL, await recountDays(db, APRIL))
  // Two items at 5.5 minutes, timed 230 times with a spread of 2.375: t(229) = 1.9703772833; measured 20 days.
  const margin = (2 * 1.9703772833 * 2.375) / Math.sqrt(230) / 60
  expect(rows.find(({ deployment }) => deployment === 'oost-first')?.figures).toMatchObject({
    ...{ marginHours: expect.closeTo(margin, 9), noInterval: null },
  })
  expect(rows.find(({ deployment }) => deployment === 'oost-second')?.figures).toMatchObject({
    noInterval: 'nothing-counted',
  })
  expect(rows.find(({ deployment }) => deployment === null)?.figures).toMatchObject({
    marginHours: expect.closeTo(margin, 9),
    marginFte: expect.closeTo((margin * 365) / 20 / 1720, 9),
    marginContractFte: expect.closeTo((margin * 365) / 20 / 1878, 9),
    // One item of a backlog.
    oneOffMarginHours: expect.closeTo(margin / 2, 9),
  })
})

const wider = ({ low, high }: { low: number; high: number }, by: number) => ({
  low: low - by,
  high: high + by,
})

const ofHospital =
  (change: (hospital: HospitalSavings) => HospitalSavings): ReadReport =>
  async (db, question) => {
    const report = await readSavings(db, question)
    return { ...report, hospitals: report.hospitals.map(change) }
  }

describe('an interval that is told wrongly', () => {
  test('of a hospital is found, whichever it is, and raises an alarm there', async () => {
    const { played, db } = await openBooked()
    await using _ = played
    const changed = (name: 'netHours' | 'fte' | 'contractFte', by: number) =>
      ofHospital((row) => ({
        ...row,
        interval: row.interval && { ...row.interval, [name]: wider(row.interval[name], by) },
      }))
    const found = async (wrong: ReadReport) =>
      (await recount(db, APRIL, wrong)).flatMap(({ hospital, figures = [] }) =>
        figures.map(({ figure }) => `${hospital ?? 'all'}: ${figure}`),
      )
    expect(await found(changed('netHours', 0.00001))).toEqual(['oost: half of the interval of net hours'])
    expect(await found(changed('fte', 1e-8))).toEqual(['oost: half of the interval of FTE at the norm'])
    expect(await found(changed('contractFte', 1e-8))).toEqual(['oost: half of the interval of FTE at 1,878'])
    const moved = ofHospital((row) => ({
      ...row,
      oneOff: { ...row.oneOff, interval: row.oneOff.interval && { ...row.oneOff.interval, low: 0 } },
    }))
    expect(await found(moved)).toEqual([
      'oost: net hours of backlogs less the middle of their interval',
      'oost: half of the interval of net hours of backlogs',
    ])
    const none = ofHospital((row) => ({ ...row, interval: null, noInterval: 'estimate' }))
    expect(await found(none)).toContain('oost: why there is no interval')
    expect(await recountNightly(db, '2026-04-30', changed('fte', 1e-8))).toBe(1)
    const alarms = await db.selectFrom('alarm').select(['hospital', 'sentence']).execute()
    expect(alarms).toEqual([
      { hospital: 'oost', sentence: expect.stringContaining('half of the interval of FTE at the norm') },
    ])
  })

  test('of a deployment is found with the items that were counted, and so is how often a baseline counted', async () => {
    const { played, db, one, two } = await openBooked()
    await using _ = played
    const wrong = ofHospital((row) => ({
      ...row,
      deployments: row.deployments.map((each) => ({
        ...each,
        marginHours: each.marginHours && each.marginHours * 1.000001,
        used: each.used.map((use) => ({ ...use, shares: use.shares + 1 })),
      })),
    }))
    const [found, ...others] = await recount(db, APRIL, wrong)
    expect(others).toEqual([])
    expect(found).toMatchObject({ kind: 'report', deployment: 'oost-first', seconds: 0 })
    expect(found?.figures?.map(({ figure }) => figure)).toEqual([
      expect.stringMatching(/^shares of baseline \d+$/),
    ])
    expect(found?.items).toEqual(expect.arrayContaining([one, two]))
  })

  test('of all hospitals together is found, and raises an alarm at each', async () => {
    const { played, db } = await openBooked()
    await using _ = played
    await putHospital(db, { id: 'west', name: 'West', norms: [] })
    const told = (change: (total: ReportTotal) => Partial<ReportTotal>) => ({
      tellTotal: (hospitals: readonly HospitalSavings[]) => {
        const total = totalOf(hospitals)
        return { ...total, ...change(total) }
      },
    })
    const found = async (change: (total: ReportTotal) => Partial<ReportTotal>) =>
      (await recount(db, APRIL, readSavings, told(change))).map(
        ({ kind, deployment, hospital, figures = [] }) => [
          ...[kind, deployment ?? hospital ?? 'all'],
          ...figures.map(({ figure }) => figure),
        ],
      )
    const widerFte = ({ interval }: ReportTotal) => ({
      interval: interval && { ...interval, fte: wider(interval.fte, 1e-8) },
    })
    expect(await found(widerFte)).toEqual([['report', 'all', 'half of the interval of FTE at the norm']])
    expect(await found(({ contractFte }) => ({ contractFte: contractFte + 1e-8 }))).toEqual([
      ['report', 'all', 'FTE at 1,878', 'FTE at 1,878 less the middle of its interval'],
    ])
    expect(await found(() => ({ interval: null, noInterval: 'no-spread' }))).toEqual([
      expect.arrayContaining(['all', 'half of the interval of net hours', 'why there is no interval']),
    ])
    expect(await recountNightly(db, '2026-04-30', readSavings, told(widerFte))).toBe(1)
    const alarms = await db.selectFrom('alarm').select(['hospital', 'sentence']).orderBy('hospital').execute()
    const sentence = expect.stringContaining('half of the interval of FTE at the norm')
    expect(alarms).toEqual(['oost', 'west'].map((hospital) => ({ hospital, sentence })))
  })
})

test('a sampling that lacks something gives no interval on either side, for the same reason', async () => {
  const none = { n: 1, spreadMinutes: 2 }
  for (const [method, sampled, reason] of [
    ['stopwatch', none, 'too-few-cases'],
    ['log', { n: 40 }, 'no-spread'],
    ['stopwatch', { n: 40, spreadMinutes: 0 }, 'no-spread'],
    ['estimate', { n: 40, spreadMinutes: 2 }, 'estimate'],
  ] as const) {
    const before = { method, ...sampled }
    const all = { before, since: before, rare: { method: 'log', n: 5, spreadMinutes: 1 } } as const
    await using played = await openPlayedLedger({ sampled: all })
    const { db } = played.ledger
    const play = { deployment: 'oost-first', humanSeconds: 0, way: 'done' } as const
    await played.play('2026-04-10T08:00:00Z', { ...play, variant: 'rare' })
    await played.play('2026-04-10T08:00:00Z', { ...play, variant: 'plain' })
    expect(await recount(db, APRIL)).toEqual([])
    const rows = await recountFigures(db, APRIL, await recountDays(db, APRIL))
    for (const { figures, deployment } of rows.filter((row) => row.deployment !== 'oost-second'))
      expect([deployment, figures['noInterval'], figures['marginHours']]).toEqual([deployment, reason, null])
  }
  expect.assertions(12)
})
