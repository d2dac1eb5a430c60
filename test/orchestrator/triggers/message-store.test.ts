import { sql } from 'kysely'
import { describe, expect, test, vi } from 'vitest'
import { replayMessages } from '../../../orchestrator/ledger/message-handling.ts'
import { dropOldMessages, openMonths, tendMessages } from '../../../orchestrator/ledger/message-retention.ts'
import { findMessages, readChannels, searchMessages } from '../../../orchestrator/ledger/message-search.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { routeMessage } from '../../../orchestrator/triggers/hl7.ts'
import { typedNumberKey } from '../../../orchestrator/triggers/patient-numbers.ts'
import { asOwner } from '../../owner.ts'
import { addChannel, messageAbout, openMessageBench, storeAll, type MessageBench } from './message-bench.ts'

/** As if everything stored so far had come `months` months ago. */
async function age({ url, db }: MessageBench, months: number): Promise<void> {
  const then = `clock_timestamp() AT TIME ZONE 'UTC' - interval '${months} months'`
  const month = (offset: number) => `date_trunc('month', ${then}) + interval '${offset} months'`
  for (const table of ['message', 'message_patient']) {
    await asOwner(
      url,
      sql.raw(
        `DO $$ BEGIN
          EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF ${table} FOR VALUES FROM (%L) TO (%L)',
            '${table}_' || to_char(${then}, 'YYYY_MM'), (${month(0)}) AT TIME ZONE 'UTC', (${month(1)}) AT TIME ZONE 'UTC');
        END $$`,
      ),
    )
  }
  for (const table of ['message', 'message_patient', 'message_id']) {
    await sql
      .raw(
        `UPDATE ${table} SET received_at = (${month(0)}) AT TIME ZONE 'UTC' + interval '1 hour'
      WHERE received_at > clock_timestamp() - interval '1 day'`,
      )
      .execute(db)
  }
}

const months = async (db: LedgerDatabase) =>
  (
    await sql<{ name: string }>`SELECT inhrelid::regclass::text AS name FROM pg_inherits
      WHERE inhparent IN ('message'::regclass, 'message_patient'::regclass) ORDER BY 1`.execute(db)
  ).rows.map(({ name }) => name)

const search = async (bench: MessageBench, question: Parameters<typeof searchMessages>[1]) =>
  (await searchMessages(bench.db, question)).map(({ controlId }) => controlId)

describe('searching', () => {
  test('by type, sender, control id, state, time, patient and channel, newest first, without content', async () => {
    await using bench = await openMessageBench()
    const ids = await bench.ids(
      messageAbout('M-1', ['4001'], 'ZZZ|X'),
      messageAbout('M-2', ['4001']),
      messageAbout('M-3', ['4002', '4003'], '', 'ADT^A40'),
    )
    for (const id of ids) await routeMessage(bench, id)
    const limit = 10
    expect(await search(bench, { limit })).toEqual(['M-3', 'M-2', 'M-1'])
    expect(await search(bench, { limit: 1 })).toEqual(['M-3'])
    expect(await search(bench, { type: 'ADT^A40', limit })).toEqual(['M-3'])
    expect(await search(bench, { type: 'ADT', limit })).toHaveLength(3)
    expect(await search(bench, { sender: 'ZIS', limit })).toHaveLength(3)
    expect(await search(bench, { sender: 'ZIS|OOST', limit })).toHaveLength(3)
    expect(await search(bench, { sender: 'LAB', limit })).toEqual([])
    expect(await search(bench, { controlId: 'M-2', limit })).toEqual(['M-2'])
    expect(await search(bench, { state: 'aside', limit })).toEqual(['M-1'])
    expect(await search(bench, { channel: 'other', limit })).toEqual([])
    const patient = (typed: string) => [
      { hospital: 'oost', number: typedNumberKey(bench.secrets, 'oost', typed) },
    ]
    expect(await search(bench, { patient: patient('4001'), limit })).toEqual(['M-2', 'M-1'])
    expect(await search(bench, { patient: patient('4003'), limit })).toEqual(['M-3'])
    expect(await search(bench, { patient: patient('4009'), limit })).toEqual([])
    const [, middle] = await searchMessages(bench.db, { limit })
    expect(middle).toMatchObject({
      state: 'stored',
      heldBehind: ids[0],
      runs: [],
      timeZone: 'Europe/Amsterdam',
    })
    const hour = 3_600_000
    const received = middle?.receivedAt.getTime() ?? 0
    expect(await search(bench, { from: new Date(received - hour), limit })).toHaveLength(3)
    expect(await search(bench, { to: new Date(received - hour), limit })).toEqual([])
    expect(JSON.stringify(await searchMessages(bench.db, { limit }))).not.toContain('4001')
    expect(await findMessages(bench.db, (ids[1] ?? '').slice(0, 18))).toEqual([ids[1]])
    expect(await findMessages(bench.db, 'no hexadecimals')).toEqual([])
  })

  test('a channel tells what waits and what is set aside', async () => {
    await using bench = await openMessageBench()
    const [aside = ''] = await bench.ids(
      messageAbout('M-1', ['4001'], 'ZZZ|X'),
      messageAbout('M-2', ['4001']),
    )
    await addChannel(bench.db, 'quiet')
    await routeMessage(bench, aside)
    const channels = await readChannels(bench.db)
    expect(channels.map(({ id, waiting, aside }) => ({ id, waiting, aside }))).toEqual([
      { id: 'adt', waiting: 1, aside: 1 },
      { id: 'quiet', waiting: 0, aside: 0 },
    ])
    expect(channels.map(({ lastReceivedAt }) => lastReceivedAt !== null)).toEqual([true, false])
  })
})

