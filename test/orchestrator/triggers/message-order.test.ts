import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { waitingMessages } from '../../../orchestrator/ledger/message-order.ts'
import { replay, skip } from '../../../orchestrator/triggers/handle-messages.ts'
import { answerMessage, routeMessage } from '../../../orchestrator/triggers/hl7.ts'
import { asOwner } from '../../owner.ts'
import { answerAll, messageAbout, openMessageBench, type MessageBench } from './message-bench.ts'

const BY = { account: 'jdv01' }
const AGAIN = { ...BY, version: 'installed' } as const

/** Every routing takes as long as its message says (control id `<round>-<number>-<ms>`), and then says when it was. */
const SLOWED = sql`
CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_sleep(split_part((SELECT control_id FROM message WHERE id = NEW.message), '-', 3)::float / 1000);
  NEW.fired_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER slowly BEFORE INSERT ON run FOR EACH ROW EXECUTE FUNCTION slowly();`

interface Case {
  readonly patients: readonly string[]
  readonly ms: number
  /** Where routers come upon it. */
  readonly draw: number
}

const aCase = fc.record({
  patients: fc.uniqueArray(fc.constantFrom('4001', '4002', '4003'), { minLength: 1, maxLength: 2 }),
  ms: fc.nat(8),
  draw: fc.nat(),
})

/** Four routers go through the messages again and again, each from a place of its own, until all are routed. */
async function routeAll(bench: MessageBench, ids: readonly string[]): Promise<void> {
  const open = new Set(ids)
  const router = async (from: number) => {
    for (let at = from; open.size > 0; at++) {
      const id = ids[at % ids.length] ?? ''
      if (open.has(id) && (await routeMessage(bench, id)).length > 0) open.delete(id)
    }
  }
  await Promise.all([0, 1, 2, 3].map((number) => router(Math.floor((number * ids.length) / 4))))
}

/** Pairs of messages about one patient of which the later was routed first. */
async function disorder(
  bench: MessageBench,
  cases: readonly Case[],
  ids: readonly string[],
): Promise<string[]> {
  const runs = await bench.db.selectFrom('run').select(['message', 'fired_at']).execute()
  const at = new Map(runs.map((run) => [run.message, run.fired_at.getTime()]))
  const when = (place: number) => at.get(ids[place] ?? '') ?? Number.NaN
  return cases.flatMap((later, place) =>
    cases.slice(0, place).flatMap((earlier, before) => {
      const isShared = earlier.patients.some((patient) => later.patients.includes(patient))
      return isShared && !(when(before) <= when(place)) ? [`${place} before ${before}`] : []
    }),
  )
}

async function play(
  bench: MessageBench,
  round: number,
  cases: readonly Case[],
  isOrdered: boolean,
): Promise<string[]> {
  const messages = cases.map(({ patients, ms }, place) => messageAbout(`${round}-${place}-${ms}`, patients))
  const ids = await bench.ids(...messages)
  if (!isOrdered) await bench.db.deleteFrom('patient_queue').execute()
  const byDraw = ids.toSorted(
    (a, b) => (cases[ids.indexOf(a)]?.draw ?? 0) - (cases[ids.indexOf(b)]?.draw ?? 0),
  )
  await routeAll(bench, byDraw)
  return await disorder(bench, cases, ids)
}

describe('four routers at once, each message with a delay of its own', () => {
  test('keep the order of every patient, merges among them', async () => {
    await using bench = await openMessageBench()
    await asOwner(bench.url, SLOWED)
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(aCase, { minLength: 2, maxLength: 14 }), async (cases) => {
        expect(await play(bench, ++round, cases, true)).toEqual([])
      }),
      { numRuns: 15 },
    )
  })

  test('lose it when no message waits for another', async () => {
    await using bench = await openMessageBench()
    await asOwner(bench.url, SLOWED)
    const cases = [8, 6, 4, 2, 0].map((ms, place) => ({ patients: ['4001'], ms, draw: -place }))
    expect(await play(bench, 1, cases, false)).not.toEqual([])
  })

  test('go side by side for different patients: one that takes long keeps nobody else', async () => {
    await using bench = await openMessageBench()
    const [slow = '', quick = ''] = await bench.ids(
      messageAbout('M-1', ['4001']),
      messageAbout('M-2', ['4002']),
    )
    await bench.db.transaction().execute(async (tx) => {
      await sql`SELECT FROM message WHERE id = ${slow} FOR UPDATE`.execute(tx)
      expect(await routeMessage(bench, quick)).toHaveLength(1)
    })
    expect(await bench.states()).toEqual({ 'M-1': 'stored', 'M-2': 'routed' })
  })
})

test('a merge waits for all its patients, and all its patients wait for it', async () => {
  await using bench = await openMessageBench()
  const merge = messageAbout('M-3', ['4001', '4002'], '', 'ADT^A40')
  const [first = '', second = '', merged = '', third = '', other = ''] = await bench.ids(
    messageAbout('M-1', ['4001']),
    messageAbout('M-2', ['4002']),
    merge,
    messageAbout('M-4', ['4002']),
    messageAbout('M-5', ['4003']),
  )
  const route = async (id: string) => (await routeMessage(bench, id)).length
  expect(await route(merged)).toBe(0)
  expect(await route(first)).toBe(1)
  expect(await route(merged)).toBe(0)
  expect(await route(third)).toBe(0)
  expect(await route(other)).toBe(1)
  expect(await route(second)).toBe(1)
  expect(await route(third)).toBe(0)
  expect(await route(merged)).toBe(1)
  expect(await route(third)).toBe(1)
})

