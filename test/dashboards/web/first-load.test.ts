import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { ensurePages, PAGES_FOLDER } from '../../../dashboards/web/build-pages.ts'
import { bytesOf } from './bytes-of.ts'
import { openPages } from './open-pages.ts'

const MOST_BYTES = 250_000

beforeAll(() => ensurePages(() => undefined).then(() => undefined), 120_000)

test.each([
  ['/sign-in', null],
  ['/account', 'administrator'],
] as const)('the first load of %s is under 250 kB over the line', async (path, role) => {
  await using pages = await openPages()
  await using opened = await pages.openPage({ role }, path)
  const bytes = await bytesOf(opened, `${pages.server.address}${path}`)
  console.log(`first load of ${path}: ${(bytes / 1000).toFixed(1)} kB`)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(MOST_BYTES)
})

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

test('charts and forms are no part of it', async () => {
  const page = await readFile(join(PAGES_FOLDER, 'index.html'), 'utf8')
  const first = [...page.matchAll(/assets\/([\w-]+\.js)/g)].map(([, name = '']) => name)
  expect(first.length).toBeGreaterThan(0)
  for (const name of first) {
    const code = await readFile(join(PAGES_FOLDER, 'assets', name), 'utf8')
    expect(code).not.toMatch(/recharts-|rjsf-array/)
  }
})

test('nothing in it makes code at run time or asks another origin', async () => {
  const page = await readFile(join(PAGES_FOLDER, 'index.html'), 'utf8')
  expect(page).not.toMatch(/<script(?![^>]* src="\/)/)
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
})