test('the messages of a batch stand in the order in which they came', async () => {
  await using bench = await openMessageBench()
  const names = Array.from({ length: 300 }, (_, at) => `M-${(at * 7919) % 300}`)
  await bench.store(...names.map((name) => messageAbout(name, ['4001'])))
  expect(Object.keys(await bench.states())).toEqual(names)
})

describe('a message that comes again', () => {
  test('in another month is still the same one, with the same answer; without what recognises it, it is new', async () => {
    await using bench = await openMessageBench()
    const [first] = await bench.store(messageAbout('M-1', ['4001']))
    await age(bench, 1)
    const [again, other] = await bench.store(messageAbout('M-1', ['4001']), messageAbout('M-1', ['4002']))
    expect(again).toEqual({ ...first, known: 'same' })
    expect(other).toMatchObject({ known: 'different', id: first?.id })
    expect(await bench.states()).toEqual({ 'M-1': 'stored' })
    await bench.db.deleteFrom('message_id').execute()
    expect(await bench.store(messageAbout('M-1', ['4001']))).toMatchObject([{ known: 'new' }])
  })

  test('twice in one batch is stored once, and the same id of another channel is another message', async () => {
    await using bench = await openMessageBench()
    const message = messageAbout('M-1', ['4001'])
    expect((await bench.store(message, message)).map(({ known }) => known)).toEqual(['new', 'same'])
    await addChannel(bench.db, 'other')
    expect(await storeAll(bench.db, bench.secrets, [message], 'other')).toMatchObject([{ known: 'new' }])
  })
})

