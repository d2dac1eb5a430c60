import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { ReadReport } from '../../../orchestrator/savings/recount-report.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { recountNightly } from '../../../orchestrator/savings/nightly.ts'
import {
  readSavings,
  type DeploymentSavings,
  type SavingsReport,
} from '../../../orchestrator/savings/report.ts'
import { openPlayed, PERIOD } from './three-played.ts'

describe('roll-ups and reports that are not what the events give', () => {
  test.each([
    'shares = shares + 1',
    'human_seconds = human_seconds - 1',
    'counting = 0',
    'done = done + 1',
    "first_day = '2026-02-01'",
  ])(
    'a roll-up of which somebody set %s is found for the month and the year, and that no item explains it',
    async (change) => {
      const { played, db, one, two } = await openPlayed()
      await using _ = played
      await sql`UPDATE roll_up SET ${sql.raw(change)} WHERE variant = 'plain'`.execute(db)
      const found = { kind: 'roll-up', deployment: 'oost-first' }
      const differences = (await recount(db, PERIOD)).filter(({ kind }) => kind === 'roll-up')
      expect(differences).toEqual([
        expect.objectContaining({ ...found, day: '2026-01-01' }),
        expect.objectContaining({ ...found, day: '2026-04-01' }),
      ])
      for (const { items, sentence } of differences) {
        expect(items.toSorted()).toEqual([one, two].toSorted())
        expect(sentence).toContain('no item explains it and the roll-up itself was changed')
        expect(sentence).toContain('days with counts: 2026-04-10.')
      }
    },
  )

  test('a roll-up that is wrong because a day in it is, names that day and its items', async () => {
    const { played, db, one, two } = await openPlayed()
    await using _ = played
    const play = { deployment: 'oost-first', variant: 'plain', humanSeconds: 0, way: 'done' } as const
    await played.play('2026-04-20T08:00:00Z', play)
    await sql`ALTER TABLE day_count DISABLE TRIGGER USER`.execute(db)
    await sql`UPDATE day_count SET items = 3, shares = 3, counting = 3
      WHERE outcome = 'done' AND day = '2026-04-10'`.execute(db)
    const rollUps = (await recount(db, PERIOD)).filter(({ kind }) => kind === 'roll-up')
    expect(rollUps).toHaveLength(2)
    for (const { items, sentence } of rollUps) {
      expect(items.toSorted()).toEqual([one, two].toSorted())
      expect(sentence).toContain('these are not what their events give: 2026-04-10.')
    }
  })

  test('a roll-up that is wrong because an event was deleted names the item of that event only', async () => {
    const { played, db, one } = await openPlayed()
    await using _ = played
    await sql`DELETE FROM event WHERE item = ${one} AND kind = 'done'`.execute(db)
    await sql`UPDATE roll_up SET done = 1, shares = 1, counting = 1 WHERE variant = 'plain'`.execute(db)
    const rollUps = (await recount(db, PERIOD)).filter(({ kind }) => kind === 'roll-up')
    expect(rollUps.map(({ items }) => items)).toEqual([[one], [one]])
  })

  test('a month is read from its roll-up: what is wrong there is wrong in the report, and found twice', async () => {
    const { played, db, one, two, parked } = await openPlayed()
    await using _ = played
    await sql`UPDATE roll_up SET shares = shares + 1 WHERE variant = 'plain' AND span = 'month'`.execute(db)
    const differences = await recount(db, { from: '2026-04-01', to: '2026-04-30' })
    expect(differences.map(({ kind, seconds }) => [kind, seconds])).toEqual([
      ['roll-up', 0],
      ['report', -330],
    ])
    expect(differences[1]?.sentence).toContain(
      'in the months from 2026-04-01: no day of it differs by itself',
    )
    expect(differences[1]?.items.toSorted()).toEqual([one, two, parked].toSorted())
  })

  test('a year in which a baseline was replaced is not', async () => {
    const { played, db } = await openPlayed()
    await using _ = played
    await sql`UPDATE roll_up SET shares = shares + 1 WHERE span = 'year'`.execute(db)
    const differences = await recount(db, { from: '2026-01-01', to: '2026-12-31' })
    expect(differences.map(({ kind }) => kind)).not.toContain('report')
  })

  test('of a report that is wrong, the days that it is wrong on are found, with their items', async () => {
    const { played, db, one, two, parked } = await openPlayed()
    await using _ = played
    const play = { deployment: 'oost-first', variant: 'plain', humanSeconds: 0, way: 'done' } as const
    await played.play('2026-04-20T08:00:00Z', play)
    // As if the report made ten seconds too few of 10 April, whatever it is asked with that day in it.
    const wrong: ReadReport = async (of, question) => {
      const report = await readSavings(of, question)
      const has = question.from <= '2026-04-10' && '2026-04-10' <= question.to
      return has ? changed(report, 'oost-first', (row) => withGross(row, -10)) : report
    }
    const [found, ...others] = await recount(db, PERIOD, wrong)
    // The hospital's sum is right, and so not that of its deployments as told.
    expect(others.map(({ deployment, hospital }) => [deployment, hospital])).toEqual([[null, 'oost']])
    expect(found).toMatchObject({ kind: 'report', deployment: 'oost-first', day: PERIOD.to })
    expect(found?.sentence).toContain('It differs on 2026-04-10: this is a mistake in the product')
    expect(found?.items.toSorted()).toEqual([one, two, parked].toSorted())
    expect(found?.figures).toEqual([
      { figure: 'gross seconds', reported: expect.closeTo(980, 6), recounted: 990 },
    ])
  })
})

test('a count of long ago is recounted in its turn, each night one earlier month', async () => {
  const { played, db } = await openPlayed()
  await using _ = played
  await sql`UPDATE day_count SET items = 3, shares = 3 WHERE outcome = 'done'`.execute(db)
  // Counted in April and the roll-up of the year begins in January: before 20 July less 31 days lie six months.
  const nights = ['20', '21', '22', '23', '24', '25'].map((day) => `2026-07-${day}`)
  const found: number[] = []
  for (const night of nights) found.push((await recountNightly(db, night)) ?? Number.NaN)
  expect(found.filter((differences) => differences === 1)).toHaveLength(1)
  expect(found.filter((differences) => differences === 0)).toHaveLength(5)
  const { rows } = await sql<{ sentence: string }>`SELECT sentence FROM alarm`.execute(db)
  expect(rows[0]?.sentence).toContain('on 2026-04-10')
})

function changed(
  report: SavingsReport,
  deployment: string,
  change: (row: DeploymentSavings) => DeploymentSavings,
): SavingsReport {
  const hospitals = report.hospitals.map((hospital) => ({
    ...hospital,
    deployments: hospital.deployments.map((row) => (row.id === deployment ? change(row) : row)),
  }))
  return { ...report, hospitals }
}

function withGross(row: DeploymentSavings, seconds: number): DeploymentSavings {
  return { ...row, minutes: { ...row.minutes, gross: row.minutes.gross + seconds / 60 } }
}
