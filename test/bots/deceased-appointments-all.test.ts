import { expect, test } from 'vitest'
import bot from '../../bots/deceased-appointments/bot.ts'
import type { Json } from '../../bots/bot.ts'
import { Failure } from '../../connectors/failure.ts'
import { openExpected } from '../practice-hospital/expected.ts'
import { expectedEffects } from '../practice-hospital/fhir/expected-effects.ts'
import { openDeathsBench, type DeathsBench } from './deceased-appointments-bench.ts'

/** How an item ended, in the words of the practice hospital. */
async function ending(bench: DeathsBench, item: Json) {
  const [key = ''] = bot.reference(item).split('-')
  try {
    await bench.run(item)
    return { key, outcome: 'done' }
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'business') throw error
    return { key, outcome: 'parked', why: error.code.replaceAll('-', ' ') }
  }
}

test('all that the feed reported ends as the hospital knows it should, with each effect once', async () => {
  await using bench = await openDeathsBench()
  const { hospital } = bench.systems
  const byKey = (one: { key: string }, other: { key: string }) => (one.key < other.key ? -1 : 1)
  const endings = []
  for (const item of bench.items) endings.push(await ending(bench, item))
  const expected = openExpected(hospital.store)
    .all()
    .map(({ key, outcome, why }) => ({ key, outcome, why }))
  expect(endings.toSorted(byKey)).toEqual(expected.toSorted(byKey))

  const effects = hospital.witness.list().map(({ kind, key }) => ({ kind, key }))
  expect(effects.toSorted(byKey)).toEqual(expectedEffects(hospital).toSorted(byKey))
})
