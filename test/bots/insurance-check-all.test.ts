import { expect, test } from 'vitest'
import { Failure } from '../../connectors/failure.ts'
import { openExpected } from '../practice-hospital/expected.ts'
import { expectedEffects } from '../practice-hospital/fhir/expected-effects.ts'
import { duplicates } from '../practice-hospital/witness.ts'
import { openInsuranceBench, type InsuranceBench, type Item } from './insurance-check-bench.ts'

/** How an item ended, in the words of the practice hospital. */
async function ending(bench: InsuranceBench, item: Item) {
  try {
    await bench.run(item)
    return { key: item.appointment, outcome: 'done' }
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'business') throw error
    return { key: item.appointment, outcome: 'parked', why: error.code.replaceAll('-', ' ') }
  }
}

test('a whole round ends as the hospital knows it should, with each effect once', async () => {
  await using bench = await openInsuranceBench()
  const { hospital } = bench.systems
  const byKey = (one: { key: string }, other: { key: string }) => (one.key < other.key ? -1 : 1)
  const endings = []
  for (const item of bench.items) endings.push(await ending(bench, item))
  const expected = openExpected(hospital.store)
    .all()
    .map(({ key, outcome, why }) => ({ key, outcome, why }))
  expect(endings.toSorted(byKey)).toEqual(expected.toSorted(byKey))

  const effects = hospital.witness.list()
  expect(effects.map(({ kind, key }) => ({ kind, key })).toSorted(byKey)).toEqual(
    expectedEffects(hospital).toSorted(byKey),
  )
  expect(duplicates(effects)).toEqual({ byKey: 0, byMarker: 0 })
})
