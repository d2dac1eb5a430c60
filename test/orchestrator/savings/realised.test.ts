import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readOverSigned } from '../../../orchestrator/savings/over-signed.ts'
import {
  readRealised,
  signableHours,
  signRealised,
  withdrawRealised,
  type NewRealised,
} from '../../../orchestrator/savings/realised.ts'
import { bookUpkeep } from '../../../orchestrator/savings/upkeep.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { BY, putGoldenCase } from './golden-case.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'

let ledger: TestLedger
let number = 0

beforeAll(async () => {
  ledger = await openTestLedger()
})

afterAll(() => ledger[Symbol.asyncDispose]())

/** A hospital with 10 net hours in March 2026 and 5 in April: 100 and 50 items of 6 minutes; and a backlog of 50 hours. */
async function openHospital(): Promise<string> {
  const hospital = `r${++number}`
  await putGoldenCase(ledger.db, hospital, {
    ...{ name: hospital, period: ['2026-03-01', '2026-04-30'] },
    deployments: [
      {
        counts: [
          ['2026-03-10', 'plain', 'done', 100, '100', 0],
          ['2026-03-11', 'plain', 'done', 500, '500', 0, 'one-off'],
          ['2026-04-10', 'plain', 'done', 50, '50', 0],
        ],
      },
    ],
    expected: { gross: 0, human: 0, netHours: 0, fte: 0, contractFte: 0, grade: null },
  })
  return hospital
}

const MARCH = { from: '2026-03-01', to: '2026-03-31' }
const APRIL = { from: '2026-04-01', to: '2026-04-30' }
const sign = (hospital: string, change: Partial<NewRealised>) =>
  signRealised(ledger.db, BY, {
    ...{
      hospital,
      ...MARCH,
      purpose: 'more-care',
      department: 'Poli 1',
      hours: 4,
      signedName: 'Hoofd Poli 1',
    },
    ...change,
  })

test('no more is signed than the net hours of a period less what is signed for any of its days', async () => {
  const hospital = await openHospital()
  await expect(sign(hospital, { hours: 10.01 })).rejects.toMatchObject({
    code: 'realised-within-net',
    message: expect.stringContaining(
      'the period has 10.0000 net hours of which 0.00 are signed, 2026 has 15.0000 of which 0.00 are signed: give at most 10.00',
    ),
  })
  await sign(hospital, { hours: 4 })
  await sign(hospital, { hours: 6 })
  await expect(sign(hospital, { hours: 0.01 })).rejects.toThrow('nothing is left to sign')
  // March and April together have 15, of which 10 are signed
  await expect(sign(hospital, { ...MARCH, to: APRIL.to, hours: 5.01 })).rejects.toThrow('give at most 5.00')
  await sign(hospital, { ...MARCH, to: APRIL.to, hours: 5 })
  await expect(sign(hospital, { ...APRIL, hours: 1 })).rejects.toThrow('nothing is left to sign')
})

test('what another hospital signed is not withdrawn', async () => {
  const [hospital, other] = [await openHospital(), await openHospital()]
  const id = await sign(hospital, { hours: 4 })
  const reason = 'not mine'
  await expect(withdrawRealised(ledger.db, BY, { id, hospital: other, reason })).rejects.toThrow('Field id')
  expect(await readRealised(ledger.db, hospital, BY.today)).toMatchObject([
    { hours: '4.00', withdrawn: null },
  ])
})

test('the last hundredth of an hour can be signed, which a double would take away', async () => {
  const hospital = await openHospital()
  await sign(hospital, { hours: 1.71 })
  // (10 − 1.71) × 100 is 828.9999999999999.
  await expect(sign(hospital, { hours: 8.3 })).rejects.toThrow('give at most 8.29')
  await sign(hospital, { hours: 8.29 })
})

