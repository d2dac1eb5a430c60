import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { idInOrderOfTime } from '../../../orchestrator/ledger/insert-messages.ts'
import { sortMessages } from '../../../orchestrator/ledger/message-sorting.ts'
import { digestOf, storeMessages, type NewMessage } from '../../../orchestrator/ledger/messages.ts'
import { asOwner } from '../../owner.ts'
import { openBench, type Bench } from '../work/bench.ts'

async function openChannel(): Promise<Bench> {
  const bench = await openBench()
  await bench.db.insertInto('channel').values({ id: 'adt', hospital: 'oost', port: 0, senders: [] }).execute()
  return bench
}

function message(controlId: string, content = controlId, change: Partial<NewMessage> = {}): NewMessage {
  return {
    hospital: 'oost',
    channel: 'adt',
    sender: 'ZIS|OOST',
    controlId,
    type: 'ADT',
    event: 'A08',
    digest: digestOf(Buffer.from(content)),
    sealed: Buffer.from(`sealed ${content}`),
    answer: Buffer.from(`answer to ${content}`),
    ...change,
  }
}

const kept = (bench: Bench) => bench.db.selectFrom('message').selectAll().orderBy('place').execute()

test('a batch is kept in its order, each with its own bytes; sorted, each has its own patients', async () => {
  await using bench = await openChannel()
  const hash = () => randomBytes(32)
  const batch = Array.from({ length: 300 }, (_, n) =>
    message(`M-${n}`, `M-${n}`, {
      sealed: randomBytes(n % 7 === 0 ? 0 : n),
    }),
  )
  const stored = await storeMessages(bench.db, batch)
  const patients = stored.map(({ id }, n) => ({
    id,
    patients: Array.from({ length: n % 3 }, () => ({ key: hash(), number: hash() })),
  }))
  await sortMessages(bench.db, patients, new Date(0))
  await sortMessages(bench.db, patients, new Date(0))
  const rows = await kept(bench)
  expect(rows.map(({ control_id }) => control_id)).toEqual(batch.map(({ controlId }) => controlId))
  expect(rows.map(({ id }) => id)).toEqual(stored.map(({ id }) => id))
  expect(rows.every(({ sealed }, n) => batch[n]?.sealed.equals(sealed))).toBe(true)
  expect(rows.map(({ patients }) => patients)).toEqual(
    patients.map((one) => one.patients.map(({ key }) => key)),
  )
  const queue = await bench.db
    .selectFrom('patient_queue')
    .select(['message', 'key'])
    .orderBy('place')
    .execute()
  const all = patients.flatMap((one) => one.patients)
  expect(queue.length).toBe(all.length)
  const numbers = await bench.db.selectFrom('message_patient').select('number').execute()
  expect(new Set(numbers.map(({ number }) => number.toString('hex')))).toEqual(
    new Set(all.map(({ number }) => number.toString('hex'))),
  )
})

test('signs that mean something to an array or to SQL stay what they are', async () => {
  await using bench = await openChannel()
  const odd = ['{"a","b"}', "Robert'); --", '\\x41', 'NULL', 'a,b', '"', 'ë €']
  await storeMessages(
    bench.db,
    odd.map((text) => message(text, text, { sender: `${text}|${text}` })),
  )
  const rows = await kept(bench)
  expect(rows.map(({ control_id, sender }) => [control_id, sender])).toEqual(
    odd.map((text) => [text, `${text}|${text}`]),
  )
})

test('within one batch the first is new, the same again is known, and another under its id is refused with an alarm', async () => {
  await using bench = await openChannel()
  const batch = [message('A', 'one'), message('B'), message('A', 'one'), message('A', 'two'), message('C')]
  const stored = await storeMessages(bench.db, batch)
  expect(stored.map(({ known }) => known)).toEqual(['new', 'new', 'same', 'different', 'new'])
  expect(stored[2]).toMatchObject({ id: stored[0]?.id, answer: Buffer.from('answer to one') })
  expect((await kept(bench)).map(({ control_id }) => control_id)).toEqual(['A', 'B', 'C'])
  expect(await bench.db.selectFrom('alarm').select(['hospital', 'kind']).execute()).toEqual([
    { hospital: 'oost', kind: 'message-differs' },
  ])
})

test('what was kept before is known with its first answer; another sender or channel is not it', async () => {
  await using bench = await openChannel()
  const [first] = await storeMessages(bench.db, [message('A')])
  const again = await storeMessages(bench.db, [
    message('A', 'A', { answer: Buffer.from('a later answer') }),
    message('A', 'A', { sender: 'LAB|OOST' }),
    message('N'),
  ])
  expect(again.map(({ known }) => known)).toEqual(['same', 'new', 'new'])
  expect(again[0]).toEqual({ known: 'same', id: first?.id, answer: Buffer.from('answer to A') })
})

test('the same messages in batches at the same moment are kept once', async () => {
  await using bench = await openChannel()
  const batch = () => Array.from({ length: 50 }, (_, n) => message(`M-${n}`))
  const stored = await Promise.all([1, 2, 3, 4].map(() => storeMessages(bench.db, batch())))
  const fresh = stored.flat().filter(({ known }) => known === 'new')
  expect(fresh.length).toBe(50)
  expect(stored.flat().every(({ known }) => known !== 'different')).toBe(true)
  expect((await kept(bench)).length).toBe(50)
})

test('all of a batch is kept or nothing, and nothing at all is asked for none', async () => {
  await using bench = await openChannel()
  await asOwner(bench.url, sql`ALTER TABLE message ADD CHECK (control_id <> 'B')`)
  await expect(storeMessages(bench.db, [message('A'), message('B')])).rejects.toThrow('violates check')
  expect(await kept(bench)).toEqual([])
  expect(await bench.db.selectFrom('message_id').selectAll().execute()).toEqual([])
  expect(await storeMessages(bench.db, [])).toEqual([])
})

test('ids sort as they were made, in the same millisecond and when the clock goes back too', () => {
  const made = [5, 5, 5, 4, 9, 9].flatMap((ms) =>
    Array.from({ length: 3000 }, () => idInOrderOfTime(1e12 + ms)),
  )
  expect(made.toSorted()).toEqual(made)
  expect(new Set(made).size).toBe(made.length)
  for (const id of made)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
