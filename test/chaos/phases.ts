import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import type { RecountDifference } from '../../orchestrator/savings/recount-difference.ts'
import { recount } from '../../orchestrator/savings/recount.ts'
import type { PracticeProcess } from '../practice/practice-process.ts'
import { makeCases, VALUE_MARK } from './cases.ts'
import { startCrew, type CrewOptions } from './crew.ts'
import type { ChaosOptions } from './flags.ts'
import {
  beyondFirst,
  itemMarker,
  judge,
  markersOf,
  type Effect,
  type EndedItem,
  type Judgement,
} from './invariants.ts'
import { openLedgerWork, type LedgerWork } from './ledger-work.ts'
import { openNaiveWork } from './naive-work.ts'
import { startProgress } from './progress.ts'
import { openHospital, type Servers } from './servers.ts'
import { CONCURRENCY, runStorm, type Storm, type Work } from './storm.ts'

/** What came of a run under the protocol. */
export interface ProtocolResult extends Storm {
  readonly items: number
  readonly done: number
  /** How many are parked, by the code of the reason. */
  readonly parked: Readonly<Record<string, number>>
  readonly judgement: Judgement
  readonly lateEvents: number
  readonly alarms: Readonly<Record<string, number>>
  readonly ways: Readonly<Record<string, number>>
  readonly recount: readonly RecountDifference[]
  readonly crashes: number
  /** Log lines with a value of an item in them. */
  readonly leaks: number
  /** Of the first items that are not as they must be, by marker. */
  readonly histories: ReadonlyMap<string, readonly string[]>
}

export interface NaiveResult extends Storm {
  readonly items: number
  readonly duplicates: number
  readonly missing: number
  readonly failed: number
}

export interface Phase {
  readonly servers: Servers
  readonly options: ChaosOptions
  readonly signal: AbortSignal
}

/** One run under the protocol, and what the witness says of it. */
export async function runProtocol(phase: Phase): Promise<ProtocolResult> {
  const { servers, options } = phase
  await using hospital = await openHospital(servers, 'protocol', options)
  await using work = await openLedgerWork({ ...servers, slowArmingMs: options.slowArming })
  const logFile = join(servers.folder, 'protocol.log')
  const { storm, crashes } = await weather(phase, hospital, work, { script: 'worker-process.ts', logFile })
  const [items, effects] = [await work.items(), await readWitness(hospital)]
  const judgement = judge(items, await work.acts(), effects)
  const count = (state: string) => items.filter((item) => item.state === state).length
  return {
    ...storm,
    items: items.length,
    done: count('done'),
    parked: countParked(items),
    judgement,
    lateEvents: await work.lateEvents(),
    alarms: await work.alarms(),
    ways: await work.ways(),
    recount: await recountAll(work.db),
    crashes,
    leaks: (await readFile(logFile, 'utf8')).split('\n').filter((line) => line.includes(VALUE_MARK)).length,
    histories: await readHistories(work, judgement),
  }
}

/** One run of the naive twin. */
export async function runNaive(phase: Phase): Promise<NaiveResult> {
  const { servers, options } = phase
  await using hospital = await openHospital(servers, 'naive', options)
  await using work = await openNaiveWork(servers)
  const logFile = join(servers.folder, 'naive.log')
  const { storm } = await weather(phase, hospital, work, { script: 'naive-process.ts', logFile })
  const markers = (await readWitness(hospital)).map(({ marker }) => marker)
  const seen = new Set(markers)
  const due = work.jobs().flatMap(({ item, marker }) => markersOf(item, marker))
  return {
    ...storm,
    items: work.jobs().length,
    duplicates: beyondFirst(markers).length,
    missing: due.filter((marker) => !seen.has(marker)).length,
    failed: await work.failed(),
  }
}

function countParked(items: readonly EndedItem[]): Record<string, number> {
  const codes = items.filter(({ state }) => state === 'parked').map(({ code }) => code ?? 'no reason')
  return Object.fromEntries([...Map.groupBy(codes, (code) => code)].map(([code, all]) => [code, all.length]))
}

type Script = Pick<CrewOptions, 'script' | 'logFile'>

async function weather(phase: Phase, hospital: PracticeProcess, work: Work, script: Script) {
  const { servers, options, signal } = phase
  const title = script.script === 'naive-process.ts' ? 'naive twin' : 'protocol'
  const progress = startProgress({
    title,
    items: options.items,
    kills: options.kills,
    terminal: process.stderr.isTTY,
    write: (text) => void process.stderr.write(text),
    clock: () => performance.now(),
  })
  const crew = startCrew({
    ...script,
    size: options.workers,
    orders: (number) => ({
      databaseUrl: servers.databaseUrl,
      redisUrl: servers.redisUrl,
      registry: hospital.at.registry,
      token: hospital.accounts.registry.token,
      without: options.without,
      concurrency: CONCURRENCY,
      seed: `${options.seed}/${number}`,
      pauseMs: [Math.round(options.reading / 7), options.reading],
    }),
  })
  try {
    const cases = makeCases(String(options.seed), options.items)
    const storm = await runStorm({ ...options, crew, work, cases, progress, signal })
    await crew.close()
    // What the hospital still applies late is there then.
    await wait(2 * options.late, undefined, { signal })
    return { storm, crashes: crew.crashes() }
  } finally {
    progress.done()
    await crew.close()
  }
}

const effectsSchema = z.array(z.object({ marker: z.string(), key: z.string() }))

async function readWitness(hospital: PracticeProcess): Promise<Effect[]> {
  return effectsSchema.parse(await hospital.control('/witness?kind=registry-entry'))
}

/** Over all local days on which anything was counted. */
async function recountAll(db: LedgerDatabase): Promise<readonly RecountDifference[]> {
  const { rows } = await sql<{ from: string | null; to: string | null }>`
    SELECT min(day) AS from, max(day) AS to FROM (SELECT day FROM day_count UNION SELECT completed_on FROM credit)`.execute(
    db,
  )
  const [days] = rows
  return days?.from && days.to ? await recount(db, { from: days.from, to: days.to }) : []
}

const HISTORIES = 5

async function readHistories(work: LedgerWork, judgement: Judgement) {
  const wrong = Object.values(judgement).flatMap((markers: readonly string[]) => markers)
  const items = [...new Set(wrong.map(itemMarker))].slice(0, HISTORIES)
  const histories = new Map<string, readonly string[]>()
  for (const marker of items) histories.set(marker, await work.history(marker))
  return histories
}
