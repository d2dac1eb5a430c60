import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Smaller than this a file does not shrink by more than its own headers. */
const LEAST_BYTES = 1024
const SHRINKS = /\.(html|js|css|svg|json)$/
const BROTLI_QUALITY = 11

/** Writes `file.gz` and `file.br` beside each file below the folder that shrinks, for a server that need not do it each time. */
export async function precompress(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  await Promise.all(names.filter((name) => SHRINKS.test(name)).map((name) => compress(join(folder, name))))
}

async function compress(file: string): Promise<void> {
  const plain = await readFile(file)
  if (plain.length < LEAST_BYTES) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY }
  const [zipped, brotli] = await Promise.all([
    promisify(gzip)(plain, { level: 9 }),
    promisify(brotliCompress)(plain, { params }),
  ])
  await Promise.all([writeFile(`${file}.gz`, zipped), writeFile(`${file}.br`, brotli)])
}
