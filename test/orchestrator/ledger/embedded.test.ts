import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../../orchestrator/ledger/embedded.ts'

const started: { stop(): Promise<void> }[] = []
const folders: string[] = []
const children: ChildProcess[] = []
const isRoot = process.getuid?.() === 0

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  for (const database of started.splice(0)) await database.stop()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function newFolder(mode: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ontregel-embedded-'))
  folders.push(folder)
  await chmod(folder, mode)
  return folder
}

async function start(folder: string, log?: (sentence: string) => void): Promise<EmbeddedDatabase> {
  const database = await startEmbeddedDatabase({ folder, ...(log && { log }) })
  started.push(database)
  return database
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function startInChild(
  folder: string,
): Promise<{ child: ChildProcess; url: string; attached: boolean }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'embedded-starter.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  started.push({ stop: async () => (await startEmbeddedDatabase({ folder })).stop() })
  const ended = once(child, 'exit').then(() =>
    Promise.reject(new Error('The starter ended before its database was up.')),
  )
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended])
  ended.catch(() => undefined)
  return { child, ...JSON.parse(String(line)) }
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit')
}

describe('the embedded database', () => {
  test('outlives a starter that is killed: the next one attaches and finds what was committed', async () => {
    const folder = await newFolder(0o755)
    const { child, url, attached } = await startInChild(folder)
    expect(attached).toBe(false)
    await ask(url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)')
    await kill(child)
    const again = await start(folder)
    expect(again).toMatchObject({ attached: true, url })
    expect(await ask(again.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  })

  test('stops, and starts again on the same port with its data', async () => {
    const folder = await newFolder(0o755)
    const first = await start(folder)
    await ask(first.url, 'CREATE TABLE kept (n int)')
    await first.stop()
    await expect(ask(first.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await first.stop()
    const second = await start(folder)
    expect(second).toMatchObject({ attached: false, url: first.url })
    expect(await ask(second.url, 'SELECT count(*) FROM kept')).toEqual([{ count: '0' }])
  })

  test('two starters at once end up with one server', async () => {
    const folder = await newFolder(0o755)
    const starters = await Promise.all([startInChild(folder), startInChild(folder), startInChild(folder)])
    const database = await start(folder)
    expect(new Set(starters.map(({ url }) => url))).toEqual(new Set([database.url]))
    expect(starters.filter(({ attached }) => !attached)).toHaveLength(1)
  })

  test('starts over a file that a crash of the machine left, whose number is another process now', async () => {
    const folder = await newFolder(0o755)
    const first = await start(folder)
    const file = join(folder, 'cluster', 'data', 'postmaster.pid')
    const left = await readFile(file, 'utf8')
    await first.stop()
    await writeFile(file, left.replace(/^\d+/, String(process.pid)), { mode: 0o600 })
    expect(await start(folder)).toMatchObject({ attached: false })
  })

  test('is set as the ledger needs it, and closed to who has no password', async () => {
    const folder = await newFolder(0o755)
    const { url } = await start(folder)
    const settings = await ask(
      url,
      "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'max_connections', 'server_encoding', 'TimeZone', 'fsync', 'unix_socket_directories')",
    )
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      listen_addresses: '127.0.0.1',
      max_connections: '200',
      server_encoding: 'UTF8',
      TimeZone: 'UTC',
      unix_socket_directories: '',
    })
    const password = new URL(url).password
    await expect(ask(url.replace(password, 'wrong'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    expect((await stat(join(folder, 'cluster', 'password'))).mode & 0o777).toBe(0o600)
  })

  test('keeps what a statement held out of its log', async () => {
    const folder = await newFolder(0o755)
    const { url } = await start(folder)
    await ask(url, 'CREATE TABLE person (name text UNIQUE)')
    const twice = "INSERT INTO person VALUES ('Zuurmond'), ('Zuurmond')"
    await expect(ask(url, twice)).rejects.toMatchObject({ code: '23505' })
    await expect(ask(url, "SELECT 'Zuurmond'::int")).rejects.toMatchObject({ code: '22P02' })
    const log = await readFile(join(folder, 'cluster', 'server.log'), 'utf8')
    expect(log).toContain('ready to accept connections')
    expect(log).not.toContain('Zuurmond')
  })
})

describe.runIf(isRoot)('the embedded database, started as root', () => {
  test('runs as an ordinary account', async () => {
    const folder = await newFolder(0o755)
    await start(folder)
    const pid = (await readFile(join(folder, 'cluster', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]
    expect((await stat(`/proc/${pid}`)).uid).not.toBe(0)
  })

  test('moves where that account may enter when the folder is closed to it, says so, and finds it back', async () => {
    const folder = await newFolder(0o700)
    const said: string[] = []
    const { url } = await start(join(folder, 'database'), (sentence) => void said.push(sentence))
    folders.push((await readFile(join(folder, 'database', 'moved-to'), 'utf8')).trim())
    expect(said.join(' ')).toContain('Set ONTREGEL_HOME to a folder that other accounts may enter')
    expect(await start(join(folder, 'database'))).toMatchObject({ attached: true, url })
  })
})
