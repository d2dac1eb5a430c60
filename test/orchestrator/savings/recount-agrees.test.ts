import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportItems } from '../../../orchestrator/reported/report-items.ts'
import { withdrawImport } from '../../../orchestrator/reported/withdraw-import.ts'
import { dayAfter } from '../../../orchestrator/savings/period.ts'
import { recountDays } from '../../../orchestrator/savings/recount-days.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import {
  DEPLOYMENTS,
  hospitalOf,
  openPlayedLedger,
  OUTSIDE_SECONDS,
  PARKED_SHARES,
  WAYS,
  WEST,
  ZONES,
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
  deployment: fc.constantFrom(...DEPLOYMENTS, WEST),
  variant: fc.constantFrom('plain' as const, 'rare' as const),
  humanSeconds: fc.nat(1000),
  // Few cases, so that deployments meet on them; and now and then the clearing of a backlog.
  caseReference: fc.constantFrom('A', 'B', 'C', undefined),
  backlog: fc.boolean(),
  inShadow: fc.constantFrom(false, false, true),
  // Now and then it is another robot that reports it, and what it reported is taken back.
  reported: fc.constantFrom(
    'no' as const,
    'no' as const,
    'stays' as const,
    'withdrawn' as const,
    'withdrawn-later' as const,
  ),
})
type Played = typeof anyPlay extends fc.Arbitrary<infer One> ? One : never

/** What another robot says of an item: it can end in three ways, was never in shadow, and is of no backlog. */
const REPORTED_AS = { done: 'done', nothing: 'nothing', 'by-hand': 'by-hand' } as const

/** What is left of a play that another robot reports; undefined when it was withdrawn since, and so never was. */
function standing(play: Played): Played | undefined {
  if (play.reported === 'no') return play
  const way = wayReported(play)
  const { moment, deployment, caseReference } = play
  const own = {
    ...{ moment, deployment, caseReference, way, reported: play.reported, variant: 'plain' as const },
  }
  return play.reported === 'stays' ? { ...own, humanSeconds: 0, backlog: false, inShadow: false } : undefined
}

const wayReported = ({ way }: Pick<Play, 'way'>) =>
  way === 'nothing' || way === 'by-hand' ? REPORTED_AS[way] : REPORTED_AS.done

/** Plays it, or has it reported; gives the import when that is to be withdrawn in the end. */
async function take(played: PlayedLedger, play: Played, number: number): Promise<number | undefined> {
  const { moment, reported, deployment, caseReference } = play
  if (reported === 'no') {
    await played.play(moment, play)
    return undefined
  }
  const { db } = played.ledger
  const row = {
    ...{ deployment, reference: `other-${number}`, variant: 'plain', outcome: wayReported(play) },
  }
  const rows = [{ number: 1, row: { ...row, completedAt: new Date(moment), case: caseReference } }]
  const hospitals = [hospitalOf(deployment)]
  const { imports } = await reportItems(db, rows, {
    hospitals,
    account: 'robot-9',
    now: new Date('2026-11-22'),
  })
  const id = imports[0]?.id ?? 0
  if (reported === 'withdrawn') await withdraw(played, id)
  return reported === 'withdrawn-later' ? id : undefined
}

async function withdraw({ ledger: { db } }: PlayedLedger, id: number): Promise<void> {
  const { hospital } = await db
    .selectFrom('reported_import')
    .select('hospital')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  await withdrawImport(db, { id, hospital, account: 'u-1', name: 'A. de Boer', reason: 'test data' })
}

/** Ways in which the robot gets to the end. */
const ENDED: ReadonlySet<string> = new Set(['done', 'nothing', 'shadow', 'finished-twice', 'late'])

/** How many items and human seconds a row of plays must come to, told apart from any SQL; in shadow only that the robot got to the end. */
function expectedOf(all: readonly Play[]) {
  const plays = all.filter(({ inShadow }) => !inShadow)
  const shadowed = all.filter(({ inShadow, way }) => inShadow && ENDED.has(way)).length
  const sum = (amount: (play: Play) => number) => plays.reduce((total, play) => total + amount(play), 0)
  const ways = (...names: Play['way'][]) => sum(({ way }) => (names.includes(way) ? 1 : 0))
  const parked =
    ways('lost', 'parked', 'refused', 'by-hand', 'unprepared', 'cancelled') + 2 * ways('parked-again')
  const inWorklist = ['by-hand', 'unprepared', 'cancelled', 'parked-again']
  const worked = sum(({ way, humanSeconds }) => (inWorklist.includes(way) ? humanSeconds : 0))
  return {
    done: ways('done', 'finished-twice', 'late'),
    'by-hand': ways('by-hand', 'unprepared'),
    ...{ parked, nothing: ways('nothing'), shadow: ways('shadow') + shadowed },
    humanSeconds: parked * OUTSIDE_SECONDS + worked,
  }
}

const FULL = [
  ['done', 1],
  ['finished-twice', 1],
  ['late', 1],
] as const

/**
 * What the plays must give, in order and apart from any SQL: a case is counted by the first item to get credit for it,
 * a backlog apart, and each item by its baseline on the local day it was done.
 */
function modelOf(plays: readonly Played[]) {
  const claims = new Set<string>()
  const model = { regular: 0, oneOff: 0, leftOut: 0 }
  for (const { moment, way, deployment, variant, caseReference, backlog, inShadow } of plays) {
    if (inShadow) continue
    const hospital = hospitalOf(deployment)
    const share = new Map<string, number>([...FULL, ['by-hand', PARKED_SHARES[deployment]]]).get(way) ?? 0
    if (share === 0) continue
    const counts = caseReference === undefined || !claims.has(`${hospital} ${caseReference}`)
    if (caseReference !== undefined) claims.add(`${hospital} ${caseReference}`)
    const end = new Date(Date.parse(moment) + (way === 'late' ? 120_000 : 0))
    const plain = localDate(end, ZONES[hospital]) < '2026-03-29' ? 6.123 : 5.5
    const minutes = variant === 'plain' ? plain : deployment === 'oost-first' ? 17.875 : 0
    if (!counts) model.leftOut += 1
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

/** On a busy machine fewer are tried, and of a failure what was found so far is told instead of made smaller for ever. */
const MOST_MS = 40_000

test('whatever happens to items, over both changes of the clock: recount and report agree to the second', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyPlay, { minLength: 5, maxLength: 25 }), async (all) => {
      await using played = await openPlayedLedger({ west: true })
      const later: number[] = []
      for (const [number, play] of all.entries())
        later.push(...[(await take(played, play, number)) ?? []].flat())
      for (const id of later) await withdraw(played, id)
      const plays = all.flatMap((play) => standing(play) ?? [])
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
    { numRuns: 10, interruptAfterTimeLimit: MOST_MS },
  )
})
