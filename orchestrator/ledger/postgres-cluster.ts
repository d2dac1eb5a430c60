import { randomBytes } from 'node:crypto'
import { access, chmod, chown, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../connectors/failure.ts'
import { runAs, type Account } from './postgres-account.ts'
import type { Programs } from './postgres-programs.ts'

/** The files of one database server: its data, its password and the port that it had last. */
export interface Cluster {
  readonly data: string
  readonly log: string
  readonly portFile: string
  readonly password: string
}

/** Errors of statements may quote patient data, so the server's own log has none of them, nor their details. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/** The cluster in that folder, made when it is not there; several processes may do this at once. */
export async function openCluster(
  folder: string,
  programs: Programs,
  account: Account | undefined,
): Promise<Cluster> {
  const place = join(folder, 'cluster')
  if (!(await exists(place))) await createCluster(folder, place, programs, account)
  const password = await readFile(join(place, 'password'), 'utf8')
  return {
    data: join(place, 'data'),
    log: join(place, 'server.log'),
    portFile: join(place, 'port'),
    password,
  }
}

/** Made aside and then renamed: of two makers the first to finish wins, and a killed one leaves no half cluster. */
async function createCluster(
  folder: string,
  place: string,
  programs: Programs,
  account: Account | undefined,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const work = await mkdtemp(join(folder, 'new-'))
  await chmod(work, 0o700)
  const password = join(work, 'password')
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  for (const path of account ? [work, password] : []) await chown(path, account?.uid ?? 0, account?.gid ?? 0)
  const outcome = await runAs(account, programs.initdb, initdbArguments(join(work, 'data'), password))
  if (outcome.code !== 0) {
    await rm(work, { recursive: true, force: true })
    throw notMade(folder, outcome.said)
  }
  await rename(work, place).catch(async (error: unknown) => {
    await rm(work, { recursive: true, force: true })
    if (!(await exists(place))) throw error
  })
}

function initdbArguments(data: string, password: string): string[] {
  return [
    `--pgdata=${data}`,
    '--username=ontregel',
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

function notMade(folder: string, said: string): Failure {
  return new Failure(
    'unexpected',
    'database-not-made',
    `PostgreSQL could not make its data folder in ${folder}: ${lastLine(said)}. Look whether the disk is full or mounted without permissions, or set ONTREGEL_HOME to another folder.`,
  )
}

/** The last line that says anything. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? ''
}

/** Refuses data of another major version than the programs, which PostgreSQL itself would do less clearly. */
export async function checkVersion(
  cluster: Cluster,
  programs: Programs,
  account: Account | undefined,
): Promise<void> {
  const made = (await readFile(join(cluster.data, 'PG_VERSION'), 'utf8')).trim()
  const { said } = await runAs(account, programs.pgCtl, ['--version'])
  const has = /(\d+)[.\w]*\s*$/.exec(said)?.[1]
  if (has === made) return
  throw new Failure(
    'unexpected',
    'database-version',
    `The data in ${cluster.data} is of PostgreSQL ${made} and the programs are of ${has ?? 'an unknown version'}. Go back to the earlier version of Ontregel, dump the database and load it in a new ONTREGEL_HOME.`,
  )
}

/** Starts the log anew when it has grown; removed rather than emptied, so that a link is never followed. */
export async function trimLog(cluster: Cluster, limitBytes: number): Promise<void> {
  if ((await exists(cluster.log)) && (await stat(cluster.log)).size > limitBytes) await rm(cluster.log)
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
