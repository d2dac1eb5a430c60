import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { defineBot, type Bot } from '../../../bots/bot.ts'
import { openFhirSystem, type FhirSystem } from '../../../connectors/fhir/client.ts'
import { silentLog } from '../../../connectors/log.ts'
import { claimPoll, type PollClaim } from '../../../orchestrator/ledger/fhir-polls.ts'
import { putFhirTrigger, type FhirTriggerSetup } from '../../../orchestrator/ledger/fhir-triggers.ts'
import { putDeployment, putSystem } from '../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import type { Bell, Doorbell } from '../../../orchestrator/queue/doorbell.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { pollOnce } from '../../../orchestrator/triggers/fhir-poll.ts'
import { answerFhirTrigger, type FhirPolling } from '../../../orchestrator/triggers/fhir.ts'
import type { SystemOpener } from '../../../orchestrator/work/systems.ts'
import { systemClock } from '../../../orchestrator/work/system-clock.ts'
import { openBench, PLAIN_DEPLOYMENT, timing, WORKER, type Bench } from '../work/bench.ts'

export const TRIGGER = 'oost-appointments'

/** Makes an item of every resource that it is handed, under another reference each time: what comes twice shows. */
export function readingBot(): Bot {
  let handed = 0
  return defineBot({
    name: 'test-bot',
    title: { nl: 'Proef', en: 'Test' },
    purpose: { nl: 'Proef.', en: 'Test.' },
    activity: 'reporting',
    variants: { plain: { nl: 'gewoon', en: 'plain' } },
    settings: z.object({}),
    systems: {},
    item: z.object({ version: z.string(), handed: z.number() }),
    reference: ({ version, handed: number }) => `${version}-${number}`,
    fhir({ id, meta, status }) {
      if (status === 'broken') throw new TypeError('This bot did not expect that.')
      return status === 'noshow'
        ? []
        : [{ version: `${id}/${String(meta?.['versionId'])}`, handed: handed++ }]
    },
    process: () => Promise.resolve({ variant: 'plain' as const }),
  })
}

export interface FhirBench extends AsyncDisposable {
  readonly db: LedgerDatabase
  readonly url: string
  readonly system: FhirSystem
  readonly rung: Bell[]
  readonly polling: FhirPolling
  /** Answers the bell of the trigger, as a worker does. */
  answer(change?: Partial<FhirPolling>): Promise<void>
  /** Makes the trigger due, and free of whoever had it. */
  makeDue(): Promise<void>
  claim(): Promise<PollClaim>
  /** One poll in which the process may die: `db`, `ring` and `system` can be replaced. */
  poll(
    claim: PollClaim,
    change?: { db?: LedgerDatabase; ring?: () => Promise<void>; system?: FhirSystem },
  ): Promise<void>
  /** The versions that items were made of, `a/2`, sorted. */
  versions(): Promise<string[]>
  state(): Promise<{ cursor: Date | null; failures: number; due_at: Date; reason: string | null }>
}

/** A ledger with a deployment whose FHIR trigger polls this server. */
export async function openFhirBench(
  server: { readonly base: string },
  setup: Partial<FhirTriggerSetup> = {},
  version: 'R4' | 'STU3' = 'R4',
): Promise<FhirBench> {
  const bench = await openBench()
  const { db } = bench
  await putWork(bench, server.base, setup)
  const rung: Bell[] = []
  const settings = { id: 'epd', address: server.base, version, limits: { retries: 0 } }
  const system = openFhirSystem(settings, { authorization: () => Promise.resolve('') }, { log: silentLog })
  const bot = readingBot()
  const polling = pollingOf(db, system, bot, rung)
  return {
    ...hands(db, system, bot, polling),
    url: bench.url,
    rung,
    async [Symbol.asyncDispose]() {
      system.close()
      await bench[Symbol.asyncDispose]()
    },
  }
}

function hands(
  db: LedgerDatabase,
  system: FhirSystem,
  bot: Bot,
  polling: FhirPolling,
): Omit<FhirBench, 'url' | 'rung' | typeof Symbol.asyncDispose> {
  const plain = { db, bot, settings: {}, system, leaseSeconds: 60, signal: polling.stopping }
  return {
    db,
    system,
    polling,
    async makeDue() {
      await sql`UPDATE fhir_poll SET due_at = clock_timestamp(), worker = NULL, lease_until = NULL`.execute(
        db,
      )
    },
    answer: (change = {}) => answerFhirTrigger({ ...polling, ...change }, TRIGGER),
    async claim() {
      const claim = await claimPoll(db, TRIGGER, WORKER, 60)
      if (!claim) throw new Error('The poll could not be claimed.')
      return claim
    },
    poll: (poll, change = {}) => pollOnce({ ...plain, poll, ring: () => Promise.resolve(), ...change }),
    async versions() {
      const version = sql<string>`data ->> 'version'`.as('version')
      const rows = await db.selectFrom('item').select(version).orderBy('version').execute()
      return rows.map((row) => row.version)
    },
    state: () =>
      db.selectFrom('fhir_poll').select(['cursor', 'failures', 'due_at', 'reason']).executeTakeFirstOrThrow(),
  }
}

async function putWork({ db }: Bench, address: string, setup: Partial<FhirTriggerSetup>): Promise<void> {
  await putSystem(db, { hospital: 'oost', id: 'epd', kind: 'fhir', address, seats: 1, settings: {} })
  await putDeployment(db, { ...PLAIN_DEPLOYMENT, id: 'oost-test', systems: { fhir: 'epd' } })
  await putFhirTrigger(db, 'oost-test', { id: TRIGGER, role: 'fhir', resourceType: 'Appointment', ...setup })
}

function pollingOf(db: LedgerDatabase, system: FhirSystem, bot: Bot, rung: Bell[]): FhirPolling {
  const nothing = () => Promise.resolve()
  const opener: SystemOpener = {
    open: () =>
      Promise.resolve({
        system,
        checkCalm: nothing,
        explain: () => Promise.reject(new Error('Nothing to explain.')),
        keepFailure: nothing,
        end: nothing,
        abandon: nothing,
      }),
    close: nothing,
  }
  const doorbell: Doorbell = {
    backend: 'postgres',
    ring: (bells) => Promise.resolve(void rung.push(...bells)),
    answer: () => Promise.reject(new Error('Nobody answers here.')),
    counts: () => Promise.resolve({ waiting: 0, delayed: 0, active: 0 }),
    close: nothing,
  }
  return {
    db,
    doorbell,
    bots: new Map([[bot.name, bot]]),
    opener,
    secrets: secretBox(randomBytes(32)),
    timing,
    clock: systemClock,
    worker: WORKER,
    stopping: new AbortController().signal,
    log: silentLog,
    fhirHook: undefined,
  }
}
