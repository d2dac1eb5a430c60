import { expect, test } from 'vitest'
import { readReportedCsv } from '../../../orchestrator/reported/read-reported-csv.ts'
import { reportItems, type Reporting } from '../../../orchestrator/reported/report-items.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { addBaseline } from '../../../orchestrator/savings/baselines.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { failureOf, openProgrammeLedger, type ProgrammeLedger } from '../programme/programme-ledger.ts'

const reporting: Reporting = {
  hospitals: ['oost'],
  account: 'robot-9',
  now: new Date('2026-11-22T12:00:00Z'),
}
const HEAD = 'deployment,reference,variant,outcome,completedAt,humanMinutes,case'

const rowsOf = (...lines: string[]) => readReportedCsv(Buffer.from([HEAD, ...lines].join('\r\n')))

async function openLedger(): Promise<ProgrammeLedger> {
  const ledger = await openProgrammeLedger()
  await ledger.deploy('oost', 'invoices', 'live')
  return ledger
}

const savingsOf = async (ledger: ProgrammeLedger, from: string, to: string) => {
  const report = await readSavings(ledger.db, { from, to, today: '2026-11-22', hospital: 'oost' })
  const deployment = report.hospitals[0]?.deployments.find(({ id }) => id === 'oost-invoices')
  if (!deployment) throw new Error('The deployment is not in the report.')
  return deployment
}

const itemsOf = (ledger: ProgrammeLedger) =>
  ledger.db.selectFrom('item').selectAll().orderBy('finished_at').execute()

test('what another robot reports counts on the local day it was completed, and the recount agrees', async () => {
  await using ledger = await openLedger()
  const rows = rowsOf(
    // 23:30 UTC on 31 March is 1 April in Amsterdam.
    'oost-invoices,F-1,plain,done,2026-03-31T23:30:00Z,,',
    'oost-invoices,F-2,plain,done,2026-03-31T23:30:00+02:00,2.5,',
    'oost-invoices,F-3,plain,nothing,2026-03-31T10:00:00+02:00,,',
    'oost-invoices,F-4,plain,by-hand,2026-03-30T10:00:00+02:00,"12,5",zaak-4',
  )
  expect(await reportItems(ledger.db, rows, reporting)).toMatchObject({ taken: 4 })
  const march = await savingsOf(ledger, '2026-03-01', '2026-03-31')
  expect(march.items).toMatchObject({ done: 1, nothing: 1, 'by-hand': 1, parked: 1 })
  // Gross 1 × 60; human 2.5 + 12.5.
  expect(march.minutes).toEqual({ gross: 60, human: 15, net: 45 })
  expect((await savingsOf(ledger, '2026-04-01', '2026-04-30')).minutes.gross).toBe(60)
  expect(await recount(ledger.db, { from: '2026-03-01', to: '2026-04-30' })).toEqual([])
  expect(
    (await itemsOf(ledger)).map(({ reported_by, case_reference }) => [reported_by, case_reference]),
  ).toEqual([
    ['robot-9', 'zaak-4'],
    ['robot-9', 'F-3'],
    ['robot-9', 'F-2'],
    ['robot-9', 'F-1'],
  ])
})

test('a deployment is marked with the first item that is reported into it, whatever its robot, and with none that is refused', async () => {
  await using ledger = await openLedger()
  await ledger.deploy('oost', 'referral-intake', 'live')
  const march = async (id: string) => {
    const asked = { from: '2026-03-01', to: '2026-03-31', today: '2026-11-22' }
    const { hospitals } = await readSavings(ledger.db, asked)
    return hospitals.flatMap(({ deployments }) => deployments).find((row) => row.id === id)?.reported
  }
  const marks = async () => [await march('oost-invoices'), await march('oost-referral-intake')]
  const twice = ['F-1', 'F-1'].map((of) => `oost-referral-intake,${of},plain,done,2026-03-30T10:00:00Z,,`)
  await failureOf(reportItems(ledger.db, rowsOf(...twice), reporting))
  expect(await marks()).toEqual([false, false])
  const known = rowsOf('oost-referral-intake,F-1,plain,done,2026-03-30T10:00:00Z,,')
  await reportItems(ledger.db, known, { ...reporting, token: 'Robot of the desktops' })
  expect(await marks()).toEqual([false, true])
  expect((await itemsOf(ledger)).map((item) => item.reported_by)).toEqual(['Robot of the desktops'])
  const late = rowsOf(
    'oost-invoices,F-1,plain,done,2026-04-30T10:00:00Z,,',
    'oost-referral-intake,F-1,plain,done,2026-03-30T10:00:00Z,,',
  )
  await failureOf(reportItems(ledger.db, late, reporting))
  expect(await marks()).toEqual([false, true])
})

