import { expect, test } from 'vitest'
import {
  addCost,
  putHourRate,
  readMoney,
  removeCost,
  removeHourRate,
} from '../../../orchestrator/programme/costs.ts'
import { enterTimeUse, readActivityHours, readTimeUse } from '../../../orchestrator/programme/time-use.ts'
import { readValueCase } from '../../../orchestrator/programme/value-case.ts'
import { failureOf, openProgrammeLedger } from './programme-ledger.ts'

const TODAY = '2026-11-21'
const by = { account: 'account-1' }
/** The whole of it, to who may see items. */
const ask = { hospitals: ['oost'], today: TODAY, seesItems: () => true }

test('the value case prices net hours at the rate of their day, less the costs, year by year', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const deployment = await ledger.deploy('oost', 'referral-intake', 'live')
  await ledger.count(deployment, '2025-12-31', 10)
  await ledger.count(deployment, '2026-01-31', 3)
  await ledger.count(deployment, '2026-02-01', 5)
  const rate = { hospital: 'oost', deployment, functionGroup: 'FG 35', ...by }
  await putHourRate(db, { ...rate, validFrom: '2025-01-01', euros: '40.10' }, TODAY)
  await putHourRate(db, { ...rate, validFrom: '2026-02-01', euros: '42.35' }, TODAY)
  const cost = { hospital: 'oost', bot: null, note: 'servers', ...by }
  await addCost(db, { ...cost, year: 2025, kind: 'hosting', euros: '450.25' }, TODAY)
  const mistaken = await addCost(db, { ...cost, year: 2026, kind: 'licences', euros: '9999' }, TODAY)
  await removeCost(db, { hospital: 'oost', id: mistaken, ...by })
  const { years } = await readValueCase(db, { ...ask, from: 2025, to: 2026 })
  expect(years).toMatchObject([
    // 10 h × 40.10 = 401.00; 401.00 − 450.25 = −49.25
    {
      year: 2025,
      benefit: '401.00',
      costTotal: '450.25',
      result: '-49.25',
      cumulative: '-49.25',
      netHours: 10,
    },
    // 3 h × 40.10 + 5 h × 42.35 = 120.30 + 211.75 = 332.05; −49.25 + 332.05 = 282.80
    { year: 2026, benefit: '332.05', costTotal: '0.00', result: '332.05', cumulative: '282.80', netHours: 8 },
  ])
  expect(years[0]?.costs).toEqual({ licences: '0.00', hours: '0.00', hosting: '450.25', other: '0.00' })
})

test('a rate that begins within a month prices the days from then on, over a leap day and the change of the clock', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const deployment = await ledger.deploy('oost', 'referral-intake', 'live')
  await ledger.count(deployment, '2028-02-28', 1)
  await ledger.count(deployment, '2028-02-29', 2)
  await ledger.count(deployment, '2028-03-25', 4)
  await ledger.count(deployment, '2028-03-26', 8)
  const rate = { hospital: 'oost', deployment, functionGroup: 'FG 35', ...by }
  await putHourRate(db, { ...rate, validFrom: '2028-02-29', euros: '10' }, '2028-03-31')
  await putHourRate(db, { ...rate, validFrom: '2028-03-26', euros: '100' }, '2028-03-31')
  await putHourRate(db, { ...rate, validFrom: '2028-12-31', euros: '1000' }, '2028-03-31')
  const { years } = await readValueCase(db, { ...ask, from: 2027, to: 2028, today: '2028-03-31' })
  expect(years).toMatchObject([
    { year: 2027, benefit: '0.00', netHours: 0, hoursWithoutRate: 0 },
    // 1 h without a rate; (2 + 4) h × 10 + 8 h × 100 = 60 + 800 = 860
    { year: 2028, benefit: '860.00', netHours: 15, hoursWithoutRate: 1 },
  ])
})

test('hours without a rate are told apart and not priced; other hospitals are not counted', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  await ledger.count(await ledger.deploy('oost', 'referral-intake', 'live'), '2026-03-01', 7)
  await ledger.count(await ledger.deploy('west', 'referral-intake', 'live'), '2026-03-01', 100)
  const { years } = await readValueCase(db, { ...ask, from: 2026, to: 2026 })
  expect(years[0]).toMatchObject({ benefit: '0.00', netHours: 7, hoursWithoutRate: 7 })
})

