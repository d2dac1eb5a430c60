import { expect, test } from 'vitest'
import { closeAlarm, readAttention } from '../../../orchestrator/ledger/attention.ts'
import { addOneOff, removeOneOff } from '../../../orchestrator/savings/one-off.ts'
import { recountNightly } from '../../../orchestrator/savings/nightly.ts'
import { readOverSigned } from '../../../orchestrator/savings/over-signed.ts'
import {
  readRealised,
  signRealised,
  withdrawRealised,
  type NewRealised,
} from '../../../orchestrator/savings/realised.ts'
import { bookUpkeep } from '../../../orchestrator/savings/upkeep.ts'
import { BY, putGoldenCase } from './golden-case.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'

const MARCH = { from: '2026-03-01', to: '2026-03-31' }
const APRIL = { from: '2026-04-01', to: '2026-04-30' }
const BOTH = { from: MARCH.from, to: APRIL.to }

/** A hospital with 10 net hours in March 2026, of which 4 on the 20th, and 5 in April. */
async function openHospital(): Promise<TestLedger & { readonly deployment: string }> {
  const ledger = await openTestLedger()
  await putGoldenCase(ledger.db, 'oost', {
    ...{ name: 'oost', period: ['2026-03-01', '2026-04-30'] },
    deployments: [
      {
        counts: [
          ['2026-03-10', 'plain', 'done', 60, '60', 0],
          ['2026-03-20', 'plain', 'done', 40, '40', 0],
          ['2026-04-10', 'plain', 'done', 50, '50', 0],
        ],
      },
    ],
    expected: { gross: 0, human: 0, netHours: 0, fte: 0, contractFte: 0, grade: null },
  })
  const { id } = await ledger.db.selectFrom('deployment').select('id').executeTakeFirstOrThrow()
  return { ...ledger, deployment: id }
}

const sign = ({ db }: TestLedger, change: Pick<NewRealised, 'from' | 'to' | 'hours'>) =>
  signRealised(db, BY, {
    ...{ hospital: 'oost', purpose: 'more-care', department: 'Poli 1', signedName: 'Hoofd Poli 1' },
    ...change,
  })

const nowOf = async ({ db }: TestLedger) =>
  (await readRealised(db, 'oost', BY.today)).map(({ netHours, now }) => [
    Number(netHours),
    now?.netHours,
    now?.over ?? null,
  ])

test('hours that were signed before a backlog was marked are told to be more than is left, until withdrawn', async () => {
  await using ledger = await openHospital()
  const { db, deployment } = ledger
  const id = await sign(ledger, { ...MARCH, hours: 10 })
  expect(await nowOf(ledger)).toEqual([[10, 10, null]])
  expect(await readOverSigned(db, BY)).toEqual([])
  const days = { from: '2026-03-20', until: '2026-03-20' }
  const backlog = await addOneOff(db, BY, { deployment, ...days, reason: 'old work' })
  const over = { hospital: 'oost', ...MARCH, netHours: 6, signedHours: 10 }
  expect(await nowOf(ledger)).toEqual([[10, 6, over]])
  expect(await readOverSigned(db, { ...BY, period: { from: '2026-03-31', to: '2026-04-02' } })).toEqual([
    over,
  ])
  expect(await readOverSigned(db, { ...BY, period: APRIL })).toEqual([])
  await removeOneOff(db, BY, { id: backlog, hospital: 'oost' })
  expect(await nowOf(ledger)).toEqual([[10, 10, null]])
  await bookUpkeep(db, BY, { deployment, day: '2026-03-11', hours: 0.01, note: 'late' })
  expect(await nowOf(ledger)).toEqual([
    [10, expect.closeTo(9.99, 9), expect.objectContaining({ signedHours: 10 })],
  ])
  await withdrawRealised(db, BY, { id, hospital: 'oost', reason: 'too much' })
  expect(await nowOf(ledger)).toEqual([[10, undefined, null]])
  expect(await readOverSigned(db, BY)).toEqual([])
})

test('a longer period that was signed for days of its own takes nothing from a shorter one within it', async () => {
  await using ledger = await openHospital()
  await sign(ledger, { ...APRIL, hours: 5 })
  await sign(ledger, { ...BOTH, hours: 10 })
  expect(await nowOf(ledger)).toEqual([
    [15, 15, null],
    [5, 5, null],
  ])
})

