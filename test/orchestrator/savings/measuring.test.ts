import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { finishItem } from '../../../orchestrator/ledger/finish.ts'
import { addItems, claimItem } from '../../../orchestrator/ledger/items.ts'
import { beginMeasurement, closeMeasurement, samplingOf } from '../../../orchestrator/savings/measuring.ts'
import { addTimedCase, leaveCaseOut } from '../../../orchestrator/savings/timed-cases.ts'
import { readMeasurements } from '../../../orchestrator/savings/reading-measurements.ts'
import { openCountedLedger, type CountedLedger } from './counted-ledger.ts'
import { BY } from './golden-case.ts'

let counted: CountedLedger

beforeAll(async () => {
  counted = await openCountedLedger()
})

afterAll(() => counted[Symbol.asyncDispose]())

const END = { validFrom: '2026-03-11', remeasureOn: '2027-03-01' }

test.each([
  [[60_000, 120_000, 180_000], { n: 3, mean: 2, spread: 1 }], // (1 + 0 + 1) / 2 = 1
  [[60_000, 60_000], { n: 2, mean: 1, spread: 0 }],
  [[90_000], { n: 1, mean: 1.5, spread: null }],
  // mean 5; squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32; 32 / 7 = 4.571428…; root 2.13809
  [[2, 4, 4, 4, 5, 5, 7, 9].map((minutes) => minutes * 60_000), { n: 8, mean: 5, spread: 2.138 }],
])('%j milliseconds are sampled as %j', (milliseconds, expected) => {
  expect(samplingOf(milliseconds)).toEqual(expected)
})

test('the order of the cases changes nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1000, max: 86_400_000 }), { minLength: 1, maxLength: 60 }),
      (times) => {
        expect(samplingOf(times.toReversed())).toEqual(samplingOf(times))
      },
    ),
  )
})

async function timed(times: readonly number[]) {
  const { hospital, first } = await counted.add()
  const measurement = await beginMeasurement(counted.db, BY, {
    deployment: first,
    variant: 'plain',
    method: 'stopwatch',
  })
  for (const milliseconds of times)
    await addTimedCase(counted.db, BY, { measurement, hospital, milliseconds })
  return { hospital, first, measurement }
}

describe('a stopwatch', () => {
  test('makes a baseline of its cases but for those left out, and anyone can compute it again', async () => {
    const { hospital, first, measurement } = await timed([
      60_000, 120_000, 1_800_000, 180_000, 240_000, 300_000,
    ])
    await leaveCaseOut(counted.db, { measurement, hospital, number: 3, reason: 'telephone' })
    expect(await closeMeasurement(counted.db, BY, { measurement, hospital, ...END })).toEqual({
      n: 5,
      mean: 3,
      spread: 1.581,
    })
    const baseline = await counted.db
      .selectFrom('baseline')
      .selectAll()
      .where('measurement', '=', measurement)
      .executeTakeFirstOrThrow()
    expect(baseline).toMatchObject({
      deployment: first,
      minutes: '3.000',
      n: 5,
      spread_minutes: '1.581',
      method: 'stopwatch',
    })
    const [kept] = await readMeasurements(counted.db, hospital)
    const cases =
      kept?.cases.filter(({ leftOut }) => leftOut === null).map(({ milliseconds }) => milliseconds) ?? []
    expect(samplingOf(cases)).toEqual({
      n: baseline.n,
      mean: Number(baseline.minutes),
      spread: Number(baseline.spread_minutes),
    })
  })

  test('stays as it was when it is closed, whoever asks', async () => {
    const { hospital, measurement } = await timed([60_000, 60_000, 60_000, 60_000, 60_000])
    await closeMeasurement(counted.db, BY, { measurement, hospital, ...END })
    const more = addTimedCase(counted.db, BY, { measurement, hospital, milliseconds: 60_000 })
    await expect(more).rejects.toThrow('Field measurement: it does not exist here, or it is closed')
    for (const change of [
      sql`UPDATE timed_case SET left_out = 'slow' WHERE measurement = ${measurement}`,
      sql`UPDATE timed_case SET milliseconds = 1 WHERE measurement = ${measurement}`,
      sql`DELETE FROM timed_case WHERE measurement = ${measurement}`,
      sql`UPDATE measurement SET n = 9 WHERE id = ${measurement}`,
    ])
      await expect(change.execute(counted.db)).rejects.toThrow(/stays as it/)
  })

  test('a time may be left out while it runs, but not changed', async () => {
    const { measurement } = await timed([60_000])
    await expect(
      sql`UPDATE timed_case SET milliseconds = 30000 WHERE measurement = ${measurement}`.execute(counted.db),
    ).rejects.toThrow('stays as it was timed')
  })

  test.each([999, 86_400_001, 1500.5, -60_000])('%d milliseconds are refused', async (milliseconds) => {
    const { hospital, measurement } = await timed([])
    const adding = addTimedCase(counted.db, BY, { measurement, hospital, milliseconds })
    await expect(adding).rejects.toThrow('Field milliseconds: must lie between a second and a day')
  })

  test('four cases are too few; then nothing is closed and no baseline made', async () => {
    const { hospital, measurement } = await timed([60_000, 60_000, 60_000, 60_000])
    const closing = closeMeasurement(counted.db, BY, { measurement, hospital, ...END })
    await expect(closing).rejects.toThrow('Field cases: 4 were timed; time at least 5')
    expect(await readMeasurements(counted.db, hospital)).toMatchObject([{ closedAt: null }])
  })

  test('a baseline that would change what was counted is refused, and the measurement stays open', async () => {
    const { hospital, measurement } = await timed([60_000, 60_000, 60_000, 60_000, 60_000])
    const closing = closeMeasurement(counted.db, BY, {
      measurement,
      hospital,
      ...END,
      validFrom: '2026-03-10',
    })
    await expect(closing).rejects.toMatchObject({ code: 'baseline-stays' })
    expect(await readMeasurements(counted.db, hospital)).toMatchObject([{ closedAt: null }])
  })

  test('another hospital cannot add to it', async () => {
    const { measurement } = await timed([])
    const { hospital } = await counted.add()
    const adding = addTimedCase(counted.db, BY, { measurement, hospital, milliseconds: 60_000 })
    await expect(adding).rejects.toMatchObject({ code: 'measurement-closed' })
  })
})

