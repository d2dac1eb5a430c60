import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { findDeployment, type Deployment } from '../../../orchestrator/ledger/deployments.ts'
import { putDeployment, putSystem } from '../../../orchestrator/ledger/setup.ts'
import { admit, noteFailing, noteWorking } from '../../../orchestrator/work/circuit.ts'
import { openSeats } from '../../../orchestrator/work/seats.ts'
import { asOwner } from '../../owner.ts'
import { openBench, timing, WORKER, type Bench, PLAIN_DEPLOYMENT } from './bench.ts'

const OTHER = '00000000-0000-4000-8000-000000000002'

async function withSystems(bench: Bench) {
  const web = { hospital: 'oost', kind: 'web' as const, address: 'http://127.0.0.1:1/', settings: {} }
  await putSystem(bench.db, { ...web, id: 'epd', seats: 2 })
  await putSystem(bench.db, { ...web, id: 'portal', seats: 1 })
  await putDeployment(bench.db, {
    ...PLAIN_DEPLOYMENT,
    id: 'oost-web',
    systems: { epd: 'epd', portal: 'portal' },
  })
  const deployment = await findDeployment(bench.db, 'oost-web')
  if (!deployment) throw new Error('The deployment is missing.')
  return deployment
}

/** The seats of one worker as it takes them for this deployment; `errors` hears of those that could not be freed. */
function seatsOf(bench: Bench, worker: string, deployment: Deployment, errors: unknown[] = []) {
  const onError = (error: unknown) => void errors.push(error)
  const seats = openSeats({ db: bench.db, worker, leaseSeconds: 60, onError })
  return { take: () => seats.take(deployment.systems.values()), keep: () => seats.keep() }
}

const taken = async (bench: Bench) =>
  (await bench.db.selectFrom('seat').select('number').where('worker', 'is not', null).execute()).length

test('no more items than seats, over all workers; a refused one holds nothing', async () => {
  await using bench = await openBench()
  const deployment = await withSystems(bench)
  const first = await seatsOf(bench, WORKER, deployment).take()
  expect(await seatsOf(bench, OTHER, deployment).take()).toBeUndefined()
  expect(await taken(bench)).toBe(2)
  await first?.release()
  expect(await taken(bench)).toBe(0)
  expect(await seatsOf(bench, OTHER, deployment).take()).toBeDefined()
})

test('the seat of a worker that died is free again after its lease', async () => {
  await using bench = await openBench()
  const deployment = await withSystems(bench)
  await seatsOf(bench, WORKER, deployment).take()
  await sql`UPDATE seat SET lease_until = clock_timestamp() - interval '1 second' WHERE worker IS NOT NULL`.execute(
    bench.db,
  )
  expect(await seatsOf(bench, OTHER, deployment).take()).toBeDefined()
})

/** The database refuses to change seats while this condition holds of the new row. */
const refuse = (bench: Bench, condition: string) =>
  asOwner(
    bench.url,
    sql.raw(
      `CREATE FUNCTION refuse_seat() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$`,
    ),
    sql.raw(
      `CREATE TRIGGER refuse_seat BEFORE UPDATE ON seat FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION refuse_seat()`,
    ),
  )

const allow = (bench: Bench) => asOwner(bench.url, sql`DROP TRIGGER refuse_seat ON seat`)

const secondsLeft = async ({ db }: Bench, system: string) => {
  const { rows } = await sql<{ left: number | null }>`
    SELECT extract(epoch FROM max(lease_until) - clock_timestamp())::float8 AS left FROM seat WHERE system = ${system}`.execute(
    db,
  )
  return rows[0]?.left ?? 0
}

const shorten = ({ db }: Bench) =>
  sql`UPDATE seat SET lease_until = clock_timestamp() + interval '5 seconds' WHERE worker IS NOT NULL`.execute(
    db,
  )

