import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sayingHowFar } from '../../../dashboards/terminal/long-work.ts'

const steps = { check: 'checking the rows', count: 'counting them' }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('says every two seconds which step it is at, and nothing any more once it is done', async () => {
  const said: string[] = []
  const result = await sayingHowFar(
    { say: (sentence) => said.push(sentence) },
    {
      steps,
      work: async (at) => {
        await vi.advanceTimersByTimeAsync(1999)
        expect(said).toEqual([])
        await vi.advanceTimersByTimeAsync(1)
        at('count')
        await vi.advanceTimersByTimeAsync(4000)
        return 12
      },
    },
  )
  expect(result).toBe(12)
  expect(said).toEqual([
    'Step 1 of 2: checking the rows, 2 s so far …',
    'Step 2 of 2: counting them, 4 s so far …',
    'Step 2 of 2: counting them, 6 s so far …',
  ])
  expect(vi.getTimerCount()).toBe(0)
})

test('work of one step is no step, and work that fails ends it too', async () => {
  const said: string[] = []
  const failing = sayingHowFar(
    { say: (sentence) => said.push(sentence) },
    {
      steps: { only: 'Counting again' },
      work: async () => {
        await vi.advanceTimersByTimeAsync(2000)
        throw new Error('broken off')
      },
    },
  )
  await expect(failing).rejects.toThrow('broken off')
  expect(said).toEqual(['Counting again, 2 s so far …'])
  expect(vi.getTimerCount()).toBe(0)
})
