import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  beginMeasurement,
  closeMeasurement,
  endMeasurement,
} from '../../../orchestrator/savings/measuring.ts'
import { readMeasurements } from '../../../orchestrator/savings/reading-measurements.ts'
import { addTimedCase } from '../../../orchestrator/savings/timed-cases.ts'
import {
  dropCase,
  readOpenMeasurements,
  readRunningCase,
  startCase,
  stopCase,
} from '../../../orchestrator/savings/timing.ts'
import { openCountedLedger, type CountedLedger } from './counted-ledger.ts'
import { BY } from './golden-case.ts'

let counted: CountedLedger
beforeAll(async () => {
  counted = await openCountedLedger()
})
afterAll(() => counted[Symbol.asyncDispose]())

/** A measurement of its own hospital, and what one person does with it. */
async function begun(change: { readonly askAboveMinutes?: number } = {}) {
  const { hospital, first } = await counted.add()
  const { db } = counted
  const wanted = { deployment: first, variant: 'plain', method: 'stopwatch' as const, ...change }
  const measurement = await beginMeasurement(db, BY, wanted)
  return { db, hospital, measurement, first, of: (account: string) => ({ hospital, account }) }
}

/** As if a case had been started so long ago by the ledger's clock. */
async function startedBefore(id: string, seconds: number): Promise<void> {
  await sql`UPDATE running_case SET started_at = started_at - ${seconds} * interval '1 second' WHERE id = ${id}`.execute(
    counted.db,
  )
}

const times = async (hospital: string) => {
  const [measurement] = await readMeasurements(counted.db, hospital)
  return measurement?.cases.map(({ number, milliseconds, account }) => [
    number,
    Math.round(milliseconds / 1000),
    account,
  ])
}

describe('a case', () => {
  test('is timed by the ledger’s clock, and kept once however often it is stopped', async () => {
    const { db, hospital, measurement, of } = await begun()
    const id = await startCase(db, { ...of('u-1'), measurement })
    await startedBefore(id, 90)
    const stop = { ...of('u-1'), id }
    const stopped = await stopCase(db, stop)
    expect(stopped).toMatchObject({ number: 1 })
    expect(Math.round(stopped.milliseconds / 1000)).toBe(90)
    expect(await stopCase(db, stop)).toEqual(stopped)
    expect(await times(hospital)).toEqual([[1, 90, 'u-1']])
    expect(await readRunningCase(db, of('u-1'))).toBeUndefined()
  })

  test('that is stopped twice at the same moment is kept once', async () => {
    const { db, hospital, measurement, of } = await begun()
    const id = await startCase(db, { ...of('u-1'), measurement })
    await startedBefore(id, 60)
    const both = await Promise.all([1, 2].map(() => stopCase(db, { ...of('u-1'), id })))
    expect(both[0]).toEqual(both[1])
    expect(await times(hospital)).toEqual([[1, 60, 'u-1']])
  })

  test('runs on when the page is loaded anew, and starting it again starts no other', async () => {
    const { db, measurement, of } = await begun()
    const id = await startCase(db, { ...of('u-1'), measurement })
    await startedBefore(id, 30)
    expect(await startCase(db, { ...of('u-1'), measurement })).toBe(id)
    const running = await readRunningCase(db, of('u-1'))
    expect(running).toMatchObject({ id, measurement, item: null, stopped: false, ended: false })
    expect(running?.milliseconds).toBeGreaterThanOrEqual(30_000)
  })

  test('that went wrong is dropped, and nothing is kept of it', async () => {
    const { db, hospital, measurement, of } = await begun()
    const id = await startCase(db, { ...of('u-1'), measurement })
    await startedBefore(id, 30)
    await dropCase(db, { ...of('u-1'), id })
    await expect(stopCase(db, { ...of('u-1'), id })).rejects.toMatchObject({ code: 'case-not-running' })
    expect(await times(hospital)).toEqual([])
  })

  test('is followed by the next from when it was stopped', async () => {
    const { db, hospital, measurement, of } = await begun()
    const id = await startCase(db, { ...of('u-1'), measurement })
    await startedBefore(id, 60)
    const stop = { ...of('u-1'), id, next: true, ago: 20_000 }
    await stopCase(db, stop)
    const next = await readRunningCase(db, of('u-1'))
    expect(next?.id).not.toBe(id)
    expect(next?.milliseconds).toBeGreaterThanOrEqual(20_000)
    await stopCase(db, stop)
    expect(await readRunningCase(db, of('u-1'))).toMatchObject({ id: next?.id })
    expect(await times(hospital)).toEqual([[1, 40, 'u-1']])
  })

  test('stopped while the server could not be reached is no longer for it, and never before it began', async () => {
    const { db, hospital, measurement, of } = await begun()
    const id = await startCase(db, { ...of('u-1'), measurement })
    await startedBefore(id, 120)
    await stopCase(db, { ...of('u-1'), id, ago: 30_000 })
    expect(await times(hospital)).toEqual([[1, 90, 'u-1']])
    const other = await startCase(db, { ...of('u-1'), measurement })
    const stopping = stopCase(db, { ...of('u-1'), id: other, ago: 3_600_000 })
    await expect(stopping).rejects.toMatchObject({ code: 'case-too-short' })
    expect(await readRunningCase(db, of('u-1'))).toMatchObject({ id: other, stopped: false })
  })

  test('longer than is expected is asked about, keeps the time at which it was stopped, and is kept when one is sure', async () => {
    const { db, hospital, measurement, of } = await begun({ askAboveMinutes: 10 })
    const id = await startCase(db, { ...of('u-1'), measurement })
    await startedBefore(id, 601)
    const stop = { ...of('u-1'), id }
    const asked = await stopCase(db, stop)
    expect(asked.number).toBeNull()
    expect(await times(hospital)).toEqual([])
    expect(await readRunningCase(db, of('u-1'))).toMatchObject({
      stopped: true,
      milliseconds: asked.milliseconds,
    })
    expect(await stopCase(db, { ...stop, sure: true })).toEqual({ ...asked, number: 1 })
    expect(await times(hospital)).toEqual([[1, 601, 'u-1']])
  })

  test('of more than a day cannot be kept, and can be dropped', async () => {
    const { db, measurement, of } = await begun()
    const id = await startCase(db, { ...of('u-1'), measurement })
    await startedBefore(id, 86_401)
    expect(await stopCase(db, { ...of('u-1'), id })).toMatchObject({ number: null })
    const keeping = stopCase(db, { ...of('u-1'), id, sure: true })
    await expect(keeping).rejects.toMatchObject({ code: 'case-too-long' })
    await dropCase(db, { ...of('u-1'), id })
    await startCase(db, { ...of('u-1'), measurement })
  })
})

