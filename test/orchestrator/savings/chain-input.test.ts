import { afterAll, beforeAll, expect, test } from 'vitest'
import { addBaseline } from '../../../orchestrator/savings/baselines.ts'
import { addChain, endChain, type NewChain } from '../../../orchestrator/savings/chains.ts'
import { newBaseline, openCountedLedger, type CountedLedger } from './counted-ledger.ts'
import { BY } from './golden-case.ts'

let counted: CountedLedger

beforeAll(async () => {
  counted = await openCountedLedger()
})

afterAll(() => counted[Symbol.asyncDispose]())

const chain = (hospital: string, parts: NewChain['parts']): NewChain => ({
  ...{ hospital, name: 'referral', validFrom: '2026-03-11', parts },
  ...{ baselineDeployment: `${hospital}-0`, baselineVariant: 'plain' },
})

test('a variant stands in a chain once', async () => {
  const { hospital, first, second } = await counted.add()
  const plain = { deployment: first, variant: 'plain', share: 0.5 }
  const letter = { deployment: second, variant: 'letter', share: 0.5 }
  const adding = (...parts: NewChain['parts']) => addChain(counted.db, BY, chain(hospital, parts))
  await expect(adding(plain, plain, letter)).rejects.toMatchObject({
    code: 'chain-part-twice',
    message: expect.stringContaining('Field parts: variant "plain"'),
  })
  await adding(plain, letter, { ...letter, variant: 'rare' })
})

test('a chain ends after it began, and the sentence names the day', async () => {
  const { hospital, first, second } = await counted.add()
  const id = await addChain(
    counted.db,
    BY,
    chain(hospital, [
      { deployment: first, variant: 'plain', share: 0.5 },
      { deployment: second, variant: 'letter', share: 0.5 },
    ]),
  )
  await expect(endChain(counted.db, BY, { id, hospital, until: '2026-03-11' })).rejects.toMatchObject({
    code: 'period-reversed',
    message: 'Field until: it begins on 2026-03-11; give a later day.',
  })
})

test.each([
  ['remeasureOn: 2036-03-03 is more than ten years', { remeasureOn: '2036-03-03' }],
  ['remeasureOn: 9999-01-05 is not a day from', { remeasureOn: '9999-01-05' }],
  ['spreadMinutes: 900 is not possible', { spreadMinutes: 900 }],
  ['spreadMinutes: 50.001 is not possible', { spreadMinutes: 50.001 }],
])('a baseline is refused: Field %s', async (sentence, change) => {
  const { first } = await counted.add()
  const adding = addBaseline(counted.db, BY, newBaseline({ deployment: first, ...change }))
  await expect(adding).rejects.toThrow(`Field ${sentence}`)
})
