import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PAGES_FOLDER } from '../../../dashboards/web/build-pages.ts'
import { pages as table } from '../../../dashboards/web/pages.ts'
import { bytesOf } from './bytes-of.ts'
import { openPages, type Pages } from './open-pages.ts'
import { addressOf, somebodyFor } from './page-looks.ts'

/** 1 kB is 1000 bytes. */
const MOST_BYTES = 250_000
const PATIENCE_MS = 120_000

let pages: Pages
beforeAll(async () => {
  pages = await openPages()
}, PATIENCE_MS)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

const LOOKS = table.flatMap((row) =>
  (['nl', 'en'] as const).map((language) => [row.path, language, row] as const),
)

test.each(LOOKS)(
  'the first load of %s in %s is under 250 kB over the line',
  { timeout: PATIENCE_MS },
  async (_, language, row) => {
    const opened = await pages.openEmpty({ role: somebodyFor(row), language })
    try {
      const { bytes, sent } = await bytesOf(opened, `${pages.server.address}${addressOf(row, pages.seeded)}`)
      const heaviest = sent.toSorted((a, b) => b.bytes - a.bytes).slice(0, 10)
      expect(bytes).toBeGreaterThan(50_000)
      expect(bytes, JSON.stringify(heaviest, null, 1)).toBeLessThan(MOST_BYTES)
    } finally {
      await opened.context.close()
    }
  },
)

test('what shrinks lies there compressed, with the same content', async () => {
  const names = await readdir(join(PAGES_FOLDER, 'assets'))
  const newest = names.filter((name) => /^index-.*\.(js|css)$/.test(name))
  expect(newest.length).toBeGreaterThan(1)
  for (const name of newest) {
    const file = join(PAGES_FOLDER, 'assets', name)
    const plain = await readFile(file)
    expect(brotliDecompressSync(await readFile(`${file}.br`)).equals(plain)).toBe(true)
    expect(gunzipSync(await readFile(`${file}.gz`)).equals(plain)).toBe(true)
    expect((await stat(`${file}.br`)).size).toBeLessThan(plain.length / 2)
  }
})

test('nothing in it makes code at run time or asks another origin', async () => {
  const page = await readFile(join(PAGES_FOLDER, 'index.html'), 'utf8')
  expect(page).not.toMatch(/<script(?![^>]* src="\/)/)
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
})
