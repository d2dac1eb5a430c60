import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addBaseline, endBaseline } from '../../../orchestrator/savings/baselines.ts'
import { addChain, endChain } from '../../../orchestrator/savings/chains.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readBaselines } from '../../../orchestrator/savings/reading-measurements.ts'
import { removeBaseline, uncountedWhenRemoved } from '../../../orchestrator/savings/remove-baseline.ts'
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

describe('what counts nothing then is told beforehand, and when it is done:', () => {
  const told = (hospital: string, id: number) => uncountedWhenRemoved(counted.db, BY.today, { id, hospital })

  test('all from its first day on where no other takes its place, also of one that was ended', async () => {
    const { hospital, first } = await counted.add()
    const { id: used } = await firstOf(hospital)
    await endBaseline(counted.db, BY, { id: used, until: '2026-04-01' })
    const count = { outcome: 'done', items: 6, counting: 6, shares: '6', human_seconds: 0 } as const
    await counted.db
      .insertInto('day_count')
      .values({ ...count, deployment: first, variant: 'plain', day: '2026-11-20' })
      .execute()
    await addBaseline(
      counted.db,
      BY,
      newBaseline({ deployment: first, validFrom: '2026-11-21', leavingGap: true }),
    )
    const id = (await readBaselines(counted.db, hospital))[0]?.id ?? 0
    const lost = [
      { deployment: first, variant: 'plain', from: '2026-11-21', until: null, items: 6, days: 28 },
    ]
    expect(await told(hospital, id)).toEqual(lost)
    expect(await daysOf(hospital)).toHaveLength(2)
    expect(await removeBaseline(counted.db, BY, { id, hospital })).toEqual(lost)
  })

  test('up to the day of the next one, and nothing where the one before it goes on', async () => {
    const { hospital, first } = await counted.add()
    const goingOn = await add(first, '2026-04-01')
    expect(await told(hospital, goingOn)).toEqual([])
    expect(await removeBaseline(counted.db, BY, { id: goingOn, hospital })).toEqual([])
    const alone = await add(first, '2026-12-01', 'new')
    await add(first, '2026-12-10', 'new')
    const days = { from: '2026-12-01', until: '2026-12-10' }
    expect(await told(hospital, alone)).toMatchObject([{ deployment: first, variant: 'new', ...days }])
  })

  test('of all parts of a chain that splits it; nothing at another hospital, or of one that is not live', async () => {
    const [{ hospital, first, second }, elsewhere] = [await counted.add(), await counted.add()]
    const id = await add(first, '2026-04-01', 'new')
    const parts = [first, second].map((deployment) => ({ deployment, variant: 'new', share: 0.5 }))
    const shared = { baselineDeployment: first, baselineVariant: 'new', validFrom: '2026-04-01' }
    await addChain(counted.db, BY, { hospital, name: 'two', parts, ...shared })
    expect((await told(hospital, id)).map(({ deployment }) => deployment)).toEqual([first, second])
    expect(await told(elsewhere.hospital, id)).toEqual([])
    await counted.db.updateTable('deployment').set({ mode: 'off' }).where('hospital', '=', hospital).execute()
    expect(await told(hospital, id)).toEqual([])
  })
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