test('who was held is rung for as soon as nothing holds it, in a bell of its own', async () => {
  await using bench = await openMessageBench()
  const [first = '', second = '', third = ''] = await bench.ids(
    ...['M-1', 'M-2', 'M-3'].map((id) => messageAbout(id, ['4001'])),
  )
  await answerMessage(bench, third)
  expect(bench.rung).toEqual([])
  await answerMessage(bench, first)
  expect(bench.rung.find(({ kind }) => kind === 'message')).toEqual({
    kind: 'message',
    id: second,
    turn: `behind-${first}`,
  })
  await answerAll(bench, (id) => answerMessage(bench, id))
  expect(await bench.states()).toEqual({ 'M-1': 'routed', 'M-2': 'routed', 'M-3': 'routed' })
})

describe('a message that is set aside', () => {
  async function openAside() {
    const bench = await openMessageBench()
    const ids = await bench.ids(
      messageAbout('M-1', ['4001'], 'ZZZ|X'),
      messageAbout('M-2', ['4001']),
      messageAbout('M-3', ['4002']),
      messageAbout('M-4', ['4001', '4003']),
      messageAbout('M-5', ['4003']),
    )
    for (const id of ids) await answerMessage(bench, id)
    return { bench, aside: ids[0] ?? '', ids, [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose]() }
  }
  const HELD = { 'M-1': 'aside', 'M-2': 'stored', 'M-3': 'routed', 'M-4': 'stored', 'M-5': 'stored' }
  const DONE = { 'M-2': 'routed', 'M-3': 'routed', 'M-4': 'routed', 'M-5': 'routed' }

  test('holds its own patient, through a merge another, and nobody else', async () => {
    await using at = await openAside()
    expect(await at.bench.states()).toEqual(HELD)
  })

  test('does not keep the sweeper busy with those it holds', async () => {
    await using at = await openAside()
    expect(await waitingMessages(at.bench.db, 10)).toEqual([])
    const [fresh] = await at.bench.ids(messageAbout('M-6', ['4009']))
    expect(await waitingMessages(at.bench.db, 1)).toEqual([{ id: fresh, turn: 0 }])
  })

  test('lets all go in their order once it is replayed and can be handled', async () => {
    await using at = await openAside()
    at.bench.broken = false
    expect(await replay(at.bench, [at.aside], AGAIN)).toMatchObject({ again: [at.aside] })
    await answerAll(at.bench, (id) => answerMessage(at.bench, id))
    expect(await at.bench.states()).toEqual({ 'M-1': 'routed', ...DONE })
    const runs = await at.bench.db.selectFrom('run').select('message').orderBy('fired_at').execute()
    const [one, two, other, four, five] = at.ids
    expect(runs.map((run) => run.message)).toEqual([other, one, two, four, five])
  })

  test('holds them still when its replay fails again', async () => {
    await using at = await openAside()
    await replay(at.bench, [at.aside], AGAIN)
    await answerAll(at.bench, (id) => answerMessage(at.bench, id))
    expect(await at.bench.states()).toEqual(HELD)
  })

  test('lets all go once a person skips it, with a reason', async () => {
    await using at = await openAside()
    await expect(skip(at.bench, at.aside, { ...BY, reason: ' ' })).rejects.toThrow('Field reason')
    expect(await at.bench.states()).toEqual(HELD)
    await skip(at.bench, at.aside, { ...BY, reason: 'sent by mistake' })
    await answerAll(at.bench, (id) => answerMessage(at.bench, id))
    expect(await at.bench.states()).toEqual({ 'M-1': 'skipped', ...DONE })
    await expect(skip(at.bench, at.aside, { ...BY, reason: 'again' })).rejects.toThrow('was not set aside')
  })
})

test('a replay makes items only where the reference is new, and the patient’s later messages wait for it', async () => {
  await using bench = await openMessageBench()
  const [first = ''] = await bench.ids(messageAbout('M-1', ['4001']))
  expect(await routeMessage(bench, first)).toHaveLength(1)
  expect(await replay(bench, [first, first], AGAIN)).toEqual({ again: [first], waited: 0, otherVersion: 0 })
  expect(await replay(bench, [first], AGAIN)).toEqual({ again: [], waited: 1, otherVersion: 0 })
  const [second = ''] = await bench.ids(messageAbout('M-2', ['4001']))
  expect(await routeMessage(bench, second)).toEqual([])
  expect(await routeMessage(bench, first)).toEqual([])
  expect(await routeMessage(bench, second)).toHaveLength(1)
  const runs = await bench.db
    .selectFrom('run')
    .select(['message_turn', 'found', 'added'])
    .where('message', '=', first)
    .orderBy('fired_at')
    .execute()
  expect(runs).toEqual([
    { message_turn: 0, found: 1, added: 1 },
    { message_turn: 1, found: 1, added: 0 },
  ])
})

test('a message whose item the database cannot keep is set aside instead of tried for ever', async () => {
  await using bench = await openMessageBench()
  const [odd = '', next = ''] = await bench.ids(
    messageAbout('M-1', ['4001'], `ZZZ|1|${randomBytes(6000).toString('hex')}`),
    messageAbout('M-2', ['4002']),
  )
  expect(await routeMessage(bench, odd)).toEqual([])
  expect(await routeMessage(bench, next)).toHaveLength(1)
  expect(await bench.states()).toEqual({ 'M-1': 'aside', 'M-2': 'routed' })
})
