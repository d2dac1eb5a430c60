import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { seededRandom } from '../practice-hospital/random.ts'
import { mutated } from './mutate.ts'
import { report } from './report.ts'
import { supervise } from './supervise.ts'

async function fuzz(...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fuzz.ts'), ...args])
  const [said, progress] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { said, progress, code: child.exitCode }
}

test.each(['hl7', 'fhir'])(
  'five seconds of %s: every case ends in a value or a Failure, soon',
  async (connector) => {
    const { said, progress, code } = await fuzz(
      '--connector',
      connector,
      '--minutes',
      String(5 / 60),
      '--seed',
      '7',
    )
    expect(said).toMatch(/all ended as they should/)
    expect(progress).toContain('seed 7')
    expect(code).toBe(0)
  },
)

const broken = (way: string) =>
  supervise({
    module: `./broken-fuzzing.ts?${way}`,
    seed: 1,
    from: 5,
    cases: 3,
    milliseconds: 30_000,
    silenceMs: 5000,
    tell: () => undefined,
  })

test.each(['value', 'failure'])('a %s is a right end', async (way) => {
  expect(await broken(way)).toEqual({ tried: 3 })
})

test.each([
  ['error', /TypeError: it is undefined/],
  ['work', /It took \d{4} ms of work/],
  ['hang', /It hung: nothing was heard for 5 s/],
])('%s is noticed, with the case that did it', async (way, why) => {
  const { tried, wrong } = await broken(way)
  expect(tried).toBe(1)
  expect(wrong).toMatchObject({ number: 5, what: way, why: expect.stringMatching(why) })
})

test('what went wrong is kept, and how to see it again is said', async () => {
  const wrong = { number: 12, what: 'read', bytes: Buffer.from('MSH'), why: 'TypeError' }
  const said = await report('hl7', 3, { tried: 13, wrong })
  expect(said).toContain('npm run fuzz -- --connector hl7 --seed 3 --from 12 --cases 1')
  const [, file = ''] = /bytes are in (.*)\.\n/.exec(said) ?? []
  expect(await readFile(file, 'utf8')).toBe('MSH')
  await rm(dirname(file), { recursive: true })
})

test('a seed and a number decide a case', () => {
  const make = (number: number) =>
    mutated([Buffer.from('abc|def')], [Buffer.from('~')], seededRandom(`1/${number}`)).toString('latin1')
  const cases = Array.from({ length: 50 }, (_, number) => make(number))
  expect(cases).toEqual(Array.from({ length: 50 }, (_, number) => make(number)))
  expect(new Set(cases).size).toBeGreaterThan(30)
})
