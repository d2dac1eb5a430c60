import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { killGroup } from './process-group.ts'
import { runAs } from './run-as.ts'
import type { Account } from './run-as.ts'

/** A browser's own folder: its profile, its temporary files and its downloads, all gone when it ends. */
export interface BrowserFolder {
  readonly path: string
  /** What to start instead of the browser itself; the browser itself on Windows. */
  readonly executable: string
  readonly env: Readonly<Record<string, string>>
  /** The process group of the browser that was started here; undefined on Windows. */
  group(): Promise<number | undefined>
  remove(): Promise<void>
}

/**
 * Makes a folder below `parent`, with a small script that starts the browser as the account, in its own process
 * group, with everything it writes inside this folder. Playwright offers no other way to choose account and profile.
 */
export async function makeBrowserFolder(
  parent: string,
  executable: string,
  account: Account | undefined,
): Promise<BrowserFolder> {
  const path = await mkdtemp(join(parent, `browser-${process.pid}-`))
  const own = join(path, 'own')
  await mkdir(join(own, 'files'), { recursive: true, mode: 0o700 })
  if (account) await letAccountIn(path, account)
  const script = join(path, 'start')
  const onWindows = process.platform === 'win32'
  if (!onWindows) await writeFile(script, startScript(path, [...runAs(account), executable]), { mode: 0o700 })
  return {
    path,
    executable: onWindows ? executable : script,
    env: onWindows
      ? { TEMP: own, TMP: own }
      : { TMPDIR: own, HOME: own, XDG_CACHE_HOME: own, XDG_CONFIG_HOME: own },
    group: () => groupOf(path),
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** Ends and removes what workers left that were killed themselves, whose process no longer runs. */
export async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const supervisor = /^browser-(\d+)-/.exec(name)?.[1]
    if (supervisor === undefined || runs(Number(supervisor))) continue
    const path = join(parent, name)
    const group = await groupOf(path)
    if (group !== undefined && (await livesIn(group, path))) await killGroup(group)
    await rm(path, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function letAccountIn(path: string, account: Account): Promise<void> {
  await chmod(path, 0o711)
  for (const part of ['own', join('own', 'files')]) await chown(join(path, part), account.uid, account.gid)
}

/**
 * The profile that Playwright made elsewhere is given up for one in here, and the empty folder removed. A process that
 * waits for another site to be opened is no use to a robot, and each context would have one: the feature joins those
 * that Playwright switches off, for of two such lists Chromium takes the last.
 */
function startScript(path: string, command: readonly string[]): string {
  return `#!/bin/sh
echo $$ > ${quoted(join(path, 'group'))}
umask 077
for part in "$@"; do
  shift
  case "$part" in
    --disable-features=*) part="$part,SpareRendererForSitePerProcess" ;;
    --user-data-dir=*) rmdir "\${part#*=}"; part=--user-data-dir=${quoted(join(path, 'own', 'profile'))} ;;
  esac
  set -- "$@" "$part"
done
exec ${command.map(quoted).join(' ')} "$@"
`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

async function groupOf(path: string): Promise<number | undefined> {
  const text = await readFile(join(path, 'group'), 'utf8').catch(() => '')
  return /^\d+\n$/.test(text) ? Number(text) : undefined
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Process numbers are given out again: only a process whose profile is in the folder is ours to end. */
async function livesIn(group: number, path: string): Promise<boolean> {
  const command = await readFile(`/proc/${group}/cmdline`, 'utf8').catch(() => '')
  return command.includes(path)
}
