import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { anyDay, anyStep, take, type Step } from './ledger-steps.ts'
import { openPlayedLedger } from './played-ledger.ts'

const anyPeriod = fc
  .tuple(anyDay, anyDay)
  .map(([one, other]) => (one < other ? { from: one, to: other } : { from: other, to: one }))
const ALL = { from: '2026-01-01', to: '2028-12-31' }

const play = { step: 'play', time: '12:00:00', humanSeconds: 60, backlog: false, inShadow: false } as const
const report = { step: 'report', deployment: 'oost-second' } as const
const row = { time: '22:00:00', outcome: 'done', humanMinutes: 2.5, case: 'A' } as const
const timed = { step: 'baseline', thousandths: 7125, method: 'stopwatch', n: 31, spread: 1250 } as const

/** One of everything, in an order in which nothing is refused: what chance may leave out. */
const EACH: readonly Step[] = [
  {
    ...report,
    items: [
      { ...row, day: '2026-03-28' },
      { ...row, day: '2026-03-31', outcome: 'by-hand', case: 'B' },
    ],
  },
  { ...play, day: '2026-03-29', way: 'done', deployment: 'oost-first', variant: 'plain', caseReference: 'A' },
  {
    ...play,
    day: '2026-03-31',
    way: 'by-hand',
    deployment: 'oost-second',
    variant: 'plain',
    caseReference: 'B',
  },
  {
    ...play,
    day: '2026-03-31',
    way: 'by-hand',
    deployment: 'west-first',
    variant: 'plain',
    caseReference: 'A',
  },
  { step: 'withdraw-import', hospital: 'oost' },
  { ...timed, deployment: 'west-first', variant: 'plain', day: '2026-04-01' },
  { step: 'chain', day: '2026-10-25', hundredths: 70 },
  { ...play, day: '2026-10-25', way: 'late', deployment: 'oost-first', variant: 'plain', caseReference: 'C' },
  { ...play, day: '2026-10-25', way: 'done', deployment: 'oost-second', variant: 'rare', caseReference: 'C' },
  { ...play, day: '2026-12-31', way: 'done', deployment: 'west-first', variant: 'plain', caseReference: 'C' },
  { ...play, day: '2026-12-31', way: 'done', deployment: 'west-first', variant: 'plain', caseReference: 'C' },
  { step: 'end-chain', day: '2026-12-31' },
  {
    ...play,
    day: '2027-01-01',
    way: 'by-hand',
    deployment: 'oost-second',
    variant: 'plain',
    caseReference: 'D',
    inShadow: true,
  },
  { ...play, day: '2027-01-01', way: 'lost', deployment: 'oost-first', variant: 'rare', caseReference: 'D' },
  {
    ...play,
    day: '2028-02-29',
    way: 'done',
    deployment: 'oost-first',
    variant: 'plain',
    caseReference: undefined,
    backlog: true,
  },
  { step: 'mark', deployment: 'west-first', day: '2026-12-31', days: 3 },
  { step: 'book', deployment: 'west-first', day: '2026-12-31', quarters: 3 },
  { step: 'book', deployment: 'oost-first', day: '2028-02-29', quarters: 5 },
  { step: 'book', deployment: 'oost-first', day: '2028-02-28', quarters: 7 },
  { step: 'withdraw', hospital: 'oost' },
  { step: 'norm', hospital: 'west', day: '2026-04-01', tenths: 15_000 },
  { ...report, items: [{ ...row, day: '2028-03-01', case: undefined }] },
]
const PERIODS = [
  { from: '2026-03-28', to: '2026-03-29' },
  { from: '2026-10-25', to: '2026-12-31' },
  { from: '2028-02-28', to: '2028-03-01' },
]

/** On a busy machine fewer are tried, and of a failure what was found so far is told instead of made smaller for ever. */
const MOST_MS = 40_000

test('whatever happens in whatever order, a recount finds what every figure of a report tells', async () => {
  const told = { each: 0, hours: 0, intervals: 0, leftOut: 0, backlogs: 0, chains: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 10, maxLength: 40 }),
      fc.array(anyPeriod, { minLength: 3, maxLength: 3 }),
      async (steps, periods) => {
        await using played = await openPlayedLedger({ west: true })
        const { db } = played.ledger
        const isEach = JSON.stringify(steps) === JSON.stringify(EACH)
        for (const [number, step] of steps.entries()) {
          const taken = await take(played, step, number)
          if (isEach) expect([step, taken]).toEqual([step, true])
          if (isEach) told.each += 1
        }
        for (const period of [...periods, ALL]) {
          expect(await recount(db, period)).toEqual([])
          const { hospitals } = await readSavings(db, { ...period, today: period.to })
          const rows = hospitals.flatMap(({ deployments }) => deployments)
          told.hours += hospitals.filter(({ fte, upkeepHours }) => fte !== 0 && upkeepHours !== 0).length
          told.intervals += hospitals.filter(({ interval }) => interval !== null).length
          told.leftOut += hospitals.filter(({ leftOut }) => leftOut > 0).length
          told.backlogs += rows.filter(({ oneOff }) => oneOff.used.length > 0).length
          told.chains += rows.filter(({ used }) => used.some(({ share }) => Number(share) < 1)).length
        }
        // A figure that is told a little otherwise is found, whatever happened before.
        const wrong = await recount(db, ALL, async (of, question) => {
          const report = await readSavings(of, question)
          return {
            ...report,
            hospitals: report.hospitals.map((row) => ({ ...row, grossHours: row.grossHours + 0.0001 })),
          }
        })
        expect(
          wrong.map(({ hospital, figures }) => [hospital, figures?.map(({ figure }) => figure)]),
        ).toEqual([
          ['oost', ['gross hours']],
          ['west', ['gross hours']],
        ])
      },
    ),
    { numRuns: 8, interruptAfterTimeLimit: MOST_MS, examples: [[[...EACH], PERIODS]] },
  )
  // Else nothing was compared but noughts.
  for (const [what, times] of Object.entries(told)) expect([what, times > 1]).toEqual([what, true])
})
