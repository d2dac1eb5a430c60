import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { startEmbeddedDatabase } from '../orchestrator/ledger/embedded.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this test run; tests make a database of their own on it. */
    postgres: string
  }
}

/** An empty database, dropped at the end of `await using`. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string
}

/** Vitest runs this once, before the first file: one PostgreSQL for the whole run, in a temporary folder. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(await quickFolder(), 'ontregel-test-'))
  await chmod(folder, 0o711)
  const database = await startEmbeddedDatabase({ folder })
  project.provide('postgres', database.url)
  return async () => {
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const SHARED_MEMORY = '/dev/shm'
const ROOM_BYTES = 1024 ** 3

/** Memory where there is enough of it: the queue refuses a database that does not flush, and flushing to disk is slow. */
async function quickFolder(): Promise<string> {
  if (process.platform !== 'linux') return tmpdir()
  const { bavail, bsize } = await statfs(SHARED_MEMORY)
  return bavail * bsize > ROOM_BYTES ? SHARED_MEMORY : tmpdir()
}

/** Makes an empty database with a name of its own, so that test files run beside each other. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  await execute(server, `CREATE DATABASE ${name} STRATEGY file_copy`)
  return {
    url: server.replace(/[^/]*$/, name),
    [Symbol.asyncDispose]: () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

async function execute(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
