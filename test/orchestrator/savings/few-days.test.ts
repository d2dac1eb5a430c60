import { afterAll, beforeAll, expect, test } from 'vitest'
import { putHospital } from '../../../orchestrator/ledger/setup.ts'
import { readPotential } from '../../../orchestrator/savings/potential.ts'
import { savingsCsv } from '../../../orchestrator/savings/savings-csv.ts'
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
  expect(await wanted()).toMatchObject({
    volumeFrom: 'measured',
    itemsPerYear: expect.closeTo((30 * 365) / 28, 9),
    briefDays: null,
  })
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

test('the CSV says of each deployment whether it was measured briefly, and of its hospital how many were', async () => {
  const { hospitals, ...report } = await readSavings(ledger.db, PERIOD)
  const [head = '', ...lines] = savingsCsv({ ...report, hospitals }, null)
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
  const at = (line: readonly string[], name: string) => line[head.indexOf(name)]
  expect(
    lines.map((line) =>
      ['deployment', 'measuredDays', 'brief', 'hospitalBrief'].map((name) => at(line, name)),
    ),
  ).toEqual([
    ['long-0', '28', 'no', '0'],
    ['long-1', '0', 'no', '0'],
    ['short-0', '27', 'yes', '1'],
    ['short-1', '0', 'no', '1'],
  ])
})
