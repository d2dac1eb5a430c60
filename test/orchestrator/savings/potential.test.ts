import { afterAll, beforeAll, expect, test } from 'vitest'
import { putHospital } from '../../../orchestrator/ledger/setup.ts'
import {
  addBusinessCase,
  readPotential,
  removeBusinessCase,
} from '../../../orchestrator/savings/potential.ts'
import { BY, putGoldenCase } from './golden-case.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'

let ledger: TestLedger

beforeAll(async () => {
  ledger = await openTestLedger()
  const { db } = ledger
  // Two hospitals run the bot: 30 items of 6 minutes and 10 of 10; a third does not, and has a norm of 1,363.
  for (const [hospital, minutes, items] of [
    ['runs-one', 6, 30],
    ['runs-two', 10, 10],
  ] as const)
    await putGoldenCase(db, hospital, {
      ...{ name: hospital, period: ['2026-01-01', '2026-11-22'] },
      deployments: [
        { baselines: [{ minutes }], counts: [['2026-06-01', 'plain', 'done', items, String(items), 600]] },
      ],
      expected: { gross: 0, human: 0, netHours: 0, fte: 0, contractFte: 0, grade: null },
    })
  const norms = [{ validFrom: '2026-01-01', name: 'government', hoursPerYear: 1363 }]
  await putHospital(db, { id: 'wants', name: 'Wants', norms })
})

afterAll(() => ledger[Symbol.asyncDispose]())

const wants = { hospital: 'wants', bot: 'golden', itemsPerYear: 6000, source: 'count of 2025' }

test('without minutes of its own, the measured ones of hospitals that run the bot are used, weighed by their items', async () => {
  await addBusinessCase(ledger.db, BY, wants)
  const [found] = await readPotential(ledger.db, BY.today)
  // (30 × 6 + 10 × 10) / 40 = 7 minutes; 6,000 × 7 / 60 = 700 hours
  expect(found).toMatchObject({
    ...{ from: 'measured', minutes: 7, hoursPerYear: 700, adopted: false },
    measuredAt: { hospitals: 2, items: 40 },
    fte: 700 / 1363,
    contractFte: 700 / 1878,
  })
})

test('a later business case replaces it; a hospital’s own figures are not its potential', async () => {
  await addBusinessCase(ledger.db, BY, { ...wants, minutes: 4.5, itemsPerYear: 800 })
  await addBusinessCase(ledger.db, BY, { ...wants, hospital: 'runs-one', itemsPerYear: 60 })
  expect(await readPotential(ledger.db, BY.today)).toMatchObject([
    { hospital: 'wants', from: 'business-case', hoursPerYear: 60, measuredAt: { items: 0 } }, // 800 × 4.5 / 60
    { hospital: 'runs-one', from: 'measured', minutes: 10, hoursPerYear: 10, adopted: true }, // of the other one only
  ])
})

test('one that was entered by mistake is taken away: the one before it counts again, then what was measured', async () => {
  const { db } = ledger
  const hospital = 'mistaken'
  await putHospital(db, { id: hospital, name: 'Mistaken', norms: [] })
  const first = await addBusinessCase(db, BY, { ...wants, hospital, itemsPerYear: 600 })
  const second = await addBusinessCase(db, BY, { ...wants, hospital, itemsPerYear: 6 })
  const now = async () => {
    const found = (await readPotential(db, BY.today)).find((row) => row.hospital === hospital)
    return [found?.businessCase, found?.volumeFrom]
  }
  expect(await now()).toEqual([second, 'business-case'])
  const elsewhere = removeBusinessCase(db, BY, { hospital: 'runs-one', id: second })
  await expect(elsewhere).rejects.toMatchObject({ code: 'not-found' })
  await removeBusinessCase(db, BY, { hospital, id: second })
  expect(await now()).toEqual([first, 'business-case'])
  await removeBusinessCase(db, BY, { hospital, id: first })
  expect(await now()).toEqual([null, 'measured'])
  const [last] = await db.selectFrom('change').selectAll().orderBy('id', 'desc').limit(1).execute()
  expect(last).toMatchObject({
    what: 'business-case',
    subject: 'golden',
    before: { itemsPerYear: 600 },
    after: null,
  })
})

