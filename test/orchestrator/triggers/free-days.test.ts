import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { putClosingDay, removeClosingDay } from '../../../orchestrator/ledger/closing-days.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { localDate, nextFiring, nextFiringTold } from '../../../orchestrator/triggers/calendar.ts'
import { freeDays, publicHolidays } from '../../../orchestrator/triggers/free-days.ts'
import { dueFirings, fireSchedule } from '../../../orchestrator/triggers/schedule.ts'
import { openBench, PLAIN_DEPLOYMENT, type Bench } from '../work/bench.ts'

const ZONE = 'Europe/Amsterdam'
const at = (text: string) => new Date(text)
const closed = freeDays([
  { day: '2026-10-25', name: 'Verhuizing' },
  { day: '2026-12-24', name: 'Brugdag' },
])

describe('free days', () => {
  test('public holidays are those of the law, by name in both languages', () => {
    const days = publicHolidays(2026).map(({ day }) => day)
    expect(days).toEqual([
      '2026-01-01',
      '2026-04-05',
      '2026-04-06',
      '2026-04-27',
      '2026-05-14',
      '2026-05-24',
      '2026-05-25',
      '2026-12-25',
      '2026-12-26',
    ])
    expect(publicHolidays(2026).at(-1)?.name).toEqual({ nl: 'Tweede kerstdag', en: 'Boxing Day' })
    // Good Friday and Liberation Day are working days for an office.
    expect([closed('2026-04-03'), closed('2026-05-05')]).toEqual([undefined, undefined])
  })

  test('a closing day is free at its own hospital only', () => {
    expect(closed('2026-12-24')?.kind).toBe('closing')
    expect(freeDays([])('2026-12-24')).toBeUndefined()
  })
})

describe('a schedule that rests on free days', () => {
  test.each([
    ['over Christmas', '0 7 * * *', '2026-12-23T12:00:00Z', '2026-12-27T06:00:00.000Z'],
    ['of working days over Christmas', '0 7 * * 1-5', '2026-12-23T12:00:00Z', '2026-12-28T06:00:00.000Z'],
    ['on a closing day of 25 hours', '*/10 * * * *', '2026-10-24T21:55:00Z', '2026-10-25T23:00:00.000Z'],
    [
      'on Easter Sunday and Monday in summer time',
      '30 2 * * *',
      '2026-04-04T12:00:00Z',
      '2026-04-07T00:30:00.000Z',
    ],
    ['over New Year', '0 0 * * *', '2026-12-31T12:00:00Z', '2027-01-01T23:00:00.000Z'],
  ])('%s', (_what, cron, after, expected) => {
    expect(nextFiring(cron, ZONE, at(after), closed).toISOString()).toBe(expected)
  })

  test('after the change to summer on a closing day of 23 hours', () => {
    const free = freeDays([{ day: '2026-03-29', name: 'Onderhoud' }])
    const next = nextFiring('30 2 * * *', ZONE, at('2026-03-28T12:00:00Z'), free)
    expect([next.toISOString(), localDate(next, ZONE)]).toEqual(['2026-03-30T00:30:00.000Z', '2026-03-30'])
  })

  test('tells which days it left out; without free days it fires on them', () => {
    const told = nextFiringTold('0 7 * * *', ZONE, at('2026-12-23T12:00:00Z'), closed)
    expect(told.skipped.map(({ name }) => name.nl)).toEqual(['Brugdag', 'Kerstmis', 'Tweede kerstdag'])
    expect(nextFiring('0 7 * * *', ZONE, at('2026-12-24T12:00:00Z')).toISOString()).toBe(
      '2026-12-25T06:00:00.000Z',
    )
  })

  test('that only ever falls on a holiday is refused instead of looked for without end', () => {
    expect(() => nextFiring('0 7 25 12 *', ZONE, at('2026-12-23T12:00:00Z'), closed)).toThrow(
      /only falls on holidays/,
    )
  })

  test('a time that was planned before the day became free fires nothing, whatever was missed', () => {
    const trigger = { cron: '0 7 * * *', missed: 'all' as const, nextAt: at('2026-12-24T06:00:00Z') }
    const now = at('2026-12-27T07:00:00Z')
    const days = (free?: typeof closed) =>
      dueFirings(trigger, ZONE, now, 60, free).fire.map((date) => date.toISOString().slice(8, 10))
    expect(days(closed)).toEqual(['27'])
    expect(days()).toEqual(['24', '25', '26', '27'])
  })
})

describe('the calendar of a hospital', () => {
  const by = { hospital: 'oost', account: 'ada' }

  test('decides whether a schedule fires today, by its own choice', async () => {
    await using bench = await openBench()
    await putDeployment(bench.db, {
      ...PLAIN_DEPLOYMENT,
      id: 'oost-test',
      triggers: [
        { id: 'rests', cron: '* * * * *', missed: 'all', skipHolidays: true },
        { id: 'works-on', cron: '* * * * *', missed: 'all' },
      ],
    })
    const today = localDate(new Date(), ZONE)
    await putClosingDay(bench.db, by, { day: today, name: 'Sluitingsdag' })
    await makeDue(bench)
    expect((await fireSchedule(bench.db, 'rests', 3600))?.runs).toEqual([])
    expect((await fireSchedule(bench.db, 'works-on', 3600))?.runs).not.toEqual([])
  })

  test('a closing day that is taken away is planned on again', async () => {
    await using bench = await openBench()
    const tomorrow = localDate(new Date(Date.now() + 86_400_000), ZONE)
    await putDeployment(bench.db, {
      ...PLAIN_DEPLOYMENT,
      id: 'oost-test',
      triggers: [{ id: 'rests', cron: '* * * * *', missed: 'last', skipHolidays: true }],
    })
    await putClosingDay(bench.db, by, { day: tomorrow, name: 'Sluitingsdag' })
    await sql`UPDATE trigger SET next_at = clock_timestamp() + interval '3 days'`.execute(bench.db)
    await removeClosingDay(bench.db, by, tomorrow)
    const { next_at } = await bench.db.selectFrom('trigger').selectAll().executeTakeFirstOrThrow()
    expect(next_at && next_at.getTime() - Date.now()).toBeLessThan(3 * 86_400_000 - 60_000)
    await expect(removeClosingDay(bench.db, by, tomorrow)).rejects.toThrow(/no closing day/)
  })
})

const makeDue = (bench: Bench) =>
  sql`UPDATE trigger SET next_at = clock_timestamp() - interval '30 seconds'`.execute(bench.db)
