import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addBaseline } from '../../../orchestrator/savings/baselines.ts'
import { addChain, endChain, type NewChain } from '../../../orchestrator/savings/chains.ts'
import { COMMON_NORMS, addNorm, readNorms, removeNorm } from '../../../orchestrator/savings/norms.ts'
import { signRealised, withdrawRealised } from '../../../orchestrator/savings/realised.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { addOneOff } from '../../../orchestrator/savings/one-off.ts'
import { bookUpkeep, readUpkeep, withdrawUpkeep } from '../../../orchestrator/savings/upkeep.ts'
import { newBaseline, openCountedLedger, type CountedLedger } from './counted-ledger.ts'
import { BY } from './golden-case.ts'

let counted: CountedLedger

beforeAll(async () => {
  counted = await openCountedLedger()
})

afterAll(() => counted[Symbol.asyncDispose]())

const chain = (hospital: string, change: Partial<NewChain> = {}): NewChain => ({
  ...{
    hospital,
    name: 'referral',
    baselineDeployment: `${hospital}-0`,
    baselineVariant: 'plain',
    validFrom: '2026-03-11',
  },
  parts: [
    { deployment: `${hospital}-0`, variant: 'plain', share: 0.6 },
    { deployment: `${hospital}-1`, variant: 'letter', share: 0.4 },
  ],
  ...change,
})

describe('a chain', () => {
  test.each([
    ['parts: the shares add up to 0.9', [0.6, 0.3]],
    ['parts: the shares add up to 1.0001', [0.6, 0.4001]],
    ['parts: 1.4 is not possible', [1.4, -0.4]],
    ['parts: 0.66667 is not possible', [0.66667, 0.33333]],
  ])('is refused: Field %s', async (sentence, [one = 0, two = 0]) => {
    const { hospital, first, second } = await counted.add()
    const parts = [
      { deployment: first, variant: 'plain', share: one },
      { deployment: second, variant: 'letter', share: two },
    ]
    await expect(addChain(counted.db, BY, chain(hospital, { parts }))).rejects.toThrow(`Field ${sentence}`)
  })

  test('begins after what its parts counted, splits a baseline that is there, and a variant is in one at a time', async () => {
    const { hospital } = await counted.add()
    const early = addChain(counted.db, BY, chain(hospital, { validFrom: '2026-03-10' }))
    await expect(early).rejects.toMatchObject({
      code: 'chain-too-early',
      message: expect.stringContaining('give 2026-03-11'),
    })
    const without = addChain(counted.db, BY, chain(hospital, { baselineVariant: 'none' }))
    await expect(without).rejects.toMatchObject({ code: 'baseline-missing' })
    await addChain(counted.db, BY, chain(hospital))
    await expect(addChain(counted.db, BY, chain(hospital))).rejects.toMatchObject({ code: 'chain-overlaps' })
  })

  test('is ended, never changed, and the database holds it to that and to shares of 1', async () => {
    const { hospital, first } = await counted.add()
    const id = await addChain(counted.db, BY, chain(hospital))
    await sql`INSERT INTO day_count (deployment, day, variant, outcome, items, counting, shares, human_seconds)
      VALUES (${first}, '2026-03-20', 'plain', 'done', 1, 1, 1, 0)`.execute(counted.db)
    const change = sql`UPDATE chain SET valid_from = '2026-03-12' WHERE id = ${id}`.execute(counted.db)
    await expect(change).rejects.toMatchObject({ constraint: 'chain_stays' })
    await expect(
      sql`UPDATE chain_part SET share = 0.5 WHERE chain = ${id}`.execute(counted.db),
    ).rejects.toThrow('stay as they are')
    await expect(endChain(counted.db, BY, { id, hospital, until: '2026-03-20' })).rejects.toMatchObject({
      code: 'chain-stays',
    })
    await endChain(counted.db, BY, { id, hospital, until: '2026-03-21' })
    const half =
      sql`WITH made AS (INSERT INTO chain (hospital, name, baseline_deployment, baseline_variant, valid_from, made_by)
      VALUES (${hospital}, 'half', ${first}, 'plain', '2026-04-01', 'u-1') RETURNING id)
      INSERT INTO chain_part SELECT id, ${hospital}, ${first}, 'plain', 0.5 FROM made`.execute(counted.db)
    await expect(half).rejects.toMatchObject({ constraint: 'chain_adds_up' })
  })

  test('the baseline that it splits is in use by all of its parts', async () => {
    const { hospital, first, second } = await counted.add()
    await addChain(counted.db, BY, chain(hospital))
    await sql`INSERT INTO day_count (deployment, day, variant, outcome, items, counting, shares, human_seconds)
      VALUES (${second}, '2026-05-20', 'letter', 'done', 1, 1, 1, 0)`.execute(counted.db)
    const adding = addBaseline(counted.db, BY, newBaseline({ deployment: first, validFrom: '2026-05-01' }))
    await expect(adding).rejects.toThrow('counted up to and including 2026-05-20')
  })
})

