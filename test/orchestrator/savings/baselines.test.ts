import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addBaseline, endBaseline, type NewBaseline } from '../../../orchestrator/savings/baselines.ts'
import { newBaseline, openCountedLedger, type CountedLedger } from './counted-ledger.ts'
import { BY } from './golden-case.ts'

let counted: CountedLedger

beforeAll(async () => {
  counted = await openCountedLedger()
})

afterAll(() => counted[Symbol.asyncDispose]())

const baselinesOf = async (deployment: string, variant = 'plain') =>
  (
    await sql<{
      row: string
    }>`SELECT concat_ws(' ', minutes, valid_from, coalesce(valid_until::text, 'on')) AS row
      FROM baseline WHERE deployment = ${deployment} AND variant = ${variant} ORDER BY valid_from`.execute(
      counted.db,
    )
  ).rows.map(({ row }) => row)

test('a baseline is followed up after the last day on which it was counted, and written down with who did it', async () => {
  const { hospital, first } = await counted.add()
  await addBaseline(counted.db, BY, newBaseline({ deployment: first }))
  expect(await baselinesOf(first)).toEqual(['6.000 2025-01-01 2026-03-11', '5.000 2026-03-11 on'])
  const changes = await counted.db.selectFrom('change').selectAll().where('hospital', '=', hospital).execute()
  expect(changes).toMatchObject([
    { account: 'u-1', what: 'baseline', after: { minutes: 5, validFrom: '2026-03-11' } },
  ])
})

describe('what was counted never changes', () => {
  test('a baseline that would begin on a counted day is refused, with the day from which it can', async () => {
    const { first } = await counted.add()
    const adding = addBaseline(counted.db, BY, newBaseline({ deployment: first, validFrom: '2026-03-10' }))
    await expect(adding).rejects.toMatchObject({
      code: 'baseline-stays',
      message: expect.stringContaining(
        'Field validFrom: the baseline was counted up to and including 2026-03-10',
      ),
    })
    await expect(adding).rejects.toThrow('give 2026-03-11 or a later day')
    expect(await baselinesOf(first)).toEqual(['6.000 2025-01-01 on'])
  })

  test.each([
    ['its minutes', sql`UPDATE baseline SET minutes = 7`],
    ['its beginning', sql`UPDATE baseline SET valid_from = '2025-02-01'`],
    ['its spread', sql`UPDATE baseline SET spread_minutes = 1`],
    ['an end before what it counted', sql`UPDATE baseline SET valid_until = '2026-03-10'`],
    ['taking it away', sql`DELETE FROM baseline`],
  ])('the database itself refuses %s', async (_what, change) => {
    const { first } = await counted.add()
    const changing = sql`${change} WHERE deployment = ${first}`.execute(counted.db)
    await expect(changing).rejects.toMatchObject({ constraint: 'baseline_stays' })
  })

  test('one that was never counted can still be changed, and two never share a day', async () => {
    const { second } = await counted.add()
    const id = await addBaseline(
      counted.db,
      BY,
      newBaseline({ deployment: second, variant: 'other', validFrom: '2026-04-01' }),
    )
    await sql`UPDATE baseline SET minutes = 7 WHERE id = ${id}`.execute(counted.db)
    const overlapping =
      sql`INSERT INTO baseline (deployment, variant, minutes, method, measured_by, measured_on, valid_from, remeasure_on)
      VALUES (${second}, 'other', 3, 'estimate', 'u-1', '2026-01-01', '2026-06-01', '2027-01-01')`.execute(
        counted.db,
      )
    await expect(overlapping).rejects.toMatchObject({ constraint: 'baseline_overlaps' })
  })
})

