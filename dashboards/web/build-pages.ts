import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify, stripVTControlCharacters } from 'node:util'
import { Failure } from '../../connectors/failure.ts'
import { precompress } from './precompress.ts'

const WEB = import.meta.dirname
const SERVER = join(WEB, '../server')
const PROJECT = join(WEB, '../..')

/** Where the built pages stand: `index.html`, `assets/` and some files beside them, each with .br and .gz. */
export const PAGES_FOLDER = join(WEB, 'dist')

/** Pages are made of these; a change in any of them makes the build stale. */
const SOURCES = [
  WEB,
  SERVER,
  join(PROJECT, 'orchestrator/ledger/roles.ts'),
  join(PROJECT, 'package-lock.json'),
]
const NOT_SOURCES = /^(dist|\.building-.*|README\.md)$/
/** Of the server the pages know only what goes in and out. */
const OF_THE_SERVER = /-schemas\.ts$/

/** Who has a page open keeps its parts for this long after a newer build. */
const OLD_PARTS_DAYS = 7
const DAY_MS = 86_400_000
const MOST_PROBLEMS = 3
const OUTPUT_BYTES = 1024 ** 2

/**
 * Builds the pages when they are missing or older than what they are made of. Processes may do this at the same time.
 * @param say told when people will wait
 * @returns whether it built
 * @throws Failure `pages-build` with what is wrong
 */
export async function ensurePages(say: (sentence: string) => void): Promise<boolean> {
  const built = await changedAt(join(PAGES_FOLDER, 'index.html'))
  if (built !== undefined && built >= (await newestOf(SOURCES))) return false
  say('Building the pages; this takes some seconds.')
  await buildPages()
  return true
}

async function buildPages(): Promise<void> {
  const began = new Date()
  const folder = await mkdtemp(join(WEB, '.building-'))
  try {
    await viteBuild(folder)
    await precompress(folder)
    await putInPlace(folder, began)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function viteBuild(folder: string): Promise<void> {
  const options = { env: { NODE_ENV: 'production' }, cwd: WEB, maxBuffer: OUTPUT_BYTES }
  try {
    await promisify(execFile)(process.execPath, [join(WEB, 'run-vite.ts'), folder], options)
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    const lines = stripVTControlCharacters(said).split('\n')
    const problems = lines.filter((line) => /^\[\w+\]|Error:/.test(line)).slice(0, MOST_PROBLEMS)
    const sentence = `The pages could not be built: ${problems.join(' ')}`
    throw new Failure('unexpected', 'pages-build', sentence, { cause: error })
  }
}

/** Parts first, the page that names them last: whoever loads meanwhile gets all of the old or all of the new. */
async function putInPlace(folder: string, began: Date): Promise<void> {
  const assets = join(PAGES_FOLDER, 'assets')
  await mkdir(assets, { recursive: true })
  const made = new Set(await readdir(join(folder, 'assets')))
  for (const name of made) await rename(join(folder, 'assets', name), join(assets, name))
  const top = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile())
  const last = top
    .map(({ name }) => name)
    .toSorted((a, b) => Number(a.startsWith('index.html')) - Number(b.startsWith('index.html')))
  // A file changed while this was built must count as newer than the build.
  await utimes(join(folder, 'index.html'), began, began)
  for (const name of last) await rename(join(folder, name), join(PAGES_FOLDER, name))
  await removeOldParts(assets, made)
}

async function removeOldParts(assets: string, made: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(assets)) {
    const at = await changedAt(join(assets, name))
    if (!made.has(name) && at !== undefined && at < Date.now() - OLD_PARTS_DAYS * DAY_MS)
      await rm(join(assets, name), { force: true })
  }
}

async function newestOf(paths: readonly string[]): Promise<number> {
  const times = await Promise.all(paths.map(newestBelow))
  return Math.max(0, ...times)
}

async function newestBelow(path: string): Promise<number> {
  if (NOT_SOURCES.test(basename(path))) return 0
  const entry = await stat(path).catch(ifGone)
  if (!entry) return 0
  if (!entry.isDirectory()) return path.startsWith(SERVER) && !OF_THE_SERVER.test(path) ? 0 : entry.mtimeMs
  const names = await readdir(path).catch(ifGone)
  return newestOf((names ?? []).map((name) => join(path, name)))
}

async function changedAt(path: string): Promise<number | undefined> {
  return (await stat(path).catch(ifGone))?.mtimeMs
}

function ifGone(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
