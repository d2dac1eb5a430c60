import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { findDeployment } from '../../../orchestrator/ledger/deployments.ts'
import { putDeployment, putSystem } from '../../../orchestrator/ledger/setup.ts'
import { admit, noteFailing, noteWorking } from '../../../orchestrator/work/circuit.ts'
import { takeSeats } from '../../../orchestrator/work/seats.ts'
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

const taken = async (bench: Bench) =>
  (await bench.db.selectFrom('seat').select('number').where('worker', 'is not', null).execute()).length

test('no more items than seats, over all workers; a refused one holds nothing', async () => {
  await using bench = await openBench()
  const deployment = await withSystems(bench)
  const first = await takeSeats(bench.db, deployment, WORKER, 60)
  expect(await takeSeats(bench.db, deployment, OTHER, 60)).toBeUndefined()
  expect(await taken(bench)).toBe(2)
  await first?.release()
  expect(await taken(bench)).toBe(0)
  expect(await takeSeats(bench.db, deployment, OTHER, 60)).toBeDefined()
})

test('the seat of a worker that died is free again after its lease', async () => {
  await using bench = await openBench()
  const deployment = await withSystems(bench)
  await takeSeats(bench.db, deployment, WORKER, 60)
  await sql`UPDATE seat SET lease_until = clock_timestamp() - interval '1 second' WHERE worker IS NOT NULL`.execute(
    bench.db,
  )
  expect(await takeSeats(bench.db, deployment, OTHER, 60)).toBeDefined()
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
