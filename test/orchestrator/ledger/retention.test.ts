import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { keepEvidence } from '../../../orchestrator/ledger/evidence.ts'
import { openDoorLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import { putRetention, readRetention, tendRetention } from '../../../orchestrator/ledger/retention.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { openBench, registering, type Bench } from '../work/bench.ts'
import { startTarget } from '../work/target.ts'

const box = secretBox(randomBytes(32))

/** An item that is done, with evidence and a step, that ended so many days ago. */
async function addDone(bench: Bench, reference: string, daysAgo: number): Promise<string> {
  await using target = await startTarget()
  const item = await bench.addItem(reference)
  const piece = { item, attempt: 1, label: 'one', mediaType: 'text/plain', content: Buffer.from('x') }
  await keepEvidence(bench.db, box, piece)
  const bot = registering(target)
  await bench.go(
    { ...bot, process: async (raw, tools) => tools.step('read', () => bot.process(raw, tools)) },
    item,
  )
  const ended = sql<Date>`clock_timestamp() - ${daysAgo} * interval '1 day'`
  await bench.db.updateTable('item').set({ finished_at: ended }).where('id', '=', item).execute()
  return item
}

const left = async (bench: Bench, item: string) => ({
  evidence: (await bench.db.selectFrom('evidence').select('id').where('item', '=', item).execute()).length,
  kinds: await bench.eventKinds(item),
})

test('evidence and steps go when their item was done long enough ago; what counts stays, and so does what has no days', async () => {
  await using bench = await openBench()
  const old = await addDone(bench, 'old', 40)
  const young = await addDone(bench, 'young', 20)
  const parked = await bench.addItem('open')
  await keepEvidence(bench.db, box, {
    item: parked,
    attempt: 1,
    label: 'one',
    mediaType: 'text/plain',
    content: Buffer.from('x'),
  })

  expect(await tendRetention(bench.db, { today: '2026-11-21' })).toBe(0)
  expect(await putRetention(bench.db, 'oost', { what: 'evidence', days: 30 })).toEqual({
    what: 'evidence',
    days: null,
  })
  expect(await tendRetention(bench.db, { today: '2026-11-21' })).toBe(0)
  expect(await tendRetention(bench.db, { today: '2026-11-22' })).toBe(1)
  expect(await left(bench, old)).toMatchObject({
    evidence: 0,
    kinds: expect.arrayContaining(['step', 'done']),
  })
  expect((await left(bench, young)).evidence).toBe(1)
  expect((await left(bench, parked)).evidence).toBe(1)

  await putRetention(bench.db, 'oost', { what: 'steps', days: 30 })
  expect(await tendRetention(bench.db, { today: '2026-11-23' })).toBe(1)
  const { kinds } = await left(bench, old)
  expect(kinds).not.toContain('step')
  expect(kinds).toEqual(expect.arrayContaining(['arrived', 'claimed', 'pressed', 'done']))
  expect((await left(bench, young)).kinds).toContain('step')

  await putRetention(bench.db, 'oost', { what: 'evidence', days: null })
  expect(await readRetention(bench.db, 'oost')).toEqual([
    { what: 'evidence', days: null },
    { what: 'steps', days: 30 },
  ])
})

test('the sign-in log goes when it is old enough, by the owner’s function alone', async () => {
  await using bench = await openBench()
  const { db } = bench
  const at = (days: number) => sql`
    INSERT INTO sign_in (at, way, outcome, address)
    VALUES (clock_timestamp() - ${days} * interval '1 day', 'password', 'wrong', ${`${days} days`})`
  const door = openDoorLedger({ url: bench.url, onError: () => undefined })
  await using stack = new AsyncDisposableStack()
  stack.defer(() => door.destroy())
  for (const days of [10, 364, 366, 800]) await at(days).execute(door)
  const kept = async () =>
    (await door.selectFrom('sign_in').select('address').orderBy('at', 'desc').execute()).map(
      ({ address }) => address,
    )

  expect(await tendRetention(db, { today: '2026-11-20' })).toBe(0)
  expect(await tendRetention(db, { today: '2026-11-21', signInDays: 365 })).toBe(2)
  expect(await kept()).toEqual(['10 days', '364 days'])
  await expect(tendRetention(db, { today: '2026-11-22', signInDays: 29 })).rejects.toThrow('30 days')
  expect(await kept()).toHaveLength(2)
  await expect(door.deleteFrom('sign_in').execute()).rejects.toThrow('permission denied')
})
