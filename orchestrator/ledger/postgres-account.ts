import { execFileSync, spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { Failure } from '../../connectors/failure.ts'

/** An ordinary account of this machine, by number as the operating system wants it. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** How a program ended, and the last of what it said. */
export interface Outcome {
  readonly code: number | null
  readonly said: string
}

const CANDIDATES = ['postgres', 'nobody']

/** PostgreSQL refuses to run as root: the account it runs as then, or undefined when we are an ordinary account ourselves. */
export function serverAccount(): Account | undefined {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined
  for (const name of CANDIDATES) {
    const uid = idOf(name, '-u')
    const gid = idOf(name, '-g')
    if (uid !== undefined && uid !== 0 && gid !== undefined) return { name, uid, gid }
  }
  throw new Failure(
    'unexpected',
    'no-ordinary-account',
    'PostgreSQL refuses to run as root, and this machine has no account "postgres" or "nobody" to run it as. Start Ontregel as an ordinary account, or set DATABASE_URL to a PostgreSQL of your own.',
  )
}

function idOf(name: string, flag: '-u' | '-g'): number | undefined {
  try {
    return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch {
    // `id` fails for an account that does not exist, which is an answer here.
    return undefined
  }
}

/**
 * Runs a program to its end as that account (as ourselves when undefined), without a shell and with a bare
 * environment, so that a PGHOST or LD_PRELOAD of the caller changes nothing. A program that cannot be started
 * gives code null and the reason.
 */
export function runAs(
  account: Account | undefined,
  program: string,
  args: readonly string[],
): Promise<Outcome> {
  return new Promise((settle) => {
    const child = spawn(program, args, {
      cwd: process.platform === 'win32' ? undefined : '/',
      env: bareEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(account && { uid: account.uid, gid: account.gid }),
    })
    let said = ''
    const hear = (chunk: Buffer): void => void (said = (said + chunk.toString('utf8')).slice(-2000))
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', (error) => settle({ code: null, said: error.message }))
    // Not `close`: on Windows the server keeps the pipes of the program that started it.
    child.once('exit', (code) =>
      setImmediate(() => (child.stdout.destroy(), child.stderr.destroy(), settle({ code, said }))),
    )
  })
}

function bareEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'SystemDrive', 'TEMP', 'TMP', 'TMPDIR', 'windir']
  const found = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return { ...Object.fromEntries(found), LC_ALL: 'C', TZ: 'UTC' }
}

/**
 * The folder that the database really lives in: the wanted one, or, when the server's account may not enter that
 * (a home folder such as /root), a durable one under /var/lib that the wanted folder remembers in `moved-to`.
 */
export async function reachableFolder(
  wanted: string,
  account: Account | undefined,
  log: (sentence: string) => void,
): Promise<string> {
  const folder = resolve(wanted)
  await mkdir(folder, { recursive: true, mode: 0o711 })
  if (!account || (await mayEnter(folder, account))) return folder
  const note = join(folder, 'moved-to')
  const place = (await remembered(note)) ?? `/var/lib/ontregel-${randomBytes(6).toString('hex')}`
  await mkdir(place, { recursive: true, mode: 0o711 }).catch((error: unknown) => {
    throw unreachable(folder, account, error)
  })
  if (!(await mayEnter(place, account))) throw unreachable(folder, account)
  await writeFile(note, `${place}\n`)
  log(
    `The account "${account.name}", which runs PostgreSQL, may not enter ${folder}: the database is in ${place}. Set ONTREGEL_HOME to a folder that other accounts may enter to keep all in one place.`,
  )
  return place
}

async function mayEnter(folder: string, account: Account): Promise<boolean> {
  return (await runAs(account, 'test', ['-x', folder])).code === 0
}

async function remembered(note: string): Promise<string | undefined> {
  try {
    return (await readFile(note, 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function unreachable(folder: string, account: Account, cause?: unknown): Failure {
  return new Failure(
    'unexpected',
    'data-folder-closed',
    `PostgreSQL runs as the account "${account.name}", because it refuses root, and that account may not enter ${folder}. Set ONTREGEL_HOME to a folder that other accounts may enter (for example /var/lib/ontregel), or start Ontregel as an ordinary account.`,
    { cause },
  )
}
