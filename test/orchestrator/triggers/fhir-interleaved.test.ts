import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { asOwner } from '../../owner.ts'
import { openFhirBench, type FhirBench } from './fhir-bench.ts'
import { startChangingServer, type ChangingServer, type Held } from './fhir-changes.ts'

/**
 * Writes with clocks that differ and commits that lag, polls, and processes that die just before or just after a
 * commit, in any order: every version that is to be seen makes its item once.
 */
const OVERLAP_MS = 120_000
const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

type Step =
  | { readonly what: 'write'; readonly id: string; readonly skewMs: number; readonly appearsAfterMs: number }
  | { readonly what: 'pass'; readonly ms: number }
  | { readonly what: 'poll'; readonly dies: Death | undefined; readonly meanwhile: readonly string[] }
/** The page (from 1) at which the process dies, and whether its last commit came through. */
interface Death {
  readonly page: number
  readonly committed: boolean
}

const write = fc.record({
  what: fc.constant('write' as const),
  id: fc.constantFrom(...IDS),
  skewMs: fc.integer({ min: -60_000, max: 60_000 }),
  appearsAfterMs: fc.constantFrom(0, 0, 20_000, 59_000),
})
const pass = fc.record({ what: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 200_000 }) })
const death = fc.record({ page: fc.integer({ min: 1, max: 3 }), committed: fc.boolean() })
const poll = fc.record({
  what: fc.constant('poll' as const),
  dies: fc.option(death, { nil: undefined }),
  meanwhile: fc.array(fc.constantFrom(...IDS), { maxLength: 2 }),
})
const steps = fc.array(
  fc.oneof<fc.WeightedArbitrary<Step>[]>(
    { weight: 5, arbitrary: write },
    { weight: 3, arbitrary: pass },
    { weight: 3, arbitrary: poll },
  ),
  {
    minLength: 4,
    maxLength: 25,
  },
)

let server: ChangingServer
let bench: FhirBench
beforeAll(async () => {
  server = await startChangingServer(2)
  bench = await openFhirBench(server)
})
afterAll(async () => {
  await bench[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

class ProcessDied extends Error {}

interface World {
  /** Written, and on the server to be seen from that moment on. */
  readonly lagging: { held: Held; from: number }[]
  /** To be seen when a poll that ended well began, or newest in the end. */
  readonly due: Set<string>
}

type Weakness = 'none' | 'no-overlap' | 'forgetful'

async function play(all: readonly Step[], weakness: Weakness): Promise<{ made: string[]; due: Set<string> }> {
  await startOver(weakness)
  const world: World = { lagging: [], due: new Set() }
  for (const step of all) await take(world, step, weakness)
  await take(world, { what: 'pass', ms: 60_000 }, weakness)
  await take(world, { what: 'poll', dies: undefined, meanwhile: [] }, weakness)
  return { made: await bench.versions(), due: world.due }
}

async function startOver(weakness: Weakness): Promise<void> {
  server.held.clear()
  server.clock = Date.parse('2026-03-02T08:00:00Z')
  await asOwner(bench.url, sql`TRUNCATE event, item, run, fhir_seen CASCADE`)
  const seconds = weakness === 'no-overlap' ? 0 : OVERLAP_MS / 1000
  await sql`UPDATE fhir_poll SET cursor = NULL, seen_from = NULL, overlap_seconds = ${seconds}`.execute(
    bench.db,
  )
}

async function take(world: World, step: Step, weakness: Weakness): Promise<void> {
  if (step.what === 'pass') server.clock += step.ms
  appear(world)
  if (step.what === 'poll') return await pollOrDie(world, step, weakness)
  if (step.what !== 'write') return
  const version = newestVersion(world, step.id) + 1
  const held = { id: step.id, version, at: server.clock + step.skewMs, status: 'booked' }
  world.lagging.push({ held, from: server.clock + step.appearsAfterMs })
  appear(world)
}

function appear({ lagging }: World): void {
  for (const one of [...lagging]) {
    if (one.from > server.clock) continue
    lagging.splice(lagging.indexOf(one), 1)
    if ((server.held.get(one.held.id)?.version ?? 0) < one.held.version)
      server.held.set(one.held.id, one.held)
  }
}

function newestVersion({ lagging }: World, id: string): number {
  const versions = lagging.filter(({ held }) => held.id === id).map(({ held }) => held.version)
  return Math.max(0, server.held.get(id)?.version ?? 0, ...versions)
}

async function pollOrDie(
  world: World,
  { dies, meanwhile }: Extract<Step, { what: 'poll' }>,
  weakness: Weakness,
) {
  if (weakness === 'forgetful') await sql`DELETE FROM fhir_seen`.execute(bench.db)
  await bench.makeDue()
  const visible = [...server.held.values()]
  const changed = new Set(meanwhile)
  server.beforePage = (page) => {
    if (page !== 2) return
    for (const id of changed) server.write(id)
    changed.clear()
  }
  const claim = await bench.claim()
  const ended = await bench.poll(claim, dies ? dying(dies) : {}).then(
    () => true,
    (error: unknown) => {
      if (error instanceof ProcessDied) return false
      throw error
    },
  )
  server.beforePage = () => undefined
  // What slips between two pages because others changed meanwhile is for the next poll, if it is the newest by then.
  if (ended && meanwhile.length === 0)
    for (const { id, version } of visible) world.due.add(`${id}/${version}`)
}

/** The process ends with its transaction rolled back, or after it was committed and before anything was rung. */
function dying({ page, committed }: Death): { db: LedgerDatabase; ring: () => Promise<void> } {
  let transactions = 0
  const die = () => Promise.reject(new ProcessDied())
  const { db } = bench
  const mortal = new Proxy(db, {
    get(target, key) {
      const own: unknown = Reflect.get(target, key, target)
      if (key !== 'transaction') return typeof own === 'function' ? own.bind(target) : own
      return () => ({
        execute: (work: (tx: LedgerDatabase) => Promise<unknown>) =>
          db.transaction().execute(async (tx) => {
            const result = await work(tx)
            return ++transactions === page && !committed ? await die() : result
          }),
      })
    },
  })
  return { db: mortal, ring: () => (transactions === page && committed ? die() : Promise.resolve()) }
}

async function holds(all: readonly Step[], weakness: Weakness): Promise<boolean> {
  const { made, due } = await play(all, weakness)
  return new Set(made).size === made.length && [...due].every((version) => made.includes(version))
}

const SEED = Number(process.env['ONTREGEL_TEST_SEED'] ?? Date.now() % 1_000_000_000)

test(`every version makes its item once, however writes, polls and deaths interleave (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { made, due } = await play(all, 'none')
      expect(made).toEqual([...new Set(made)])
      expect(made).toEqual(expect.arrayContaining([...due]))
    }),
    { numRuns: 80, seed: SEED },
  )
})

test.each(['no-overlap', 'forgetful'] as const)(
  'twin: %s, the same play loses or repeats',
  async (weakness) => {
    const found = await fc.check(
      fc.asyncProperty(steps, (all) => holds(all, weakness)),
      { numRuns: 300, seed: 7, endOnFailure: true },
    )
    expect(found.errorInstance).toMatchObject({ message: 'Property failed by returning false' })
  },
)
