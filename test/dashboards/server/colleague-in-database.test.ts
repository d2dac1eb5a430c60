import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWebPool } from '../../../orchestrator/ledger/open-ledger.ts'
import { seenBy } from '../../../orchestrator/ledger/scope.ts'
import { TABLE_POLICIES } from '../../../orchestrator/ledger/table-policies.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { asOwner } from '../../owner.ts'
import { openTestServer, type TestServer } from './open-server.ts'
import { seedSavings } from './savings/seed-savings.ts'
import { begunAt, timedBy } from './savings/timed-there.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
  await seedSavings(server.installation.db)
})
afterAll(() => server[Symbol.asyncDispose]())

/** The ledger as a request of a colleague gets it. */
function asColleague(hospital: string, account: string) {
  const pool = openWebPool({ url: server.installation.databaseUrl, connections: 1, onError: () => undefined })
  const db = seenBy(pool, { hospitals: [], itemHospitals: [], colleague: { hospitals: [hospital], account } })
  return { db, [Symbol.asyncDispose]: () => pool.end() }
}

const count = async (db: LedgerDatabase, table: string) =>
  Number((await sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(db)).rows[0]?.n)

describe('the database itself', () => {
  test('shows a colleague what is theirs, open measurements and ideas, and nothing of any other table', async () => {
    const measurement = await begunAt(server, 'noord')
    await timedBy(server, await server.as('colleague', 'noord'), 'noord', measurement)
    await timedBy(server, await server.as('administrator', 'noord'), 'noord', measurement)
    await using seen = asColleague('noord', 'colleague.noord')
    const readable: string[] = []
    for (const [table, { door }] of Object.entries(TABLE_POLICIES)) {
      const found = await count(seen.db, table).catch(() => 0)
      if (found > 0) readable.push(table)
      if (door) expect(found).toBe(0)
    }
    expect(readable.toSorted()).toEqual(expect.arrayContaining(['measurement', 'timed_case']))
    const may = ['adoption', 'idea', 'idea_vote', 'measurement', 'running_case', 'timed_case']
    expect(readable.filter((table) => !may.includes(table))).toEqual([])
    const whose = await seen.db.selectFrom('timed_case').select('account').distinct().execute()
    expect(whose).toEqual([{ account: 'colleague.noord' }])
    const where = await seen.db.selectFrom('measurement').select('hospital').distinct().execute()
    expect(where).toEqual([{ hospital: 'noord' }])
  })

  test('lets a colleague write only in their own name, and change no measurement', async () => {
    const measurement = await begunAt(server, 'noord')
    await using seen = asColleague('noord', 'colleague.noord')
    const times = { hospital: 'noord', measurement, milliseconds: 60_000, item: null, left_out: null }
    const forged = seen.db
      .insertInto('timed_case')
      .values({ ...times, account: 'administrator.noord' })
      .execute()
    await expect(forged).rejects.toThrow('row-level security')
    const closing = await sql`UPDATE measurement SET closed_at = now() WHERE id = ${measurement}`.execute(
      seen.db,
    )
    expect(Number(closing.numAffectedRows)).toBe(0)
    const idea = { title: 'x', explanation: '', department: 'x', activity: 'planning' as const }
    for (const wrong of [
      { hospital: 'noord', account: 'programme.noord' },
      { hospital: 'zuid', account: 'colleague.noord' },
    ])
      await expect(
        seen.db
          .insertInto('idea')
          .values({ ...idea, ...wrong, bot: null })
          .execute(),
      ).rejects.toThrow('row-level security')
  })

  test('twin: without the rule for colleagues the times of others are seen', async () => {
    await using other = await openTestServer()
    await seedSavings(other.installation.db)
    const { db, databaseUrl } = other.installation
    const { id } = await db
      .insertInto('measurement')
      .values({
        ...{ hospital: 'noord', deployment: 'noord-counted', bot: 'planner', variant: 'plain' },
        ...{ method: 'stopwatch', begun_by: 'u-1' },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const times = { hospital: 'noord', measurement: id, milliseconds: 60_000, item: null, left_out: null }
    await db
      .insertInto('timed_case')
      .values({ ...times, account: 'u-1' })
      .execute()
    const pool = openWebPool({ url: databaseUrl, connections: 1, onError: () => undefined })
    const colleague = { hospitals: ['noord'], account: 'colleague.noord' }
    const seen = seenBy(pool, { hospitals: [], itemHospitals: [], colleague })
    expect(await count(seen, 'timed_case')).toBe(0)
    await asOwner(databaseUrl, sql`ALTER POLICY colleague_select ON timed_case USING (true)`)
    expect(await count(seen, 'timed_case')).toBe(1)
    await pool.end()
  })
})