test('hours without a rate that hide each other when they are added up are told all the same', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const asked = { ...ask, from: 2026, to: 2026 }
  expect(await readValueCase(db, asked)).toMatchObject({ someWithoutRate: false })
  const gains = await ledger.deploy('oost', 'referral-intake', 'live')
  const costs = await ledger.deploy('oost', 'insurance-check', 'live')
  await ledger.count(gains, '2026-03-01', 7)
  await db
    .insertInto('upkeep')
    .values({ deployment: costs, day: '2026-03-01', hours: '7.00', booked_by: 'account-1' })
    .execute()
  const { whole, someWithoutRate } = await readValueCase(db, asked)
  expect(whole.hoursWithoutRate).toBeCloseTo(0, 12)
  expect(someWithoutRate).toBe(true)
  for (const deployment of [gains, costs])
    await putHourRate(
      db,
      {
        ...{ hospital: 'oost', deployment, functionGroup: 'FG 35', ...by },
        ...{ validFrom: '2026-01-01', euros: '10' },
      },
      TODAY,
    )
  expect(await readValueCase(db, asked)).toMatchObject({ someWithoutRate: false })
})

test('a rate of another hospital’s deployment, and amounts that are none, are refused by field', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const deployment = await ledger.deploy('west', 'referral-intake', 'live')
  const rate = {
    hospital: 'oost',
    deployment,
    functionGroup: 'FG 35',
    validFrom: '2026-01-01',
    euros: '40',
    ...by,
  }
  expect((await failureOf(putHourRate(db, rate, TODAY))).message).toContain('Field deployment')
  const ahead = putHourRate(db, { ...rate, hospital: 'west', validFrom: '2027-11-23' }, TODAY)
  expect((await failureOf(ahead)).message).toContain('Field validFrom: 2027-11-23 is more than a year ahead')
  await putHourRate(db, { ...rate, hospital: 'west' }, TODAY)
  expect(await failureOf(removeHourRate(db, rate))).toMatchObject({ code: 'not-found' })
  expect((await readMoney(db, 'west')).rates).toHaveLength(1)
  const cost = { hospital: 'oost', bot: null, year: 2026, kind: 'other', note: '', ...by } as const
  for (const euros of ['-1', '0', '1.005', 'veel', ''])
    expect((await failureOf(addCost(db, { ...cost, euros }, TODAY))).message).toContain('Field euros')
  expect((await failureOf(addCost(db, { ...cost, euros: '1', year: 2032 }, TODAY))).message).toContain(
    'Field year',
  )
  const elsewhere = await addCost(db, { ...cost, hospital: 'west', euros: '1' }, TODAY)
  expect(await failureOf(removeCost(db, { hospital: 'oost', id: elsewhere, ...by }))).toMatchObject({
    code: 'not-found',
  })
})

const nurses = {
  name: 'Verpleging',
  hours: '100000',
  shares: [
    { activity: 'reporting', share: '0.2100' },
    { activity: 'planning', share: '0.05' },
  ],
} as const

test('time use is read back as it was entered, and adds up to hours for each activity', async () => {
  await using ledger = await openProgrammeLedger()
  const { db } = ledger
  const desk = {
    name: 'Polikliniek',
    hours: '20000.5',
    shares: [{ activity: 'reporting', share: '0.28' }],
  } as const
  const use = { hospital: 'oost', year: 2025, source: 'tijdmeting', groups: [nurses, desk] }
  await enterTimeUse(db, { ...use, ...by }, TODAY)
  expect(await readTimeUse(db, 'oost', 2025)).toMatchObject({
    source: 'tijdmeting',
    groups: [
      { name: 'Polikliniek', hours: '20000.5' },
      { name: 'Verpleging', shares: [{ activity: 'planning', share: '0.0500' }, { activity: 'reporting' }] },
    ],
  })
  // 100,000 × 0.21 + 20,000.5 × 0.28 = 21,000 + 5,600.14 = 26,600.14; 100,000 × 0.05 = 5,000
  const hours = await readActivityHours(db, ['oost', 'west'], 2025)
  expect(hours.map(({ activity, hours: spent }) => [activity, Number(spent)])).toEqual([
    ['planning', 5000],
    ['reporting', 26600.14],
  ])
  await enterTimeUse(db, { ...use, groups: [desk], ...by }, TODAY)
  expect((await readTimeUse(db, 'oost', 2025))?.groups).toHaveLength(1)
  expect(await readTimeUse(db, 'oost', 2024)).toBeUndefined()
})

test.each([
  [
    [{ ...nurses, shares: [...nurses.shares, { activity: 'finance', share: '0.7401' }] }],
    'Field groups.1.shares:',
  ],
  [[nurses, { ...nurses, hours: '-5', name: 'Anders' }], 'Field groups.2.hours'],
  [[nurses, nurses], 'Field groups.2.name'],
  [[{ ...nurses, shares: [nurses.shares[0], nurses.shares[0]] }], 'Field groups.1.shares.2.activity'],
] as const)('time use that cannot be is refused as a whole (%#)', async (groups, named) => {
  await using ledger = await openProgrammeLedger()
  const use = { hospital: 'oost', year: 2025, source: 'tijdmeting', groups, ...by }
  expect((await failureOf(enterTimeUse(ledger.db, use, TODAY))).message).toContain(named)
  expect(await readTimeUse(ledger.db, 'oost', 2025)).toBeUndefined()
})
