import { expect, test } from 'vitest'
import { armActs, type ActPlan } from '../../../orchestrator/ledger/acts.ts'
import { findDeployment } from '../../../orchestrator/ledger/deployments.ts'
import { finishItems, type Finish } from '../../../orchestrator/ledger/finish.ts'
import { openItemLanes } from '../../../orchestrator/ledger/item-lanes.ts'
import { claimItems } from '../../../orchestrator/ledger/items.ts'
import { openLane } from '../../../orchestrator/ledger/lanes.ts'
import { putDeployment, putSystem } from '../../../orchestrator/ledger/setup.ts'
import type { Hold } from '../../../orchestrator/ledger/transition.ts'
import { openBench, PLAIN_DEPLOYMENT, timing, WORKER, type Bench } from '../work/bench.ts'

/** What each of several items that are written in one statement learns of itself. */

const PLAN: ActPlan = {
  ...{ name: 'register', key: '', payloadHash: Buffer.alloc(32, 1), verifiable: true, repeatable: false },
}
const FINISH: Finish = { variant: 'plain', outcome: 'done', share: 1, lastAct: undefined, followUps: [] }

const lanesOf = ({ db }: Bench) => openItemLanes(db, WORKER, timing)

async function claimed(bench: Bench, references: readonly string[]): Promise<Hold[]> {
  const holds = []
  for (const reference of references) {
    const { id, fence } = await bench.claim(await bench.addItem(reference))
    holds.push({ item: id, fence, worker: WORKER })
  }
  return holds
}

const states = async ({ db }: Bench) => {
  const rows = await db.selectFrom('item').select(['reference', 'state']).orderBy('reference').execute()
  return rows.map(({ reference, state }) => `${reference} ${state}`)
}

test('each learns whether it was claimed: one is not due, another is in other hands', async () => {
  await using bench = await openBench()
  const free = await bench.addItem('R-1')
  const later = await bench.addItem('R-2')
  const [taken] = await claimed(bench, ['R-3'])
  await bench.db
    .updateTable('item')
    .set({ due_at: new Date(Date.now() + 60_000) })
    .where('id', '=', later)
    .execute()
  const asked = [free, later, taken?.item ?? ''].map((item) => ({ item, botVersion: `for ${item}` }))
  const { claim } = lanesOf(bench)
  const rows = await Promise.all(asked.map(claim))
  expect(rows.map((row) => row?.id)).toEqual([free, undefined, undefined])
  expect(rows[0]).toMatchObject({ state: 'claimed', fence: 1, attempt: 1, bot_version: `for ${free}` })
  expect(await bench.eventKinds(free)).toEqual(['arrived', 'claimed'])
  expect(await states(bench)).toEqual(['R-1 claimed', 'R-2 queued', 'R-3 claimed'])
})

test('one look tells of each rung item whether it is there, how it stands, and its deployment as it is now', async () => {
  await using bench = await openBench()
  const queued = await bench.addItem('R-1')
  const [taken] = await claimed(bench, ['R-2'])
  const nowhere = '018f0000-0000-7000-8000-000000000009'
  await putSystem(bench.db, {
    hospital: 'oost',
    id: 'epd',
    kind: 'web',
    address: 'http://127.0.0.1:1/',
    seats: 1,
    settings: {},
  })
  await putDeployment(bench.db, {
    ...PLAIN_DEPLOYMENT,
    id: 'oost-test',
    mode: 'shadow',
    systems: { file: 'epd' },
  })
  const { look } = lanesOf(bench)
  const found = await Promise.all([queued, taken?.item ?? '', nowhere].map(look))
  expect(found.map((rung) => rung?.state)).toEqual(['queued', 'claimed', undefined])
  const deployment = await findDeployment(bench.db, 'oost-test')
  expect(found[0]?.deployment).toEqual(deployment)
  expect(deployment).toMatchObject({ mode: 'shadow', time_zone: 'Europe/Amsterdam' })
  expect(deployment?.systems.get('file')).toMatchObject({ id: 'epd', seats: 1 })
})

