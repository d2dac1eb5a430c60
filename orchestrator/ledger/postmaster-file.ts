import { execFile } from 'node:child_process'
import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What PostgreSQL writes about itself in its data folder while it runs. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly status: 'starting' | 'ready' | 'stopping' | 'standby'
}

/**
 * The server that runs on this data folder, or undefined. A file left behind by a crash of the machine, whose
 * process is gone or has become another program, is removed: PostgreSQL itself would refuse to start on the latter.
 */
export async function runningPostmaster(data: string): Promise<Postmaster | undefined> {
  const file = join(data, 'postmaster.pid')
  const lines = (await readIfThere(file))?.split('\n')
  if (!lines) return undefined
  if (lines[0] === '' && (await isJustMade(file))) return { pid: 0, port: 0, status: 'starting' }
  const pid = Math.abs(Number(lines[0]))
  if (await isServerOf(pid, data)) return { pid, port: Number(lines[3] ?? 0), status: statusOf(lines[7]) }
  const now = (await readIfThere(file))?.split('\n')
  if (Number(now?.[0]) === Number(lines[0])) await rm(file, { force: true })
  return undefined
}

/** A starting server makes the file a moment before it writes in it. */
async function isJustMade(file: string): Promise<boolean> {
  const made = await stat(file).catch(() => undefined)
  return made !== undefined && Date.now() - made.mtimeMs < 10_000
}

function statusOf(line: string | undefined): Postmaster['status'] {
  const word = line?.trim()
  return word === 'ready' || word === 'stopping' || word === 'standby' ? word : 'starting'
}

async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid)) return false
  const words = await commandOf(pid)
  return (
    words === undefined || (/postgres/.test(words) && (process.platform === 'win32' || words.includes(data)))
  )
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives and belongs to another account.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The command line of a process; undefined when this machine cannot tell, '' when the process has ended. */
async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux')
    return (await readIfThere(`/proc/${pid}/cmdline`))?.replaceAll('\0', ' ') ?? ''
  const [program, args] =
    process.platform === 'win32'
      ? ['tasklist', ['/FI', `PID eq ${pid}`]]
      : ['ps', ['-ww', '-p', `${pid}`, '-o', 'args=']]
  return promisify(execFile)(program as string, args as string[]).then(
    ({ stdout }) => stdout,
    () => undefined,
  )
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined
    throw error
  }
}
