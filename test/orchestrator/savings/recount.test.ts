import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { recountDays } from '../../../orchestrator/savings/recount-sql.ts'
import { recount, reportDifferences } from '../../../orchestrator/savings/recount.ts'
import { readSavings, type DeploymentSavings } from '../../../orchestrator/savings/report.ts'
import { DEPLOYMENTS, openPlayedLedger, OUTSIDE_SECONDS } from './played-ledger.ts'

const PERIOD = { from: '2026-03-28', to: '2026-10-27' }

describe('a ledger that was tampered with', () => {
  /** Three items on 10 April: two done and one parked; the ids of the two. */
  async function openPlayed() {
    const played = await openPlayedLedger()
    const play = { deployment: 'oost-first', variant: 'plain', humanSeconds: 0 } as const
    const one = await played.play('2026-04-10T08:00:00Z', { ...play, way: 'done' })
    const two = await played.play('2026-04-10T09:00:00Z', { ...play, way: 'done' })
    const parked = await played.play('2026-04-10T09:00:00Z', { ...play, way: 'parked' })
    expect(await recount(played.ledger.db, PERIOD)).toEqual([])
    return { played, db: played.ledger.owner, one, two, parked }
  }
  const at = { deployment: 'oost-first', day: '2026-04-10' }

  test('a changed count is found, in seconds, with the items that were counted there', async () => {
    const { played, db, one, two } = await openPlayed()
    await using _ = played
    await sql`UPDATE day_count SET items = 3, shares = 3 WHERE outcome = 'done'`.execute(db)
    const differences = await recount(db, PERIOD)
    expect(differences).toEqual([expect.objectContaining({ ...at, kind: 'count', seconds: -330 })])
    expect(differences[0]?.items.toSorted()).toEqual([one, two].toSorted())
    expect(differences[0]?.sentence).toContain(
      'counted 3 items, 3.0000 shares, 0 human seconds; the events give 2 items',
    )
  })

  test('a deleted count is found', async () => {
    const { played, db, parked } = await openPlayed()
    await using _ = played
    await sql`DELETE FROM day_count WHERE outcome = 'parked'`.execute(db)
    const found = { ...at, kind: 'count', seconds: -OUTSIDE_SECONDS, items: [parked] }
    expect(await recount(db, PERIOD)).toEqual([expect.objectContaining(found)])
  })

  test('a count that nothing happened for is found', async () => {
    const { played, db } = await openPlayed()
    await using _ = played
    await sql`INSERT INTO day_count (deployment, day, variant, outcome, items, shares)
      VALUES ('oost-second', '2026-05-01', 'plain', 'done', 2, 2)`.execute(db)
    const found = { kind: 'count', deployment: 'oost-second', day: '2026-05-01', seconds: -660, items: [] }
    expect(await recount(db, PERIOD)).toEqual([expect.objectContaining(found)])
  })

  test('human seconds that were taken off are found', async () => {
    const { played, db, parked } = await openPlayed()
    await using _ = played
    await sql`UPDATE day_count SET human_seconds = human_seconds - 1 WHERE outcome = 'parked'`.execute(db)
    const found = { ...at, kind: 'count', seconds: -1, items: [parked] }
    expect(await recount(db, PERIOD)).toEqual([expect.objectContaining(found)])
  })

  test('a deleted credit is found, with its item', async () => {
    const { played, db, one } = await openPlayed()
    await using _ = played
    await sql`DELETE FROM credit WHERE item = ${one}`.execute(db)
    expect(await recount(db, PERIOD)).toEqual([
      expect.objectContaining({ ...at, kind: 'credit', seconds: 0, items: [one] }),
    ])
  })

  test.each(['share = 0.5', "variant = 'rare'", "completed_on = '2026-04-11'", "deployment = 'oost-second'"])(
    'a credit that says %s is found, with its item',
    async (change) => {
      const { played, db, two } = await openPlayed()
      await using _ = played
      await sql`UPDATE credit SET ${sql.raw(change)} WHERE item = ${two}`.execute(db)
      const found = { ...at, kind: 'credit', items: [two] }
      expect(await recount(db, PERIOD)).toEqual([expect.objectContaining(found)])
    },
  )

  test('a doubled event is found, and named as what the day counts too few of', async () => {
    const { played, db, two } = await openPlayed()
    await using _ = played
    await sql`INSERT INTO event (item, at, kind, attempt, fence, code, detail)
      SELECT item, at, kind, attempt, fence, code, detail FROM event WHERE item = ${two} AND kind = 'done'`.execute(
      db,
    )
    expect(await recount(db, PERIOD)).toEqual([
      expect.objectContaining({ ...at, kind: 'credit', items: [two] }),
      expect.objectContaining({ ...at, kind: 'count', seconds: 330, items: [two] }),
    ])
  })

  test('a deleted event is found, and named as what the day counts too many of', async () => {
    const { played, db, one } = await openPlayed()
    await using _ = played
    await sql`DELETE FROM event WHERE item = ${one} AND kind = 'done'`.execute(db)
    expect(await recount(db, PERIOD)).toEqual([
      expect.objectContaining({ ...at, kind: 'credit', items: [one] }),
      expect.objectContaining({ ...at, kind: 'count', seconds: -330, items: [one] }),
    ])
  })

  test('an event that was moved to another day is found on both', async () => {
    const { played, db, one } = await openPlayed()
    await using _ = played
    await sql`UPDATE event SET at = '2026-04-10T22:00:00Z' WHERE item = ${one} AND kind = 'done'`.execute(db)
    expect(await recount(db, PERIOD)).toEqual([
      expect.objectContaining({ kind: 'credit', day: '2026-04-11', items: [one] }),
      expect.objectContaining({ ...at, kind: 'count', seconds: -330, items: [one] }),
      expect.objectContaining({ kind: 'count', day: '2026-04-11', seconds: 330, items: [one] }),
    ])
  })

  test.each(['shares = shares + 1', 'human_seconds = human_seconds - 1', 'counting = 0', 'done = done + 1'])(
    'a roll-up of which somebody set %s is found, for the month and the year',
    async (change) => {
      const { played, db } = await openPlayed()
      await using _ = played
      await sql`UPDATE roll_up SET ${sql.raw(change)} WHERE variant = 'plain'`.execute(db)
      const found = { kind: 'roll-up', deployment: 'oost-first' }
      const differences = await recount(db, PERIOD)
      expect(differences.filter(({ kind }) => kind === 'roll-up')).toEqual([
        expect.objectContaining({ ...found, day: '2026-01-01' }),
        expect.objectContaining({ ...found, day: '2026-04-01' }),
      ])
    },
  )

  test('a month is read from its roll-up: what is wrong there is wrong in the report, and found twice', async () => {
    const { played, db } = await openPlayed()
    await using _ = played
    await sql`UPDATE roll_up SET shares = shares + 1 WHERE variant = 'plain' AND span = 'month'`.execute(db)
    const differences = await recount(db, { from: '2026-04-01', to: '2026-04-30' })
    expect(differences.map(({ kind, seconds }) => [kind, seconds])).toEqual([
      ['roll-up', 0],
      ['report', -330],
    ])
  })

  test('a year in which a baseline was replaced is not', async () => {
    const { played, db } = await openPlayed()
    await using _ = played
    await sql`UPDATE roll_up SET shares = shares + 1 WHERE span = 'year'`.execute(db)
    const differences = await recount(db, { from: '2026-01-01', to: '2026-12-31' })
    expect(differences.map(({ kind }) => kind)).not.toContain('report')
  })

  test('a report that makes other minutes of right counts is found; half a second is its limit', async () => {
    const { played, db } = await openPlayed()
    await using _ = played
    const report = await readSavings(db, { ...PERIOD, today: PERIOD.to })
    const days = await recountDays(db, PERIOD)
    const plus = (seconds: number) => ({
      ...report,
      hospitals: report.hospitals.map((hospital) => ({
        ...hospital,
        deployments: hospital.deployments.map((deployment) => withNet(deployment, seconds)),
      })),
    })
    expect(reportDifferences(plus(0.4), days, [])).toEqual([])
    expect(reportDifferences(plus(1), days, [])).toMatchObject(
      DEPLOYMENTS.map((deployment) => ({ kind: 'report', deployment, seconds: expect.closeTo(-1, 6) })),
    )
  })
})

