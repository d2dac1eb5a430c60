import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { finishItem, finishItems } from '../../../orchestrator/ledger/finish.ts'
import { parkItem } from '../../../orchestrator/ledger/parking.ts'
import { doneByHand } from '../../../orchestrator/ledger/people.ts'
import { addRun } from '../../../orchestrator/ledger/runs.ts'
import { markRunOneOff } from '../../../orchestrator/savings/one-off.ts'
import { readOneOffRuns } from '../../../orchestrator/savings/one-off-runs.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { finish, HOSPITAL, openClaiming } from './claiming.ts'

test('of one case that several finish in the same statement one counts it, and what counts for nothing is not left out', async () => {
  await using claiming = await openClaiming()
  const asked = { 'letter 1': 1, 'letter 2': 1, intake: 1, check: 0 }
  const finishings = []
  for (const [name, share] of Object.entries(asked)) {
    const outcome = share > 0 ? ('done' as const) : ('nothing' as const)
    const finish = { variant: 'plain', outcome, share, lastAct: undefined, followUps: [] }
    finishings.push({ hold: await claiming.hold(name.replace(/ .*/, ''), 'C-1'), finish, events: [] })
  }
  const rows = await finishItems(claiming.db, finishings)
  expect(rows.every((row) => row?.state === 'done')).toBe(true)
  const { letter, intake, check } = await claiming.counted()
  // Whichever was written first: one of the two of a deployment, or the one of the other.
  expect([
    [
      [6, 1],
      [0, 1],
    ],
    [
      [0, 2],
      [6, 0],
    ],
  ]).toContainEqual([letter, intake])
  expect(check).toEqual([0, 0])
  expect(await claiming.differences()).toEqual([])
})

test('a case counts once for an activity: the first item that is written down keeps it', async () => {
  await using claiming = await openClaiming()
  await claiming.done('letter', 'C-1')
  await claiming.done('intake', 'C-1')
  await claiming.done('intake', 'C-2')
  await claiming.done('letter', 'C-1') // another item of its own case
  await claiming.done('invoice', 'C-1') // another activity
  const left = await claiming.db
    .selectFrom('event')
    .select('detail')
    .where('kind', '=', 'done')
    .orderBy('id')
    .execute()
  expect(left.map(({ detail }) => detail)).toContainEqual({
    share: 1,
    variant: 'plain',
    activity: 'reporting',
    leftOut: 'letter',
  })
  expect(await claiming.counted()).toEqual({
    check: [0, 0],
    intake: [6, 1],
    invoice: [6, 0],
    letter: [6, 1],
  })
  expect(await claiming.differences()).toEqual([])
})

test('what counts for nothing claims nothing', async () => {
  await using claiming = await openClaiming()
  await finish(claiming.db, await claiming.hold('letter', 'C-1'), 'nothing')
  await claiming.done('intake', 'C-1')
  expect(await claiming.counted()).toMatchObject({ intake: [6, 0], letter: [0, 0] })
  expect(await claiming.differences()).toEqual([])
})

test('what a person finished is left out too when another deployment counts the case; their time is not', async () => {
  await using claiming = await openClaiming()
  await claiming.done('letter', 'C-1')
  const hold = await claiming.hold('intake', 'C-1')
  await parkItem(claiming.db, hold, { kind: 'business', code: 'rule', sentence: 'A rule says no.' }, [
    { kind: 'step', name: 'read' },
  ])
  const act = { item: hold.item, account: 'u-1', humanSeconds: 120 }
  await doneByHand(claiming.db, act, { variant: 'plain', reference: 'E-1' })
  const { hospitals } = await readSavings(claiming.db, {
    from: claiming.today,
    to: claiming.today,
    today: claiming.today,
  })
  const intake = hospitals[0]?.deployments.find(({ id }) => id === 'intake')
  expect(intake).toMatchObject({
    leftOut: 1,
    minutes: { gross: 0, human: 2, net: -2 },
    items: { 'by-hand': 1 },
  })
  expect(await claiming.differences()).toEqual([])
})

test('of many deployments that finish a case in the same moment one counts it, however they race', async () => {
  await using claiming = await openClaiming()
  const cases = Array.from({ length: 12 }, (_, index) => `C-${index}`)
  const holds = await Promise.all(
    cases.flatMap((of) => ['intake', 'letter', 'check'].map((deployment) => claiming.hold(deployment, of))),
  )
  await Promise.all(holds.map((hold) => finish(claiming.db, hold)))
  const counted = await claiming.counted()
  const total = Object.values(counted).reduce((sum, [gross]) => sum + gross, 0)
  const left = Object.values(counted).reduce((sum, [, leftOut]) => sum + leftOut, 0)
  expect([total, left]).toEqual([12 * 6, 24])
  expect(await claiming.differences()).toEqual([])
})

