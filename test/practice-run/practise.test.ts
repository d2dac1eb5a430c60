import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createTestDatabase } from '../postgres.ts'
import { startPractice } from '../practice-hospital/start.ts'
import { allProcesses, treeOf } from './process-tree.ts'

const LAUNCHER = join(import.meta.dirname, '../../orchestrator/launch.js')

interface Started {
  readonly child: ChildProcess
  readonly pid: number
  readonly out: () => string
  readonly err: () => string
  readonly ended: Promise<number | null>
}

function start(environment: Record<string, string>, ...flags: string[]): Started {
  const child = spawn(process.execPath, [LAUNCHER, 'start', ...flags], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (err += data.toString()))
  const ended = once(child, 'exit').then(([code]) => z.number().nullable().parse(code))
  return { child, pid: child.pid ?? 0, out: () => out, err: () => err, ended }
}

/** A data folder that the accounts of database and browser may enter. */
function dataFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'ontregel-practice-'))
  chmodSync(path, 0o755)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

const Result = z.strictObject({
  hospitals: z.array(
    z.strictObject({ id: z.string(), netHours: z.number(), fte: z.record(z.string(), z.number()) }),
  ),
  deployments: z.array(
    z.strictObject({
      hospital: z.string(),
      bot: z.string(),
      items: z.looseObject({ done: z.number(), parked: z.number() }),
      minutes: z.strictObject({ gross: z.number(), human: z.number(), net: z.number() }),
      witness: z.strictObject({ effects: z.number(), duplicates: z.number(), missing: z.number() }),
    }),
  ),
})

/** Names and numbers by which a patient of the practice hospital could be recognised. */
async function patientData(): Promise<string[]> {
  using folder = dataFolder()
  const practice = await startPractice({
    data: folder.path,
    seed: 1,
    patients: 120,
    size: { referrals: 24, appointments: 24, deaths: 8 },
    portBase: 0,
    idleMs: 600_000,
    clock: () => new Date(),
    log: () => undefined,
  })
  const patients = practice.hospital.patients.all()
  await practice.close()
  const names = patients.flatMap(({ family, bsn }) => [family, bsn]).filter((text) => text.length >= 5)
  return [...new Set(names)].filter((text) => !COMMON.has(text.toLowerCase()))
}

/** Family names that are also ordinary words of programs and paths. */
const COMMON: ReadonlySet<string> = new Set(['chrome', 'linux'])

test('all work ends as it should, the counts agree, and no patient is in a log line, queue, error or argument', async () => {
  await using database = await createTestDatabase()
  using folder = dataFolder()
  const environment = { DATABASE_URL: database.url, ONTREGEL_HOME: folder.path, ONTREGEL_LOG_LEVEL: 'debug' }
  const run = start(environment, '--once', '--json', '--limit', '280')
  const commands = new Set<string>()
  const looking = setInterval(() => {
    for (const { command } of treeOf(run.pid)) commands.add(command)
  }, 200)
  const code = await run.ended
  clearInterval(looking)
  expect(code, run.err().slice(-2000)).toBe(0)

  const { hospitals, deployments } = Result.parse(JSON.parse(run.out()))
  expect(hospitals.map(({ fte }) => Object.keys(fte))).toEqual([['1440', '1878']])
  expect(deployments.map(({ bot, items: { done, parked } }) => [bot, done, parked])).toEqual([
    ['deceased-appointments', 5, 3],
    ['insurance-check', 20, 4],
    ['referral-intake', 19, 5],
  ])
  for (const { witness, minutes } of deployments) {
    expect(witness).toMatchObject({ duplicates: 0, missing: 0 })
    expect(minutes.net).toBeCloseTo(minutes.gross - minutes.human, 9)
  }

  const texts = [run.err(), [...commands].join('\n'), await telemetry(database.url)]
  expect(texts[0]).toContain('item ended')
  expect(texts[1]).toContain('chrom')
  expect(texts[2]).toContain('patient-merged')
  const patients = await patientData()
  expect(patients.length).toBeGreaterThan(120)
  for (const text of texts) {
    const found = patients.filter((patient) => text.includes(patient))
    expect(
      found.map((patient) => text.slice(text.indexOf(patient) - 120, text.indexOf(patient) + 60)),
    ).toEqual([])
  }
}, 360_000)

/** Everything that is neither the item itself nor sealed: the queue's tables, events, alarms, reasons, settings. */
async function telemetry(url: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const tables = await client.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'bullmq' OR (table_schema = 'ontregel' AND table_name IN ('event', 'alarm', 'run', 'act', 'worker', 'system', 'deployment', 'message'))`,
  )
  let text = ''
  for (const { name } of tables.rows) {
    const rows = await client.query<{ line: string }>(`SELECT row_to_json(t)::text AS line FROM ${name} t`)
    text += rows.rows.map(({ line }) => `${name} ${line}\n`).join('')
  }
  const reasons = await client.query<{ line: string }>(
    `SELECT coalesce(code, '') || ' ' || coalesce(sentence, '') AS line FROM ontregel.item`,
  )
  await client.end()
  return text + reasons.rows.map(({ line }) => line).join('\n')
}

test('after a kill -9 of everything in mid-work a second start finishes it, nothing twice; Ctrl-C leaves nothing running', async () => {
  using folder = dataFolder()
  const environment = { ONTREGEL_HOME: folder.path }
  const first = start(environment)
  await vi.waitFor(() => expect(first.out()).toMatch(/referral-intake: [1-9]\d* done/), {
    timeout: 180_000,
    interval: 100,
  })
  const killed = [...treeOf(first.pid), ...databaseIn(folder.path)]
  for (const { pid } of killed) killNow(pid)
  await first.ended

  const second = start(environment)
  await vi.waitFor(() => expect(second.err()).toMatch(/counts agree|Not right/), {
    timeout: 180_000,
    interval: 100,
  })
  expect(second.err()).toContain('Every item ended as it should, and the counts agree.')
  const running = [...treeOf(second.pid), ...databaseIn(folder.path)]
  expect(running.length).toBeGreaterThan(4)
  const asked = performance.now()
  process.kill(second.pid, 'SIGINT')
  expect(await second.ended).toBe(0)
  expect(performance.now() - asked).toBeLessThan(20_000)
  const pids = new Set(running.map(({ pid }) => pid))
  await vi.waitFor(() => expect(allProcesses().filter(({ pid }) => pids.has(pid))).toEqual([]), {
    timeout: 20_000,
  })
}, 400_000)

/** The database is a process of its own and no child of ours. */
const databaseIn = (folder: string) => {
  const all = allProcesses()
  return all.filter(({ command }) => command.includes(folder)).flatMap(({ pid }) => treeOf(pid, all))
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (gone) {
    if (!(gone instanceof Error && 'code' in gone && gone.code === 'ESRCH')) throw gone
  }
}
