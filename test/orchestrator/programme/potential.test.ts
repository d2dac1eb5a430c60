import { expect, test } from 'vitest'
import { addBusinessCase, readPotential } from '../../../orchestrator/savings/potential.ts'
import { openProgrammeLedger, type ProgrammeLedger } from './programme-ledger.ts'

const TODAY = '2026-11-22'
const by = { account: 'account-1', today: TODAY }

const wanted = (ledger: ProgrammeLedger, hospital: string, bot: string, minutes?: number) =>
  addBusinessCase(ledger.db, by, { hospital, bot, itemsPerYear: 1200, minutes, source: 'telling van 2025' })

const found = async (ledger: ProgrammeLedger) =>
  (await readPotential(ledger.db, TODAY)).map(({ hospital, bot, provenAt, adopted, from, hoursPerYear }) => ({
    ...{ at: `${hospital} ${bot}`, provenAt, adopted, from, hoursPerYear },
  }))

test('a robot is proven where it is live and counted at another hospital, and nowhere else', async () => {
  await using ledger = await openProgrammeLedger()
  await ledger.count(await ledger.deploy('oost', 'letters', 'live'), '2026-06-01', 40)
  await ledger.count(await ledger.deploy('oost', 'stopped', 'off'), '2026-06-01', 40)
  await ledger.deploy('oost', 'waiting', 'live')
  // Four items are too few to be told of at all, be it in a mean.
  await ledger.count(await ledger.deploy('oost', 'seldom', 'live'), '2026-06-01', 4)
  for (const bot of ['letters', 'stopped', 'waiting', 'seldom']) await wanted(ledger, 'west', bot, 3)
  await wanted(ledger, 'oost', 'letters', 3)
  const none = { hospitals: 0, items: 0 }
  // 1200 × 3 minutes = 60 hours each.
  const plain = { from: 'business-case', hoursPerYear: 60 }
  expect((await found(ledger)).toSorted((a, b) => a.at.localeCompare(b.at))).toEqual([
    { ...plain, at: 'oost letters', provenAt: none, adopted: true },
    { ...plain, at: 'west letters', provenAt: { hospitals: 1, items: 40 }, adopted: false },
    { ...plain, at: 'west seldom', provenAt: none, adopted: false },
    { ...plain, at: 'west stopped', provenAt: none, adopted: false },
    { ...plain, at: 'west waiting', provenAt: none, adopted: false },
  ])
})

test('without minutes of its own the measured ones of elsewhere count, and the most hours stand first', async () => {
  await using ledger = await openProgrammeLedger()
  await ledger.count(await ledger.deploy('oost', 'letters', 'live'), '2026-06-01', 40)
  await wanted(ledger, 'west', 'other', 3)
  await wanted(ledger, 'west', 'letters')
  await wanted(ledger, 'west', 'never-seen')
  // 60 minutes by hand at east: 1200 × 60 minutes = 1200 hours. Nobody measured the last one, so nothing is said of it.
  expect(await found(ledger)).toMatchObject([
    { at: 'west letters', from: 'measured', hoursPerYear: 1200 },
    { at: 'west other', from: 'business-case', hoursPerYear: 60 },
  ])
})

test('where nobody wrote a business case down, a proven robot counts as much as elsewhere on average', async () => {
  await using ledger = await openProgrammeLedger()
  await ledger.count(await ledger.deploy('oost', 'letters', 'live'), '2026-11-13', 20)
  await ledger.count(await ledger.deploy('oost', 'stopped', 'off'), '2026-11-13', 20)
  await ledger.count(await ledger.deploy('oost', 'seldom', 'live'), '2026-11-13', 4)
  // 20 items in the 10 days from 13 November are 730 a year; 60 minutes each by hand are 730 hours.
  expect(await readPotential(ledger.db, TODAY)).toMatchObject([
    {
      hospital: 'west',
      bot: 'letters',
      volumeFrom: 'measured',
      from: 'measured',
      itemsPerYear: 730,
      hoursPerYear: 730,
    },
  ])
})
