import { execFile } from 'node:child_process'
import { access, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { settingsTable } from '../orchestrator/config.ts'
import { findFiles, ROOT } from './source-files.ts'

const run = promisify(execFile)

interface Block {
  readonly readme: string
  /** The line it begins at. */
  readonly line: number
  readonly runs: boolean
  readonly code: string
}

/** The code blocks of a README: those marked `ts` are type-checked, those marked `ts run` are also run. */
function blocksOf(readme: string, text: string): Block[] {
  return [...text.matchAll(/^```ts( run)?\n([\s\S]*?)^```$/gm)].map((found) => ({
    readme,
    line: text.slice(0, found.index).split('\n').length,
    runs: found[1] !== undefined,
    code: found[2] ?? '',
  }))
}

/** Paths in a block count from its README; the block itself is put elsewhere. */
function withAbsoluteImports(block: Block, absolute: (path: string) => string): string {
  const folder = dirname(join(ROOT, block.readme))
  return block.code.replaceAll(/(from\s*|import\(\s*)'(\.[^']+)'/g, (_, before: string, path: string) => {
    return `${before}'${absolute(join(folder, path))}'`
  })
}

function missingCommands(text: string, scripts: readonly string[]): string[] {
  const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(([, a, b]) => a ?? b ?? '')
  return named.filter((name) => !scripts.includes(name))
}

function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, path]) => path ?? '')
}

/** Type-checks blocks as the project is checked; what tsc says names README and line. */
async function typeProblems(folder: string, blocks: readonly Block[]): Promise<string> {
  if (blocks.length === 0) return ''
  const options = { noUnusedLocals: false, noUnusedParameters: false }
  const config = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: options,
    include: [join(folder, '*.ts')],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  for (const block of blocks)
    await writeFile(
      join(folder, fileName(block)),
      `${withAbsoluteImports(block, (path) => path)}\nexport {}\n`,
    )
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  return run(process.execPath, [tsc, '--noEmit', '-p', folder]).then(
    () => '',
    (error: unknown) => z.object({ stdout: z.string() }).parse(error).stdout,
  )
}

function fileName({ readme, line }: Block): string {
  return `${readme.replaceAll(/[/.]/g, '_')}_line_${line}.ts`
}

async function runBlock(folder: string, block: Block): Promise<void> {
  const file = join(folder, `run_${fileName(block)}`)
  await writeFile(
    file,
    withAbsoluteImports(block, (path) => pathToFileURL(path).href),
  )
  await run(process.execPath, [file], { cwd: ROOT })
}

async function readmes(): Promise<{ readme: string; text: string }[]> {
  const files = await findFiles('README.md')
  return Promise.all(
    files.map(async (readme) => ({ readme, text: await readFile(join(ROOT, readme), 'utf8') })),
  )
}

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ontregel-readme-'))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the README files', () => {
  test('their code passes the type check, and what is marked to run runs', async () => {
    const blocks = (await readmes()).flatMap(({ readme, text }) => blocksOf(readme, text))
    expect(await typeProblems(folder, blocks)).toBe('')
    for (const block of blocks.filter(({ runs }) => runs)) await runBlock(folder, block)
  })

  test('name commands and files that exist', async () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')))
    for (const { readme, text } of await readmes()) {
      expect(
        missingCommands(text, Object.keys(scripts)),
        `${readme} names commands that do not exist`,
      ).toEqual([])
      for (const link of linksOf(text)) await access(join(ROOT, dirname(readme), link))
    }
  })

  test('the settings are those of orchestrator/config.ts: copy the expected table when this fails', async () => {
    const text = await readFile(join(ROOT, 'README.md'), 'utf8')
    const table = /<!-- settings -->\n([\s\S]*?)<!-- \/settings -->/.exec(text)?.[1]?.trim()
    expect(table).toBe(settingsTable())
  })
})

describe('the check of the README files', () => {
  test('sees code that does not pass', async () => {
    const text =
      "Text.\n\n```ts\nimport { asFailure } from './connectors/failure.ts'\nconst wrong: number = asFailure('x').code\n```\n"
    expect(await typeProblems(folder, blocksOf('MADE-UP.md', text))).toMatch(/MADE-UP_md_line_3.ts.*TS2322/)
  })

  test('sees code that does not run', async () => {
    const text = "```ts run\nimport { asFailure } from './connectors/failure.ts'\nthrow asFailure('x')\n```\n"
    const [block] = blocksOf('MADE-UP.md', text)
    if (!block) throw new Error('The block was not found.')
    await expect(runBlock(folder, block)).rejects.toThrow('Something unforeseen happened')
  })

  test('sees commands and links that are not there', () => {
    expect(missingCommands('`npm run gone` and `npm start`', ['start'])).toEqual(['gone'])
    expect(linksOf('[a](bots/README.md) [b](https://example.org)')).toEqual(['bots/README.md'])
  })
})