describe('before a baseline that is there already', () => {
  test('one is added until that one begins, and both stay as they were counted', async () => {
    const { hospital, first } = await counted.add()
    await addBaseline(counted.db, BY, newBaseline({ deployment: first, validFrom: '2024-01-01' }))
    const between = addBaseline(counted.db, BY, newBaseline({ deployment: first, validFrom: '2024-06-01' }))
    await expect(between).rejects.toMatchObject({
      code: 'baseline-exists',
      message: expect.stringContaining('has a baseline from 2024-01-01 until 2025-01-01'),
    })
    expect(await baselinesOf(first)).toEqual(['5.000 2024-01-01 2025-01-01', '6.000 2025-01-01 on'])
    const changes = await counted.db
      .selectFrom('change')
      .select('after')
      .where('hospital', '=', hospital)
      .execute()
    expect(changes).toMatchObject([{ after: { validFrom: '2024-01-01' } }])
  })

  test('it can end earlier than that, not later', async () => {
    const { first } = await counted.add()
    const id = await addBaseline(counted.db, BY, newBaseline({ deployment: first, validFrom: '2024-01-01' }))
    await expect(endBaseline(counted.db, BY, { id, until: '2025-02-01' })).rejects.toMatchObject({
      code: 'baseline-ended',
    })
    await endBaseline(counted.db, BY, { id, until: '2024-10-01' })
    await addBaseline(counted.db, BY, newBaseline({ deployment: first, validFrom: '2024-11-01', minutes: 4 }))
    expect(await baselinesOf(first)).toEqual([
      '5.000 2024-01-01 2024-10-01',
      '4.000 2024-11-01 2025-01-01',
      '6.000 2025-01-01 on',
    ])
  })

  test('counted days before it that no baseline has are not left without one unless that is chosen', async () => {
    const { second } = await counted.add()
    const letter = newBaseline({ deployment: second, variant: 'letter', validFrom: '2026-06-01' })
    await addBaseline(counted.db, BY, { ...letter, leavingGap: true })
    await expect(addBaseline(counted.db, BY, { ...letter, validFrom: '2026-04-01' })).rejects.toMatchObject({
      code: 'baseline-gap',
    })
    await addBaseline(counted.db, BY, { ...letter, validFrom: '2026-03-01' })
    expect(await baselinesOf(second, 'letter')).toEqual([
      '5.000 2026-03-01 2026-06-01',
      '5.000 2026-06-01 on',
    ])
  })
})

describe('days without a baseline', () => {
  test('a gap in which items were counted is refused, unless it is chosen', async () => {
    const { second } = await counted.add()
    const late = newBaseline({ deployment: second, variant: 'letter' })
    await expect(addBaseline(counted.db, BY, late)).rejects.toMatchObject({
      code: 'baseline-gap',
      message: expect.stringContaining('3 items from 2026-03-05 on have no baseline'),
    })
    await addBaseline(counted.db, BY, { ...late, leavingGap: true })
    expect(await baselinesOf(second, 'letter')).toEqual(['5.000 2026-03-11 on'])
  })

  test('a baseline that begins in time covers what was counted before it was measured', async () => {
    const { second } = await counted.add()
    await addBaseline(
      counted.db,
      BY,
      newBaseline({ deployment: second, variant: 'letter', validFrom: '2026-03-05' }),
    )
    expect(await baselinesOf(second, 'letter')).toEqual(['5.000 2026-03-05 on'])
  })

  test('ending one without another is an act of its own; after it a gap without items is none', async () => {
    const { first } = await counted.add()
    const { id } = await counted.db
      .selectFrom('baseline')
      .select('id')
      .where('deployment', '=', first)
      .executeTakeFirstOrThrow()
    await endBaseline(counted.db, BY, { id, until: '2026-04-01' })
    await addBaseline(counted.db, BY, newBaseline({ deployment: first, validFrom: '2026-05-01' }))
    expect(await baselinesOf(first)).toEqual(['6.000 2025-01-01 2026-04-01', '5.000 2026-05-01 on'])
    await expect(endBaseline(counted.db, BY, { id, until: '2026-06-01' })).rejects.toMatchObject({
      code: 'baseline-ended',
    })
  })
})

test.each<[string, Partial<NewBaseline>]>([
  ['minutes: -1 is not possible', { minutes: -1 }],
  ['minutes: 0 is not possible', { minutes: 0 }],
  ['minutes: 1.0005 is not possible', { minutes: 1.0005 }],
  ['minutes: NaN is not possible', { minutes: Number.NaN }],
  ['spreadMinutes: -2 is not possible', { spreadMinutes: -2 }],
  ['n: 0 is not possible', { n: 0 }],
  ['n: give how many cases were timed', { n: undefined }],
  ['spreadMinutes: give the standard deviation of the 30 cases', { spreadMinutes: undefined }],
  [
    'spreadMinutes: give the standard deviation of the 2 cases',
    { method: 'log', n: 2, spreadMinutes: undefined },
  ],
  ['variant: must be filled in', { variant: ' ' }],
  ['measuredBy: must be filled in', { measuredBy: '' }],
  ['measuredOn: 2026-11-23 is still to come', { measuredOn: '2026-11-23' }],
  ['measuredOn: "2026-02-30" is not a date', { measuredOn: '2026-02-30' }],
  ['validFrom: 2028-01-01 is more than a year ahead', { validFrom: '2028-01-01' }],
  ['remeasureOn: lies before the measuring', { remeasureOn: '2026-02-01' }],
  ['deployment: there is no deployment', { deployment: 'nowhere' }],
  ['validFrom: variant "plain" has a baseline from 2025-01-01 already', { validFrom: '2025-01-01' }],
])('a baseline is refused by a sentence: Field %s', async (sentence, change) => {
  const { first } = await counted.add()
  const adding = addBaseline(counted.db, BY, newBaseline({ deployment: first, ...change }))
  await expect(adding).rejects.toMatchObject({
    kind: 'business',
    message: expect.stringContaining(`Field ${sentence}`),
  })
})
