import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../../orchestrator/ledger/embedded.ts'
import { openDoorbell } from '../../../orchestrator/queue/open-doorbell.ts'
import { findPostgresFault } from '../../../orchestrator/queue/postgres-backend.ts'
import { doorbellContract } from './doorbell-contract.ts'
import { doorbellTroubleContract } from './doorbell-trouble-contract.ts'
import type { QueueServer } from './queue-server.ts'

/** A server of this file alone: the tests below make it unsafe. */
let folder = ''
let server: EmbeddedDatabase
let behind: Client
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ontregel-doorbell-'))
  await chmod(folder, 0o711)
  server = await startEmbeddedDatabase({ folder })
  behind = new Client({ connectionString: server.url })
  await behind.connect()
})
afterAll(async () => {
  await behind.end()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const signal = () => Promise.withResolvers<void>()
const open = (databaseUrl: string) => openDoorbell({ databaseUrl, onError: () => undefined })
const urlWith = (change: (url: URL) => void): string => {
  const url = new URL(server.url)
  change(url)
  return url.href
}

const queueServer: QueueServer = {
  get databaseUrl() {
    return server.url
  },
  forgetAll: async () => {
    const { rows } = await behind.query<{ name: string }>(
      `SELECT string_agg(format('bullmq.%I', tablename), ', ') AS name FROM pg_tables
           WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
    )
    // A worker that looks for work at the same moment may be in the way: one of the two goes again.
    await vi.waitFor(() => behind.query(`TRUNCATE ${rows[0]?.name}`), { timeout: 20_000 })
  },
  breakConnections: async () => {
    await behind.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()`)
  },
  stored: async () => {
    const dump = await behind.query<{ text: string }>(
      `SELECT schema_to_xml('bullmq', true, false, '')::text AS text`,
    )
    return dump.rows[0]?.text ?? ''
  },
  jobData: async (bells) => {
    const { rows } = await behind.query('SELECT data FROM bullmq.job WHERE queue = $1', [bells])
    expect(rows).toHaveLength(1)
    return rows[0]?.data
  },
  tamper: async (bells, data) => {
    await behind.query('UPDATE bullmq.job SET data = $2 WHERE queue = $1', [bells, data])
  },
}

describe('the doorbell on PostgreSQL', () => {
  doorbellContract(() => queueServer)
  doorbellTroubleContract(() => queueServer)

  test.each(['idle', 'with a bell in hand'])('it closes when the server is gone, %s', async (how) => {
    const place = await mkdtemp(join(folder, 'gone-'))
    await chmod(place, 0o711)
    const own = await startEmbeddedDatabase({ folder: place })
    const [taken, lost, gate] = [signal(), signal(), signal()]
    const onError = (): void => lost.resolve()
    const doorbell = await openDoorbell({ databaseUrl: own.url, onError })
    const handler = (): Promise<void> => {
      taken.resolve()
      return gate.promise
    }
    await doorbell.answer(handler, { concurrency: 2, onError })
    if (how !== 'idle') {
      await doorbell.ring([{ kind: 'item', id: 'in-hand', turn: '1' }])
      await taken.promise
    }
    await own.stop()
    await lost.promise
    gate.resolve()
    const began = performance.now()
    await doorbell.close()
    expect(performance.now() - began).toBeLessThan(20_000)
  })

  test('it keeps to its own schema, also when the address sets a search path', async () => {
    await behind.query('CREATE SCHEMA elsewhere')
    const doorbell = await open(
      urlWith((url) => url.searchParams.set('options', '-c search_path=elsewhere -c statement_timeout=60s')),
    )
    await doorbell.ring([{ kind: 'item', id: 'here', turn: '1' }])
    const { rows } = await behind.query(`SELECT id FROM bullmq.job WHERE id = 'item.here.1'`)
    expect(rows).toHaveLength(1)
    const strays = await behind.query(
      `SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('elsewhere', 'public')`,
    )
    expect(strays.rows).toEqual([])
    await doorbell.close()
  })

  test('bells wait for no disk, although the server must', async () => {
    await (await open(server.url)).close()
    await behind.query(`CREATE TABLE bullmq.seen (setting text); CREATE FUNCTION bullmq.see() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN INSERT INTO bullmq.seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
      CREATE TRIGGER see AFTER INSERT OR UPDATE OR DELETE ON bullmq.job FOR EACH ROW EXECUTE FUNCTION bullmq.see()`)
    const doorbell = await open(server.url)
    const answered = signal()
    await doorbell.answer(async () => answered.resolve(), { concurrency: 1, onError: () => undefined })
    await doorbell.ring([{ kind: 'item', id: 'unhurried', turn: '1' }])
    await answered.promise
    await doorbell.close()
    const { rows } = await behind.query('SELECT DISTINCT setting FROM bullmq.seen')
    expect(rows).toEqual([{ setting: 'off' }])
    await behind.query('DROP FUNCTION bullmq.see() CASCADE; DROP TABLE bullmq.seen')
  })

  test('an account that may not make the schema may use it, and is told what it lacks otherwise', async () => {
    await (await open(server.url)).close()
    await behind.query(`CREATE ROLE modest LOGIN PASSWORD 'modest'`)
    const modest = urlWith((url) => Object.assign(url, { username: 'modest', password: 'modest' }))
    await expect(open(modest)).rejects.toThrow(/\(42501\): the account may not make or use the schema bullmq/)
    await behind.query(`GRANT USAGE, CREATE ON SCHEMA bullmq TO modest;
      GRANT ALL ON ALL TABLES IN SCHEMA bullmq TO modest; GRANT ALL ON ALL SEQUENCES IN SCHEMA bullmq TO modest`)
    const doorbell = await open(modest)
    await doorbell.ring([{ kind: 'item', id: 'modest', turn: '1' }])
    await doorbell.close()
  })
})

describe('a PostgreSQL that is not safe', () => {
  test.each(['fsync', 'full_page_writes'])(
    'is refused with %s off, and taken again with it on',
    async (name) => {
      await setServer(name, 'off')
      await expect(open(server.url)).rejects.toMatchObject({ kind: 'business', code: 'queue-unsafe' })
      await expect(open(server.url)).rejects.toThrow(new RegExp(`\\(${name} is off\\): set ${name} to on`))
      await setServer(name, 'on')
      await (await open(server.url)).close()
    },
  )

  test.each([
    ['synchronous_commit=off', /\(synchronous_commit is off\): set synchronous_commit to on/],
    ['default_transaction_read_only=on', /is read-only: give the address of the primary/],
  ])('is refused with %s for its account', async (setting, sentence) => {
    const url = urlWith((address) => address.searchParams.set('options', `-c ${setting}`))
    await expect(open(url)).rejects.toThrow(sentence)
  })

  test('is refused with the account to correct when the password is wrong, which is not quoted', async () => {
    const wrong = open(urlWith((url) => (url.password = 'wrong-secret')))
    await expect(wrong).rejects.toThrow(/\(28P01\): correct the account and password in DATABASE_URL/)
    await expect(wrong).rejects.not.toThrow(/secret/)
  })

  test('is refused when the database is not there', async () => {
    await expect(open(urlWith((url) => (url.pathname = '/absent')))).rejects.toThrow(
      /no database of that name/,
    )
  })

  test('is refused when nothing answers, or nothing is said', async () => {
    const absent = open('postgresql://user:hush-secret@127.0.0.1:1/x')
    await expect(absent).rejects.toMatchObject({ kind: 'business', code: 'queue-unsafe' })
    await expect(absent).rejects.toThrow(/127\.0\.0\.1:1 cannot be used \(ECONNREFUSED\): start it/)
    await expect(absent).rejects.not.toThrow(/secret/)
    const silent = createServer((socket) => socket.on('error', () => undefined))
    const port = await new Promise<number>((settle) =>
      silent.listen(0, '127.0.0.1', () => settle((silent.address() as AddressInfo).port)),
    )
    await expect(open(`postgresql://user@127.0.0.1:${port}/x`)).rejects.toMatchObject({
      code: 'queue-unsafe',
    })
    silent.close()
  })

  test.each(['host=127.0.0.1 password=hush-secret', 'mysql://127.0.0.1/x', ''])(
    'is refused when its address is none: %s',
    async (url) => {
      await expect(open(url)).rejects.toThrow(/^DATABASE_URL is no address of a PostgreSQL: write it as/)
    },
  )

  test('is refused when it is old', () => {
    const settings = { fsync: 'on', fullPageWrites: 'on', synchronousCommit: 'on', readOnly: 'off' }
    expect(findPostgresFault({ ...settings, version: 130_022 })).toMatch(
      /has version 13: bring it to 14 or newer/,
    )
    expect(findPostgresFault({ ...settings, version: 140_000 })).toBeUndefined()
  })
})

/** Changes a setting of the server, and waits until new connections have it. */
async function setServer(name: string, value: string): Promise<void> {
  await behind.query(`ALTER SYSTEM SET ${name} = ${value}`)
  await behind.query('SELECT pg_reload_conf()')
  await vi.waitFor(
    async () => expect((await behind.query(`SHOW ${name}`)).rows).toEqual([{ [name]: value }]),
    { timeout: 20_000 },
  )
}