test('a heartbeat lengthens the seats that are sat in', async () => {
  await using bench = await openBench()
  const deployment = await withSystems(bench)
  const ours = seatsOf(bench, WORKER, deployment)
  await ours.take()
  await shorten(bench)
  await ours.keep()
  expect(await secondsLeft(bench, 'epd')).toBeGreaterThan(30)
  expect(await secondsLeft(bench, 'portal')).toBeGreaterThan(30)
})

test('a seat that could not be freed keeps no other from being freed, and is free after its lease though its worker lives', async () => {
  await using bench = await openBench()
  const deployment = await withSystems(bench)
  const errors: unknown[] = []
  const ours = seatsOf(bench, WORKER, deployment, errors)
  const seats = await ours.take()
  await refuse(bench, `NEW.worker IS NULL AND NEW.system = 'epd'`)
  await seats?.release()
  await allow(bench)
  expect(errors.map(String)).toEqual([expect.stringContaining('refused')])
  expect(await taken(bench)).toBe(1)
  await shorten(bench)
  await ours.keep()
  expect(await secondsLeft(bench, 'epd')).toBeLessThan(6)
})

test('when the second seat cannot be taken for an error, the first is freed', async () => {
  await using bench = await openBench()
  const deployment = await withSystems(bench)
  await refuse(bench, `NEW.worker IS NOT NULL AND NEW.system = 'portal'`)
  await expect(seatsOf(bench, WORKER, deployment).take()).rejects.toThrow('refused')
  expect([...deployment.systems.keys()]).toEqual(['epd', 'portal'])
  expect(await taken(bench)).toBe(0)
})

test('a system that failed three times in a row lets nothing through, then one trial, then all again', async () => {
  await using bench = await openBench()
  await withSystems(bench)
  const { db } = bench
  for (const failures of [0, 1, 2]) {
    expect(await admit(db, 'oost-web', timing), `after ${failures}`).toBe('closed')
    await noteFailing(db, 'oost', 'epd', timing)
  }
  expect(await admit(db, 'oost-web', timing)).toBe('open')
  expect(await db.selectFrom('alarm').select('kind').execute()).toEqual([{ kind: 'circuit-open' }])
  await sql`UPDATE system SET open_until = clock_timestamp() WHERE id = 'epd'`.execute(db)
  const asked = await Promise.all([1, 2, 3].map(() => admit(db, 'oost-web', timing)))
  expect(asked.toSorted()).toEqual(['open', 'open', 'trial'])
  await noteWorking(db, 'oost-web')
  expect(await admit(db, 'oost-web', timing)).toBe('closed')
})

test('a trial that fails opens the circuit again; a success in between starts the count anew', async () => {
  await using bench = await openBench()
  await withSystems(bench)
  const { db } = bench
  for (const step of ['fail', 'fail', 'work', 'fail', 'fail']) {
    await (step === 'fail' ? noteFailing(db, 'oost', 'epd', timing) : noteWorking(db, 'oost-web'))
  }
  expect(await admit(db, 'oost-web', timing)).toBe('closed')
  await noteFailing(db, 'oost', 'epd', timing)
  await sql`UPDATE system SET open_until = clock_timestamp() WHERE id = 'epd'`.execute(db)
  expect(await admit(db, 'oost-web', timing)).toBe('trial')
  await noteFailing(db, 'oost', 'epd', timing)
  expect(await admit(db, 'oost-web', timing)).toBe('open')
})

test('a system that is held for maintenance keeps its items queued', async () => {
  await using bench = await openBench()
  await withSystems(bench)
  const { db } = bench
  const id = await bench.addItem('R-1')
  await sql`UPDATE item SET deployment = 'oost-web'`.execute(db)
  await sql`UPDATE system SET held_reason = 'release' WHERE id = 'epd'`.execute(db)
  await expect(bench.claim(id)).rejects.toThrow('could not be claimed')
  await sql`UPDATE system SET held_until = clock_timestamp() - interval '1 second' WHERE id = 'epd'`.execute(
    db,
  )
  expect((await bench.claim(id)).state).toBe('claimed')
})
