import { writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Failure } from '../../connectors/failure.ts'

/** Writes a file that `--out` names. @throws business: names its folder when it cannot be written there */
export async function writeOut(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (error) {
    const folder = dirname(resolve(file))
    const sentence = `Option --out: ${file} cannot be written. Give the name of a file, in a folder that is there and in which you may write; this one would stand in ${folder}.`
    throw new Failure('business', 'file-unwritable', sentence, { cause: error })
  }
}
