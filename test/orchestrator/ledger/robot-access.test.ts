import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addRun, claimRun } from '../../../orchestrator/ledger/runs.ts'
import { linkAccess } from '../../../orchestrator/ledger/access-chain.ts'
import { verifyAccess } from '../../../orchestrator/ledger/access-verify.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { routeMessage } from '../../../orchestrator/triggers/hl7.ts'
import { typedNumberKey } from '../../../orchestrator/triggers/patient-numbers.ts'
import { messageAbout, openMessageBench } from '../triggers/message-bench.ts'
import { openBench, registering, testBot, WORKER, type Bench } from '../work/bench.ts'
import { startTarget, type Target } from '../work/target.ts'

let bench: Bench
let target: Target

beforeAll(async () => {
  bench = await openBench()
  target = await startTarget()
})
afterAll(async () => {
  await target[Symbol.asyncDispose]()
  await bench[Symbol.asyncDispose]()
})

const entriesOf = async (db: LedgerDatabase, subject: string) =>
  await db
    .selectFrom('access_entry')
    .select(['actor_kind', 'actor', 'responsible', 'action', 'outcome', 'patients'])
    .where('subject', '=', subject)
    .orderBy('id')
    .execute()

const ROBOT = { actor_kind: 'robot', actor: 'oost-test', responsible: 'team-a' }

describe('a robot’s access is written down, on behalf of the responsible person,', () => {
  test('when it claims an item, and for each act when it is armed', async () => {
    const item = await bench.addItem('A-1')
    expect(await bench.go(registering(target), item)).toBe('done')
    expect(await entriesOf(bench.db, item)).toMatchObject([
      { ...ROBOT, action: 'read', outcome: 'given' },
      { ...ROBOT, action: 'change', outcome: 'given' },
    ])
  })

  test('before the bot is handed the item, so that a worker that dies then loses nothing', async () => {
    const item = await bench.addItem('A-2')
    await bench.claim(item)
    expect(await entriesOf(bench.db, item)).toHaveLength(1)
  })

  test('with the patient, before the bot reads on', async () => {
    const item = await bench.addItem('A-3')
    let before: unknown[] = []
    const bot = testBot(async ({ about, step }) => {
      await about('4001', '')
      before = await step('read on', () => entriesOf(bench.db, item))
      await about('4001')
    })
    await bench.go(bot, item)
    expect(before).toMatchObject([
      { patients: [] },
      { ...ROBOT, action: 'read', patients: [expect.any(Buffer)] },
    ])
    expect(await entriesOf(bench.db, item)).toHaveLength(2)
  })

  test('when an attempt failed', async () => {
    const item = await bench.addItem('A-4')
    await bench.go(
      testBot(() => Promise.reject(new Error('down'))),
      item,
    )
    expect(await entriesOf(bench.db, item)).toMatchObject([
      { outcome: 'given' },
      { ...ROBOT, outcome: 'failed' },
    ])
  })

  test('when it looks for work', async () => {
    const run = await addRun(bench.db, { hospital: 'oost', deployment: 'oost-test', kind: 'by-hand' })
    const id = run?.id ?? ''
    expect(await claimRun(bench.db, id, WORKER, 60)).toBeDefined()
    expect(await claimRun(bench.db, id, WORKER, 60)).toBeUndefined()
    expect(await entriesOf(bench.db, id)).toMatchObject([{ ...ROBOT, action: 'search', outcome: 'given' }])
  })
})

test('a message is read by its channel when it comes and by each robot that it goes to; its items are its patients’', async () => {
  await using messages = await openMessageBench()
  const { db, secrets } = messages
  const [id = ''] = await messages.ids(messageAbout('M-1', ['4001', '4002']))
  const [item = ''] = await routeMessage(messages, id)
  const patients = ['4001', '4002'].map((number) => typedNumberKey(secrets, 'oost', number))
  const both = expect.arrayContaining(patients)
  expect(await entriesOf(db, id)).toMatchObject([
    { actor_kind: 'machine', actor: 'channel/adt', action: 'read', patients: both },
    { ...ROBOT, action: 'read', patients: both },
  ])
  const known = await db.selectFrom('item_patient').select('number').where('item', '=', item).execute()
  expect(known.map(({ number }) => number)).toEqual(both)
})

test('what robots wrote is in the chain', async () => {
  const secrets = secretBox(randomBytes(32))
  while ((await linkAccess(bench.db, secrets)) > 0);
  const { rows, wrong } = await verifyAccess(bench.db, secrets, 'oost')
  expect(wrong).toBeUndefined()
  expect(rows).toBeGreaterThan(5)
})
