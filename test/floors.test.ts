import { describe, expect, test } from 'vitest'
import { importsOf, readSourceFiles, type SourceFile } from './source-files.ts'

/** Top to bottom; a file imports from its own floor and those below it, types included. */
const FLOORS = ['dashboards', 'orchestrator', 'bots', 'connectors']

/** Entries read the environment and hand it on; others only for the reason given here. */
const READS_ENVIRONMENT = /(^|\/)(main|cli|start|launch)\.(ts|js)$/
const MAY_READ_ENVIRONMENT: Record<string, string> = {
  'orchestrator/ledger/postgres-account.ts':
    'hands PATH and TEMP on to the programs of PostgreSQL, and nothing else',
}

/** What is wrong with the imports of these files, a sentence each that says what to do. */
function floorProblems(files: readonly Pick<SourceFile, 'file' | 'imports'>[]): string[] {
  return files.flatMap(({ file, imports }) => imports.flatMap((target) => problemOf(file, target) ?? []))
}

function problemOf(file: string, target: string): string | undefined {
  const from = FLOORS.indexOf(top(file))
  const to = FLOORS.indexOf(top(target))
  if (from !== -1 && to !== -1 && to < from)
    return `${file} (${top(file)}) imports ${target}, which is on a floor above it: move what it needs down to ${top(file)}, or hand it in as a parameter.`
  if (from !== -1 && top(target) === 'test')
    return `${file} imports ${target}: the product never needs its tests; move the code, or the import.`
  if (isPracticeHospital(file) && (to !== -1 || (top(target) === 'test' && !isPracticeHospital(target))))
    return `${file} imports ${target}: the practice hospital is software of its own, so write there what it needs.`
  if (isBullmq(target) && from !== -1 && !file.startsWith('orchestrator/queue/'))
    return `${file} imports ${target}: only orchestrator/queue knows BullMQ; use the doorbell.`
  return undefined
}

function top(path: string): string {
  return path.split('/')[0] ?? ''
}

function isPracticeHospital(path: string): boolean {
  return path.startsWith('test/practice-hospital/')
}

function isBullmq(target: string): boolean {
  return target === 'bullmq' || target.startsWith('bullmq/')
}

function environmentProblems(files: readonly Pick<SourceFile, 'file' | 'text'>[]): string[] {
  return files
    .filter(
      ({ file, text }) =>
        FLOORS.includes(top(file)) && /process\.env|\{[^}]*\benv\b[^}]*\} = process/.test(text),
    )
    .filter(({ file }) => !READS_ENVIRONMENT.test(file) && !(file in MAY_READ_ENVIRONMENT))
    .map(
      ({ file }) => `${file} reads process.env: make it a setting in orchestrator/config.ts and hand it in.`,
    )
}

describe('the floors of the house', () => {
  test('imports go down only', async () => {
    const files = await readSourceFiles()
    expect(files.length).toBeGreaterThan(20)
    expect(floorProblems(files)).toEqual([])
  })

  test('only entries read the environment', async () => {
    expect(environmentProblems(await readSourceFiles())).toEqual([])
  })
})

describe('the check of the floors', () => {
  test.each([
    ['connectors/fhir/client.ts', 'bots/bot.ts', 'on a floor above it'],
    ['bots/bot.ts', 'orchestrator/config.ts', 'on a floor above it'],
    ['orchestrator/work/act.ts', 'dashboards/terminal/cli.ts', 'on a floor above it'],
    ['orchestrator/work/act.ts', 'test/postgres.ts', 'never needs its tests'],
    ['test/practice-hospital/main.ts', 'connectors/identity.ts', 'software of its own'],
    ['test/practice-hospital/main.ts', 'test/redis.ts', 'software of its own'],
    ['orchestrator/work/worker.ts', 'bullmq', 'only orchestrator/queue'],
  ])('%s may not import %s', (file, target, reason) => {
    expect(floorProblems([{ file, imports: [target] }])).toEqual([expect.stringContaining(reason)])
  })

  test.each([
    ['dashboards/terminal/cli.ts', 'connectors/log.ts'],
    ['dashboards/web/page.ts', 'orchestrator/ledger/roles.ts'],
    ['orchestrator/queue/doorbell.ts', 'bullmq'],
    ['test/orchestrator/queue/doorbell.test.ts', 'bullmq'],
    ['test/practice-hospital/web/site.ts', 'test/practice-hospital/random.ts'],
  ])('%s may import %s', (file, target) => {
    expect(floorProblems([{ file, imports: [target] }])).toEqual([])
  })

  test('sees every way to import, types too', () => {
    const text = [
      "import type { A } from '../bots/a.ts'",
      "import {\n  b,\n} from '../bots/b.ts'",
      "export * from './c.ts'",
      "import './d.ts'",
      "const e = await import('./e.ts')",
      "type F = import('./f.ts').F",
      "import { z } from 'zod'",
    ].join('\n')
    const own = [
      'bots/a.ts',
      'bots/b.ts',
      'connectors/c.ts',
      'connectors/d.ts',
      'connectors/e.ts',
      'connectors/f.ts',
    ]
    expect(importsOf('connectors/x.ts', text).toSorted()).toEqual([...own, 'zod'])
  })

  test('sees the environment read where it may not be', () => {
    const text = 'const home = process.env.HOME'
    expect(environmentProblems([{ file: 'bots/bot.ts', text }])).toHaveLength(1)
    expect(environmentProblems([{ file: 'dashboards/terminal/cli.ts', text }])).toEqual([])
  })
})
