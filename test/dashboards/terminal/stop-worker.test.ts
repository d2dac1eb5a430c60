import { expect, test, vi } from 'vitest'
import { readWorkers, wantOfWorker } from '../../../orchestrator/ledger/workers.ts'
import { openBench } from '../../orchestrator/work/bench.ts'
import { openCommandLine } from './run-cli.ts'

test('a worker process that is told to stop through the ledger ends by itself, and signs off', async () => {
  await using bench = await openBench()
  await using line = await openCommandLine(bench.url)
  const { ended } = line.start(['worker'])
  const worker = await vi.waitFor(
    async () => {
      const [found] = await readWorkers(bench.db)
      if (!found) throw new Error('The worker did not sign on yet.')
      return found
    },
    { timeout: 30_000, interval: 100 },
  )
  expect(worker).toMatchObject({ takes: true, node: process.version })
  expect(worker.version).toMatch(/^\d/)
  await wantOfWorker(bench.db, worker.id, 'stop', 'jdv01')
  expect(await ended).toMatchObject({ code: 0, err: expect.stringContaining('Stopped.') })
  expect(await readWorkers(bench.db)).toEqual([])
})
