import { expect, test } from 'vitest'
import { importsOf, readSourceFiles } from '../../source-files.ts'

/** These build the pages and run in Node; everything else under dashboards/web runs in a browser. */
const BUILDS = /\/(build|build-pages|precompress|run-vite|vite\.config)\.ts$/

const MAY = [
  /^dashboards\/web\//,
  /^dashboards\/server\/([\w-]+\/)?[\w-]+-schemas\.ts$/,
  /^orchestrator\/ledger\/roles\.ts$/,
]

/** What pages import that browsers must not get: the server's code, and what is Node's. */
function strangers(file: string, imports: readonly string[]): string[] {
  const ours = imports.filter((name) => /^(dashboards|orchestrator|bots|connectors|test)\//.test(name))
  const outside = ours.filter((name) => !MAY.some((pattern) => pattern.test(name)))
  return [...outside, ...imports.filter((name) => name.startsWith('node:'))].map(
    (name) => `${file} imports ${name}`,
  )
}

test('pages know of the server only what goes in and out', async () => {
  const files = await readSourceFiles()
  const pages = files.filter(({ file }) => file.startsWith('dashboards/web/') && !BUILDS.test(file))
  expect(pages.length).toBeGreaterThan(30)
  expect(pages.flatMap(({ file, imports }) => strangers(file, imports))).toEqual([])
})

test('what schemas bring along is pure', async () => {
  const files = new Map((await readSourceFiles()).map((file) => [file.file, file]))
  const schemas = [...files.keys()].filter((file) => /^dashboards\/server\/.*-schemas\.ts$/.test(file))
  const along = new Set(schemas)
  for (const file of along) {
    const { text = '' } = files.get(file) ?? {}
    for (const name of importsOf(file, withoutTypes(text))) along.add(name)
  }
  const packages = [...along].filter((name) => !files.has(name) && name !== 'zod')
  expect(packages).toEqual([])
})

/** Types are gone by the time a browser sees it. */
const withoutTypes = (text: string): string =>
  text.replaceAll(/^(import|export) type [^'"]*['"][^'"]+['"]/gm, '')

test('the check sees what may not be', () => {
  expect(strangers('a.tsx', ['dashboards/server/items/item-routes.ts', 'node:fs', 'react'])).toHaveLength(2)
  expect(strangers('a.tsx', ['dashboards/server/items/item-schemas.ts', 'dashboards/web/page.ts'])).toEqual(
    [],
  )
})