test('what a person finished counts for the share and the fixed time of the deployment', async () => {
  await using ledger = await openLedger()
  await putDeployment(ledger.db, {
    ...{ id: 'oost-invoices', hospital: 'oost', bot: 'invoices', mode: 'live', settings: {}, systems: {} },
    ...{ responsible: 'account-1', outsideSeconds: 300, parkedShare: 0.25, triggers: [], baselines: [] },
  })
  await reportItems(ledger.db, rowsOf('oost-invoices,F-1,plain,by-hand,2026-03-30T10:00:00Z,,'), reporting)
  // 0.25 × 60 gross, 5 human.
  expect((await savingsOf(ledger, '2026-03-01', '2026-03-31')).minutes).toEqual({
    gross: 15,
    human: 5,
    net: 10,
  })
  expect(await recount(ledger.db, { from: '2026-03-01', to: '2026-03-31' })).toEqual([])
})

test.each([
  [
    'a case that the deployment has',
    ['oost-invoices,F-0,plain,done,2026-03-31T10:00:00Z,,'],
    'row 3: field reference',
  ],
  [
    'a case twice',
    ['oost-invoices,F-1,plain,done,2026-03-31T10:00:00Z,,'],
    'row 3: field reference: stands in row 2',
  ],
  [
    'an unknown deployment',
    ['oost-letters,F-2,plain,done,2026-03-31T10:00:00Z,,'],
    'row 3: field deployment',
  ],
  [
    'a deployment of another hospital',
    ['west-invoices,F-2,plain,done,2026-03-31T10:00:00Z,,'],
    'row 3: field deployment',
  ],
  ['a deployment that is not live', ['oost-shadow,F-2,plain,done,2026-03-31T10:00:00Z,,'], 'is not live'],
  [
    'the future',
    ['oost-invoices,F-2,plain,done,2026-11-22T12:00:01Z,,'],
    'row 3: field completedAt lies in the future',
  ],
  [
    'a year that is mistyped',
    ['oost-invoices,F-2,plain,nothing,2016-03-31T10:00:00Z,,'],
    'row 3: field completedAt: its first baseline begins on',
  ],
  [
    'no baseline',
    ['oost-invoices,F-2,ander,done,2026-03-31T10:00:00Z,,'],
    'row 3: field variant: has no baseline on 2026-03-31',
  ],
  [
    'a day before the baseline',
    ['oost-invoices,F-2,plain,done,2019-12-31T10:00:00Z,,'],
    'has no baseline on 2019-12-31',
  ],
])('a list with %s is refused as a whole', async (_what, lines, named) => {
  await using ledger = await openLedger()
  await ledger.deploy('west', 'invoices', 'live')
  await ledger.deploy('oost', 'shadow', 'shadow')
  await reportItems(ledger.db, rowsOf('oost-invoices,F-0,plain,done,2026-03-29T10:00:00Z,,'), reporting)
  const rows = rowsOf('oost-invoices,F-1,plain,done,2026-03-30T10:00:00Z,,', ...lines)
  expect((await failureOf(reportItems(ledger.db, rows, reporting))).message).toContain(named)
  expect(await itemsOf(ledger)).toHaveLength(1)
  expect(await recount(ledger.db, { from: '2026-03-01', to: '2026-03-31' })).toEqual([])
})

