import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import type { Period } from '../../../orchestrator/savings/period.ts'
import { newFigureMemory, type FigureMemory } from '../../../orchestrator/savings/read-figures.ts'
import { readYears } from '../../../orchestrator/savings/read-year-counts.ts'
import { readSavings, type SavingsReport } from '../../../orchestrator/savings/report.ts'
import { readSeen, seesAllOf } from '../../../orchestrator/savings/seen-transactions.ts'
import { DEPLOYMENTS, openPlayedLedger, type PlayedLedger } from './played-ledger.ts'

const [FIRST, SECOND] = DEPLOYMENTS
const YEAR = { from: '2026-01-01', to: '2026-12-31' }

const play =
  (moment: string, deployment: (typeof DEPLOYMENTS)[number], way: 'done') => (played: PlayedLedger) =>
    played.play(moment, { deployment, way, variant: 'plain', humanSeconds: 30 })

const ask = (db: LedgerDatabase, period: Period, memory?: FigureMemory) =>
  readSavings(db, { ...period, today: '2026-10-28' }, memory)

test('reports that are asked at once while items end are each of one moment, and the last is of the last', async () => {
  await using played = await openPlayedLedger()
  const { db } = played.ledger
  const memory = newFigureMemory()
  const doneNow = async (period: Period) => {
    const [first, second] = (await ask(db, period, memory)).hospitals[0]?.deployments ?? []
    return [first?.items.done ?? 0, second?.items.done ?? 0]
  }
  for (let round = 0; round < 6; round++) {
    // The first is done before the second: no moment has more of the second.
    const [, , ...asked] = await Promise.all([
      play(
        `2026-05-04T10:0${round}:00Z`,
        FIRST,
        'done',
      )(played).then(async () => await play(`2026-05-04T11:0${round}:00Z`, SECOND, 'done')(played)),
      doneNow(YEAR),
      ...Array.from({ length: 6 }, () => doneNow(YEAR)),
    ])
    expect(asked.filter(([first = 0, second = 0]) => second > first || first > second + 1)).toEqual([])
    expect(await doneNow(YEAR)).toEqual([round + 1, round + 1])
  }
})

test('a snapshot from before the last answer is answered as it was then, and takes nothing newer from it', async () => {
  await using played = await openPlayedLedger()
  const { db } = played.ledger
  const memory = newFigureMemory()
  const done = (report: SavingsReport) => report.hospitals[0]?.deployments.map(({ items }) => items.done)
  for (const deployment of DEPLOYMENTS) await play('2026-05-04T10:00:00Z', deployment, 'done')(played)
  expect(done(await ask(db, YEAR, memory))).toEqual([1, 1])
  // A transaction that is not over keeps the oldest of those seen where it is, before and after.
  const other = await openLedger({ url: played.ledger.url, connections: 1, onError: () => undefined })
  await other.transaction().execute(async (running) => {
    await sql`SELECT pg_current_xact_id()`.execute(running)
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (before) => {
        await sql`SELECT FROM hospital`.execute(before)
        await play('2026-05-05T10:00:00Z', SECOND, 'done')(played)
        expect(done(await ask(db, YEAR, memory))).toEqual([1, 2])
        expect(done(await ask(before, YEAR, memory))).toEqual([1, 1])
        expect(done(await ask(db, YEAR, memory))).toEqual([1, 2])
      })
  })
  await other.destroy()
  expect(done(await ask(db, YEAR, memory))).toEqual([1, 2])
})

test('days that one reads while another asks what changed are not taken for days without items', async () => {
  await using played = await openPlayedLedger()
  const { db } = played.ledger
  const memory = newFigureMemory()
  await play('2026-03-11T10:00:00Z', FIRST, 'done')(played)
  await ask(db, YEAR, memory)
  const [before] = memory.years.last?.years.get(FIRST) ?? []
  const ranges = [...(before?.days.keys() ?? [])]
  await play('2026-03-12T10:00:00Z', FIRST, 'done')(played)
  const asking = readYears(db, memory.years)
  before?.days.set('2026-03-11 2026-03-12', before.years) // as another reader does meanwhile
  const [after] = (await asking).years.get(FIRST) ?? []
  expect([after === before, [...(after?.days.keys() ?? [])]]).toEqual([false, ranges])
})

test('a snapshot sees all of another when nothing that was over there is running or still to come here', () => {
  const before = readSeen('10:20:10,14')
  expect(before).toEqual({ oldest: 10n, next: 20n, running: new Set([10n, 14n]) })
  expect(seesAllOf(before, before)).toBe(true)
  expect(seesAllOf(readSeen('10:21:10'), before)).toBe(true) // 14 is over
  expect(seesAllOf(readSeen('10:22:10,14,20'), before)).toBe(true) // 20 began since
  expect(seesAllOf(readSeen('25:25:'), before)).toBe(true)
  expect(seesAllOf(readSeen('10:20:10,12,14'), before)).toBe(false) // 12 was over
  expect(seesAllOf(readSeen('10:19:10,14'), before)).toBe(false)
  expect(() => readSeen('none')).toThrow('did not say')
})
