import { sql } from 'kysely'
import { evidencePurpose } from '../ledger/evidence.ts'
import { itemListPurpose } from '../ledger/item-lists.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { messagePurpose } from '../triggers/sort-left-behind.ts'
import { lastingPurpose } from './lasting-key.ts'
import type { SecretBox } from './secret-box.ts'
import { secretPurpose } from './secrets.ts'
import { totpPurpose } from './totp.ts'

/** A table that holds something sealed. */
export interface SealedTable {
  readonly name: string
  /** Only the role of the door sees it. */
  readonly door?: true
  readonly column: string
  /** What its rows are told apart by and walked along: a column with an index where there are many rows. */
  readonly key: string
  readonly keyType: 'bigint' | 'text' | 'uuid'
  /** The columns that its purposes are made of. */
  readonly parts: readonly string[]
  readonly purpose: (...parts: readonly string[]) => string
}

/** Everything that is sealed in the database for longer than a sign-in takes. */
export const SEALED_TABLES: readonly SealedTable[] = [
  {
    ...{ name: 'lasting_key', column: 'sealed', key: 'name', keyType: 'text', parts: ['name'] },
    purpose: (name = '') => lastingPurpose(name),
  },
  {
    ...{
      name: 'secret',
      column: 'sealed',
      key: "hospital || '|' || name || '|' || version",
      keyType: 'text',
    },
    parts: ['hospital', 'name', 'version'],
    purpose: (hospital = '', name = '', version = '') => secretPurpose(hospital, name, Number(version)),
  },
  {
    ...{ name: 'account', door: true, column: 'totp', key: 'id', keyType: 'text', parts: ['id'] },
    purpose: (account = '') => totpPurpose(account),
  },
  {
    ...{ name: 'item_list', column: 'sealed', key: 'id', keyType: 'uuid', parts: ['hospital', 'account'] },
    purpose: (hospital = '', account = '') => itemListPurpose(hospital, account),
  },
  {
    ...{ name: 'evidence', column: 'sealed', key: 'id', keyType: 'bigint', parts: ['item'] },
    purpose: (item = '') => evidencePurpose(item),
  },
  {
    ...{ name: 'message', column: 'sealed', key: 'place', keyType: 'bigint', parts: ['hospital', 'channel'] },
    purpose: (hospital = '', channel = '') => messagePurpose(hospital, channel),
  },
]

/** How much of a table is still sealed with another key than the present one. */
export async function countOlder(db: LedgerDatabase, table: SealedTable, head: Buffer): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`SELECT count(*)::integer AS count FROM ${sql.table(table.name)}
    WHERE ${isOlder(table, head)}`.execute(db)
  return rows[0]?.count ?? 0
}

/** Every sealed column begins with what tells its key. */
const isOlder = ({ column }: SealedTable, head: Buffer) =>
  sql`${sql.ref(column)} IS NOT NULL AND substring(${sql.ref(column)} FROM 1 FOR ${head.length}) <> ${head}`

interface SealedRow {
  readonly key: string
  readonly parts: readonly string[]
  readonly sealed: Buffer
}

/** How far a table was walked: the last key, and how many rows were sealed anew. Undefined at its end. */
export interface Walked {
  readonly after: string
  readonly anew: number
}

/**
 * Seals the next rows of a table anew, in one transaction.
 * @param after the last key of the rows before; undefined begins
 * @throws unexpected when one cannot be opened: then nothing of these is changed
 */
export async function resealNext(
  db: LedgerDatabase,
  secrets: SecretBox,
  table: SealedTable,
  { after, most }: { readonly after: string | undefined; readonly most: number },
): Promise<Walked | undefined> {
  const [name, column, key] = [sql.table(table.name), sql.ref(table.column), sql.raw(table.key)]
  const type = sql.raw(table.keyType)
  return await db.transaction().execute(async (tx) => {
    const parts = sql.join(table.parts.map((part) => sql`${sql.ref(part)}::text`))
    const { rows } = await sql<SealedRow>`
      SELECT (${key})::text AS key, ARRAY[${parts}] AS parts, ${column} AS sealed FROM ${name}
      WHERE ${column} IS NOT NULL ${after === undefined ? sql`` : sql`AND ${key} > ${after}::${type}`}
      ORDER BY ${key} LIMIT ${most} FOR UPDATE`.execute(tx)
    const last = rows.at(-1)
    if (!last) return undefined
    const anew = rows.flatMap((row) => {
      const sealed = secrets.reseal(table.purpose(...row.parts), row.sealed)
      return sealed ? [{ key: row.key, sealed }] : []
    })
    if (anew.length > 0)
      await sql`UPDATE ${name} SET ${column} = anew.fresh
        FROM unnest(${anew.map((row) => row.key)}::${type}[], ${anew.map((row) => row.sealed)}::bytea[]) AS anew (place_of, fresh)
        WHERE ${key} = anew.place_of`.execute(tx)
    return { after: last.key, anew: anew.length }
  })
}
