import { Client } from 'pg'

/** Runs statements as the account that owns the tables, which no part of the product does after starting. */
export async function asOwner(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url, options: '-c search_path=ontregel' })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