test('a case counts once at one deployment too, however many of its items do it', async () => {
  await using claiming = await openClaiming()
  const holds = [
    await claiming.hold('intake', 'C-1'),
    await claiming.hold('intake', 'C-1'),
    await claiming.hold('intake', 'C-1'),
  ]
  await Promise.all(holds.map((hold) => finish(claiming.db, hold)))
  expect(await claiming.counted()).toMatchObject({ intake: [6, 2] })
  expect(await claiming.differences()).toEqual([])
})

test('a case that is counted twice, or by none, is found by the recount although the counts add up', async () => {
  await using claiming = await openClaiming()
  await claiming.done('letter', 'C-1')
  await sql`DELETE FROM claim`.execute(claiming.db)
  await claiming.done('intake', 'C-1')
  expect(await claiming.differences()).toEqual([
    expect.stringContaining('counts a case that others count too'),
    expect.stringContaining('counts a case that others count too'),
  ])
  await sql`UPDATE claim SET deployment = 'check'`.execute(claiming.db)
  await sql`INSERT INTO claim SELECT 'oost', 'reporting', sha256('C-9'), 'check', ${claiming.today}::date`.execute(
    claiming.db,
  )
  await claiming.done('letter', 'C-9')
  expect(await claiming.differences()).toContainEqual(
    expect.stringContaining('is left out, yet no other counts its case'),
  )
})

test('the items of a run that clears a backlog are counted apart, follow-ups and time of people too', async () => {
  await using claiming = await openClaiming()
  const { db, today } = claiming
  const run = await addRun(db, { hospital: HOSPITAL, deployment: 'intake', kind: 'by-hand' })
  if (!run) throw new Error('The run was not made.')
  const by = { account: 'u-1', today }
  const [one, two] = [
    await claiming.hold('intake', 'C-1', run.id),
    await claiming.hold('intake', 'C-2', run.id),
  ]
  const shown = { run: run.id, deployment: 'intake', kind: 'by-hand' }
  expect(await readOneOffRuns(db, HOSPITAL)).toMatchObject([{ ...shown, marked: false }])
  await markRunOneOff(db, by, { run: run.id, hospital: HOSPITAL })
  const followUps = [{ deployment: 'letter', reference: 'F-1', caseReference: 'F-1', data: {} }]
  await finishItem(
    db,
    one,
    { variant: 'plain', outcome: 'done', share: 1, lastAct: undefined, followUps },
    [],
  )
  await parkItem(db, two, { kind: 'business', code: 'rule', sentence: 'A rule says no.' }, [
    { kind: 'step', name: 'read' },
  ])
  await doneByHand(
    db,
    { item: two.item, account: 'u-1', humanSeconds: 60 },
    { variant: 'plain', reference: 'E-1' },
  )
  const late = await claiming.hold('intake', 'C-3', run.id)
  await finish(db, late)
  const { hospitals } = await readSavings(db, { from: today, to: today, today })
  expect(hospitals[0]).toMatchObject({ netHours: 0, fte: 0, oneOff: { items: 3, netHours: 14 / 60 } })
  const follow = await db
    .selectFrom('item')
    .select('one_off')
    .where('reference', '=', 'F-1')
    .executeTakeFirst()
  expect(follow).toEqual({ one_off: true })
  expect(await readOneOffRuns(db, HOSPITAL)).toMatchObject([{ ...shown, marked: true }])
  expect(await claiming.differences()).toEqual([])
})

test('a run of which something was counted is not marked any more: its days can be', async () => {
  await using claiming = await openClaiming()
  const run = await addRun(claiming.db, { hospital: HOSPITAL, deployment: 'intake', kind: 'by-hand' })
  await finish(claiming.db, await claiming.hold('intake', 'C-1', run?.id))
  expect(await readOneOffRuns(claiming.db, HOSPITAL)).toEqual([])
  const marking = markRunOneOff(
    claiming.db,
    { account: 'u-1', today: claiming.today },
    { run: run?.id ?? '', hospital: HOSPITAL },
  )
  await expect(marking).rejects.toMatchObject({
    code: 'run-counted',
    message: expect.stringContaining('mark the days'),
  })
  expect((await claiming.counted())['intake']).toEqual([6, 0])
})
