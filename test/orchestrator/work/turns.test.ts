import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { takeUncompared } from '../../../orchestrator/ledger/comparing.ts'
import { putDeployment, putSystem } from '../../../orchestrator/ledger/setup.ts'
import { takeUnrung } from '../../../orchestrator/ledger/sweeping.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { asOwner } from '../../owner.ts'
import { openBench, PLAIN_DEPLOYMENT, type Bench } from './bench.ts'

/** Who gets a turn when there is more than is rung for at once. */

const WAYS = ['off', 'stopped', 'held', 'failing'] as const
type Way = (typeof WAYS)[number]

/** Another deployment, at a system of its own. */
async function other({ db }: Bench, id = 'oost-other'): Promise<void> {
  const system = { hospital: 'oost', id, kind: 'hl7' as const, address: 'hl7://127.0.0.1:1', seats: 1 }
  await putSystem(db, { ...system, settings: {} })
  await putDeployment(db, { ...PLAIN_DEPLOYMENT, id, systems: { target: id } })
}

const CANNOT = {
  off: sql`UPDATE deployment SET mode = 'off' WHERE id = 'oost-other'`,
  stopped: sql`UPDATE deployment SET stopped_at = now() WHERE id = 'oost-other'`,
  held: sql`UPDATE system SET held_reason = 'release' WHERE id = 'oost-other'`,
  failing: sql`UPDATE system SET open_until = now() + interval '1 minute' WHERE id = 'oost-other'`,
}

/** Items that wait at a deployment since so many minutes; or stand in another state. */
const items = (db: LedgerDatabase, deployment: string, amount: number, minutes: number, state = 'queued') =>
  sql`
    INSERT INTO item (hospital, deployment, reference, case_reference, data, marker, state, outcome, due_at, finished_at)
    SELECT 'oost', ${deployment}::text, reference, reference, '{}', reference, ${state}::text,
      CASE ${state}::text WHEN 'done' THEN 'done' END, at, at
    FROM (SELECT ${deployment}::text || '-' || ${state}::text || '-' || n AS reference,
      now() - ${minutes} * interval '1 minute' AS at FROM generate_series(1, ${amount}::int) n) made`.execute(
    db,
  )

const deploymentsOf = async (bench: Bench, ids: readonly string[]) =>
  (await Promise.all(ids.map((id) => bench.row(id)))).map(({ deployment }) => deployment).toSorted()

async function rung(bench: Bench, limit: number): Promise<string[]> {
  const taken = await takeUnrung(bench.db, 60, limit)
  return await deploymentsOf(
    bench,
    taken.map(({ id }) => id),
  )
}

test.each(WAYS)(
  'what waits at a deployment that is %s takes no place of what can be taken',
  async (way: Way) => {
    await using bench = await openBench()
    await other(bench)
    await items(bench.db, 'oost-other', 5, 60)
    await items(bench.db, 'oost-test', 1, 1)
    await CANNOT[way].execute(bench.db)
    expect(await rung(bench, 3)).toEqual(['oost-test'])
  },
)

test.each(WAYS)(
  'an unsure press at a deployment that is %s is rung for where it is looked up',
  async (way) => {
    await using bench = await openBench()
    await other(bench)
    await items(bench.db, 'oost-other', 1, 60, 'unsure')
    expect(await takeUnrung(bench.db, 0, 3)).toHaveLength(1)
    await CANNOT[way].execute(bench.db)
    expect(await rung(bench, 3)).toEqual([])
    await sql`UPDATE item SET rung_at = NULL`.execute(bench.db)
    expect(await rung(bench, 3)).toEqual(way === 'stopped' ? ['oost-other'] : [])
  },
)

test('deployments are rung for by turns, and an unsure press does not wait behind what is queued', async () => {
  await using bench = await openBench()
  await other(bench)
  await items(bench.db, 'oost-other', 10, 60)
  await items(bench.db, 'oost-other', 1, 1, 'unsure')
  await items(bench.db, 'oost-test', 1, 1)
  const taken = await takeUnrung(bench.db, 60, 3)
  expect(taken.map(({ turn }) => turn.replace(/-.*/, '')).toSorted()).toEqual(['queued', 'queued', 'unsure'])
  expect(
    await deploymentsOf(
      bench,
      taken.map(({ id }) => id),
    ),
  ).toEqual(['oost-other', 'oost-other', 'oost-test'])
})

test('when bells are lost, all get one before any gets another', async () => {
  await using bench = await openBench()
  await items(bench.db, 'oost-test', 6, 60)
  const seen = new Set<string>()
  for (let sweep = 0; sweep < 3; sweep += 1) {
    for (const { id } of await takeUnrung(bench.db, 0, 2)) seen.add(id)
  }
  expect(seen.size).toBe(6)
})

test('ringing reads neither the history nor what waits at a deployment that is stopped', async () => {
  await using bench = await openBench()
  await other(bench)
  await items(bench.db, 'oost-other', 20_000, 60)
  await items(bench.db, 'oost-test', 20_000, 60, 'done')
  await items(bench.db, 'oost-test', 50, 1)
  await CANNOT.stopped.execute(bench.db)
  await asOwner(bench.url, sql`ANALYZE item`)
  const read = await bench.db.transaction().execute(async (tx) => {
    expect(await takeUnrung(tx, 60, 10)).toHaveLength(10)
    const { rows } = await sql<{ scans: number; fetched: number }>`
      SELECT seq_scan::int AS scans, idx_tup_fetch::int AS fetched FROM pg_stat_xact_user_tables
      WHERE relname = 'item'`.execute(tx)
    return rows[0]
  })
  expect(read?.scans).toBe(0)
  expect(read?.fetched).toBeLessThan(200)
})

test.each(WAYS)(
  'what was done at a deployment that is %s is compared where it can be looked into',
  async (way) => {
    await using bench = await openBench()
    await other(bench)
    await items(bench.db, 'oost-other', 5, 180, 'done')
    await items(bench.db, 'oost-test', 1, 120, 'done')
    await CANNOT[way].execute(bench.db)
    const { rows } = await sql<{ day: string }>`SELECT (now()::date + 1)::text AS day`.execute(bench.db)
    const taken = await takeUncompared(bench.db, rows[0]?.day ?? '', 3)
    const expected = way === 'stopped' ? ['oost-other', 'oost-other', 'oost-other'] : ['oost-test']
    expect(await deploymentsOf(bench, taken)).toEqual(expected)
  },
)

test('what was tried to compare and could not be is tried after what was not tried yet', async () => {
  await using bench = await openBench()
  await items(bench.db, 'oost-test', 2, 240, 'done')
  await sql`UPDATE item SET rung_at = now() - interval '2 hours'`.execute(bench.db)
  await other(bench)
  await items(bench.db, 'oost-other', 1, 120, 'done')
  const { rows } = await sql<{ day: string }>`SELECT (now()::date + 1)::text AS day`.execute(bench.db)
  const taken = await takeUncompared(bench.db, rows[0]?.day ?? '', 1)
  expect(await deploymentsOf(bench, taken)).toEqual(['oost-other'])
})
