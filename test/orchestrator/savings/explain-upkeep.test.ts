import { afterAll, beforeAll, expect, test } from 'vitest'
import { explain, type Explanation } from '../../../orchestrator/savings/explain.ts'
import { readBookings } from '../../../orchestrator/savings/explain-upkeep.ts'
import { addOneOff } from '../../../orchestrator/savings/one-off.ts'
import { bookUpkeep, withdrawUpkeep } from '../../../orchestrator/savings/upkeep.ts'
import { openProgrammeLedger, type ProgrammeLedger } from '../programme/programme-ledger.ts'

const TODAY = '2026-11-22'
const MARCH = { from: '2026-03-01', to: '2026-03-31' }
let ledger: ProgrammeLedger
let id: string

/** Two people on one day, one of whom withdrew a booking; hours on a day that a backlog took items from; some in another month. */
beforeAll(async () => {
  ledger = await openProgrammeLedger()
  id = await ledger.deploy('oost', 'letters', 'live')
  const { db } = ledger
  const by = (account: string) => ({ account, today: TODAY })
  await ledger.count(id, '2026-03-09', 40)
  await ledger.count(id, '2026-03-20', 40)
  await addOneOff(db, by('u-1'), {
    deployment: id,
    from: '2026-03-20',
    until: '2026-03-20',
    reason: 'achterstand',
  })
  const book = (account: string, day: string, hours: number, note: string) =>
    bookUpkeep(db, by(account), { deployment: id, day, hours, note })
  await book('u-1', '2026-03-10', 1.25, 'nieuw scherm')
  await book('u-2', '2026-03-10', 0.35, 'wachtwoord')
  const wrong = await book('u-2', '2026-03-10', 7.5, 'verkeerde inzet')
  await withdrawUpkeep(db, by('u-2'), { id: wrong, hospital: 'oost' })
  await book('u-1', '2026-03-12', 0.1, 'controle')
  await book('u-1', '2026-03-20', 2, 'achterstand')
  await book('u-1', '2026-04-01', 3, 'april')
})
afterAll(() => ledger[Symbol.asyncDispose]())

const read = (seesItemsOf: readonly string[], most = 100) =>
  readBookings(
    ledger.db,
    { ...MARCH, until: MARCH.to },
    { hospitals: ['oost'], deployment: id, seesItemsOf, most },
  )

/** The upkeep that an explanation subtracts. */
async function subtracted(measure: Explanation['measure']): Promise<number | undefined> {
  const asked = { ...MARCH, hospital: 'oost', deployment: id, today: TODAY, seesItems: true }
  const { steps } = await explain(ledger.db, { ...asked, measure })
  const terms = steps.flatMap(({ products }) => products.flatMap(({ factors }) => factors))
  return terms.find(({ name }) => name === 'upkeep')?.value
}

test('the bookings add up to the upkeep of the step, to the minute; backlogs apart, withdrawn ones in neither', async () => {
  const { sums, rows, more } = await read(['oost'])
  expect(rows.map(({ day, hours, kind, note, bookedBy }) => [day, hours, kind, note, bookedBy])).toEqual([
    ['2026-03-20', '2.00', 'one-off', 'achterstand', 'u-1'],
    ['2026-03-12', '0.10', 'regular', 'controle', 'u-1'],
    ['2026-03-10', '0.35', 'regular', 'wachtwoord', 'u-2'],
    ['2026-03-10', '1.25', 'regular', 'nieuw scherm', 'u-1'],
    ['2026-03-10', '7.50', 'withdrawn', 'verkeerde inzet', 'u-2'],
  ])
  expect([sums, more]).toEqual([{ regular: 1.7, 'one-off': 2, withdrawn: 7.5 }, false])
  expect(await subtracted('net-hours')).toBe(1.7)
  expect(await subtracted('one-off-hours')).toBe(2)
})

test('who sees counts only is told the hours of a day, and neither who nor what for', async () => {
  const { sums, rows } = await read([])
  expect(rows.map(({ day, hours, kind, note, bookedBy }) => [day, hours, kind, note, bookedBy])).toEqual([
    ['2026-03-20', '2.00', 'one-off', null, null],
    ['2026-03-12', '0.10', 'regular', null, null],
    ['2026-03-10', '1.60', 'regular', null, null],
    ['2026-03-10', '7.50', 'withdrawn', null, null],
  ])
  expect(sums).toEqual((await read(['oost'])).sums)
})

test('of more than are asked for the newest are listed, and the sums are of all', async () => {
  const { sums, rows, more } = await read(['oost'], 2)
  expect([rows.map(({ day }) => day), more]).toEqual([['2026-03-20', '2026-03-12'], true])
  expect(sums.regular).toBe(1.7)
  expect((await read(['oost'], 5)).more).toBe(false)
})
