import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { redisAvailable } from '../redis.ts'
import { ROOT } from '../source-files.ts'

interface Outcome {
  readonly code: number
  readonly said: string
  readonly complained: string
  /** A figure that was printed under this title. */
  readonly figure: (title: string, name: string) => string
}

/** Runs the command as a user does. */
async function chaos(...flags: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, ['orchestrator/launch.js', 'chaos', ...flags], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await gone
  })
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await gone
  return { code: Number(code), said, complained, figure: (title, name) => figureIn(said, title, name) }
}

function figureIn(said: string, title: string, name: string): string {
  const lines = said.split('\n')
  const section = lines.slice(lines.indexOf(title) + 1)
  const end = section.findIndex((line) => !line.startsWith('  '))
  const line = section.slice(0, end).find((row) => row.trim().startsWith(`${name}  `))
  return line?.trim().slice(name.length).trim() ?? `no figure "${name}" under "${title}"`
}

const SHORT = ['--items', '150', '--kills', '15', '--faults', '0.25', '--seed', '1']
/** Each takes under one on a machine that has nothing else to do. */
const MINUTES = { timeout: 480_000 }
const backends = [
  { backend: 'postgres', here: true },
  { backend: 'redis', here: redisAvailable() },
]

for (const { backend, here } of backends)
  test.skipIf(!here)(`on ${backend} nothing is done twice, missing or uncounted`, MINUTES, async () => {
    const run = await chaos(...SHORT, '--backend', backend)
    const protocol = (name: string) => run.figure('protocol', name)
    expect(run.complained).not.toMatch(/History|Twice/)
    expect(run.code).toBe(0)
    for (const name of [
      'duplicates',
      'missing',
      'stray',
      'not ended',
      'parked without reason',
      'values in logs',
    ])
      expect([name, protocol(name)]).toEqual([name, '0'])
    expect(protocol('recount difference')).toBe('0 (0 s)')
    expect(protocol('items')).toBe('150')
    expect(Number(protocol('done')) + Number.parseInt(protocol('parked'))).toBe(150)
    expect(protocol('kills')).toMatch(/^15 /)
    expect(protocol('pauses')).toMatch(/^8, /)
    // It was no walk in the park: some presses had to be looked up afterwards.
    expect(protocol('acts')).toMatch(/[1-9]\d* reconciled/)
    expect(Number(run.figure('naive twin', 'duplicates'))).toBeGreaterThan(0)
  })

/** Each shows that without the guard the check finds what it is there to find, and nothing with it. */
const twins = [
  {
    guard: 'quiet',
    what: 'an item is looked up before the registry has applied it',
    flags: '--items 60 --kills 0 --faults 0.4 --kinds applied-late --late 3000 --reading 30',
  },
  {
    guard: 'dead-man',
    what: 'a worker that stood still while arming presses after all',
    flags:
      '--items 240 --kills 0 --freezes 12 --long-freezes 1 --faults 0 --slow-arming 150 --reading 50 --workers 6',
  },
]

/** Whom a freeze meets hangs on the machine too: the first of some seeds with which the guard is missed. */
async function findDoubling(flags: string, guard: string) {
  for (const seed of ['1', '2', '3']) {
    const bare = await chaos(...flags.split(' '), '--seed', seed, '--alone', '--without', guard)
    if (Number(bare.figure('protocol', 'duplicates')) > 0 || seed === '3') return { seed, bare }
  }
  throw new Error('There are no seeds.')
}

describe('a guard that is taken away', () => {
  test.each(twins)('is missed: without $guard $what', MINUTES, async ({ guard, flags }) => {
    const { seed, bare } = await findDoubling(flags, guard)
    const guarded = await chaos(...flags.split(' '), '--seed', seed, '--alone')
    expect(guarded.complained).not.toContain('Twice')
    expect(guarded.code).toBe(0)
    expect(guarded.figure('protocol', 'duplicates')).toBe('0')
    expect(Number(bare.figure('protocol', 'duplicates'))).toBeGreaterThan(0)
    expect(bare.code).toBe(1)
    expect(bare.complained).toMatch(/Twice or more: OR-[0-9A-F]+/)
  })
})

test('a naive twin that doubles nothing proves nothing, and the command says so', MINUTES, async () => {
  const run = await chaos('--naive', '--items', '5', '--kills', '0', '--faults', '0')
  expect(run.figure('naive twin', 'duplicates')).toBe('0')
  expect(run.code).toBe(1)
  expect(run.complained).toContain('this run proves nothing')
})

test('a wrong flag is named with what it must be', async () => {
  const run = await chaos('--faults', '2', '--backend', 'rabbits', '--kills', 'many')
  expect(run.code).toBe(2)
  expect(run.complained).toContain('--faults must be from 0 to 1')
  expect(run.complained).toContain('--backend must be postgres or redis')
  expect(run.complained).toContain('--kills must be a whole number')
})
