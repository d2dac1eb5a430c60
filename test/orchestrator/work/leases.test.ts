import { once } from 'node:events'
import { expect, test } from 'vitest'
import { keepLeases } from '../../../orchestrator/work/leases.ts'
import { openBench, timing, WORKER } from './bench.ts'

const BRIEF = { ...timing, leaseSeconds: 1, heartbeatSeconds: 0.1 }

test('a database that neither answers nor refuses is a lease that is lost, and is asked again later', async () => {
  await using bench = await openBench()
  const { id, fence } = await bench.claim(await bench.addItem('R-1'), BRIEF.leaseSeconds)
  const errors: unknown[] = []
  const leases = keepLeases(bench.db, BRIEF, (error) => errors.push(error))
  try {
    const first = leases.hold({ item: id, fence, worker: WORKER })
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
    const second = leases.hold({ item: id, fence, worker: WORKER })
    const later = await until()
    await expect.poll(until, { timeout: 10_000 }).toBeGreaterThan(later)
    expect(second.signal.aborted).toBe(false)
    expect(errors).toEqual([])
  } finally {
    leases.close()
  }
})
