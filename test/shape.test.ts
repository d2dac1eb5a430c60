import { readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { readSourceFiles, ROOT, type SourceFile } from './source-files.ts'

/** oxlint holds the longest file (250 lines) and function (40); this holds what is usual, and names. */
const MEDIAN_LINES = 100
const FORBIDDEN_NAMES = /(^|\/)(utils?|helpers?|common|types|misc|shared|lib|core)(\.|\/)/
const TOP_FOLDERS = ['bots', 'connectors', 'dashboards', 'orchestrator', 'test']
const SILENCERS: readonly [RegExp, string][] = [
  [/\bas unknown as\b/, 'as unknown as'],
  [/@ts-(ignore|expect-error|nocheck)/, '@ts-…'],
  [/(:\s*|as\s+|<)any\b(?!\w)/, 'any'],
  [/eslint-disable|oxlint-disable/, 'a switched-off lint rule'],
]

/** What the pages of several groups of people share: here the folder is about who, not about what. */
const SHARED_PAGES = /^dashboards\/web\/shared\//

function namesToChange(files: readonly string[]): string[] {
  return files
    .filter((file) => FORBIDDEN_NAMES.test(file.replace(SHARED_PAGES, '')))
    .map((file) => `${file}: name it for what it does.`)
}

function silencers({ file, text }: Pick<SourceFile, 'file' | 'text'>): string[] {
  const code = text.replaceAll(/^\s*(\/\/|\/?\*).*$/gm, (line) => (/@ts-|-disable/.test(line) ? line : ''))
  const found = SILENCERS.filter(([pattern]) => pattern.test(code))
  return found.map(([, name]) => `${file} has ${name}: give it its real type, or let zod look at it.`)
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

const lines = (text: string): number => text.split('\n').length - 1

describe('the shape of the code', () => {
  test('half of the files is short', async () => {
    const product = (await readSourceFiles()).filter(({ file }) => !file.startsWith('test/'))
    expect(median(product.map(({ text }) => lines(text)))).toBeLessThanOrEqual(MEDIAN_LINES)
  })

  test('a file is named for what it does', async () => {
    expect(namesToChange((await readSourceFiles()).map(({ file }) => file))).toEqual([])
    expect(namesToChange(['bots/utils.ts', 'connectors/common/a.ts', 'bots/bot.ts'])).toHaveLength(2)
    expect(namesToChange(['dashboards/web/shared/ask.ts', 'dashboards/web/shared/types.ts'])).toHaveLength(1)
  })

  test('nothing silences the type checker', async () => {
    const files = (await readSourceFiles()).filter(({ file }) => file !== 'test/shape.test.ts')
    expect(files.flatMap(silencers)).toEqual([])
    const silent = [
      'a as unknown as B',
      '// @ts-ignore',
      'let a: any',
      'f<any>()',
      '// oxlint-disable-next-line',
    ]
    for (const text of silent) expect(silencers({ file: 'made-up.ts', text })).toHaveLength(1)
    expect(
      silencers({ file: 'made-up.ts', text: '// as any person would\nconst many: Company = a' }),
    ).toEqual([])
  })

  test('the top level is the four floors and their tests', async () => {
    const entries = await readdir(ROOT, { withFileTypes: true })
    const shown = entries.filter(
      (entry) => entry.isDirectory() && !/^\.|^node_modules$|^coverage$/.test(entry.name),
    )
    expect(shown.map(({ name }) => name).toSorted()).toEqual(TOP_FOLDERS)
  })

  test('the median is the middle', () => {
    expect(median([3, 1, 200])).toBe(3)
  })
})
