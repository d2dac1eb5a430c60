import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'

/** Whether any process of this group (on Windows: this process) still runs. A process that ended but was not yet collected counts as gone. */
export async function groupRuns(group: number): Promise<boolean> {
  try {
    process.kill(process.platform === 'win32' ? group : -group, 0)
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
    return false
  }
  return process.platform !== 'linux' || (await membersOf(group)).length > 0
}

/** Ends every process of the group at once; it is no error when none is left. */
export async function killGroup(group: number): Promise<void> {
  if (process.platform === 'win32') return killTreeOnWindows(group)
  try {
    process.kill(-group, 'SIGKILL')
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}

/** Bytes of memory in use by the group, shared pages counted in each; undefined where it cannot be read. */
export async function groupMemory(group: number): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined
  const members = await membersOf(group)
  return members.reduce((total, member) => total + member.bytes, 0)
}

const PAGE_BYTES = 4096

interface Member {
  readonly pid: number
  readonly bytes: number
}

async function membersOf(group: number): Promise<readonly Member[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const members = await Promise.all(names.map((name) => memberOf(Number(name), group)))
  return members.filter((member) => member !== undefined)
}

async function memberOf(pid: number, group: number): Promise<Member | undefined> {
  // A process may end while we look: then it is no member any more.
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
  // The second field, the command's name in brackets, may itself hold spaces and brackets.
  const [state, , itsGroup, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ')
  if (Number(itsGroup) !== group || state === 'Z' || state === 'X') return undefined
  return { pid, bytes: Number(rest[18] ?? 0) * PAGE_BYTES }
}

async function killTreeOnWindows(pid: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    execFile('taskkill.exe', ['/PID', String(pid), '/T', '/F'], { windowsHide: true }, (error) => {
      // 128: it had ended already.
      if (error && error.code !== 128) reject(error)
      else resolve()
    })
  })
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
