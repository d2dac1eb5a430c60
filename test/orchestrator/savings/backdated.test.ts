import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addBaseline, type NewBaseline } from '../../../orchestrator/savings/baselines.ts'
import { addChain } from '../../../orchestrator/savings/chains.ts'
import { readCountsCsv } from '../../../orchestrator/savings/counts-csv.ts'
import { explain } from '../../../orchestrator/savings/explain.ts'
import { beginMeasurement, closeMeasurement } from '../../../orchestrator/savings/measuring.ts'
import { readBaselines } from '../../../orchestrator/savings/reading-measurements.ts'
import { newBaseline, openCountedLedger, type CountedLedger } from './counted-ledger.ts'
import { BY } from './golden-case.ts'

let counted: CountedLedger

beforeAll(async () => {
  counted = await openCountedLedger()
})

afterAll(() => counted[Symbol.asyncDispose]())

/** Of the letters of which three were counted on 5 March, measured on the 20th. */
const letter = (deployment: string, change: Partial<NewBaseline> = {}) =>
  newBaseline({
    ...{ deployment, variant: 'letter', measuredOn: '2026-03-20', validFrom: '2026-03-01' },
    ...change,
  })

const add = (baseline: NewBaseline) => addBaseline(counted.db, BY, baseline)

/** From when each is valid, and whether it is marked. */
const marks = async (hospital: string, variant = 'letter') =>
  (await readBaselines(counted.db, hospital))
    .filter((row) => row.variant === variant)
    .map(({ validFrom, backdated }) => [validFrom, backdated])

describe('items that were counted before it was measured', () => {
  test('are not priced with a baseline unasked: how many they are, since when, and what to do', async () => {
    const { hospital, second } = await counted.add()
    await expect(add(letter(second))).rejects.toMatchObject({
      code: 'baseline-backdated',
      message:
        'Field validFrom: 3 items from 2026-03-05 on were counted before it was measured on 2026-03-20; let it begin on 2026-03-20, or say that they are priced with it (backdated: true), which is told beside it from then on.',
    })
    expect(await marks(hospital)).toEqual([])
  })

  test('are when that is said, which is written down and told wherever the baseline is', async () => {
    const { hospital, second } = await counted.add()
    await add({ ...letter(second), backdated: true })
    expect(await marks(hospital)).toEqual([['2026-03-01', true]])
    const changes = counted.db.selectFrom('change').select('after').where('hospital', '=', hospital)
    expect(await changes.execute()).toMatchObject([{ after: { backdated: true } }])
    const march = { from: '2026-03-01', to: '2026-03-31', today: BY.today, hospital }
    const asked = { ...march, measure: 'gross-hours', seesItems: true } as const
    expect((await explain(counted.db, asked)).baselines).toMatchObject([
      { variant: 'plain', backdated: false },
      { variant: 'letter', backdated: true },
    ])
    const [heads = [], ...lines] = (await readCountsCsv(counted.db, march))
      .trim()
      .split('\r\n')
      .map((line) => line.split(','))
    const cells = ['variant', 'backdated'].map((name) => heads.indexOf(name))
    expect(lines.map((line) => cells.map((cell) => line[cell]))).toEqual([
      ['plain', 'no'],
      ['letter', 'yes'],
    ])
  })

  test('of a chain that splits it count as well', async () => {
    const { hospital, first, second } = await counted.add()
    const shared = { deployment: first, variant: 'shared' }
    await add(newBaseline({ ...shared, validFrom: '2026-03-11' }))
    await addChain(counted.db, BY, {
      ...{ hospital, name: 'two', validFrom: '2026-04-01' },
      ...{ baselineDeployment: first, baselineVariant: 'shared' },
      parts: [
        { deployment: first, variant: 'shared', share: 0.5 },
        { deployment: second, variant: 'letter', share: 0.5 },
      ],
    })
    const counts = { outcome: 'done', items: 2, counting: 2, shares: '2', human_seconds: 0 } as const
    const april = { ...counts, deployment: second, variant: 'letter', day: '2026-04-10' }
    const { id } =
      (await readBaselines(counted.db, hospital)).find(({ variant }) => variant === 'shared') ?? {}
    // The baseline that the chain splits has ended: until there is another, its parts count nothing.
    await counted.db
      .updateTable('baseline')
      .set({ valid_until: '2026-04-05' })
      .where('id', '=', id ?? 0)
      .execute()
    await counted.db.insertInto('day_count').values(april).execute()
    const late = newBaseline({ ...shared, validFrom: '2026-04-05', measuredOn: '2026-05-01' })
    await expect(add(late)).rejects.toThrow('2 items from 2026-04-10 on were counted before')
    await add({ ...late, backdated: true })
    expect(await marks(hospital, 'shared')).toEqual([
      ['2026-04-05', true],
      ['2026-03-11', false],
    ])
    // Those letters belong to the chain: a baseline of their own has nothing to do with them.
    await add(letter(second, { validFrom: '2026-04-01', measuredOn: '2026-05-01', leavingGap: true }))
  })

  test('hold a measurement up as well, until that is said', async () => {
    const { hospital, second: deployment } = await counted.add()
    const begin = { deployment, variant: 'letter', method: 'stopwatch' } as const
    const measurement = await beginMeasurement(counted.db, BY, begin)
    const timed = Array.from({ length: 5 }, (_, place) => ({ hospital, measurement, number: place + 1 }))
    await counted.db
      .insertInto('timed_case')
      .values(timed.map((row) => ({ ...row, milliseconds: 60_000, account: 'u-1' })))
      .execute()
    const end = { measurement, hospital, validFrom: '2026-03-01', remeasureOn: '2027-03-01' }
    const close = (choices: object) => closeMeasurement(counted.db, BY, { ...end, ...choices })
    await expect(close({})).rejects.toMatchObject({ code: 'baseline-backdated' })
    await expect(close({ validFrom: '2026-04-01' })).rejects.toMatchObject({ code: 'baseline-gap' })
    await close({ backdated: true })
    expect(await marks(hospital)).toEqual([['2026-03-01', true]])
  })
})

describe('nobody is bothered, and nothing marked,', () => {
  test.each<[string, Partial<NewBaseline>]>([
    ['before anything was counted', { variant: 'new', validFrom: '2025-01-01' }],
    ['when it begins on the day of measuring', { validFrom: '2026-03-05', measuredOn: '2026-03-05' }],
    ['when all was counted since the measuring', { validFrom: '2026-03-01', measuredOn: '2026-03-05' }],
    ['when all was counted before it begins', { validFrom: '2026-03-06', leavingGap: true }],
  ])('%s', async (_when, change) => {
    const { hospital, second } = await counted.add()
    const baseline = letter(second, change)
    await add(baseline)
    expect(await marks(hospital, baseline.variant)).toEqual([[baseline.validFrom, false]])
  })

  test('when a later baseline has what was counted', async () => {
    const { hospital, second } = await counted.add()
    await add(letter(second, { validFrom: '2026-03-05', measuredOn: '2026-03-05' }))
    await add(letter(second, { validFrom: '2026-02-01', measuredOn: '2026-05-01' }))
    expect(await marks(hospital)).toEqual([
      ['2026-03-05', false],
      ['2026-02-01', false],
    ])
  })
})