test.each([
  ['one item that is rung for twice is claimed for one of them', (item: string) => item, 1],
  ['without keeping them apart, both are told that it is theirs', () => String(Math.random()), 2],
])('lane: %s', async (_what, keyOf, holders) => {
  await using bench = await openBench()
  const item = await bench.addItem('R-1')
  const write = (batch: readonly string[]) => {
    const claims = batch.map((id) => ({ item: id, botVersion: null }))
    return claimItems(bench.db, claims, WORKER, 60)
  }
  const lane = openLane({ keyOf, write })
  const rows = await Promise.all([lane(item), lane(item)])
  expect(rows.filter((row) => row?.fence === 1)).toHaveLength(holders)
})

test.each([
  [
    'with another fence, another state and a lease that ends, only the first is armed',
    true,
    [true, false, false, false],
  ],
  ['with nothing wrong, all are', false, [true, true, true, true]],
])('arming together: %s', async (_what, harmed, armed) => {
  await using bench = await openBench()
  const holds = await claimed(bench, ['R-1', 'R-2', 'R-3', 'R-4'])
  const wrongs = [{ fence: 7 }, { state: 'armed' as const }, { lease_until: new Date() }]
  for (const [index, wrong] of wrongs.entries()) {
    if (harmed)
      await bench.db
        .updateTable('item')
        .set(wrong)
        .where('id', '=', holds[index + 1]?.item ?? '')
        .execute()
  }
  const asked = holds.map((hold) => ({ hold, plan: PLAN, events: [{ kind: 'step', name: 'read' }] }))
  const rows = await armActs(bench.db, asked, timing.armMarginSeconds)
  expect(rows.map((row) => row !== undefined)).toEqual(armed)
  const acts = await bench.db.selectFrom('act').select('item').where('state', '=', 'armed').execute()
  expect(acts).toHaveLength(armed.filter(Boolean).length)
  expect(await bench.eventKinds(holds[0]?.item ?? '')).toEqual(['arrived', 'claimed', 'step', 'armed'])
})

test('of items that are finished together each has its own end, and one that another holds has none', async () => {
  await using bench = await openBench()
  const holds = await claimed(bench, ['R-1', 'R-2', 'R-3', 'R-4'])
  const [pressed, nothing, late] = holds
  if (!pressed || !nothing || !late) throw new Error('There are four.')
  await armActs(bench.db, [{ hold: pressed, plan: PLAN, events: [] }], timing.armMarginSeconds)
  const lastAct = { plan: PLAN, how: 'pressed' as const, reference: 'E-1' }
  const rows = await finishItems(bench.db, [
    { hold: pressed, finish: { ...FINISH, lastAct }, events: [{ kind: 'pressed', name: 'register' }] },
    { hold: nothing, finish: { ...FINISH, outcome: 'nothing', share: 0 }, events: [] },
    { hold: { ...late, fence: late.fence - 1 }, finish: FINISH, events: [] },
    ...holds.slice(3).map((hold) => ({ hold, finish: { ...FINISH, variant: 'other' }, events: [] })),
  ])
  const ends = rows.map((row) => row && `${row.outcome} ${row.variant}`)
  expect(ends).toEqual(['done plain', 'nothing plain', undefined, 'done other'])
  expect(await states(bench)).toEqual(['R-1 done', 'R-2 done', 'R-3 claimed', 'R-4 done'])
  expect(await bench.eventKinds(pressed.item)).toEqual([
    ...['arrived', 'claimed', 'armed', 'pressed', 'act-done', 'done'],
  ])
  const act = await bench.db.selectFrom('act').selectAll().executeTakeFirstOrThrow()
  expect(act).toMatchObject({ item: pressed.item, state: 'done', how: 'pressed', reference: 'E-1' })
  const credits = await bench.db.selectFrom('credit').select(['variant', 'share']).execute()
  expect(credits.map(({ variant, share }) => `${variant} ${Number(share)}`).toSorted()).toEqual([
    ...['other 1', 'plain 0', 'plain 1'],
  ])
})

test('of two that ask for the same follow-up one makes it; both are done', async () => {
  await using bench = await openBench()
  const holds = await claimed(bench, ['R-1', 'R-2'])
  const followUps = [{ deployment: 'oost-test', reference: 'N-1', caseReference: 'N-1', data: {} }]
  await finishItems(
    bench.db,
    holds.map((hold) => ({ hold, finish: { ...FINISH, followUps }, events: [] })),
  )
  expect(await states(bench)).toEqual(['N-1 queued', 'R-1 done', 'R-2 done'])
})
