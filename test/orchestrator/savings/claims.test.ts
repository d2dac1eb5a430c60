import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { finishItem } from '../../../orchestrator/ledger/finish.ts'
import { addItems, claimItem } from '../../../orchestrator/ledger/items.ts'
import { parkItem } from '../../../orchestrator/ledger/parking.ts'
import { doneByHand } from '../../../orchestrator/ledger/people.ts'
import { addRun } from '../../../orchestrator/ledger/runs.ts'
import { putDeployment, putHospital } from '../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import type { Hold } from '../../../orchestrator/ledger/transition.ts'
import { addChain } from '../../../orchestrator/savings/chains.ts'
import { markRunOneOff } from '../../../orchestrator/savings/one-off.ts'
import { recount } from '../../../orchestrator/savings/recount.ts'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { BASELINE } from './golden-case.ts'
import { openTestLedger, type TestLedger } from './test-ledger.ts'

const WORKER = '018f0000-0000-7000-8000-000000000001'
const HOSPITAL = 'oost'

interface Claiming extends TestLedger {
  readonly today: string
  /** Adds an item of a case to a deployment and holds it. */
  hold(deployment: string, caseReference: string, run?: string): Promise<Hold>
  done(deployment: string, caseReference: string): Promise<void>
  /** Credited gross minutes by deployment, and how many were left out. */
  counted(): Promise<Record<string, [gross: number, leftOut: number]>>
  differences(): Promise<string[]>
}

/** Three deployments of one activity and one of another, each with a baseline of 6 minutes. */
async function openClaiming(): Promise<Claiming> {
  const ledger = await openTestLedger()
  const { db } = ledger
  await putHospital(db, { id: HOSPITAL, name: 'Oost', norms: [] })
  for (const bot of ['intake', 'letter', 'check', 'invoice']) {
    await sql`INSERT INTO bot_activity VALUES (${bot}, ${bot === 'invoice' ? 'finance' : 'reporting'})`.execute(
      db,
    )
    await putDeployment(db, {
      ...{ id: bot, hospital: HOSPITAL, bot, mode: 'live', settings: {}, systems: {}, responsible: 'u-1' },
      ...{ outsideSeconds: 0, parkedShare: 0.5, triggers: [], baselines: [BASELINE] },
    })
  }
  const { rows } = await sql<{
    today: string
  }>`SELECT (now() AT TIME ZONE 'Europe/Amsterdam')::date AS today`.execute(db)
  const today = rows[0]?.today ?? ''
  let number = 0
  const hold = async (deployment: string, caseReference: string, run: string | null = null) => {
    const item = { reference: `R-${++number}`, caseReference, data: {} }
    const { queued } = await addItems(db, { hospital: HOSPITAL, deployment, run }, [item])
    const row = await claimItem(db, queued[0] ?? '', WORKER, 60)
    if (!row) throw new Error('The item could not be claimed.')
    return { item: row.id, fence: row.fence, worker: WORKER }
  }
  return {
    ...ledger,
    today,
    hold,
    done: async (deployment, caseReference) => finish(db, await hold(deployment, caseReference)),
    async counted() {
      const { hospitals } = await readSavings(db, { from: today, to: today, today })
      const rows = hospitals.flatMap(({ deployments }) => deployments)
      return Object.fromEntries(rows.map(({ id, minutes, leftOut }) => [id, [minutes.gross, leftOut]]))
    },
    differences: async () => (await recount(db, { from: today, to: today })).map(({ sentence }) => sentence),
  }
}

async function finish(db: LedgerDatabase, hold: Hold, outcome: 'done' | 'nothing' = 'done'): Promise<void> {
  const share = outcome === 'done' ? 1 : 0
  await finishItem(db, hold, { variant: 'plain', outcome, share, lastAct: undefined, followUps: [] }, [])
}

test('a case counts once for an activity: the first deployment that is written down keeps it', async () => {
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
    letter: [12, 0],
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
  await parkItem(claiming.db, hold, { kind: 'business', code: 'rule', sentence: 'A rule says no.' }, [])
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

test('parts of a chain share a case, and both count their share of it', async () => {
  await using claiming = await openClaiming()
  await addChain(
    claiming.db,
    { account: 'u-1', today: claiming.today },
    {
      ...{ hospital: HOSPITAL, name: 'referral', baselineDeployment: 'intake', baselineVariant: 'plain' },
      validFrom: claiming.today,
      parts: [
        { deployment: 'intake', variant: 'plain', share: 0.75 },
        { deployment: 'letter', variant: 'plain', share: 0.25 },
      ],
    },
  )
  await claiming.done('intake', 'C-1')
  await claiming.done('letter', 'C-1')
  await claiming.done('check', 'C-1') // no part of it
  expect(await claiming.counted()).toMatchObject({ intake: [4.5, 0], letter: [1.5, 0], check: [0, 1] })
  expect(await claiming.differences()).toEqual([])
})

test('a case that is counted twice, or by none, is found by the recount although the counts add up', async () => {
  await using claiming = await openClaiming()
  await claiming.done('letter', 'C-1')
  await sql`DELETE FROM claim`.execute(claiming.db)
  await claiming.done('intake', 'C-1')
  expect(await claiming.differences()).toEqual([
    expect.stringContaining('counts a case that another deployment counts too'),
    expect.stringContaining('counts a case that another deployment counts too'),
  ])
  await sql`UPDATE claim SET deployment = 'check'`.execute(claiming.db)
  await sql`INSERT INTO claim SELECT 'oost', 'reporting', sha256('C-9'), 'check', ${claiming.today}::date`.execute(
    claiming.db,
  )
  await claiming.done('letter', 'C-9')
  expect(await claiming.differences()).toContainEqual(
    expect.stringContaining('is left out, yet no other deployment counts its case'),
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
  await markRunOneOff(db, by, { run: run.id, hospital: HOSPITAL })
  const followUps = [{ deployment: 'letter', reference: 'F-1', caseReference: 'F-1', data: {} }]
  await finishItem(
    db,
    one,
    { variant: 'plain', outcome: 'done', share: 1, lastAct: undefined, followUps },
    [],
  )
  await parkItem(db, two, { kind: 'business', code: 'rule', sentence: 'A rule says no.' }, [])
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
  expect(await claiming.differences()).toEqual([])
})

test('a run of which something was counted is not marked any more: its days can be', async () => {
  await using claiming = await openClaiming()
  const run = await addRun(claiming.db, { hospital: HOSPITAL, deployment: 'intake', kind: 'by-hand' })
  await finish(claiming.db, await claiming.hold('intake', 'C-1', run?.id))
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