test('the report shows what was signed for days within its period, and withdrawn hours no more', async () => {
  const hospital = await openHospital()
  const id = await sign(hospital, { hours: 4.5 })
  await sign(hospital, { ...APRIL, hours: 2 })
  const shown = async (period: { from: string; to: string }) => {
    const { hospitals } = await readSavings(ledger.db, { ...period, hospital, today: BY.today })
    return [hospitals[0]?.realisedHours, hospitals[0]?.realisedAcrossHours]
  }
  expect(await shown(MARCH)).toEqual(['4.50', '0'])
  expect(await shown({ ...MARCH, to: APRIL.to })).toEqual(['6.50', '0'])
  // Of these days nobody signed how many of the hours are theirs: they are told beside it.
  expect(await shown({ from: '2026-03-02', to: '2026-03-31' })).toEqual(['0', '4.50'])
  expect(await shown({ from: '2026-03-10', to: '2026-03-10' })).toEqual(['0', '4.50'])
  expect(await shown({ from: '2026-03-01', to: '2026-04-01' })).toEqual(['4.50', '2.00'])
  expect(await shown({ from: '2026-02-01', to: '2026-02-28' })).toEqual(['0', '0'])
  await withdrawRealised(ledger.db, BY, { id, hospital, reason: 'signed for the wrong department' })
  expect(await shown(MARCH)).toEqual(['0', '0'])
  expect(await shown({ from: '2026-03-02', to: '2026-03-31' })).toEqual(['0', '0'])
  expect(await readRealised(ledger.db, hospital, BY.today)).toMatchObject([
    { hours: '2.00', withdrawn: null },
    {
      hours: '4.50',
      netHours: '10.0000',
      withdrawn: { by: 'u-1', reason: 'signed for the wrong department' },
    },
  ])
  await sign(hospital, { hours: 10 })
})

test.each<[string, Partial<NewRealised>]>([
  ['hours: 0 is not possible', { hours: 0 }],
  ['hours: -4 is not possible', { hours: -4 }],
  ['hours: 1.005 is not possible', { hours: 1.005 }],
  ['department: must be filled in', { department: '' }],
  ['signedName: must be filled in', { signedName: ' ' }],
  ['to: 2026-03-01 lies before 2026-03-31', { from: '2026-03-31', to: '2026-03-01' }],
  ['to: 2026-11-30 is not over', { from: '2026-11-01', to: '2026-11-30' }],
  ['to: 2026-11-22 is not over', { to: '2026-11-22' }],
  ['from: 2026-03-10 up to', { from: '2026-03-10', to: '2026-03-10' }],
  ['to: 2026-03-01 up to', { to: '2026-03-30' }],
  ['to: 2025-12-01 up to and including 2026-03-31 lie in several years', { from: '2025-12-01' }],
  ['from: 2027-01-01 is still to come', { from: '2027-01-01', to: '2027-01-31' }],
])('is refused: Field %s', async (sentence, change) => {
  await expect(sign(await openHospital(), change)).rejects.toThrow(`Field ${sentence}`)
})

test('the database itself holds what is signed to the net hours, and never changes it', async () => {
  const hospital = await openHospital()
  const id = await sign(hospital, { hours: 4 })
  const insert = (hours: number, before: number) =>
    sql`INSERT INTO realised (hospital, from_day, to_day, purpose, department,
    hours, net_hours, signed_before, signed_name, signed_by) VALUES (${hospital}, '2026-03-01', '2026-03-31', 'more-care', 'Poli 1',
    ${hours}, 10, ${before}, 'Hoofd', 'u-1')`.execute(ledger.db)
  await expect(insert(7, 4)).rejects.toMatchObject({ constraint: 'realised_within_net' })
  await expect(insert(7, 0)).rejects.toMatchObject({ constraint: 'realised_meanwhile' })
  await insert(6, 4)
  for (const change of [
    'hours = 1',
    "purpose = 'less-pressure'",
    "signed_name = 'Ander'",
    "from_day = '2026-02-01'",
  ])
    await expect(
      sql`UPDATE realised SET ${sql.raw(change)} WHERE id = ${id}`.execute(ledger.db),
    ).rejects.toMatchObject({
      constraint: 'realised_stays',
    })
  await expect(sql`DELETE FROM realised WHERE id = ${id}`.execute(ledger.db)).rejects.toMatchObject({
    constraint: 'realised_stays',
  })
  await withdrawRealised(ledger.db, BY, { id, hospital, reason: 'mistake' })
  const again = sql`UPDATE realised SET withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_reason = NULL WHERE id = ${id}`
  await expect(again.execute(ledger.db)).rejects.toMatchObject({ constraint: 'realised_stays' })
})