test('after a baseline that ended without another one, report and recount both count nothing', async () => {
  await using played = await openPlayedLedger()
  const { db } = played.ledger
  await sql`UPDATE baseline SET valid_until = '2026-04-10' WHERE valid_until IS NULL AND variant = 'plain'`.execute(
    db,
  )
  const play = { deployment: 'oost-first', variant: 'plain', humanSeconds: 0, way: 'done' } as const
  await played.play('2026-04-09T21:59:59Z', play)
  await played.play('2026-04-09T22:00:00Z', play)
  const { hospitals } = await readSavings(db, { ...PERIOD, today: PERIOD.to })
  expect(hospitals[0]?.deployments[0]).toMatchObject({ minutes: { gross: 5.5 }, withoutBaseline: 1 })
  expect(await recount(db, PERIOD)).toEqual([])
})

function withNet(deployment: DeploymentSavings, seconds: number): DeploymentSavings {
  return { ...deployment, minutes: { ...deployment.minutes, net: deployment.minutes.net + seconds / 60 } }
}

test('a reversed period is refused', async () => {
  await using played = await openPlayedLedger()
  const reversed = recount(played.ledger.db, { from: PERIOD.to, to: PERIOD.from })
  await expect(reversed).rejects.toMatchObject({ kind: 'business', code: 'period-reversed' })
})