describe('two colleagues', () => {
  test('time the same measurement at once; each keeps their own, and the numbers follow each other', async () => {
    const { db, hospital, measurement, of } = await begun()
    const people = ['u-1', 'u-2', 'u-3', 'u-4']
    const timed = await Promise.all(
      people.map(async (account) => {
        const id = await startCase(db, { ...of(account), measurement })
        await startedBefore(id, 60)
        return await stopCase(db, { ...of(account), id })
      }),
    )
    expect(timed.map(({ number }) => String(number)).toSorted()).toEqual(['1', '2', '3', '4'])
    const [open] = await readOpenMeasurements(db, of('u-2'))
    expect(open).toMatchObject({ cases: 4, own: [{ leftOut: null }] })
    expect((await times(hospital))?.map(([, , account]) => account).toSorted()).toEqual(people)
  })

  test('cannot stop or drop each other’s case', async () => {
    const { db, measurement, of } = await begun()
    const id = await startCase(db, { ...of('u-1'), measurement })
    await startedBefore(id, 60)
    await expect(stopCase(db, { ...of('u-2'), id })).rejects.toMatchObject({ code: 'case-not-running' })
    await dropCase(db, { ...of('u-2'), id })
    expect(await readRunningCase(db, of('u-1'))).toMatchObject({ id, stopped: false })
  })
})

test('one is at one case at a time', async () => {
  const { db, measurement, first, of } = await begun()
  const other = await beginMeasurement(db, BY, { deployment: first, variant: 'letter', method: 'stopwatch' })
  await startCase(db, { ...of('u-1'), measurement })
  await expect(startCase(db, { ...of('u-1'), measurement: other })).rejects.toMatchObject({
    code: 'case-runs',
  })
})

describe('a measurement', () => {
  test('ends without a baseline; who is at a case hears it, keeps nothing, and can start another elsewhere', async () => {
    const { db, hospital, measurement, first, of } = await begun()
    await addTimedCase(db, BY, { measurement, hospital, milliseconds: 60_000 })
    const id = await startCase(db, { ...of('u-2'), measurement })
    await startedBefore(id, 60)
    expect(await readMeasurements(db, hospital)).toMatchObject([{ running: 1, closedAt: null }])
    await endMeasurement(db, BY, { measurement, hospital })
    await expect(stopCase(db, { ...of('u-2'), id })).rejects.toMatchObject({ code: 'measurement-closed' })
    expect(await readRunningCase(db, of('u-2'))).toMatchObject({ id, ended: true })
    const starting = startCase(db, { ...of('u-2'), measurement })
    await expect(starting).rejects.toMatchObject({ code: 'measurement-closed' })
    expect(await times(hospital)).toEqual([[1, 60, 'u-1']])
    const baselines = await db
      .selectFrom('baseline')
      .select('id')
      .where('measurement', '=', measurement)
      .execute()
    expect(baselines).toEqual([])
    const next = await beginMeasurement(db, BY, { deployment: first, variant: 'plain', method: 'stopwatch' })
    await startCase(db, { ...of('u-2'), measurement: next })
  })

  test('that closes while a case is stopped keeps it or refuses it: never neither, and never after', async () => {
    const { db, hospital, measurement, of } = await begun()
    for (let n = 0; n < 5; n++) await addTimedCase(db, BY, { measurement, hospital, milliseconds: 60_000 })
    const id = await startCase(db, { ...of('u-2'), measurement })
    await startedBefore(id, 60)
    const end = { measurement, hospital, validFrom: '2026-03-11', remeasureOn: '2027-03-01' }
    const [closed, stopped] = await Promise.all([
      closeMeasurement(db, BY, end),
      stopCase(db, { ...of('u-2'), id }).catch((error: unknown) => error),
    ])
    const kept = (await times(hospital))?.length
    expect(closed.n).toBe(kept)
    if (kept === 5) expect(stopped).toMatchObject({ code: 'measurement-closed' })
    else expect(stopped).toMatchObject({ number: 6 })
  })

  test.each([
    [{ askAboveMinutes: 0 }, 'askAboveMinutes'],
    [{ askAboveMinutes: 1.5 }, 'askAboveMinutes'],
    [{ askAboveMinutes: 1441 }, 'askAboveMinutes'],
    [{ instruction: 'x'.repeat(301) }, 'instruction'],
  ])('that is begun with %o is refused, and names the field', async (wrong, field) => {
    const { first } = await counted.add()
    const wanted = { deployment: first, variant: 'plain', method: 'stopwatch' as const, ...wrong }
    await expect(beginMeasurement(counted.db, BY, wanted)).rejects.toThrow(`Field ${field}`)
  })
})
