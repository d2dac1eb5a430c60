import { expect, test } from 'vitest'
import { Failure } from '../../../connectors/failure.ts'
import { openBench, registerAct, testBot } from './bench.ts'
import { startTarget } from './target.ts'

test('of two acts the first is not done again when the second is tried again', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  let down = true
  const bot = testBot(async ({ act, step, marker }, value) => {
    await act('register', registerAct(target, `${marker}-a`, value))
    await step('look around', () =>
      down ? Promise.reject(new Failure('transient', 'down', 'Down.')) : Promise.resolve(),
    )
    await act('confirm', registerAct(target, `${marker}-b`, value))
  })
  const item = await bench.addItem('R-1')
  expect(await bench.go(bot, item)).toBe('queued')
  down = false
  expect(await bench.go(bot, item)).toBe('done')
  expect(target.entries).toHaveLength(2)
  expect((await bench.db.selectFrom('act').selectAll().execute()).map((act) => act.how)).toEqual([
    'pressed',
    'pressed',
  ])
})

test('after the unsure first of two acts is found, the second is done in the same go', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const bot = testBot(async ({ act, marker }, value) => {
    await act('register', registerAct(target, `${marker}-a`, value))
    await act('confirm', registerAct(target, `${marker}-b`, value))
  })
  const item = await bench.addItem('R-1')
  target.next.push('none', 'applied-but-failed')
  await bench.go(bot, item)
  expect(await bench.go(bot, item)).toBe('done')
  expect(target.entries).toHaveLength(2)
})

test('a bot that catches the failure of an act cannot go on', async () => {
  await using bench = await openBench()
  await using target = await startTarget()
  const bot = testBot(async ({ act, marker }, value) => {
    for (const part of ['a', 'b']) {
      try {
        await act(part, registerAct(target, `${marker}-${part}`, value))
      } catch {
        continue
      }
    }
  })
  const item = await bench.addItem('R-1')
  target.next.push('none', 'not-applied')
  expect(await bench.go(bot, item)).toBe('unsure')
  expect(target.entries).toHaveLength(0)
})