test('periods that share days are held against what is left of all of them', async () => {
  await using ledger = await openHospital()
  // Each by itself still fits; together they are signed for 9 of the 8 hours that stay.
  await sign(ledger, { from: APRIL.from, to: '2026-05-31', hours: 4 })
  await sign(ledger, { ...BOTH, hours: 5 })
  await bookUpkeep(ledger.db, BY, { deployment: ledger.deployment, day: '2026-03-11', hours: 7, note: 'a' })
  const over = { hospital: 'oost', from: MARCH.from, to: '2026-05-31', netHours: 8, signedHours: 9 }
  expect(await nowOf(ledger)).toEqual([
    [15, 8, over],
    [5, 5, over],
  ])
  expect(await readOverSigned(ledger.db, BY)).toEqual([over])
})

test('what was signed of a month is held against its year, of which other months cost', async () => {
  await using ledger = await openHospital()
  const { db, deployment } = ledger
  await sign(ledger, { ...MARCH, hours: 10 })
  await bookUpkeep(db, BY, { deployment, day: '2026-06-11', hours: 8, note: 'new version' })
  // March still has its 10 hours; the year has 15 − 8.
  const over = { hospital: 'oost', from: '2026-01-01', to: '2026-12-31', netHours: 7, signedHours: 10 }
  expect(await nowOf(ledger)).toEqual([[10, 10, over]])
  expect(await readOverSigned(db, BY)).toEqual([over])
})

test('a report that tells more realised than net of its own days says so, whatever its days are', async () => {
  await using ledger = await openHospital()
  const { db, deployment } = ledger
  await sign(ledger, { ...MARCH, hours: 10 })
  await bookUpkeep(db, BY, { deployment, day: '2026-02-27', hours: 4, note: 'new version' })
  // March has 10 and the year 11; from 1 February to 31 March are 10 − 4.
  expect(await readOverSigned(db, BY)).toEqual([])
  expect(await readOverSigned(db, { ...BY, period: BOTH })).toEqual([])
  const period = { from: '2026-02-01', to: MARCH.to }
  expect(await readOverSigned(db, { ...BY, period })).toEqual([
    { hospital: 'oost', ...period, netHours: 6, signedHours: 10 },
  ])
})

test('the nightly recount raises an alarm, once for the same figures as long as it is open, and again when it was closed', async () => {
  await using ledger = await openHospital()
  const { db, deployment } = ledger
  await sign(ledger, { ...MARCH, hours: 10 })
  const night = async () => {
    await db.deleteFrom('nightly_recount').execute()
    await recountNightly(db, BY.today)
    const alarms = await db
      .selectFrom('alarm')
      .select(['hospital', 'kind', 'sentence'])
      .orderBy('id')
      .execute()
    return alarms
      .filter(({ kind }) => kind === 'realised-over-net')
      .map(({ hospital, sentence }) => [hospital, sentence])
  }
  expect(await night()).toEqual([])
  await bookUpkeep(db, BY, { deployment, day: '2026-03-11', hours: 1, note: 'late' })
  const told = (net: string) => [
    'oost',
    `From 2026-03-01 up to and including 2026-03-31 10.00 hours are signed as realised, and ${net} are left net: withdraw what was signed, or sign again.`,
  ]
  expect(await night()).toEqual([told('9.00')])
  expect(await night()).toEqual([told('9.00')])
  await bookUpkeep(db, BY, { deployment, day: '2026-03-12', hours: 1, note: 'later' })
  expect(await night()).toEqual([told('9.00'), told('8.00')])
  const open = async () =>
    (await readAttention(db, 'oost')).filter(({ code }) => code === 'realised-over-net')
  // That of before says what is so no longer.
  expect((await open()).map(({ sentence }) => sentence)).toEqual([told('8.00')[1]])
  for (const { alarm } of await open())
    await closeAlarm(db, { hospital: 'oost', alarm: alarm ?? 0, account: 'u-1' })
  expect(await open()).toEqual([])
  // The cause is still there: it comes back as it stands now, once.
  expect((await night()).at(-1)).toEqual(told('8.00'))
  expect(await night()).toHaveLength(3)
  expect(await open()).toMatchObject([MARCH])
  const [signed] = await db.selectFrom('realised').select('id').execute()
  await withdrawRealised(db, BY, { id: signed?.id ?? 0, hospital: 'oost', reason: 'too much' })
  expect(await night()).toHaveLength(3)
  // Its cause is gone, and nobody has to see to it.
  expect(await open()).toEqual([])
})