describe('norms', () => {
  test.each([0, -1, 10_000, 1440.55])('%d hours a year are refused', async (hoursPerYear) => {
    const { hospital } = await counted.add()
    const adding = addNorm(counted.db, BY, {
      hospital,
      name: 'planning',
      hoursPerYear,
      validFrom: '2026-06-01',
    })
    await expect(adding).rejects.toThrow(`Field hoursPerYear: ${hoursPerYear} is not possible`)
  })

  test('of no hours are refused by the database itself, whoever writes them', async () => {
    const { hospital } = await counted.add()
    const norm = { hospital, name: 'none', valid_from: '2026-07-01', hours_per_year: '0' }
    await expect(counted.db.insertInto('norm').values(norm).execute()).rejects.toThrow('check constraint')
  })

  test('each from its date; a date that has one is not overwritten', async () => {
    const { hospital } = await counted.add()
    for (const [index, norm] of COMMON_NORMS.entries())
      await addNorm(counted.db, BY, {
        hospital,
        name: norm.name,
        hoursPerYear: norm.hoursPerYear,
        validFrom: `2026-0${index + 1}-01`,
      })
    expect((await readNorms(counted.db, hospital)).map((norm) => norm.hoursPerYear)).toEqual([
      1363, 1440, 1720, 1872, 1878, 1440,
    ])
    const again = addNorm(counted.db, BY, {
      hospital,
      name: 'other',
      hoursPerYear: 1500,
      validFrom: '2026-01-01',
    })
    await expect(again).rejects.toMatchObject({ code: 'norm-exists' })
  })

  test('one that was entered by mistake is taken away, here only, and the one before it holds again', async () => {
    const [here, elsewhere] = [await counted.add(), await counted.add()]
    const validFrom = '2026-02-01'
    for (const { hospital } of [here, elsewhere])
      await addNorm(counted.db, BY, { hospital, name: 'typo', hoursPerYear: 1040, validFrom })
    const normOf = async ({ hospital }: { readonly hospital: string }) => {
      const asked = { from: '2026-03-01', to: '2026-03-31', today: BY.today, hospital }
      return (await readSavings(counted.db, asked)).hospitals[0]?.norm.hoursPerYear
    }
    expect([await normOf(here), await normOf(elsewhere)]).toEqual([1040, 1040])
    const { hospital } = here
    await removeNorm(counted.db, BY, { hospital, validFrom })
    expect([await normOf(here), await normOf(elsewhere)]).toEqual([1440, 1040])
    const removing = removeNorm(counted.db, BY, { hospital, validFrom })
    await expect(removing).rejects.toMatchObject({ code: 'not-found' })
    const changes = await counted.db
      .selectFrom('change')
      .selectAll()
      .where('hospital', '=', hospital)
      .orderBy('id', 'desc')
      .execute()
    const typed = { name: 'typo', hoursPerYear: 1040, validFrom }
    expect(changes).toMatchObject([
      { what: 'norm', subject: validFrom, before: typed, after: null },
      { before: null, after: typed },
    ])
  })
})

