import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bots } from '../../../bots/index.ts'
import { botVersions } from '../../../orchestrator/work/bot-versions.ts'
import { productVersion } from '../../../orchestrator/product-version.ts'
import { ROOT } from '../../source-files.ts'

test('a bot of the catalogue has the product’s version and a hash over its own files', async () => {
  const product = await productVersion()
  const versions = await botVersions(bots.keys())
  expect([...versions.keys()]).toEqual([...bots.keys()])
  for (const version of versions.values()) expect(version).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{8}$/)
  expect(new Set(versions.values()).size).toBe(bots.size)
  const folder = join(ROOT, 'bots', 'insurance-check')
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).toSorted()
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\n`).update(await readFile(join(folder, file)))
  expect(versions.get('insurance-check')).toBe(`${product}+${hash.digest('hex').slice(0, 8)}`)
})

test('one without a folder of its own has the product’s version; none asked, none given', async () => {
  expect(await botVersions(['no-such-robot'])).toEqual(new Map([['no-such-robot', await productVersion()]]))
  expect(await botVersions([])).toEqual(new Map())
})
