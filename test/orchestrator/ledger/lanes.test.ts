import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openLane } from '../../../orchestrator/ledger/lanes.ts'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { createTestDatabase, type TestDatabase } from '../../postgres.ts'

let database: TestDatabase
let db: LedgerDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  const onError = (error: Error) => {
    throw error
  }
  db = await openLedger({ url: database.url, onError })
  await sql`INSERT INTO hospital (id, name) VALUES ('oost', 'Oost')`.execute(db)
})
afterAll(async () => {
  await db.destroy()
  await database[Symbol.asyncDispose]()
})

interface Alarm {
  readonly sentence: string
  readonly hospital?: string
}

/** Writes alarms in one statement, and answers each with the transaction it was written in. */
async function write(batch: readonly Alarm[]): Promise<string[]> {
  const { rows } = await sql<{ transaction: string }>`
    INSERT INTO alarm (hospital, kind, sentence)
    SELECT coalesce(a.hospital, 'oost'), 'test', a.sentence
    FROM jsonb_to_recordset(${JSON.stringify(batch)}::jsonb) AS a (sentence text, hospital text)
    RETURNING pg_current_xact_id()::text AS transaction`.execute(db)
  return rows.map(({ transaction }) => transaction)
}

const alarmLane = (by = write) => openLane({ keyOf: ({ sentence }: Alarm) => sentence, write: by })

const alarms = async (): Promise<string[]> => {
  const rows = await db.selectFrom('alarm').select('sentence').orderBy('id').execute()
  await sql`DELETE FROM alarm`.execute(db)
  return rows.map(({ sentence }) => sentence)
}

/** A lane whose first batch waits at a gate. */
function gatedLane() {
  const gate = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const batches: string[][] = []
  const lane = openLane({
    keyOf: ({ sentence }: Alarm) => sentence,
    write: async (batch: readonly Alarm[]) => {
      batches.push(batch.map(({ sentence }) => sentence))
      begun.resolve()
      await gate.promise
      return await write(batch)
    },
  })
  return { lane, batches, begun: begun.promise, open: gate.resolve }
}

test('what is asked at the same time is written together, in one order whoever asked first', async () => {
  const lane = alarmLane()
  const asked = ['c', 'a', 'b'].map((sentence) => lane({ sentence }))
  expect(new Set(await Promise.all(asked)).size).toBe(1)
  expect(await alarms()).toEqual(['a', 'b', 'c'])
})

test('what is asked meanwhile goes into the next batch of its lane; another lane does not wait for it', async () => {
  const { lane, begun, open } = gatedLane()
  const first = lane({ sentence: 'first' })
  await begun
  const second = lane({ sentence: 'second' })
  const third = lane({ sentence: 'third' })
  await alarmLane()({ sentence: 'other' })
  expect(await alarms()).toEqual(['other'])
  open()
  const transactions = await Promise.all([first, second, third])
  expect(transactions[1]).toBe(transactions[2])
  expect(transactions[1]).not.toBe(transactions[0])
  expect(await alarms()).toEqual(['first', 'second', 'third'])
})

test('of two that ask for the same one goes first, for one statement would change it once and answer both', async () => {
  const { lane, batches, begun, open } = gatedLane()
  const asked = ['first', 'same', 'same', 'other'].map((sentence) => lane({ sentence }))
  await begun
  open()
  await Promise.all(asked)
  expect(batches).toEqual([['first', 'other', 'same'], ['same']])
  expect(await alarms()).toEqual(['first', 'other', 'same', 'same'])
})

test('no batch is so large that the first of it waits long for the last', async () => {
  const { lane, batches, begun, open } = gatedLane()
  const asked = Array.from({ length: 70 }, (_, index) => lane({ sentence: `alarm ${index}` }))
  await begun
  open()
  await Promise.all(asked)
  expect(batches.map(({ length }) => length)).toEqual([32, 32, 6])
  expect(await alarms()).toHaveLength(70)
})

test('what one cannot write is no matter of the others', async () => {
  const lane = alarmLane()
  const asked = [
    lane({ sentence: 'before' }),
    lane({ sentence: 'elsewhere', hospital: 'nowhere' }),
    lane({ sentence: 'after' }),
  ]
  const ends = await Promise.allSettled(asked)
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect((await alarms()).toSorted()).toEqual(['after', 'before'])
})

test('nothing is done again when the connection broke: the commit may have got through', async () => {
  let asked = 0
  const lane = alarmLane(() => {
    asked++
    return Promise.reject(Object.assign(new Error('Connection terminated'), { code: 'ECONNRESET' }))
  })
  const ends = await Promise.allSettled([lane({ sentence: 'before' }), lane({ sentence: 'after' })])
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect([asked, await alarms()]).toEqual([1, []])
})

test('nobody is taken for answered when the answers do not tell whose they are', async () => {
  const lane = alarmLane(() => Promise.resolve(['one']))
  const ends = await Promise.allSettled([lane({ sentence: 'a' }), lane({ sentence: 'b' })])
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})

test('a process that stands still in the middle keeps nobody else waiting, and learns that nothing was written', async () => {
  const told: string[] = []
  const onError = (error: Error) => void told.push(error.message)
  const standing = await openLedger({ url: database.url, standStillMs: 100, onError })
  const gate = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const rename = (ledger: LedgerDatabase, name: string) =>
    sql`UPDATE hospital SET name = ${name} WHERE id = 'oost'`.execute(ledger)
  const asked = standing.transaction().execute(async (tx) => {
    await rename(tx, 'never')
    locked.resolve()
    await gate.promise
    await rename(tx, 'nor now')
  })
  await locked.promise
  await rename(db, 'Oost')
  await vi.waitFor(() => expect(told.join()).toContain('idle-in-transaction'), { timeout: 20_000 })
  gate.resolve()
  await expect(asked).rejects.toThrow()
  await standing.destroy()
  const { name } = await db
    .selectFrom('hospital')
    .select('name')
    .where('id', '=', 'oost')
    .executeTakeFirstOrThrow()
  expect(name).toBe('Oost')
})

test('a lane that was empty takes up again', async () => {
  const lane = alarmLane()
  await lane({ sentence: 'first' })
  await lane({ sentence: 'second' })
  expect(await alarms()).toEqual(['first', 'second'])
})
