import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import { shareCommits } from '../../../orchestrator/ledger/shared-commits.ts'
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

/** Writes an alarm and gives the transaction it was written in. */
const alarm = (sentence: string) => async (tx: LedgerDatabase) => {
  await sql`INSERT INTO alarm (hospital, kind, sentence) VALUES ('oost', 'test', ${sentence})`.execute(tx)
  const { rows } = await sql<{
    transaction: string
  }>`SELECT pg_current_xact_id()::text AS transaction`.execute(tx)
  return rows[0]?.transaction
}

const alarms = async (): Promise<string[]> => {
  const rows = await db.selectFrom('alarm').select('sentence').orderBy('id').execute()
  await sql`DELETE FROM alarm`.execute(db)
  return rows.map(({ sentence }) => sentence)
}

test('what is asked at the same time is committed together, by its order', async () => {
  const { share } = shareCommits(db)
  const asked = ['c', 'a', 'b'].map((order) => share({ lane: 'one', order, write: alarm(order) }))
  expect(new Set(await Promise.all(asked)).size).toBe(1)
  expect(await alarms()).toEqual(['a', 'b', 'c'])
})

test('what is asked meanwhile goes into the next transaction of its lane; another lane does not wait for it', async () => {
  const { share } = shareCommits(db)
  const gate = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const first = share({
    lane: 'one',
    order: '1',
    write: async (tx) => {
      begun.resolve()
      await gate.promise
      return await alarm('first')(tx)
    },
  })
  await begun.promise
  const second = share({ lane: 'one', order: '2', write: alarm('second') })
  const third = share({ lane: 'one', order: '3', write: alarm('third') })
  await share({ lane: 'other', order: '1', write: alarm('other') })
  expect(await alarms()).toEqual(['other'])
  gate.resolve()
  const transactions = await Promise.all([first, second, third])
  expect(transactions[1]).toBe(transactions[2])
  expect(transactions[1]).not.toBe(transactions[0])
  expect(await alarms()).toEqual(['first', 'second', 'third'])
})

test('what one cannot write is no matter of the others', async () => {
  const { share } = shareCommits(db)
  const refused = (tx: LedgerDatabase) =>
    sql`INSERT INTO alarm (hospital, kind, sentence) VALUES ('nowhere', 'test', '')`.execute(tx)
  const asked = [
    share({ lane: 'one', order: '1', write: alarm('before') }),
    share({ lane: 'one', order: '2', write: refused }),
    share({ lane: 'one', order: '3', write: alarm('after') }),
  ]
  const ends = await Promise.allSettled(asked)
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await alarms()).toEqual(['before', 'after'])
})

test('nothing is done again when the connection broke: the commit may have got through', async () => {
  const { share } = shareCommits(db)
  let asked = 0
  const broken = () => {
    asked++
    return Promise.reject(Object.assign(new Error('Connection terminated'), { code: 'ECONNRESET' }))
  }
  const ends = await Promise.allSettled([
    share({ lane: 'one', order: '1', write: alarm('before') }),
    share({ lane: 'one', order: '2', write: broken }),
  ])
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect([asked, await alarms()]).toEqual([1, []])
})

test('a process that stands still in the middle keeps nobody else waiting, and learns that nothing was written', async () => {
  const told: string[] = []
  const onError = (error: Error) => void told.push(error.message)
  const standing = await openLedger({ url: database.url, standStillMs: 100, onError })
  const gate = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const rename = (ledger: LedgerDatabase, name: string) =>
    sql`UPDATE hospital SET name = ${name} WHERE id = 'oost'`.execute(ledger)
  const asked = shareCommits(standing).share({
    lane: 'one',
    order: '1',
    write: async (tx) => {
      await rename(tx, 'never')
      locked.resolve()
      await gate.promise
    },
  })
  await locked.promise
  await rename(db, 'Oost')
  await vi.waitFor(() => expect(told.join()).toContain('idle-in-transaction'))
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
  const { share } = shareCommits(db)
  await share({ lane: 'one', order: '1', write: alarm('first') })
  await share({ lane: 'one', order: '1', write: alarm('second') })
  expect(await alarms()).toEqual(['first', 'second'])
})
