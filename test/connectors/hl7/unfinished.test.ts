import { afterEach, expect, test } from 'vitest'
import { boundUnfinished } from '../../../connectors/hl7/unfinished.ts'
import { acceptAll, closeAll, codeOf, idOf, join, open } from './channel-under-test.ts'
import { until } from './peer.ts'
import { adt, bytesOf } from './samples.ts'

afterEach(closeAll)

const half = (id: string, size: number) => bytesOf(`\x0b${adt({ id })}NTE|1||${'x'.repeat(size)}`)

test('unfinished messages of all connections together are bounded: the largest is ended with an answer', async () => {
  const listener = await open(acceptAll, { limits: { unfinishedBytes: 3_000_000, frameBytes: 2_000_000 } })
  const [large, small, third] = [await join(listener), await join(listener), await join(listener)]
  large.socket.write(half('LARGE', 1_500_000))
  small.socket.write(half('SMALL', 900_000))
  third.socket.write(half('THIRD', 900_000))
  const [answer = ''] = await large.answers(1)
  expect([codeOf(answer), idOf(answer)]).toEqual(['AE', 'LARGE'])
  await large.closed
  small.socket.write(bytesOf('\r\x1c\r'))
  third.socket.write(bytesOf('\r\x1c\r'))
  expect((await small.answers(1)).map(codeOf)).toEqual(['AA'])
  expect((await third.answers(1)).map(codeOf)).toEqual(['AA'])
  await until('it is out', () => listener.stats().connections === 2)
  expect(listener.stats().crowdedOut).toBe(1)
})

test('a connection that is gone holds nothing', async () => {
  const listener = await open(acceptAll, { limits: { unfinishedBytes: 1_000_000, frameBytes: 1_000_000 } })
  for (const id of ['A', 'B', 'C']) {
    const peer = await join(listener)
    peer.socket.write(half(id, 600_000))
    await until('it is written', () => peer.socket.writableLength === 0)
    peer.socket.destroy()
    await until('it is out', () => listener.stats().connections === 0)
  }
  expect(listener.stats().crowdedOut).toBe(0)
})

test('a message that trickles in is given up by its age, one after another is not', async () => {
  const listener = await open(acceptAll, { limits: { frameMs: 60_000, frameAgeMs: 2_000 } })
  const [slow, good] = [await join(listener), await join(listener)]
  slow.socket.write(bytesOf(`\x0b${adt({ id: 'SLOW' })}NTE|1||`))
  let sent = 0
  const began = performance.now()
  const drip = setInterval(() => {
    slow.socket.write(bytesOf('x'))
    // Always in a frame, and never long in the same one.
    good.socket.write(bytesOf(`${sent === 0 ? '' : '\x1c\r'}\x0b${adt({ id: String(sent++) })}`))
  }, 20)
  const [answer = ''] = await slow.answers(1).finally(() => clearInterval(drip))
  expect([codeOf(answer), idOf(answer)]).toEqual(['AR', 'SLOW'])
  expect(performance.now() - began).toBeLessThan(30_000)
  await slow.closed
  good.socket.write(bytesOf('\x1c\r'))
  const answers = await good.answers(sent)
  expect(answers.map(codeOf)).toEqual(answers.map(() => 'AA'))
})

test('who holds most is given up first, as many as it takes', () => {
  const ended: string[] = []
  const bound = boundUnfinished(100)
  const [a, b, c] = ['a', 'b', 'c'].map((name) => bound.join(() => ended.push(name)))
  a?.(40)
  b?.(50)
  a?.(0)
  a?.(50)
  expect(ended).toEqual([])
  c?.(60)
  expect(ended).toEqual(['c'])
  c?.(0)
  a?.(51)
  expect(ended).toEqual(['c', 'a'])
  b?.(100)
  expect(ended).toEqual(['c', 'a'])
})
