import { execFile } from 'node:child_process'
import { mkdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** An ordinary account that a browser runs as when we are root: numbers only, it needs no name on the machine. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** Outside the ranges that Debian, systemd and Red Hat hand out; nothing else on the machine belongs to it. */
const BROWSER_ACCOUNT: Account = { uid: 60_700, gid: 60_700 }

export interface RunningPlace {
  readonly account: Account | undefined
  /** A folder that the account can reach; made when missing. */
  readonly folder: string
  readonly notes: readonly string[]
}

/**
 * Who runs the browser, and where its folders go. An ordinary user runs it as itself; root as an account without any
 * rights, when setpriv can change to one, because the sandbox does not work for root.
 * @param wished the folder to use; as root another one when the account cannot reach it.
 */
export async function chooseAccount(wished: string | undefined): Promise<RunningPlace> {
  const root = process.getuid?.() === 0
  const own = join(tmpdir(), `ontregel-browser-${process.getuid?.() ?? 'user'}`)
  const folder = resolve(wished ?? own)
  if (!root) return { account: undefined, folder: await made(folder, 0o700), notes: [] }
  const refusal = await changes(BROWSER_ACCOUNT)
  if (refusal !== undefined) {
    const note =
      `The browser runs as root and without its sandbox, because setpriv cannot change to an ordinary account (${refusal}). ` +
      'Run the worker as an ordinary user, or install util-linux.'
    return { account: undefined, folder: await made(folder, 0o700), notes: [note] }
  }
  await made(folder, 0o711)
  if (await reachable(folder)) return { account: BROWSER_ACCOUNT, folder, notes: [] }
  const note = `The browser's folders are in ${own}, because an ordinary account cannot reach ${folder}.`
  return { account: BROWSER_ACCOUNT, folder: await made(own, 0o711), notes: [note] }
}

/**
 * What to put before a command so that it runs as the account; empty for our own. setpriv itself may still read
 * everything when it starts its command, so a shell that may not starts the real one.
 */
export function runAs(account: Account | undefined): readonly string[] {
  if (!account) return []
  const change = ['setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups', '--']
  return [...change, '/bin/sh', '-c', 'exec "$0" "$@"']
}

/** Makes the folder and refuses one that somebody else prepared for us: in a shared temporary folder anybody could. */
async function made(folder: string, mode: number): Promise<string> {
  await mkdir(folder, { recursive: true, mode })
  const { uid, mode: rights } = await stat(folder)
  const ours = process.getuid?.() ?? uid
  if (uid !== ours || (process.platform !== 'win32' && (rights & 0o002) !== 0)) {
    throw new Error(
      `The folder ${folder} belongs to another account or can be changed by anybody: remove it or choose another one.`,
    )
  }
  return folder
}

async function reachable(folder: string): Promise<boolean> {
  const { mode } = await stat(folder)
  if ((mode & 0o001) === 0) return false
  return folder === dirname(folder) || reachable(dirname(folder))
}

async function changes(account: Account): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'only Linux has it'
  const [command, ...args] = runAs(account)
  return new Promise((done) => {
    execFile(command ?? 'setpriv', [...args, 'true'], (error) =>
      done(error ? error.message.split('\n')[0] : undefined),
    )
  })
}
