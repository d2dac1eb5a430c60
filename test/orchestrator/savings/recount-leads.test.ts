import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { readLeadTimes } from '../../../orchestrator/programme/lead-time.ts'
import { recountNightly } from '../../../orchestrator/savings/nightly.ts'
import type { ReadLeadTimes } from '../../../orchestrator/savings/recount-leads.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { APRIL } from './booked-ledger.ts'
import { openPlayed } from './three-played.ts'

const DAY = '2026-04-10'

describe('lead times', () => {
  test('what is kept of a day that is not what its events give is found with its items, and raises an alarm', async () => {
    const { played, db, one, two } = await openPlayed()
    await using _ = played
    await sql`UPDATE lead_time SET within_a_day = 1, seconds = seconds + 7`.execute(db)
    const differences = await recount(db, APRIL)
    expect(differences).toEqual([
      expect.objectContaining({
        kind: 'lead-time',
        deployment: 'oost-first',
        day: DAY,
        items: [one, two].toSorted(),
      }),
    ])
    expect(differences[0]?.sentence).toContain(
      'kept are 2 items, 7 seconds together, 1 within a day; the events give 2 items, 0 seconds together, 2 within a day',
    )
    expect(await recountNightly(db, '2026-04-30')).toBe(1)
    const alarms = await db.selectFrom('alarm').select(['hospital', 'deployment', 'items']).execute()
    expect(alarms).toEqual([{ hospital: 'oost', deployment: 'oost-first', items: [one, two].toSorted() }])
  })

  test.each([
    ['a day that is gone', 'DELETE FROM lead_time', [DAY]],
    [
      'a day on which nothing was done',
      `INSERT INTO lead_time (deployment, day, items, seconds, within_a_day) VALUES ('oost-second', '2026-04-12', 1, 60, 1)`,
      ['2026-04-12'],
    ],
    ['what moved to the next day', `UPDATE lead_time SET day = day + 1`, [DAY, '2026-04-11']],
    [
      'an item that arrived at another moment',
      `UPDATE item SET arrived_at = arrived_at - interval '2 days' WHERE state = 'done'`,
      [DAY],
    ],
  ])('%s is found', async (_name, change, days) => {
    const { played, db } = await openPlayed()
    await using _ = played
    await sql.raw(change).execute(db)
    expect((await recount(db, APRIL)).map(({ kind, day }) => [kind, day])).toEqual(
      days.map((day) => ['lead-time', day]),
    )
  })

  test.each([
    ['items with a lead time', { items: 3 }],
    ['seconds from arrival to done', { meanSeconds: 0.5 }],
    ['items done within a day', { withinADay: 1 }],
  ])('a reader who is told other %s than the days add up to is found', async (figure, change) => {
    const { played, db } = await openPlayed()
    await using _ = played
    const wrong: ReadLeadTimes = async (of, period) =>
      (await readLeadTimes(of, period)).map((row) => ({ ...row, ...change }))
    const [found, ...others] = await recount(db, APRIL, readSavings, { readLeads: wrong })
    expect(others).toEqual([])
    expect(found).toMatchObject({ kind: 'report', deployment: 'oost-first', items: [] })
    expect(found?.figures?.map((row) => row.figure)).toEqual([figure])
  })

  test('a deployment of which no lead time is told is found', async () => {
    const { played, db } = await openPlayed()
    await using _ = played
    expect(await recount(db, APRIL, readSavings, { readLeads: () => Promise.resolve([]) })).toEqual([
      expect.objectContaining({ kind: 'report', deployment: 'oost-first' }),
    ])
  })
})
