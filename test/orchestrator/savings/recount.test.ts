import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { openPlayedLedger, OUTSIDE_SECONDS } from './played-ledger.ts'
import { openPlayed, PERIOD } from './three-played.ts'

describe('a ledger that was tampered with', () => {
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
    // Neither of the two disagrees by itself: that is said too, so that nobody looks for the wrong one.
    expect(differences[0]?.sentence).toContain('No item explains it, so the count itself was changed.')
  })

  test('a deleted count is found', async () => {
    const { played, db, parked } = await openPlayed()
    await using _ = played
    await sql`DELETE FROM day_count WHERE outcome = 'parked'`.execute(db)
    const found = { ...at, kind: 'count', seconds: -OUTSIDE_SECONDS, items: [parked] }
    // Month and year follow the days that are left, so only the day differs.
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
      expect.objectContaining({
        ...{ ...at, kind: 'count', seconds: 330, items: [two] },
        sentence: expect.stringContaining('The items named here cause it'),
      }),
      expect.objectContaining({ ...at, kind: 'lead-time', items: [two] }),
    ])
  })

  test('a wrong credit of another variant that day is not named as the cause of a wrong count', async () => {
    const { played, db, one, two, parked } = await openPlayed()
    await using _ = played
    const rare = { deployment: 'oost-first', variant: 'rare', humanSeconds: 0, way: 'done' } as const
    const other = await played.play('2026-04-10T10:00:00Z', rare)
    await sql`UPDATE credit SET share = 0.5 WHERE item = ${other}`.execute(db)
    await sql`UPDATE day_count SET items = 3, shares = 3, counting = 3
      WHERE outcome = 'done' AND variant = 'plain'`.execute(db)
    await sql`UPDATE day_count SET human_seconds = 0 WHERE outcome = 'parked'`.execute(db)
    const counts = (await recount(db, PERIOD)).filter(({ kind }) => kind === 'count')
    expect(counts.map(({ items }) => items.toSorted())).toEqual([[parked], [one, two].toSorted()])
  })

  test('a deleted event is found, and named as what the day counts too many of', async () => {
    const { played, db, one } = await openPlayed()
    await using _ = played
    await sql`DELETE FROM event WHERE item = ${one} AND kind = 'done'`.execute(db)
    expect(await recount(db, PERIOD)).toEqual([
      expect.objectContaining({ ...at, kind: 'credit', items: [one] }),
      expect.objectContaining({ ...at, kind: 'count', seconds: -330, items: [one] }),
      expect.objectContaining({ ...at, kind: 'lead-time', items: [one] }),
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
      expect.objectContaining({ ...at, kind: 'lead-time', items: [one] }),
      expect.objectContaining({ kind: 'lead-time', day: '2026-04-11', items: [one] }),
    ])
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

test('a reversed period is refused', async () => {
  await using played = await openPlayedLedger()
  const reversed = recount(played.ledger.db, { from: PERIOD.to, to: PERIOD.from })
  await expect(reversed).rejects.toMatchObject({ kind: 'business', code: 'period-reversed' })
})
