import { Kysely, PostgresDialect, type RawBuilder } from 'kysely'
import { Pool } from 'pg'

/** Runs statements as the account that owns the tables, which nothing of the product works as. Gives the rows of the last. */
export async function asOwner<Row = unknown>(
  url: string,
  ...statements: readonly RawBuilder<Row>[]
): Promise<Row[]> {
  const pool = new Pool({ connectionString: url, max: 1, options: '-c search_path=ontregel -c timezone=UTC' })
  // Its database may be dropped while it is still being closed; a statement that fails says so itself.
  pool.on('error', () => undefined)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    let rows: Row[] = []
    for (const statement of statements) rows = (await statement.execute(db)).rows
    return rows
  } finally {
    await db.destroy()
  }
}
