import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..', '..')
const Package = z.object({ version: z.string() })

/**
 * The version of each bot as it runs here: the product's version and the first eight digits of a hash over the bot's own
 * files, so that a bot that was changed between releases shows as another. An installation holds one version of a bot;
 * workers of different versions beside each other happen only while it is being updated.
 */
export async function botVersions(names: Iterable<string>): Promise<Map<string, string>> {
  const { version } = Package.parse(JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')))
  const versions = new Map<string, string>()
  for (const name of names) {
    const hash = await folderHash(join(ROOT, 'bots', name))
    versions.set(name, hash === undefined ? version : `${version}+${hash}`)
  }
  return versions
}

/** Undefined when the bot has no folder of its own. */
async function folderHash(folder: string): Promise<string | undefined> {
  const files = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (!files) return undefined
  const hash = createHash('sha256')
  for (const file of files.filter((name) => name.endsWith('.ts')).toSorted())
    hash.update(`${file}\n`).update(await readFile(join(folder, file)))
  return hash.digest('hex').slice(0, 8)
}
