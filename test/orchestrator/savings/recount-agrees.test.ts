import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayAfter } from '../../../orchestrator/savings/period.ts'
import { recountDays } from '../../../orchestrator/savings/recount-sql.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import {
  DEPLOYMENTS,
  openPlayedLedger,
  OUTSIDE_SECONDS,
  WAYS,
  type Play,
  type PlayedLedger,
} from './played-ledger.ts'

const PERIOD = { from: '2026-03-28', to: '2026-10-27' }
const MOMENTS = [
  ...['2026-03-28T22:59:59.999Z', '2026-03-28T23:00:00Z', '2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z'],
  ...['2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z', '2026-10-24T21:59:59Z', '2026-10-24T22:00:00Z'],
  ...['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'],
]

const anyPlay = fc.record({
  moment: fc.constantFrom(...MOMENTS),
  way: fc.constantFrom(...WAYS),
  deployment: fc.constantFrom(...DEPLOYMENTS),
  variant: fc.constantFrom('plain' as const, 'rare' as const),
  humanSeconds: fc.nat(1000),
  // Few cases, so that deployments meet on them; and now and then the clearing of a backlog.
  caseReference: fc.constantFrom('A', 'B', 'C', undefined),
  backlog: fc.boolean(),
})
type Played = Play & { readonly moment: string }

/** How many items and human seconds a row of plays must come to, told apart from any SQL. */
function expectedOf(plays: readonly Play[]) {
  const sum = (amount: (play: Play) => number) => plays.reduce((total, play) => total + amount(play), 0)
  const ways = (...names: Play['way'][]) => sum(({ way }) => (names.includes(way) ? 1 : 0))
  const parked = ways('lost', 'parked', 'refused', 'by-hand', 'cancelled') + 2 * ways('parked-again')
  const inWorklist = ['by-hand', 'cancelled', 'parked-again']
  const worked = sum(({ way, humanSeconds }) => (inWorklist.includes(way) ? humanSeconds : 0))
  return {
    done: ways('done', 'finished-twice', 'late'),
    'by-hand': ways('by-hand'),
    ...{ parked, nothing: ways('nothing'), shadow: ways('shadow') },
    humanSeconds: parked * OUTSIDE_SECONDS + worked,
  }
}

const FULL = [
  ['done', 1],
  ['finished-twice', 1],
  ['late', 1],
] as const

/**
 * What the plays must give, in order and apart from any SQL: a case is counted by the first deployment to get credit for
 * it, a backlog apart, and each item by its baseline on the local day it was done.
 */
function modelOf(plays: readonly Played[]) {
  const claims = new Map<string, string>()
  const model = { regular: 0, oneOff: 0, leftOut: 0 }
  for (const { moment, way, deployment, variant, caseReference, backlog } of plays) {
    const byHand = deployment === 'oost-second' ? 0.25 : 0
    const share = new Map<string, number>([...FULL, ['by-hand', byHand]]).get(way) ?? 0
    if (share === 0) continue
    const claimed = caseReference === undefined ? deployment : (claims.get(caseReference) ?? deployment)
    if (caseReference !== undefined) claims.set(caseReference, claimed)
    const end = new Date(Date.parse(moment) + (way === 'late' ? 120_000 : 0))
    const plain = localDate(end, 'Europe/Amsterdam') < '2026-03-29' ? 6.123 : 5.5
    const minutes = variant === 'plain' ? plain : deployment === 'oost-first' ? 17.875 : 0
    if (claimed !== deployment) model.leftOut += 1
    else model[backlog ? 'oneOff' : 'regular'] += share * minutes
  }
  return model
}

async function bothSides({ ledger: { db } }: PlayedLedger) {
  const { hospitals } = await readSavings(db, { ...PERIOD, today: PERIOD.to })
  return {
    deployments: hospitals.flatMap(({ deployments }) => deployments),
    days: await recountDays(db, PERIOD),
  }
}

const total = <Row>(rows: readonly Row[], amount: (row: Row) => number) =>
  rows.reduce((sum, row) => sum + amount(row), 0)

/** Net minutes of the period, read in parts of which each ends on one of these days. */
async function netOf({ ledger: { db } }: PlayedLedger, ends: readonly string[]): Promise<number> {
  let [net, from] = [0, PERIOD.from]
  for (const to of [...ends, PERIOD.to]) {
    const { hospitals } = await readSavings(db, { from, to, today: PERIOD.to })
    const rows = hospitals.flatMap(({ deployments }) => deployments)
    net += total(rows, ({ minutes, oneOff }) => minutes.net + oneOff.minutes.net)
    from = dayAfter(to)
  }
  return net
}

test('whatever happens to items, over both changes of the clock: recount and report agree to the second', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyPlay, { minLength: 5, maxLength: 25 }), async (plays) => {
      await using played = await openPlayedLedger()
      for (const { moment, ...play } of plays) await played.play(moment, play)
      const { deployments, days } = await bothSides(played)
      const { humanSeconds, ...items } = expectedOf(plays)
      for (const [outcome, expected] of Object.entries(items))
        expect([
          outcome,
          total(deployments, (row) => new Map(Object.entries(row.items)).get(outcome) ?? 0),
        ]).toEqual([outcome, expected])
      expect(total(deployments, (row) => (row.minutes.human + row.oneOff.minutes.human) * 60)).toBeCloseTo(
        humanSeconds,
        6,
      )
      for (const row of deployments)
        for (const [minutes, once] of [
          [row.minutes, false],
          [row.oneOff.minutes, true],
        ] as const) {
          const own = days.filter(({ deployment, oneOff }) => deployment === row.id && oneOff === once)
          expect(total(own, (day) => Number(day.grossSeconds))).toBeCloseTo(minutes.gross * 60, 6)
          expect(total(own, (day) => Number(day.humanSeconds))).toBeCloseTo(minutes.human * 60, 6)
        }
      const model = modelOf(plays)
      expect(total(deployments, ({ minutes }) => minutes.gross)).toBeCloseTo(model.regular, 6)
      expect(total(deployments, ({ oneOff }) => oneOff.minutes.gross)).toBeCloseTo(model.oneOff, 6)
      expect(total(deployments, ({ leftOut }) => leftOut)).toBe(model.leftOut)
      expect(await recount(played.ledger.db, PERIOD)).toEqual([])
      // On the days of both changes of the clock, of the new baseline, and between whole months.
      for (const cut of ['2026-03-28', '2026-03-29', '2026-06-30', '2026-10-24', '2026-10-25'])
        expect(await netOf(played, [cut])).toBeCloseTo(await netOf(played, []), 6)
    }),
    { numRuns: 8 },
  )
})
