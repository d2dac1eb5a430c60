import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { Failure } from '../../connectors/failure.ts'
import { reachableFolder, runAs, serverAccount, type Account } from './postgres-account.ts'
import { checkVersion, lastLine, openCluster, trimLog, type Cluster } from './postgres-cluster.ts'
import { findPrograms, type Programs } from './postgres-programs.ts'
import { runningPostmaster } from './postmaster-file.ts'

/** A PostgreSQL that is up, on loopback, with the database `ontregel`. */
export interface EmbeddedDatabase {
  /** With the password: never to be logged or given as a process argument. */
  readonly url: string
  /** Whether it already ran, started by another process or by one that was killed. */
  readonly attached: boolean
  /** Stops the server for everyone who uses it, within seconds; harmless when it already stopped. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Holds the data, the password and the log; made when it is not there. */
  readonly folder: string
  /** Is told what a person may want to know, in whole sentences. */
  readonly log?: (sentence: string) => void
}

interface Server {
  readonly programs: Programs
  readonly cluster: Cluster
  readonly account: Account | undefined
}

const LOG_LIMIT_BYTES = 1_000_000
const START_SECONDS = 60
const ATTEMPTS = 5

/**
 * Starts the PostgreSQL that came along with npm, or attaches to it when it already runs on that folder. The server
 * is a process of its own: it outlives a starter that is killed, and whoever comes next attaches. Several starters
 * at once end up with one server.
 *
 * @throws Failure with what to do, when PostgreSQL cannot run here.
 */
export async function startEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const log = options.log ?? (() => undefined)
  const account = serverAccount()
  const folder = await reachableFolder(options.folder, account, log)
  const programs = await findPrograms(folder, account)
  const server = { programs, cluster: await openCluster(folder, programs, account), account }
  const { port, attached } = await upAndReady(server)
  const url = `postgres://ontregel:${server.cluster.password}@127.0.0.1:${port}/ontregel`
  await ensureDatabase(url)
  log(`PostgreSQL ${attached ? 'already ran' : 'started'} on 127.0.0.1:${port}.`)
  return { url, attached, stop: () => stopServer(server) }
}

async function upAndReady(server: Server): Promise<{ port: number; attached: boolean }> {
  let reason = ''
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = await readyPort(server.cluster)
    if (port !== undefined) return { port, attached: true }
    if (attempt === 0) await checkVersion(server.cluster, server.programs, server.account)
    const wanted = await choosePort(server.cluster)
    const outcome = await startServer(server, wanted)
    if (outcome === undefined) return { port: wanted, attached: false }
    reason = outcome
  }
  throw new Failure(
    'unexpected',
    'database-not-started',
    `PostgreSQL did not start: ${reason}. Its log is ${server.cluster.log}. Look whether the disk is full and the folder may be written, or set DATABASE_URL to a PostgreSQL of your own.`,
  )
}

/** The port of the server on this cluster once it takes connections; undefined when none runs. */
async function readyPort(cluster: Cluster): Promise<number | undefined> {
  const until = performance.now() + START_SECONDS * 1000
  for (;;) {
    const found = await runningPostmaster(cluster.data)
    if (!found || found.status === 'ready') return found?.port
    if (performance.now() > until) throw stuck(cluster, found.status)
    await pause(25)
  }
}

function stuck(cluster: Cluster, status: string): Failure {
  return new Failure(
    'unexpected',
    'database-stuck',
    `The PostgreSQL on ${cluster.data} has been ${status} for more than ${START_SECONDS} seconds. Its log is ${cluster.log}; wait for it, or stop that process and start again.`,
  )
}

/** Undefined when it is up, else why not; another starter that was first is such a reason. */
async function startServer(
  { programs, cluster, account }: Server,
  port: number,
): Promise<string | undefined> {
  await trimLog(cluster, LOG_LIMIT_BYTES)
  const args = [
    'start',
    '-D',
    cluster.data,
    '-l',
    cluster.log,
    '-w',
    '-t',
    `${START_SECONDS}`,
    '-s',
    '-o',
    `-p ${port}`,
  ]
  const outcome = await runAs(account, programs.pgCtl, args)
  if (outcome.code !== 0) return `${lastLine(outcome.said)} ${await lastFatal(cluster)}`.trim()
  await writeFile(cluster.portFile, `${port}\n`)
  return undefined
}

async function lastFatal(cluster: Cluster): Promise<string> {
  const text = await readFile(cluster.log, 'utf8').catch(() => '')
  return text.split('\n').findLast((line) => line.includes('FATAL')) ?? ''
}

/** The port it had last, so that others find it again, or a new one when that is taken. */
async function choosePort(cluster: Cluster): Promise<number> {
  const kept = Number(await readFile(cluster.portFile, 'utf8').catch(() => '0'))
  return (await freePort(kept)) ?? (await freePort(0)) ?? 0
}

function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((settle) => {
    const probe = createServer()
    probe.once('error', () => settle(undefined))
    probe.listen({ port: wanted, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' ? address?.port : undefined))
    })
  })
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url.replace(/\/ontregel$/, '/postgres') })
  await client.connect()
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'ontregel'")
    if (found.rowCount === 0) await client.query('CREATE DATABASE ontregel').catch(ignoreDuplicate)
  } finally {
    await client.end()
  }
}

/** Two starters may make it at the same moment: either the name or the row is taken then. */
function ignoreDuplicate(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== '42P04' && code !== '23505') throw error
}

async function stopServer({ programs, cluster, account }: Server): Promise<void> {
  if (!(await runningPostmaster(cluster.data))) return
  const stop = (mode: string, seconds: number) =>
    runAs(account, programs.pgCtl, ['stop', '-D', cluster.data, '-m', mode, '-w', '-t', `${seconds}`, '-s'])
  if ((await stop('fast', 6)).code === 0) return
  // Immediate leaves recovery to the next start; nothing that was committed is lost.
  const outcome = await stop('immediate', 3)
  if (outcome.code === 0 || !(await runningPostmaster(cluster.data))) return
  throw new Failure(
    'unexpected',
    'database-not-stopped',
    `PostgreSQL did not stop: ${lastLine(outcome.said)}. Its log is ${cluster.log}.`,
  )
}
