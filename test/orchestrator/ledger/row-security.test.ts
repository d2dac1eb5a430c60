import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLedger, openWebPool } from '../../../orchestrator/ledger/open-ledger.ts'
import { seenBy, type Scope } from '../../../orchestrator/ledger/scope.ts'
import { TABLE_POLICIES } from '../../../orchestrator/ledger/table-policies.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { asOwner } from '../../owner.ts'
import { createTestDatabase } from '../../postgres.ts'
import { HOSPITALS, openSeenLedger, type SeenLedger } from './seen-ledger.ts'

/** Belong to the migrations; no role has any right on them. */
const OF_MIGRATIONS = ['kysely_migration', 'kysely_migration_lock']

interface TableState {
  readonly table: string
  readonly is_part: boolean
  readonly forced: boolean
  readonly policies: number
  readonly rights: readonly string[]
}

const STATES = sql<TableState>`
  SELECT c.relname AS "table", c.relispartition AS is_part, c.relrowsecurity AND c.relforcerowsecurity AS forced,
    (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
    array(SELECT DISTINCT grantee || ' ' || privilege_type FROM information_schema.role_table_grants g
      WHERE g.table_schema = 'ontregel' AND g.table_name = c.relname AND grantee <> CURRENT_USER ORDER BY 1)::text[] AS rights
  FROM pg_class c WHERE c.relnamespace = 'ontregel'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`

/** What is not as it must be, with what to do about it. */
function unprotected(states: readonly TableState[]): string[] {
  return states.flatMap(({ table, is_part: isPart, forced, policies, rights }) => {
    if (isPart || OF_MIGRATIONS.includes(table))
      return rights.length > 0 ? [`${table}: take its rights away, it is reached through another table.`] : []
    if (!Object.hasOwn(TABLE_POLICIES, table))
      return [`${table}: name it in orchestrator/ledger/table-policies.ts with the policy it needs.`]
    if (!forced || policies < 1)
      return [`${table}: let the migration that makes it call protectTables, as 0012 does.`]
    return []
  })
}

let ledger: SeenLedger
const noord: Scope = { hospitals: ['noord'], itemHospitals: ['noord'] }
const nothing: Scope = { hospitals: [], itemHospitals: [] }
const figures: Scope = { hospitals: ['noord'], itemHospitals: [] }

beforeAll(async () => {
  ledger = await openSeenLedger()
})
afterAll(() => ledger[Symbol.asyncDispose]())

/** The hospitals whose rows are seen in a table, as far as a row tells. */
async function hospitalsIn(db: LedgerDatabase, table: string): Promise<string[]> {
  const { rows } = await sql<{
    text: string
  }>`SELECT to_jsonb(t)::text AS text FROM ${sql.table(table)} t`.execute(db)
  return HOSPITALS.filter((hospital) => rows.some(({ text }) => text.includes(`"${hospital}`)))
}

const count = async (db: LedgerDatabase, table: string) =>
  (await sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(db)).rows[0]?.n

const OF_A_HOSPITAL = [
  'hospital',
  'norm',
  'system',
  'seat',
  'secret',
  'deployment',
  'deployment_system',
  'channel',
  'upkeep',
]
const OF_ITEMS = ['item', 'alarm', 'message', 'message_id']
const BY_ITEM = ['event', 'act', 'evidence']

describe('every table', () => {
  test('has a policy that is forced; parts and migrations have no rights at all', async () => {
    expect(unprotected(await asOwner(ledger.url, STATES))).toEqual([])
  })

  test('twin: a table that somebody forgets, switches off or opens is found, with what to do', async () => {
    await using database = await createTestDatabase()
    const db = await openLedger({ url: database.url, onError: () => undefined })
    await db.destroy()
    const states = await asOwner<TableState>(
      database.url,
      sql`CREATE TABLE forgotten (hospital text)`,
      sql`ALTER TABLE item NO FORCE ROW LEVEL SECURITY`,
      sql`GRANT SELECT ON kysely_migration TO ontregel_web`,
      STATES,
    )
    expect(unprotected(states)).toEqual([
      'forgotten: name it in orchestrator/ledger/table-policies.ts with the policy it needs.',
      'item: let the migration that makes it call protectTables, as 0012 does.',
      'kysely_migration: take its rights away, it is reached through another table.',
    ])
  })
})