test('months that gained are not signed without those of their year that cost', async () => {
  const hospital = await openHospital()
  const deployment = `${hospital}-0`
  // The year has 10 + 5 − 9 = 6, so of the 10 of March 6 can be signed, and then nothing of April.
  await bookUpkeep(ledger.db, BY, { deployment, day: '2026-06-10', hours: 9, note: 'new version' })
  await expect(sign(hospital, { hours: 6.01 })).rejects.toThrow(
    '2026 has 6.0000 of which 0.00 are signed: give at most 6.00',
  )
  await sign(hospital, { hours: 6 })
  await expect(sign(hospital, { ...APRIL, hours: 0.01 })).rejects.toThrow(
    'the period has 5.0000 net hours of which 0.00 are signed, 2026 has 6.0000 of which 6.00 are signed: nothing is left',
  )
})

test('what a year has left is not passed by over New Year: neither asked, nor signed, nor written', async () => {
  const hospital = `r${++number}`
  const days = { from: '2025-12-01', to: '2026-01-31' }
  await putGoldenCase(ledger.db, hospital, {
    ...{ name: hospital, period: ['2025-01-01', '2026-01-31'] },
    deployments: [{ counts: [['2025-12-10', 'plain', 'done', 1000, '1000', 0]] }],
    expected: { gross: 0, human: 0, netHours: 0, fte: 0, contractFte: 0, grade: null },
  })
  // 2025 has 100 − 96 = 4, of which December alone has 100.
  for (const day of ['2025-03-03', '2025-03-04', '2025-03-05', '2025-03-06'])
    await bookUpkeep(ledger.db, BY, { deployment: `${hospital}-0`, day, hours: 24, note: 'new version' })
  const asked = signableHours(ledger.db, { hospital, ...days, today: BY.today })
  await expect(asked).rejects.toMatchObject({ code: 'period-over-years' })
  await expect(sign(hospital, { ...days, hours: 4 })).rejects.toThrow('Field to')
  const insert = (to: string) =>
    sql`INSERT INTO realised (hospital, from_day, to_day, purpose, department, hours, net_hours, signed_before, signed_name,
      signed_by) VALUES (${hospital}, ${days.from}, ${to}, 'more-care', 'Poli 1', 4, 100, 0, 'Hoofd', 'u-1')`
  await expect(insert(days.to).execute(ledger.db)).rejects.toMatchObject({ constraint: 'realised_one_year' })
  const december = { ...days, to: '2025-12-31' }
  await expect(sign(hospital, { ...december, hours: 4.01 })).rejects.toThrow('give at most 4.00')
  await sign(hospital, { ...december, hours: 4 })
  expect(await readOverSigned(ledger.db, { hospital, today: BY.today })).toEqual([])
})

test('two who sign other months of a year at once do not both get what the year has left', async () => {
  const hospital = await openHospital()
  await bookUpkeep(ledger.db, BY, {
    ...{ deployment: `${hospital}-0`, day: '2026-06-10', hours: 10, note: 'new version' },
  })
  const signing = await Promise.allSettled(
    [MARCH, APRIL].map((days) => sign(hospital, { ...days, hours: 5 })),
  )
  expect(signing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('two who sign the same hours at once do not both get them', async () => {
  const hospital = await openHospital()
  const signing = await Promise.allSettled([1, 2, 3, 4].map(() => sign(hospital, { hours: 10 })))
  expect(signing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})