test('a bot that nobody measured has no potential without minutes', async () => {
  await addBusinessCase(ledger.db, BY, { ...wants, bot: 'unknown' })
  expect((await readPotential(ledger.db, BY.today)).map(({ bot }) => bot)).not.toContain('unknown')
})

test.each([
  ['itemsPerYear: 0 is not possible', { itemsPerYear: 0 }],
  ['itemsPerYear: 1.5 is not possible', { itemsPerYear: 1.5 }],
  ['minutes: -1 is not possible', { minutes: -1 }],
  ['source: must be filled in', { source: '' }],
])('is refused: Field %s', async (sentence, change) => {
  await expect(addBusinessCase(ledger.db, BY, { ...wants, ...change })).rejects.toThrow(`Field ${sentence}`)
})

test('what people finished counts at its whole baseline, in volume and minutes, whatever a hospital credits for it', async () => {
  await using own = await openTestLedger()
  // 365 measured days: 20 items of 6 minutes by the robot; 10 of 15 by hand, of which nothing or a half is credited.
  const source = (hospital: string, shares: string) =>
    putGoldenCase(own.db, hospital, {
      ...{ name: hospital, period: ['2025-11-23', '2026-11-22'] },
      deployments: [
        {
          baselines: [{}, { variant: 'rare', minutes: 15 }],
          counts: [
            ['2025-11-23', 'plain', 'done', 20, '20', 0],
            ['2026-06-01', 'rare', 'by-hand', 10, shares, 600],
            ['2026-06-01', 'rare', 'parked', 10, '0', 0],
            ['2026-06-01', 'plain', 'nothing', 5, '0', 0],
            ['2026-06-01', 'bare', 'done', 5, '5', 0],
            ['2026-06-02', 'plain', 'done', 7, '7', 0, 'one-off'],
            ['2026-06-02', 'plain', 'done', 3, '3', 0, 'left-out'],
          ],
        },
      ],
      expected: { gross: 0, human: 0, netHours: 0, fte: 0, contractFte: 0, grade: null },
    })
  await putHospital(own.db, { id: 'wants', name: 'Wants', norms: [] })
  const found = async () =>
    (await readPotential(own.db, BY.today)).find(({ hospital }) => hospital === 'wants')
  // (20 × 6 + 10 × 15) / 30 = 9 minutes; 30 items × 9 / 60 = 4.5 hours
  const expected = { minutes: 9, itemsPerYear: 30, hoursPerYear: 4.5 }
  await source('credits-none', '0')
  expect(await found()).toMatchObject({ ...expected, measuredAt: { hospitals: 1, items: 30 } })
  await source('credits-half', '5')
  expect(await found()).toMatchObject({ ...expected, measuredAt: { hospitals: 2, items: 60 } })
})

test('a volume is not rounded before hours and FTE are computed from it', async () => {
  await using own = await openTestLedger()
  for (const [hospital, items] of [
    ['one', 5],
    ['other', 6],
  ] as const)
    await putGoldenCase(own.db, hospital, {
      ...{ name: hospital, period: ['2025-11-23', '2026-11-22'] },
      deployments: [{ counts: [['2025-11-23', 'plain', 'done', items, String(items), 0]] }],
      expected: { gross: 0, human: 0, netHours: 0, fte: 0, contractFte: 0, grade: null },
    })
  await putHospital(own.db, { id: 'wants', name: 'Wants', norms: [] })
  // (5 + 6) / 2 = 5.5 items of 6 minutes
  expect(await readPotential(own.db, BY.today)).toMatchObject([
    { hospital: 'wants', itemsPerYear: 5.5, hoursPerYear: 0.55, contractFte: 0.55 / 1878 },
  ])
})
