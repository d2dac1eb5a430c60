import { afterAll, beforeAll, expect, test } from 'vitest'
import { putHospital } from '../../../orchestrator/ledger/setup.ts'
import { readPotential } from '../../../orchestrator/savings/potential.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { BY, putGoldenCase } from './golden-case.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'

const PERIOD = { from: '2026-01-01', to: BY.today, today: BY.today }
let ledger: TestLedger

beforeAll(async () => {
  ledger = await openTestLedger()
  // Up to and including 22 November: 28 days from 26 October on, 27 from the day after.
  await runFrom('long', '2026-10-26')
  await putHospital(ledger.db, { id: 'wants', name: 'Wants', norms: [] })
})

afterAll(() => ledger[Symbol.asyncDispose]())

const runFrom = (hospital: string, day: string) =>
  putGoldenCase(ledger.db, hospital, {
    ...{ name: hospital, period: [PERIOD.from, PERIOD.to] },
    deployments: [{ counts: [[day, 'plain', 'done', 30, '30', 0]] }, { counts: [] }],
    expected: { gross: 180, human: 0, netHours: 3, fte: 0, contractFte: 0, grade: 'A' },
  })

const wanted = async () =>
  (await readPotential(ledger.db, BY.today)).find(({ hospital }) => hospital === 'wants')

test('hours and volumes that few days were made into a year from are told as such: fewer than 28', async () => {
  expect(await wanted()).toMatchObject({ volumeFrom: 'measured', itemsPerYear: 391, briefDays: null }) // 30 × 365 / 28
  await runFrom('short', '2026-10-27')
  const { hospitals } = await readSavings(ledger.db, PERIOD)
  // What was never counted is not told as brief: it has no figure.
  expect(hospitals.map(({ id, brief }) => [id, brief])).toEqual([
    ['long', 0],
    ['short', 1],
    ['wants', 0],
  ])
  expect(await wanted()).toMatchObject({ briefDays: 27, provenAt: { hospitals: 2 } })
})
