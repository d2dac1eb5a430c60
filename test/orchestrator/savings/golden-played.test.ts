import { expect, test } from 'vitest'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { DEPLOYMENTS, openPlayedLedger, type Play } from './played-ledger.ts'

const [, SECOND] = DEPLOYMENTS
const JUNE = { from: '2026-06-01', to: '2026-06-30' }

interface PlayedCase {
  readonly name: string
  readonly plays: readonly (Partial<Play> &
    Pick<Play, 'way'> & { readonly day: string; readonly times?: number })[]
  /** Worked out by hand: each line says from what. */
  readonly expected: {
    readonly items: Partial<Record<'done' | 'by-hand' | 'parked' | 'nothing' | 'shadow', number>>
    readonly grossMinutes: number
    readonly humanMinutes: number
    readonly measuredDays: number
    readonly fte: number
  }
}

/** An item of this deployment is worth 5.5 minutes; parked ones take 95 s elsewhere, and count for 0.25 when prepared. */
const CASES: readonly PlayedCase[] = [
  {
    name: 'live from the 21st: ten days are measured',
    plays: [{ day: '2026-06-21', way: 'done', times: 10 }],
    expected: {
      items: { done: 10, parked: 0 },
      grossMinutes: 55, // 10 × 5.5
      humanMinutes: 0,
      measuredDays: 10, // 21 to 30 June
      fte: ((55 / 60) * 36.5) / 1440, // 365 / 10 times in a year
    },
  },
  {
    name: 'what is parked and handled in shadow before begins no measured days, takes nothing and is no parked item',
    plays: [
      { day: '2026-06-01', way: 'parked', inShadow: true },
      { day: '2026-06-02', way: 'by-hand', humanSeconds: 600, inShadow: true },
      { day: '2026-06-03', way: 'parked-again', humanSeconds: 600, inShadow: true },
      { day: '2026-06-04', way: 'done', inShadow: true },
      { day: '2026-06-21', way: 'done', times: 10 },
    ],
    expected: {
      items: { done: 10, parked: 0, 'by-hand': 0, shadow: 1 },
      grossMinutes: 55,
      humanMinutes: 0,
      measuredDays: 10,
      fte: ((55 / 60) * 36.5) / 1440,
    },
  },
  {
    name: 'a person finishes what the robot had prepared',
    plays: [
      { day: '2026-06-21', way: 'done', times: 10 },
      { day: '2026-06-22', way: 'by-hand', humanSeconds: 120 },
    ],
    expected: {
      items: { done: 10, parked: 1, 'by-hand': 1 },
      grossMinutes: 56.375, // 10 × 5.5 + 0.25 × 5.5
      humanMinutes: 215 / 60, // 95 s elsewhere + 120 s in the worklist
      measuredDays: 10,
      fte: (((56.375 - 215 / 60) / 60) * 36.5) / 1440,
    },
  },
  {
    name: 'of what was refused when it arrived the robot prepared nothing: it counts for nothing, the time of people counts',
    plays: [
      { day: '2026-06-21', way: 'done', times: 10 },
      { day: '2026-06-22', way: 'unprepared', humanSeconds: 120 },
    ],
    expected: {
      items: { done: 10, parked: 1, 'by-hand': 1 },
      grossMinutes: 55,
      humanMinutes: 215 / 60,
      measuredDays: 10,
      fte: (((55 - 215 / 60) / 60) * 36.5) / 1440,
    },
  },
  {
    name: 'nothing to do counts nothing, and begins the measured days',
    plays: [
      { day: '2026-06-16', way: 'nothing' },
      { day: '2026-06-21', way: 'done', times: 2 },
    ],
    expected: {
      items: { done: 2, nothing: 1 },
      grossMinutes: 11, // 2 × 5.5
      humanMinutes: 0,
      measuredDays: 15, // 16 to 30 June
      fte: ((11 / 60) * (365 / 15)) / 1440,
    },
  },
]

test.each(CASES)('from item to FTE: $name', async ({ plays, expected }) => {
  await using played = await openPlayedLedger()
  const { db } = played.ledger
  for (const { day, times = 1, ...play } of plays)
    for (let n = 0; n < times; n++)
      await played.play(`${day}T10:00:00+02:00`, {
        ...{ deployment: SECOND, variant: 'plain', humanSeconds: 0 },
        ...play,
      })
  const { hospitals } = await readSavings(db, { ...JUNE, today: JUNE.to })
  const [hospital] = hospitals
  const row = hospital?.deployments.find(({ id }) => id === SECOND)
  expect(row?.items).toMatchObject(expected.items)
  expect(row?.minutes.gross).toBeCloseTo(expected.grossMinutes, 9)
  expect(row?.minutes.human).toBeCloseTo(expected.humanMinutes, 9)
  expect(row?.measuredDays).toBe(expected.measuredDays)
  expect(hospital?.fte).toBeCloseTo(expected.fte, 9)
  expect(await recount(db, JUNE)).toEqual([])
})
