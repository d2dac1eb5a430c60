import { expect, test } from 'vitest'
import { closeAlarm } from '../../../orchestrator/ledger/attention.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import { keepAlarms } from '../../../orchestrator/savings/difference-alarms.ts'
import { recountNightly } from '../../../orchestrator/savings/nightly.ts'
import { dayAfter } from '../../../orchestrator/savings/period.ts'
import type { ReadReport } from '../../../orchestrator/savings/recount-report.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { openBench, registering, type Bench } from './bench.ts'
import { startTarget } from './target.ts'

const TODAY = localDate(new Date(), 'Europe/Amsterdam')

/** A bench with an item done today, and nights that follow each other. */
async function openNights() {
  const bench = await openBench()
  const target = await startTarget()
  await bench.go(registering(target), await bench.addItem('R-1'))
  let nights = 0
  return {
    bench,
    night: (readReport?: ReadReport) => recountNightly(bench.db, dayAfter(TODAY, nights++), readReport),
    credit: (share: string) => bench.db.updateTable('credit').set({ share }).execute(),
    async [Symbol.asyncDispose]() {
      await target[Symbol.asyncDispose]()
      await bench[Symbol.asyncDispose]()
    },
  }
}

const alarms = ({ db }: Bench) => db.selectFrom('alarm').selectAll().orderBy('id').execute()
const open = async (bench: Bench) => (await alarms(bench)).filter((alarm) => alarm.closed_at === null)

test('the same difference three nights long is one alarm, which closes by itself when it is gone and comes back with it', async () => {
  await using at = await openNights()
  const { bench, night, credit } = at
  await credit('0.5')
  for (let turn = 0; turn < 3; turn += 1) expect(await night()).toBe(1)
  const [first, ...others] = await alarms(bench)
  expect(others).toEqual([])
  expect(first).toMatchObject({ kind: 'recount-differs', closed_at: null, from_day: TODAY, to_day: TODAY })
  await credit('1')
  expect(await night()).toBe(0)
  expect(await alarms(bench)).toMatchObject([{ closed_at: expect.any(Date), closed_by: null }])
  await credit('0.5')
  await night()
  expect((await open(bench)).map(({ sentence }) => sentence)).toEqual([first?.sentence])
  expect(await alarms(bench)).toHaveLength(2)
})

test('one that a person closed while its cause is still there comes back once', async () => {
  await using at = await openNights()
  const { bench, night, credit } = at
  await credit('0.5')
  await night()
  const [alarm] = await open(bench)
  await closeAlarm(bench.db, { hospital: 'oost', alarm: alarm?.id ?? 0, account: 'ada' })
  await night()
  await night()
  expect(await open(bench)).toHaveLength(1)
  expect(await alarms(bench)).toHaveLength(2)
})

test('one of days that were not recounted again stays open', async () => {
  await using at = await openNights()
  const { bench, night, credit } = at
  await credit('0.5')
  await night()
  const later = { name: 'recent', from: dayAfter(TODAY, 1), to: dayAfter(TODAY, 32) }
  await keepAlarms(bench.db, [], [later])
  expect(await open(bench)).toHaveLength(1)
  await keepAlarms(bench.db, [], [{ ...later, from: TODAY }])
  expect(await open(bench)).toEqual([])
})

test('what a report tells otherwise is one alarm for the last days, told as it is now, and one for each month until its turn', async () => {
  await using at = await openNights()
  const { bench, night } = at
  let off = 0
  const wrong: ReadReport = async (db, question) => {
    const report = await readSavings(db, question)
    off += 1
    return {
      ...report,
      hospitals: report.hospitals.map((row) => ({ ...row, upkeepHours: row.upkeepHours + off })),
    }
  }
  const recent = async () => (await open(bench)).filter(({ about }) => about?.startsWith('recent '))
  await night(wrong)
  const before = await recent()
  await night(wrong)
  await night(wrong)
  const after = await recent()
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  expect(after.length).toBeGreaterThan(0)
  expect(after[0]?.sentence).not.toBe(before[0]?.sentence)
  await night()
  expect(await recent()).toEqual([])
  // A year has at most twelve months, and each night another has its turn.
  for (let turn = 0; turn < 12; turn += 1) await night()
  expect(await open(bench)).toEqual([])
})
