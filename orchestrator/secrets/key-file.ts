import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { secretBox, type SecretBox } from './secret-box.ts'

/** The box with the key of this installation, made at the first start; only the owner may read the file. */
export async function openKeyFile(folder: string): Promise<SecretBox> {
  const path = join(folder, 'secret.key')
  await mkdir(folder, { recursive: true })
  try {
    await writeFile(path, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return secretBox(Buffer.from(await readFile(path, 'utf8'), 'base64'))
}
