import { beforeAll, expect, test } from 'vitest'
import { partsOf } from '../../../dashboards/web/page.ts'
import { pages as table } from '../../../dashboards/web/pages.ts'
import type { TextPart } from '../../../dashboards/web/text-parts.ts'
import { wordsByPart } from '../../../dashboards/web/texts-by-language.ts'
import { readSourceFiles, type SourceFile } from '../../source-files.ts'

/** These hold words or name pages; they say nothing themselves. */
const SAYS_NOTHING = /(\/|-)texts(-\w+)*\.ts$|\/pages\.ts$|^dashboards\/(?!web\/)/
const ROW = /path: '([^']+)'[\s\S]*?import\('\.\/([^']+)'\)/g
const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm

let files: ReadonlyMap<string, SourceFile>
let partOf: ReadonlyMap<string, TextPart>

beforeAll(async () => {
  files = new Map((await readSourceFiles()).map((file) => [file.file, file]))
  partOf = new Map((await wordsByPart('nl')).map(({ key, part }) => [key, part]))
})

/** A file and all that it imports, now or later. */
function reached(file: string, seen = new Set<string>()): ReadonlySet<string> {
  const source = files.get(file)
  if (!source || seen.has(file) || SAYS_NOTHING.test(file)) return seen
  seen.add(file)
  for (const name of source.imports) reached(name, seen)
  return seen
}

/** The parts of the keys that stand in a text: `'items.found'`, and all that begin so for `items.event.${kind}`. */
function partsSaid(text: string): TextPart[] {
  const said = [...text.replaceAll(COMMENT, '').matchAll(/['"`]([a-z]+\.[\w.-]*)(\$\{)?/g)]
  return said.flatMap(([, key = '', more]) => {
    const keys = more ? [...partOf.keys()].filter((known) => known.startsWith(key)) : [key, `${key}_other`]
    return keys.flatMap((known) => partOf.get(known) ?? [])
  })
}

const partsReached = (file: string): ReadonlySet<TextPart> =>
  new Set([...reached(file)].flatMap((name) => partsSaid(files.get(name)?.text ?? '')))

test('every page brings the words that it says, and of no area that it does not need', () => {
  const codes = new Map(
    [...files.values()]
      .filter(({ file }) => /^dashboards\/web\/\w+\/pages\.ts$/.test(file))
      .flatMap(({ file, text }) =>
        [...text.matchAll(ROW)].map(([, path = '', name = '']) => [path, file.replace('pages.ts', name)]),
      ),
  )
  expect(codes.size).toBe(table.length)
  const wrong = table.flatMap((row) => {
    const said = partsReached(codes.get(row.path) ?? '')
    const brought = new Set<TextPart>(['first', 'failures', ...partsOf(row)])
    const missing = [...said].filter((part) => !brought.has(part))
    const needless = (row.words ?? []).filter((part) => !said.has(part))
    return missing.length + needless.length === 0 ? [] : [{ path: row.path, missing, needless }]
  })
  expect(wrong).toEqual([])
})

test('the shell says only what comes first, and a sentence for a code when it is there', () => {
  expect(reached('dashboards/web/main.tsx').size).toBeGreaterThan(20)
  expect(partsReached('dashboards/web/main.tsx')).toEqual(new Set(['first', 'failures']))
})

test('the search sees a key, a plural and the beginning of one', () => {
  expect(partsSaid("t('items.list.title')")).toEqual(['first'])
  expect(new Set(partsSaid('t(`items.event.${kind}`)'))).toEqual(new Set(['items']))
  expect(partsSaid("// t('items.today.chart')")).toEqual([])
  expect(partsSaid("t('items.today.chart')")).toEqual(['items'])
})