test('the history from before the first baseline is taken in once one is added for those days', async () => {
  await using ledger = await openLedger()
  await reportItems(ledger.db, rowsOf('oost-invoices,F-1,plain,done,2026-03-29T10:00:00Z,,'), reporting)
  const history = rowsOf('oost-invoices,F-0,plain,done,2019-12-30T10:00:00Z,,')
  const early = await failureOf(reportItems(ledger.db, history, reporting))
  expect(early.message).toContain('has no baseline on 2019-12-30; add one from that day or earlier')
  const by = { account: 'account-1', today: '2026-11-22' }
  await addBaseline(ledger.db, by, {
    ...{ deployment: 'oost-invoices', variant: 'plain', minutes: 30, method: 'estimate' },
    ...{
      measuredBy: 'account-1',
      measuredOn: '2019-01-01',
      validFrom: '2019-01-01',
      remeasureOn: '2020-01-01',
    },
  })
  expect(await reportItems(ledger.db, history, reporting)).toMatchObject({ taken: 1 })
  expect((await savingsOf(ledger, '2019-12-01', '2019-12-31')).minutes.gross).toBe(30)
  expect((await savingsOf(ledger, '2026-03-01', '2026-03-31')).minutes.gross).toBe(60)
  expect(await recount(ledger.db, { from: '2019-12-01', to: '2019-12-31' })).toEqual([])
})

test.each([
  [
    'oost-invoices,F-1,plain,gedaan,2026-03-31T10:00:00Z,,',
    'row 2: field outcome must be done, nothing or by-hand',
  ],
  [
    'oost-invoices,F-1,plain,done,2026-03-31T10:00:00,,',
    'row 2: field completedAt must be a time with its zone',
  ],
  ['oost-invoices,F-1,plain,done,31-03-2026,,', 'field completedAt'],
  ['oost-invoices,F-1,plain,done,2026-03-31T10:00:00Z,-1,', 'field humanMinutes must be 0 or more'],
  ['oost-invoices,F-1,plain,done,2026-03-31T10:00:00Z,veel,', 'field humanMinutes must be a number'],
  ['oost-invoices,,plain,done,2026-03-31T10:00:00Z,,', 'field reference'],
  ['oost-invoices,F-1,plain,done,2026-03-31T10:00:00Z,,,over', 'has 8 cells for 7 columns'],
])('the line %s is refused: %s', (line, named) => {
  expect(() => rowsOf(line)).toThrow(named)
})

test('columns may stand in any order and the last two be left out; unknown and missing ones are named', () => {
  const read = (text: string) => readReportedCsv(Buffer.from(text))
  const rows = read(
    'reference;deployment;variant;completedAt;outcome\nF-1;d;plain;2026-03-31T10:00:00Z;done\n',
  )
  expect(rows).toMatchObject([{ number: 2, row: { deployment: 'd', reference: 'F-1', outcome: 'done' } }])
  expect(() => read('deployment,reference,outcome,when\n')).toThrow(
    'variant, completedAt missing; what stands in place 4 is none of them',
  )
  expect(() => read('')).toThrow('missing')
})

test('a case that another deployment counts for the same activity is left out, and stays so at a recount', async () => {
  await using ledger = await openLedger()
  await ledger.deploy('oost', 'second', 'live')
  await ledger.db.updateTable('deployment').set({ activity: 'finance' }).execute()
  const rows = rowsOf(
    'oost-second,F-1,plain,done,2026-03-31T12:00:00Z,,zaak-1',
    'oost-invoices,F-1,plain,done,2026-03-31T11:00:00Z,,zaak-1',
  )
  await reportItems(ledger.db, rows, reporting)
  const report = await readSavings(ledger.db, { from: '2026-03-01', to: '2026-03-31', today: '2026-11-22' })
  const deployments = report.hospitals.flatMap((hospital) => hospital.deployments)
  const left = deployments.map(({ id, minutes, leftOut }) => [id, minutes.gross, leftOut])
  expect(left).toContainEqual(['oost-invoices', 60, 0])
  expect(left).toContainEqual(['oost-second', 0, 1])
  expect(await recount(ledger.db, { from: '2026-03-01', to: '2026-03-31' })).toEqual([])
})
