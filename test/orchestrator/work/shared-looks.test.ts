import { expect, test } from 'vitest'
import { shareLooks } from '../../../orchestrator/work/shared-looks.ts'

/** Looks that end when they are told to. */
function lookingSlowly() {
  const looks: { readonly id: string; readonly end: (found: string) => void; readonly fail: () => void }[] =
    []
  const ask = shareLooks(
    (id) =>
      new Promise<string>((end, reject) => looks.push({ id, end, fail: () => reject(new Error('away')) })),
  )
  return { looks, ask }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('who asks at the same time shares a look', async () => {
  const { looks, ask } = lookingSlowly()
  const answers = [ask('a'), ask('a'), ask('b')]
  await turn()
  expect(looks.map(({ id }) => id)).toEqual(['a', 'b'])
  for (const { id, end } of looks) end(`found ${id}`)
  expect(await Promise.all(answers)).toEqual(['found a', 'found a', 'found b'])
})

test('who asks while it is being looked up gets what was found after they asked', async () => {
  const { looks, ask } = lookingSlowly()
  const early = ask('a')
  await turn()
  const late = [ask('a'), ask('a')]
  looks[0]?.end('as it was')
  expect(await early).toBe('as it was')
  await turn()
  looks[1]?.end('as it is now')
  expect(await Promise.all(late)).toEqual(['as it is now', 'as it is now'])
  expect(looks).toHaveLength(2)
})

test('a look that fails fails for those who shared it, and for nobody after them', async () => {
  const { looks, ask } = lookingSlowly()
  const early = ask('a')
  await turn()
  const late = ask('a')
  looks[0]?.fail()
  await expect(early).rejects.toThrow('away')
  await turn()
  looks[1]?.end('found')
  expect(await late).toBe('found')
})