describe('what is older than it is kept', () => {
  test('goes as a whole month; its runs and items stay, and the channel takes the same id again', async () => {
    await using bench = await openMessageBench()
    const [id = ''] = await bench.ids(messageAbout('M-1', ['4001']))
    expect(await routeMessage(bench, id)).toHaveLength(1)
    await age(bench, 6)
    const [young = ''] = await bench.ids(messageAbout('M-2', ['4001']))
    const before = await months(bench.db)
    const { months: dropped, rows } = await dropOldMessages(bench.db)
    expect({ dropped: dropped.length, rows }).toEqual({ dropped: 1, rows: 0 })
    expect(before.length - (await months(bench.db)).length).toBe(2)
    expect(await bench.states()).toEqual({ 'M-2': 'stored' })
    expect(await bench.db.selectFrom('run').select(['message', 'added']).execute()).toEqual([
      { message: id, added: 1 },
    ])
    expect(await bench.db.selectFrom('item').select('reference').execute()).toEqual([{ reference: 'M-1' }])
    expect(await bench.store(messageAbout('M-1', ['4001']))).toMatchObject([{ known: 'new' }])
    expect(await routeMessage(bench, young)).toHaveLength(1)
  })

  test('stays when it is not that old, or its month is not', async () => {
    await using bench = await openMessageBench()
    const [id = ''] = await bench.ids(messageAbout('M-1', ['4001']))
    await routeMessage(bench, id)
    await age(bench, 2)
    expect(await dropOldMessages(bench.db)).toEqual({ months: [], rows: 0 })
    expect(await bench.states()).toEqual({ 'M-1': 'routed' })
  })

  test('goes by row from a month that another channel keeps', async () => {
    await using bench = await openMessageBench()
    await addChannel(bench.db, 'long', 400)
    const [id = ''] = await bench.ids(messageAbout('M-1', ['4001']))
    await routeMessage(bench, id)
    await storeAll(bench.db, bench.secrets, [messageAbout('M-2', ['4002'])], 'long')
    await age(bench, 6)
    expect(await dropOldMessages(bench.db)).toEqual({ months: [], rows: 1 })
    expect(await bench.states()).toEqual({ 'M-2': 'stored' })
    expect(await bench.db.selectFrom('message_patient').select('message').execute()).toHaveLength(1)
  })

  test('stays, with an alarm, while it waits for a person', async () => {
    await using bench = await openMessageBench()
    const [aside = '', done = ''] = await bench.ids(
      messageAbout('M-1', ['4001'], 'ZZZ|X'),
      messageAbout('M-2', ['4002']),
    )
    await routeMessage(bench, aside)
    await routeMessage(bench, done)
    await age(bench, 6)
    expect(await dropOldMessages(bench.db)).toEqual({ months: [], rows: 1 })
    expect(await bench.states()).toEqual({ 'M-1': 'aside' })
    const alarms = await bench.db.selectFrom('alarm').select(['kind', 'sentence']).orderBy('id').execute()
    expect(alarms.map(({ kind }) => kind)).toEqual(['message-aside', 'messages-overdue'])
    expect(alarms[1]?.sentence).toContain('Channel adt: 1 messages wait longer than they are kept')
  })
})

test('a message that is replayed while its month is about to go keeps its month', async () => {
  await using bench = await openMessageBench()
  const [id = ''] = await bench.ids(messageAbout('M-1', ['4001']))
  await routeMessage(bench, id)
  await age(bench, 6)
  const waits = async () =>
    (
      await sql`SELECT FROM pg_locks JOIN pg_database d ON d.oid = database
        WHERE NOT granted AND mode = 'AccessExclusiveLock' AND datname = current_database()`.execute(bench.db)
    ).rows.length
  const dropping = await bench.db.transaction().execute(async (tx) => {
    await replayMessages(tx, [id], 'jdv01')
    const dropping = dropOldMessages(bench.db)
    await vi.waitFor(async () => expect(await waits()).toBe(1), { timeout: 20_000 })
    return [dropping]
  })
  expect(await dropping[0]).toEqual({ months: [], rows: 0 })
  expect(await bench.states()).toEqual({ 'M-1': 'stored' })
})

test('months are made ahead, once however many ask at a time; a message that has none is refused', async () => {
  await using bench = await openMessageBench()
  const all = await months(bench.db)
  expect(all).toHaveLength(8)
  for (const month of all) await asOwner(bench.url, sql`DROP TABLE ${sql.table(month)}`)
  await expect(bench.store(messageAbout('M-1', ['4001']))).rejects.toThrow('no partition')
  const made = await Promise.all([1, 2, 3].map(() => openMonths(bench.db)))
  expect(made.reduce((sum, count) => sum + count, 0)).toBe(8)
  expect(await months(bench.db)).toEqual(all)
  expect(await bench.store(messageAbout('M-1', ['4001']))).toMatchObject([{ known: 'new' }])
})

test('old messages are looked for once a day, and again when that failed', async () => {
  await using bench = await openMessageBench()
  await tendMessages(bench.db, '2026-11-21')
  const [id = ''] = await bench.ids(messageAbout('M-1', ['4001']))
  await routeMessage(bench, id)
  await age(bench, 6)
  await tendMessages(bench.db, '2026-11-21')
  expect(await bench.states()).toEqual({ 'M-1': 'routed' })
  await asOwner(bench.url, sql`ALTER TABLE message_id RENAME TO away`)
  await expect(tendMessages(bench.db, '2026-11-22')).rejects.toThrow('message_id')
  await asOwner(bench.url, sql`ALTER TABLE away RENAME TO message_id`)
  await tendMessages(bench.db, '2026-11-22')
  expect(await bench.states()).toEqual({})
})