describe('a norm', () => {
  test.each([0.1, 144, 999.9, 2100.1, 14_400])('of %d hours is none of one FTE', async (hoursPerYear) => {
    const { hospital } = await counted.add()
    const adding = addNorm(counted.db, BY, { hospital, name: 'own', hoursPerYear, validFrom: '2026-06-01' })
    await expect(adding).rejects.toThrow(/^Field hoursPerYear: .*(1000 to|at most) 2100/)
  })

  test('by which the FTE of signed hours was told stays: none begins or goes where they end', async () => {
    const { hospital } = await counted.add()
    const put = (validFrom: string) =>
      addNorm(counted.db, BY, { hospital, name: 'own', hoursPerYear: 1500, validFrom })
    await put('2026-03-01')
    await put('2026-06-01')
    const march = { hospital, from: '2026-03-01', to: '2026-03-31', hours: 0.1 }
    const signed = { purpose: 'more-care', department: 'Poli', signedName: 'Hoofd' } as const
    const id = await signRealised(counted.db, BY, { ...march, ...signed })
    for (const day of ['2026-03-02', '2026-03-31'])
      await expect(put(day)).rejects.toMatchObject({
        code: 'norm-signed',
        message: expect.stringContaining('hours up to and including 2026-03-31 are signed'),
      })
    const take = (validFrom: string) => removeNorm(counted.db, BY, { hospital, validFrom })
    await expect(take('2026-03-01')).rejects.toMatchObject({ code: 'norm-signed' })
    // Of days before and after, nothing is signed.
    await put('2026-02-01')
    await put('2026-04-01')
    await take('2026-06-01')
    await withdrawRealised(counted.db, BY, { id, hospital, reason: 'again' })
    await take('2026-03-01')
  })
})

describe('upkeep and backlogs', () => {
  test.each([
    ['day: 2026-11-23 is still to come', { day: '2026-11-23' }],
    ['day: 2016-03-09 is more than two years ago', { day: '2016-03-09' }],
    ['day: 1026-03-09 is not a day from 2000-01-01', { day: '1026-03-09' }],
    ['hours: -2 is not possible', { hours: -2 }],
    ['hours: 25 is not possible', { hours: 25 }],
    ['note: must be filled in', { note: '' }],
  ])('upkeep is refused: Field %s', async (sentence, change) => {
    const { first } = await counted.add()
    const booking = bookUpkeep(counted.db, BY, {
      deployment: first,
      day: '2026-03-10',
      hours: 1,
      note: 'new screen',
      ...change,
    })
    await expect(booking).rejects.toThrow(`Field ${sentence}`)
  })

  test('hours booked by mistake are withdrawn and stay in the list; they cannot be changed', async () => {
    const { hospital, first } = await counted.add()
    const id = await bookUpkeep(counted.db, BY, {
      deployment: first,
      day: '2026-03-10',
      hours: 1.25,
      note: 'new screen',
    })
    await expect(sql`UPDATE upkeep SET hours = 1 WHERE id = ${id}`.execute(counted.db)).rejects.toThrow(
      'never changed',
    )
    await withdrawUpkeep(counted.db, BY, { id, hospital })
    await expect(withdrawUpkeep(counted.db, BY, { id, hospital })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await readUpkeep(counted.db, hospital)).toMatchObject([{ id, hours: '1.25', withdrawn: true }])
  })

  test('the days of a backlog in the wrong order are refused', async () => {
    const { first } = await counted.add()
    const adding = addOneOff(counted.db, BY, {
      deployment: first,
      from: '2026-03-10',
      until: '2026-03-09',
      reason: 'backlog',
    })
    await expect(adding).rejects.toThrow('Field until: 2026-03-09 lies before 2026-03-10')
  })
})
