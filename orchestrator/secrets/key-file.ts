import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newKey } from './key-ring.ts'
import { changedMeanwhile, keyLines, readKeyLines, sameKeys, type KeySource } from './key-source.ts'
import { openKeys } from './open-keys.ts'
import type { SecretBox } from './secret-box.ts'

const PLACE = 'the key file (secret.key in the data folder)'

/** The keys in a file of the data folder, made at the first start; only its owner may read it. */
export function keyFile(folder: string): KeySource {
  const path = join(folder, 'secret.key')
  const read = async () => readKeyLines(await readFile(path, 'utf8'), PLACE)
  return {
    kind: 'file',
    place: PLACE,
    async read() {
      await mkdir(folder, { recursive: true })
      try {
        await writeFile(path, keyLines([newKey()]), { mode: 0o600, flag: 'wx' })
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      }
      return await read()
    },
    async write(keys, before) {
      if (!sameKeys(await read(), before)) throw changedMeanwhile(PLACE)
      await replace(path, keyLines(keys))
    },
  }
}

/** On the disk before it takes the old one's place: half a key file would lose everything that is sealed. */
async function replace(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`
  const file = await open(fresh, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(fresh, path)
}

/** The box with the key in the data folder. */
export async function openKeyFile(folder: string): Promise<SecretBox> {
  return (await openKeys(keyFile(folder))).secrets
}
