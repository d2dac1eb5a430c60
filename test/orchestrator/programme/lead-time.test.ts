import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { readLeadTimes } from '../../../orchestrator/programme/lead-time.ts'
import { openProgrammeLedger } from './programme-ledger.ts'

test('lead times are counted when the robot finishes, on the local day, and told by the period', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const deployment = await ledger.deploy('oost', 'referral-intake', 'live')
  const finish = async (reference: string, seconds: number, at: string, outcome = 'done') => {
    await sql`INSERT INTO item (hospital, deployment, reference, case_reference, data, marker, state, arrived_at)
      VALUES ('oost', ${deployment}, ${reference}, ${reference}, '{}', ${reference}, 'claimed',
        ${at}::timestamptz - ${seconds} * interval '1 second')`.execute(db)
    await sql`UPDATE item SET state = 'done', outcome = ${outcome}, variant = 'plain', finished_at = ${at}::timestamptz
      WHERE reference = ${reference}`.execute(db)
  }
  await finish('R-1', 3600, '2026-03-31T21:59:00Z')
  await finish('R-2', 86_401, '2026-03-31T12:00:00Z')
  // 23:30 UTC is April already in Amsterdam; the others were nothing to do, or done by a person.
  await finish('R-3', 60, '2026-03-31T23:30:00Z')
  await finish('R-4', 60, '2026-03-31T12:00:00Z', 'nothing')
  await finish('R-5', 60, '2026-03-31T12:00:00Z', 'by-hand')
  const march = { from: '2026-03-01', until: '2026-03-31' }
  // (3,600 + 86,401) / 2
  expect(await readLeadTimes(db, march)).toEqual([
    { deployment, items: 2, meanSeconds: 45_000.5, withinADay: 1 },
  ])
  expect(await readLeadTimes(db, { from: '2026-04-01', until: '2026-04-01' })).toMatchObject([{ items: 1 }])
})

test('a day is one row of a deployment, however many items and however long they took; a day at most is within a day', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const deployment = await ledger.deploy('oost', 'referral-intake', 'live')
  const took = [60, 3600, 28_801, 86_400, 86_401, 259_201]
  for (const [place, seconds] of took.entries()) {
    await sql`INSERT INTO item (hospital, deployment, reference, case_reference, data, marker, state, arrived_at)
      VALUES ('oost', ${deployment}, ${`S-${place}`}, 'S', '{}', ${`S-${place}`}, 'claimed',
        '2026-03-20T12:00:00Z'::timestamptz - ${seconds} * interval '1 second')`.execute(db)
    await sql`UPDATE item SET state = 'done', outcome = 'done', variant = 'plain', finished_at = '2026-03-20T12:00:00Z'
      WHERE reference = ${`S-${place}`}`.execute(db)
  }
  const sum = took.reduce((total, seconds) => total + seconds, 0)
  expect(await db.selectFrom('lead_time').selectAll().execute()).toEqual([
    { deployment, day: '2026-03-20', items: 6, seconds: String(sum), within_a_day: 4 },
  ])
  expect(await readLeadTimes(db, { from: '2026-01-01', until: '2026-12-31' })).toEqual([
    { deployment, items: 6, meanSeconds: expect.closeTo(sum / 6, 9), withinADay: 4 },
  ])
})
