import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

/** Each part is a program of a package, run by this Node; the tests come last, so that their closing lines do too. */
const PARTS: readonly { title: string; program: string; args: readonly string[] }[] = [
  { title: 'types', program: 'typescript/bin/tsc', args: ['--noEmit', '-p', ROOT] },
  { title: 'lint', program: 'oxlint/bin/oxlint', args: ['--deny-warnings'] },
  {
    title: 'formatting',
    program: 'prettier/bin/prettier.cjs',
    args: ['--check', '--log-level', 'warn', '.'],
  },
  { title: 'dead code and dependencies', program: 'knip/bin/knip.js', args: ['--no-progress'] },
  {
    title: 'tests',
    program: 'vitest/vitest.mjs',
    args: ['run', '--config', 'test/vitest.config.ts', ...process.argv.slice(2)],
  },
]

/** Runs one part to its end; true when it passed. Nothing may be skipped here: Redis is required. */
async function passes({ program, args }: (typeof PARTS)[number]): Promise<boolean> {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', program), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ONTREGEL_TEST_REDIS: 'required' },
  })
  const [code] = await once(child, 'exit')
  return code === 0
}

const failed: string[] = []
for (const part of PARTS) {
  if (part.title === 'tests')
    console.log(failed.length ? `\nNot right so far: ${failed.join(', ')}.` : '\nAll right so far.')
  console.log(`\n== ${part.title}`)
  const begin = performance.now()
  if (!(await passes(part))) failed.push(part.title)
  if (part.title !== 'tests')
    console.log(`== ${part.title}: ${((performance.now() - begin) / 1000).toFixed(1)} s`)
}
process.exitCode = failed.length === 0 ? 0 : 1
