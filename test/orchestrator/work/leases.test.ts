import { once } from 'node:events'
import { expect, test } from 'vitest'
import { keepLeases } from '../../../orchestrator/work/leases.ts'
import { openBench, timing, WORKER } from './bench.ts'

const BRIEF = { ...timing, leaseSeconds: 1, heartbeatSeconds: 0.1 }

/** However slow the machine is, a claim of an hour from now has not been without a heartbeat for a second. */
const claimedLater = () => performance.now() + 3_600_000

test('a database that neither answers nor refuses is a lease that is lost, and is asked again later', async () => {
  await using bench = await openBench()
  const { id, fence } = await bench.claim(await bench.addItem('R-1'), BRIEF.leaseSeconds)
  const errors: unknown[] = []
  const leases = keepLeases(bench.db, BRIEF, (error) => errors.push(error))
  try {
    const first = leases.hold({ item: id, fence, worker: WORKER }, performance.now())
    await bench.db.transaction().execute(async (tx) => {
      // Whoever wants to write this row now waits.
      await tx.selectFrom('item').select('id').where('id', '=', id).forUpdate().execute()
      if (!first.signal.aborted) await once(first.signal, 'abort')
    })
    // Beats get through again: the lease of a second ago is lengthened, and what is held now is kept.
    const until = async () => (await bench.row(id)).lease_until?.getTime() ?? 0
    const before = await until()
    await expect.poll(until, { timeout: 10_000 }).toBeGreaterThan(before)
    first.release()
    const second = leases.hold({ item: id, fence, worker: WORKER }, claimedLater())
    const later = await until()
    await expect.poll(until, { timeout: 10_000 }).toBeGreaterThan(later)
    expect(second.signal.aborted).toBe(false)
    expect(errors).toEqual([])
  } finally {
    leases.close()
  }
})

test('what was claimed since the last heartbeat keeps the lease of its claim when what was held before is lost', async () => {
  await using bench = await openBench()
  const old = await bench.claim(await bench.addItem('R-1'), BRIEF.leaseSeconds)
  const young = await bench.claim(await bench.addItem('R-2'), BRIEF.leaseSeconds)
  const leases = keepLeases(bench.db, BRIEF, () => undefined)
  try {
    const kept = leases.hold({ item: young.id, fence: young.fence, worker: WORKER }, claimedLater())
    const lost = leases.hold({ item: old.id, fence: old.fence, worker: WORKER }, performance.now())
    await bench.db.transaction().execute(async (tx) => {
      await tx.selectFrom('item').select('id').where('id', '=', old.id).forUpdate().execute()
      if (!lost.signal.aborted) await once(lost.signal, 'abort')
      expect(kept.signal.aborted).toBe(false)
    })
  } finally {
    leases.close()
  }
})
