import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readAttention } from '../../../orchestrator/ledger/attention.ts'
import { addBaseline, endBaseline } from '../../../orchestrator/savings/baselines.ts'
import { addChain, endChain } from '../../../orchestrator/savings/chains.ts'
import { dayAfter } from '../../../orchestrator/savings/period.ts'
import { uncountedWhenEnded } from '../../../orchestrator/savings/uncounted.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import { newBaseline, openCountedLedger, type CountedLedger } from './counted-ledger.ts'

const TODAY = localDate(new Date(), 'Europe/Amsterdam')
const BY = { account: 'u-1', today: TODAY }
const UNTIL = dayAfter(TODAY)

let counted: CountedLedger

beforeAll(async () => {
  counted = await openCountedLedger()
})

afterAll(() => counted[Symbol.asyncDispose]())

const counts = async (deployment: string, day: string, items: number, variant = 'plain') =>
  await counted.db
    .insertInto('day_count')
    .values({
      deployment,
      day,
      variant,
      outcome: 'done',
      items,
      counting: items,
      shares: `${items}`,
      human_seconds: 0,
    })
    .execute()

const baselineOf = async (deployment: string): Promise<number> => {
  const found = counted.db.selectFrom('baseline').select('id').where('deployment', '=', deployment)
  return (await found.executeTakeFirstOrThrow()).id
}

const preview = async (hospital: string, id: number, until = UNTIL) =>
  await uncountedWhenEnded(counted.db, { hospital, today: TODAY }, { what: 'baseline', id, until })

/** One whose first deployment has a share of 60 % and whose second, without a baseline of its own, one of 40 %. */
async function chained() {
  const made = await counted.add()
  const { hospital, first, second } = made
  const id = await addChain(counted.db, BY, {
    ...{ hospital, name: 'keten', baselineDeployment: first, baselineVariant: 'plain' },
    validFrom: '2026-03-11',
    parts: [
      { deployment: first, variant: 'plain', share: 0.6 },
      { deployment: second, variant: 'letter', share: 0.4 },
    ],
  })
  return { ...made, id }
}

describe('ending a baseline', () => {
  test('tells beforehand what counts nothing and from when, with the items of 28 days, and the same when it is done', async () => {
    const { hospital, first } = await counted.add()
    await counts(first, dayAfter(TODAY, -27), 20)
    await counts(first, TODAY, 8)
    await counts(first, dayAfter(TODAY, -28), 1000)
    const id = await baselineOf(first)
    const told = [{ deployment: first, variant: 'plain', from: UNTIL, until: null, items: 28, days: 28 }]
    expect(await preview(hospital, id)).toEqual(told)
    expect(
      (await counted.db.selectFrom('baseline').select('valid_until').where('id', '=', id).execute())[0],
    ).toEqual({
      valid_until: null,
    })
    expect(await endBaseline(counted.db, BY, { id, until: UNTIL })).toEqual(told)
  })

  test('tells nothing of a deployment that is not live, and of one that is followed up at once', async () => {
    const { hospital, first } = await counted.add()
    const id = await baselineOf(first)
    await addBaseline(counted.db, BY, newBaseline({ deployment: first, validFrom: dayAfter(TODAY, 5) }))
    expect(await preview(hospital, id, dayAfter(TODAY, 5))).toEqual([])
    expect(await preview(hospital, id)).toMatchObject([{ from: UNTIL, until: dayAfter(TODAY, 5), items: 0 }])
    await counted.db.updateTable('deployment').set({ mode: 'shadow' }).where('id', '=', first).execute()
    expect(await preview(hospital, id)).toEqual([])
  })

  test('that a chain splits tells of all its parts', async () => {
    const { hospital, first, second } = await chained()
    await counts(second, TODAY, 7, 'letter')
    expect(await preview(hospital, await baselineOf(first))).toMatchObject([
      { deployment: first, variant: 'plain', items: 0 },
      { deployment: second, variant: 'letter', from: UNTIL, items: 7 },
    ])
  })
})

test('closing a chain tells of the parts without a baseline of their own, until they have one; what the chain counted is no gap', async () => {
  const { hospital, first, second, id } = await chained()
  await counts(second, TODAY, 7, 'letter')
  const ending = { what: 'chain', id, until: UNTIL } as const
  const asked = { hospital, today: TODAY }
  expect(await uncountedWhenEnded(counted.db, asked, ending)).toEqual([
    { deployment: second, variant: 'letter', from: UNTIL, until: null, items: 7, days: 28 },
  ])
  // Three letters of 5 March count nothing and are left so; those of the chain do count.
  const own = newBaseline({ deployment: second, variant: 'letter', validFrom: UNTIL })
  await expect(addBaseline(counted.db, BY, own)).rejects.toThrow('3 items from 2026-03-05 on')
  await addBaseline(counted.db, BY, { ...own, leavingGap: true })
  expect(await endChain(counted.db, BY, { id, hospital, until: UNTIL })).toEqual([])
  await expect(
    addBaseline(counted.db, BY, newBaseline({ deployment: first, variant: 'none', validFrom: UNTIL })),
  ).resolves.toBeGreaterThan(0)
})

describe('Today', () => {
  const told = async (hospital: string) =>
    (await readAttention(counted.db, hospital)).filter(({ kind }) => kind === 'without-baseline')

  test('tells of items that count nothing as soon as one does, until there is a baseline', async () => {
    const { hospital, first } = await counted.add()
    await counts(first, TODAY, 3)
    expect(await told(hospital)).toEqual([])
    await counts(first, dayAfter(TODAY, -2), 2, 'other')
    await counts(first, TODAY, 1, 'other')
    expect(await told(hospital)).toMatchObject([
      {
        ...{ deployment: first, variant: 'other', count: 3 },
        at: new Date(`${dayAfter(TODAY, -2)}T00:00:00Z`),
      },
    ])
    const other = newBaseline({ deployment: first, variant: 'other', validFrom: dayAfter(TODAY, -2) })
    await addBaseline(counted.db, BY, other)
    expect(await told(hospital)).toEqual([])
  })

  test('names the baseline that a chain splits when that one is missing', async () => {
    const { hospital, first, second } = await chained()
    await endBaseline(counted.db, BY, { id: await baselineOf(first), until: TODAY })
    await counts(second, TODAY, 4, 'letter')
    expect(await told(hospital)).toMatchObject([{ deployment: first, variant: 'plain', count: 4 }])
  })
})
