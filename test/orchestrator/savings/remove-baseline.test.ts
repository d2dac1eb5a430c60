import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addBaseline, endBaseline } from '../../../orchestrator/savings/baselines.ts'
import { addChain, endChain } from '../../../orchestrator/savings/chains.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readBaselines } from '../../../orchestrator/savings/reading-measurements.ts'
import { removeBaseline } from '../../../orchestrator/savings/remove-baseline.ts'
import { newBaseline, openCountedLedger, type CountedLedger } from './counted-ledger.ts'
import { BY } from './golden-case.ts'

let counted: CountedLedger

beforeAll(async () => {
  counted = await openCountedLedger()
})

afterAll(() => counted[Symbol.asyncDispose]())

/** From and until of each, the oldest first. */
const daysOf = async (hospital: string, variant = 'plain') =>
  (await readBaselines(counted.db, hospital))
    .filter((row) => row.variant === variant)
    .map(({ validFrom, validUntil }) => [validFrom, validUntil])
    .toReversed()

const add = (deployment: string, validFrom: string, variant = 'plain') =>
  addBaseline(counted.db, BY, newBaseline({ deployment, validFrom, variant }))

const firstOf = async (hospital: string) => {
  const found = (await readBaselines(counted.db, hospital)).find(
    ({ validFrom }) => validFrom === '2025-01-01',
  )
  if (!found) throw new Error('The counted hospital has no baseline.')
  return found
}

test('an unused baseline is taken away, the used one before it goes on, and it is written down', async () => {
  const { hospital, first } = await counted.add()
  const id = await add(first, '2026-04-01')
  expect((await readBaselines(counted.db, hospital)).map(({ used }) => used)).toEqual([false, true])
  await removeBaseline(counted.db, BY, { id, hospital })
  expect(await daysOf(hospital)).toEqual([['2025-01-01', null]])
  const changes = await counted.db
    .selectFrom('change')
    .selectAll()
    .where('hospital', '=', hospital)
    .orderBy('id', 'desc')
    .execute()
  expect(changes[0]).toMatchObject({
    ...{ account: 'u-1', what: 'baseline', subject: `${first} plain`, after: null },
    before: { id, minutes: '5.000', validFrom: '2026-04-01' },
  })
  expect(await recount(counted.db, { from: '2026-05-01', to: '2026-05-31' })).toEqual([])
})

test('one between two others gives its days to the one before it', async () => {
  const { hospital, first } = await counted.add()
  const id = await add(first, '2026-04-01')
  await add(first, '2026-06-01')
  await removeBaseline(counted.db, BY, { id, hospital })
  expect(await daysOf(hospital)).toEqual([
    ['2025-01-01', '2026-06-01'],
    ['2026-06-01', null],
  ])
})

test('one that somebody had ended stays ended', async () => {
  const { hospital, first } = await counted.add()
  const { id } = await firstOf(hospital)
  await endBaseline(counted.db, BY, { id, until: '2026-04-01' })
  await removeBaseline(counted.db, BY, { id: await add(first, '2026-04-01'), hospital })
  expect(await daysOf(hospital)).toEqual([['2025-01-01', '2026-04-01']])
})

test('one that was counted, is of another hospital or is not there is refused, and nothing changes', async () => {
  const [here, elsewhere] = [await counted.add(), await counted.add()]
  const { id } = await firstOf(here.hospital)
  await expect(removeBaseline(counted.db, BY, { id, hospital: here.hospital })).rejects.toMatchObject({
    code: 'baseline-used',
    message: expect.stringContaining('Field id: it was counted up to and including 2026-03-10'),
  })
  const unused = await add(here.first, '2026-04-01')
  for (const wrong of [
    { id: unused, hospital: elsewhere.hospital },
    { id: 999_999, hospital: here.hospital },
  ])
    await expect(removeBaseline(counted.db, BY, wrong)).rejects.toMatchObject({ code: 'not-found' })
  expect(await daysOf(here.hospital)).toEqual([
    ['2025-01-01', '2026-04-01'],
    ['2026-04-01', null],
  ])
})

test('one that a chain splits stays until the chain is ended, when no other would take its place', async () => {
  const { hospital, first, second } = await counted.add()
  const id = await add(first, '2026-04-01', 'new')
  const parts = [first, second].map((deployment) => ({ deployment, variant: 'new', share: 0.5 }))
  const shared = { baselineDeployment: first, baselineVariant: 'new', validFrom: '2026-04-01' }
  const chain = await addChain(counted.db, BY, { hospital, name: 'two', parts, ...shared })
  await expect(removeBaseline(counted.db, BY, { id, hospital })).rejects.toMatchObject({
    code: 'baseline-in-chain',
    message: expect.stringContaining('the chain "two" splits it'),
  })
  await endChain(counted.db, BY, { id: chain, hospital, until: BY.today })
  await removeBaseline(counted.db, BY, { id, hospital })
  expect(await daysOf(hospital, 'new')).toEqual([])
})

test('the database itself lets a used baseline go on over no day on which items were counted without one', async () => {
  const { hospital, first } = await counted.add()
  const { id } = await firstOf(hospital)
  await endBaseline(counted.db, BY, { id, until: '2026-04-01' })
  await sql`INSERT INTO day_count (deployment, day, variant, outcome, items, counting, shares, human_seconds)
    VALUES (${first}, '2026-04-10', 'plain', 'done', 1, 1, 1, 0)`.execute(counted.db)
  const goOn = (until: string | null) =>
    counted.db.updateTable('baseline').set({ valid_until: until }).where('id', '=', id).execute()
  await expect(goOn(null)).rejects.toMatchObject({ constraint: 'baseline_stays' })
  await expect(goOn('2026-04-11')).rejects.toMatchObject({ constraint: 'baseline_stays' })
  await goOn('2026-04-10')
  expect(await daysOf(hospital)).toEqual([['2025-01-01', '2026-04-10']])
})
