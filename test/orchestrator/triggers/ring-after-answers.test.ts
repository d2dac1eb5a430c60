import { expect, test } from 'vitest'
import { silentLog } from '../../../connectors/log.ts'
import type { Doorbell } from '../../../orchestrator/queue/doorbell.ts'
import { ringAfterAnswers } from '../../../orchestrator/triggers/ring-after-answers.ts'

/** A doorbell that rings when it is let, and fails for a message called `bad`. */
function heldDoorbell() {
  const rung: string[][] = []
  const gates: (() => void)[] = []
  const doorbell: Doorbell = {
    backend: 'postgres',
    async ring(bells) {
      await new Promise<void>((resolve) => gates.push(resolve))
      if (bells.some(({ id }) => id === 'bad')) throw new Error('down')
      rung.push(bells.map(({ id }) => id))
    },
    answer: () => Promise.reject(new Error('Nobody answers here.')),
    counts: () => Promise.resolve({ waiting: 0, delayed: 0, active: 0 }),
    close: () => Promise.resolve(),
  }
  return { doorbell, rung, open: () => gates.shift()?.() }
}

test('one ring at a time; what comes meanwhile is in the next; one that fails keeps nothing back', async () => {
  const { doorbell, rung, open } = heldDoorbell()
  const failed: string[] = []
  const after = ringAfterAnswers(doorbell, { ...silentLog, warn: (event) => void failed.push(event) })
  after.ring(['a'])
  after.ring(['b'])
  after.ring([])
  after.ring(['c'])
  open()
  await expect.poll(() => rung).toEqual([['a']])
  after.ring(['bad'])
  open()
  await expect.poll(() => rung).toEqual([['a'], ['b', 'c']])
  open()
  await after.idle()
  expect(failed).toEqual(['bell not rung'])
  after.ring(['d'])
  open()
  await after.idle()
  expect(rung).toEqual([['a'], ['b', 'c'], ['d']])
  await after.idle()
})
