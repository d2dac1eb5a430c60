import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { findDeployment } from '../../../orchestrator/ledger/deployments.ts'
import { putDeployment, putSystem } from '../../../orchestrator/ledger/setup.ts'
import { admit, noteFailing } from '../../../orchestrator/work/circuit.ts'
import { openSeats } from '../../../orchestrator/work/seats.ts'
import { asOwner } from '../../owner.ts'
import { openBench, PLAIN_DEPLOYMENT, registering, timing, WORKER, type Bench } from './bench.ts'
import { startTarget } from './target.ts'

/** Guards of the protocol, each beside what happens without it. Lease margin and dead man have theirs in act.test.ts. */

test.each([
  ['with the fence moved on, the late writer changes nothing', 1, 'left', 0],
  ['without that, it finishes an item that another holds', 0, 'done', 1],
])('fence: %s', async (_what, moved, ending, credits) => {
  await using bench = await openBench()
  await using target = await startTarget()
  const item = await bench.claim(await bench.addItem('R-1'))
  const other = '00000000-0000-4000-8000-000000000009'
  const bot = registering(target, {
    confirm: async () => {
      await bench.db
        .updateTable('item')
        .set({ fence: item.fence + moved, worker: other })
        .execute()
      return 'E-1'
    },
  })
  expect(await bench.run(bot, item)).toBe(ending)
  expect(await bench.db.selectFrom('credit').selectAll().execute()).toHaveLength(credits)
})

test.each([
  ['with the look before pressing, what a worker did that lost its item is found', [], 1],
  ['without it, it is done twice', ['find' as const], 2],
])('find: %s', async (_what, without, entries) => {
  await using bench = await openBench()
  await using target = await startTarget()
  const id = await bench.addItem('R-1')
  target.entries.push({ marker: (await bench.row(id)).marker, value: 'one' })
  expect(await bench.go(registering(target, {}, without), id)).toBe('done')
  expect(target.entries).toHaveLength(entries)
})

test.each([
  ['with it, a press that is applied late is found', 120, 1],
  ['without it, the press is repeated and then applied too', 0, 2],
])('quiet period: %s', async (_what, quietSeconds, entries) => {
  await using bench = await openBench()
  await using target = await startTarget()
  const bot = registering(target)
  const item = await bench.claim(await bench.addItem('R-1'))
  target.next.push('none', 'later')
  await bench.run(bot, item, { timing: { quietSeconds } })
  const early = await bench.claim(item.id).catch(() => undefined)
  if (early) {
    expect(await bench.run(bot, early)).toBe('queued')
    expect(await bench.go(bot, item.id)).toBe('done')
  }
  target.applyLate()
  await sql`UPDATE item SET due_at = clock_timestamp() WHERE state = 'unsure'`.execute(bench.db)
  if (!early) expect(await bench.go(bot, item.id)).toBe('done')
  expect(target.entries).toHaveLength(entries)
})

test.each([
  ['with the settle time, what shows between the looks is found', true, 'done'],
  ['without it, both looks are too early and it is queued again', false, 'queued'],
])('second look: %s', async (_what, settles, ending) => {
  await using bench = await openBench()
  await using target = await startTarget()
  const bot = registering(target)
  const id = await bench.addItem('R-1')
  target.next.push('none', 'later')
  await bench.go(bot, id)
  const wait = () => Promise.resolve(settles ? target.applyLate() : undefined)
  expect(await bench.run(bot, await bench.claim(id), { clock: { wait } })).toBe(ending)
})

test.each([
  ['with its index, not even a writer beside the product makes a case twice', true, 1],
  ['without it, the same case stands there twice', false, 2],
])('reference: %s', async (_what, indexed, items) => {
  await using bench = await openBench()
  const id = await bench.addItem('R-1')
  if (!indexed) await asOwner(bench.url, sql`DROP INDEX item_once`)
  const again = sql`
    INSERT INTO item (hospital, deployment, reference, case_reference, data, marker, state)
    SELECT hospital, deployment, reference, case_reference, data, marker || '-2', 'queued' FROM item WHERE id = ${id}`
  const refused = await again.execute(bench.db).then(
    () => '',
    (error: unknown) => String(error),
  )
  expect(refused.includes('item_once')).toBe(indexed)
  expect(await bench.db.selectFrom('item').select('id').execute()).toHaveLength(items)
})

const throwIt = (error: unknown) => {
  throw error
}

async function withSystem(bench: Bench, seats: number) {
  const system = { hospital: 'oost', id: 'epd', kind: 'web' as const, address: 'http://127.0.0.1:1/' }
  await putSystem(bench.db, { ...system, seats, settings: {} })
  await putDeployment(bench.db, { ...PLAIN_DEPLOYMENT, id: 'oost-web', systems: { epd: 'epd' } })
  const deployment = await findDeployment(bench.db, 'oost-web')
  if (!deployment) throw new Error('The deployment is missing.')
  return deployment
}

test.each([
  ['with one seat, one of eight gets in', 1, 1],
  ['with no such limit, all do', 8, 8],
])('seats: %s', async (_what, seats, inside) => {
  await using bench = await openBench()
  const deployment = await withSystem(bench, seats)
  const ours = openSeats({ db: bench.db, worker: WORKER, leaseSeconds: 60, onError: throwIt })
  const asked = await Promise.all(Array.from({ length: 8 }, () => ours.take(deployment.systems.values())))
  expect(asked.filter((taken) => taken !== undefined)).toHaveLength(inside)
})

test.each([
  ['with it, a system that failed three times is left alone', 3, 'open'],
  ['without it, it goes on being tried', 1e6, 'closed'],
])('circuit: %s', async (_what, circuitFailures, admitted) => {
  await using bench = await openBench()
  await withSystem(bench, 1)
  const change = { ...timing, circuitFailures }
  for (let failure = 0; failure < 3; failure += 1) await noteFailing(bench.db, 'oost', 'epd', change)
  expect(await admit(bench.db, 'oost-web', change)).toBe(admitted)
})