async function shadowItem(hospital: string, deployment: string, outcome: 'shadow' | 'done'): Promise<string> {
  const { db } = counted
  const item = { reference: crypto.randomUUID(), caseReference: 'C', data: {} }
  const { queued } = await addItems(db, { hospital, deployment, run: null }, [item])
  const row = await claimItem(db, queued[0] ?? '', crypto.randomUUID(), 60)
  const hold = { item: row?.id ?? '', fence: row?.fence ?? 0, worker: row?.worker ?? null }
  const finish = { variant: 'plain', outcome, share: 0, lastAct: undefined, followUps: [] }
  await finishItem(db, hold, finish, [])
  return hold.item
}

test('beside the robot in shadow mode each item is timed once, and only those that it looked at', async () => {
  const { hospital, first } = await counted.add()
  const measurement = await beginMeasurement(counted.db, BY, {
    deployment: first,
    variant: 'plain',
    method: 'shadow',
  })
  const items = await Promise.all(Array.from({ length: 5 }, () => shadowItem(hospital, first, 'shadow')))
  const add = (item: string | undefined, milliseconds = 240_000) =>
    addTimedCase(counted.db, BY, { measurement, hospital, milliseconds, item })
  for (const item of items) await add(item)
  await expect(add(items[0])).rejects.toMatchObject({ code: 'item-not-shadow' })
  await expect(add(await shadowItem(hospital, first, 'done'))).rejects.toMatchObject({
    code: 'item-not-shadow',
  })
  await expect(add(undefined)).rejects.toMatchObject({ code: 'item-missing' })
  await closeMeasurement(counted.db, BY, { measurement, hospital, ...END })
  const row = await counted.db
    .selectFrom('baseline')
    .selectAll()
    .where('measurement', '=', measurement)
    .executeTakeFirst()
  expect(row).toMatchObject({ method: 'shadow', minutes: '4.000', n: 5, spread_minutes: '0.000' })
})

test('an item that two colleagues time at the same moment counts once, and the other is told', async () => {
  const { hospital, first } = await counted.add()
  const { db } = counted
  const begin = () => beginMeasurement(db, BY, { deployment: first, variant: 'plain', method: 'shadow' })
  const [one, other] = [await begin(), await begin()]
  const item = await shadowItem(hospital, first, 'shadow')
  const late = await db.transaction().execute(async (tx) => {
    const times = { measurement: one, hospital, milliseconds: 60_000, item, account: 'u-2' }
    await tx.insertInto('timed_case').values(times).execute()
    const adding = addTimedCase(db, BY, { measurement: other, hospital, milliseconds: 90_000, item })
    const ended = adding.then(String, (error: unknown) => error)
    await vi.waitFor(
      async () => {
        const { rows } = await sql`SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE NOT l.granted AND l.locktype = 'transactionid' AND a.datname = current_database()`.execute(tx)
        expect(rows).not.toEqual([])
      },
      { timeout: 20_000 },
    )
    return { ended }
  })
  expect(await late.ended).toMatchObject({ code: 'item-not-shadow' })
  expect(await db.selectFrom('timed_case').select('measurement').where('item', '=', item).execute()).toEqual([
    { measurement: one },
  ])
})