describe('ontregel_web', () => {
  test.each([...OF_A_HOSPITAL, ...OF_ITEMS])(
    'sees in %s what it was told, and nothing when told nothing',
    async (table) => {
      expect(await hospitalsIn(ledger.db, table)).toEqual(['noord', 'zuid'])
      expect(await hospitalsIn(ledger.seenBy(noord), table)).toEqual(['noord'])
      expect(await hospitalsIn(ledger.seenBy(nothing), table)).toEqual([])
      expect(await hospitalsIn(ledger.seenBy(figures), table)).toEqual(
        OF_ITEMS.includes(table) ? [] : ['noord'],
      )
    },
  )

  test.each(BY_ITEM)('sees in %s what belongs to items it sees', async (table) => {
    const all = await count(ledger.db, table)
    expect(all).toBeGreaterThanOrEqual(2)
    expect(await count(ledger.seenBy(noord), table)).toBe((all ?? 0) / 2)
    expect(await count(ledger.seenBy(figures), table)).toBe(0)
    expect(await count(ledger.seenBy(nothing), table)).toBe(0)
  })

  test('twin: without the policy the other hospital is seen', async () => {
    await using other = await openSeenLedger()
    await asOwner(other.url, sql`ALTER POLICY ontregel_web_rows ON item USING (true)`)
    expect(await hospitalsIn(other.seenBy(noord), 'item')).toEqual(['noord', 'zuid'])
  })

  test('changes nothing of another hospital, and puts nothing there', async () => {
    const db = ledger.seenBy(noord)
    const touched = async (statement: ReturnType<typeof sql>) =>
      Number((await statement.execute(db)).numAffectedRows)
    expect(await touched(sql`UPDATE item SET sentence = 'mine' WHERE hospital = 'zuid'`)).toBe(0)
    expect(await touched(sql`DELETE FROM secret WHERE hospital = 'zuid'`)).toBe(0)
    expect(await touched(sql`UPDATE system SET address = 'http://127.0.0.1:2/'`)).toBe(1)
    const put = sql`INSERT INTO alarm (hospital, kind, sentence) VALUES ('zuid', 'test', 'Test.')`
    await expect(put.execute(db)).rejects.toThrow('row-level security')
    const move = sql`UPDATE secret SET hospital = 'zuid' WHERE hospital = 'noord'`
    await expect(move.execute(db)).rejects.toThrow('row-level security')
  })

  test('forgets what it was told when the connection goes back, also after something failed', async () => {
    const told = `SELECT current_setting('ontregel.hospitals', true) AS said`
    const pool = openWebPool({ url: ledger.url, connections: 1, onError: () => undefined })
    const db = seenBy(pool, noord)
    await db.transaction().execute(async (tx) => {
      expect((await sql.raw(told).execute(tx)).rows).toEqual([{ said: 'noord' }])
    })
    expect((await pool.query(told)).rows).toEqual([{ said: '' }])
    const failing = db.transaction().execute((tx) => sql`SELECT 1 / 0`.execute(tx))
    await expect(failing).rejects.toThrow('division by zero')
    expect((await pool.query(told)).rows).toEqual([{ said: '' }])
    await pool.end()
  })

  test('is what every connection must have: one that took no role is not used', async () => {
    const url = `${ledger.url}?options=${encodeURIComponent('-c search_path=ontregel')}`
    const pool = openWebPool({ url, connections: 1, onError: () => undefined })
    const asked = sql`SELECT FROM item`.execute(seenBy(pool, noord))
    await expect(asked).rejects.toMatchObject({ code: 'database-role' })
    await pool.end()
  })

  test.each([
    ['the accounts', sql`SELECT FROM account`],
    ['the sessions', sql`SELECT FROM session`],
    ['the history, to change it', sql`UPDATE event SET kind = 'other'`],
    ['the changes, to remove them', sql`DELETE FROM change`],
    ['the access log, to change it', sql`UPDATE access_entry SET actor = 'other'`],
    [
      'a month of messages, past its parent',
      sql.raw(`SELECT FROM message_${new Date().toISOString().slice(0, 7).replace('-', '_')}`),
    ],
    ['dropping a month', sql`SELECT message_month_drop('2020_01')`],
    ['dropping a year of the access log', sql`SELECT access_drop_year(2001)`],
    ['making a table', sql`CREATE TABLE mine (a int)`],
    ['switching row security off', sql`ALTER TABLE item DISABLE ROW LEVEL SECURITY`],
  ])('has no way to %s', async (_what, statement) => {
    await expect(statement.execute(ledger.seenBy(noord))).rejects.toThrow(/permission denied|must be owner/)
  })
})

test.each([
  ['accounts', sql`SELECT FROM account`],
  ['the list of migrations', sql`SELECT FROM kysely_migration`],
  ['the history, to change it', sql`UPDATE event SET kind = 'other'`],
  ['a table, to drop it', sql`DROP TABLE item CASCADE`],
])('workers see every hospital, but have no way to %s', async (_what, statement) => {
  await expect(statement.execute(ledger.db)).rejects.toThrow(/permission denied|must be owner/)
})
