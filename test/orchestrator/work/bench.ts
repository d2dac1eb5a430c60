import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { defineBot, type Act, type Bot, type ItemTools, type SystemNeeds } from '../../../bots/bot.ts'
import { silentLog } from '../../../connectors/log.ts'
import { findDeployment } from '../../../orchestrator/ledger/deployments.ts'
import { addItems, claimItem, claimToLook } from '../../../orchestrator/ledger/items.ts'
import { openLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import { putDeployment, putHospital } from '../../../orchestrator/ledger/setup.ts'
import { openItemLanes } from '../../../orchestrator/ledger/item-lanes.ts'
import type { DeploymentMode, ItemRow, LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { runItem, type Ending } from '../../../orchestrator/work/run-item.ts'
import type { SystemOpener } from '../../../orchestrator/work/systems.ts'
import { systemClock } from '../../../orchestrator/work/system-clock.ts'
import type { Clock, Timing } from '../../../orchestrator/work/timing.ts'
import { asOwner } from '../../owner.ts'
import { createTestDatabase } from '../../postgres.ts'
import type { Target } from './target.ts'

const secrets = secretBox(randomBytes(32))

export const WORKER = '00000000-0000-4000-8000-000000000001'

export const timing: Timing = {
  leaseSeconds: 60,
  heartbeatSeconds: 15,
  armMarginSeconds: 10,
  deadManSeconds: 2,
  quietSeconds: 0,
  settleSeconds: 0,
  sweepSeconds: 30,
  maxAttempts: 3,
  backoffSeconds: 0,
  circuitFailures: 3,
  circuitSeconds: 30,
}

export type Tools = ItemTools<unknown, SystemNeeds>

/** A bot of one act, `register`, in the target under the item's marker; `change` replaces parts of the act. */
export function registering(target: Target, change: Partial<Act> = {}, without: readonly 'find'[] = []): Bot {
  return testBot(async ({ act, marker }, value) => {
    const { find, ...blind } = registerAct(target, marker, value, change)
    await act('register', find && !without.includes('find') ? { ...blind, find } : blind)
  })
}

export const registerAct = (
  target: Target,
  marker: string,
  value: string,
  change: Partial<Act> = {},
): Act => ({
  payload: { value },
  find: () => target.find(marker, value),
  press: () => target.add({ marker, value }),
  confirm: () => Promise.resolve(`E-${marker}`),
  ...change,
})

/** A bot whose `process` is given: the item is a text. */
export function testBot(process: (tools: Tools, value: string) => Promise<void>): Bot {
  return defineBot({
    name: 'test-bot',
    title: { nl: 'Proef', en: 'Test' },
    purpose: { nl: 'Proef.', en: 'Test.' },
    activity: 'reporting',
    variants: { plain: { nl: 'gewoon', en: 'plain' } },
    settings: z.object({}),
    systems: {},
    item: z.object({ reference: z.string(), value: z.string() }),
    reference: (item) => item.reference,
    async process(item, tools) {
      await process(tools, item.value)
      return { variant: 'plain' }
    },
  })
}

const noSystems: SystemOpener = {
  open: () => Promise.reject(new Error('A test bot has no systems.')),
  close: () => Promise.resolve(),
}

/** A ledger with one hospital and one deployment, and the way from an item to its end without queue or worker. */
export interface Bench extends AsyncDisposable {
  readonly db: LedgerDatabase
  readonly url: string
  addItem(reference: string, value?: string): Promise<string>
  claim(item: string, leaseSeconds?: number): Promise<ItemRow>
  run(bot: Bot, item: ItemRow, change?: Change): Promise<Ending>
  /** Claims and runs, whether queued or unsure. */
  go(bot: Bot, item: string, change?: Change): Promise<Ending>
  row(item: string): Promise<ItemRow>
  eventKinds(item: string): Promise<string[]>
}

/** A bench on a database of its own. */
export async function openBench(mode: DeploymentMode = 'live'): Promise<Bench> {
  const database = await createTestDatabase()
  let closing = false
  const onError = (error: Error) => {
    // Dropping the database ends a connection that is being closed anyway.
    if (!closing) throw error
  }
  const db = await openLedger({ url: database.url, onError })
  await putWork(db, mode)
  const claim = (id: string, leaseSeconds?: number) => claimNow(db, id, leaseSeconds)
  return {
    db,
    url: database.url,
    claim,
    run: (bot, item, change = {}) => run(db, bot, item, change),
    row: (id) => rowOf(db, id),
    addItem: (reference, value = 'one') => addItem(db, reference, value),
    go: async (bot, id, change = {}) => run(db, bot, await claim(id), change),
    async eventKinds(item) {
      const events = await db
        .selectFrom('event')
        .select('kind')
        .where('item', '=', item)
        .orderBy('id')
        .execute()
      return events.map((event) => event.kind)
    },
    async [Symbol.asyncDispose]() {
      closing = true
      await db.destroy()
      await database[Symbol.asyncDispose]()
    },
  }
}

const rowOf = (db: LedgerDatabase, id: string): Promise<ItemRow> =>
  db.selectFrom('item').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

async function claimNow(
  db: LedgerDatabase,
  id: string,
  leaseSeconds = timing.leaseSeconds,
): Promise<ItemRow> {
  const take = (await rowOf(db, id)).state === 'unsure' ? claimToLook : claimItem
  const claimed = await take(db, id, WORKER, leaseSeconds)
  if (!claimed) throw new Error('The item could not be claimed.')
  return claimed
}

/** The database fails whenever a deployment is to be stopped; until what it gives is called. */
export async function refuseToStop({ url }: Bench): Promise<() => Promise<unknown>> {
  await asOwner(
    url,
    sql`CREATE FUNCTION refuse_stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$`,
    sql`CREATE TRIGGER refuse_stop BEFORE UPDATE ON deployment FOR EACH ROW WHEN (NEW.stopped_at IS NOT NULL)
      EXECUTE FUNCTION refuse_stop()`,
  )
  return () => asOwner(url, sql`DROP TRIGGER refuse_stop ON deployment`)
}

async function putWork(db: LedgerDatabase, mode: DeploymentMode): Promise<void> {
  const norms = [{ validFrom: '2020-01-01', name: 'planning', hoursPerYear: 1440 }]
  await putHospital(db, { id: 'oost', name: 'Oost', norms })
  await db.insertInto('bot_activity').values({ bot: 'test-bot', activity: 'reporting' }).execute()
  await putDeployment(db, { ...PLAIN_DEPLOYMENT, id: 'oost-test', mode, outsideSeconds: 120 })
}

/** A deployment of the test bot with nothing special about it. */
export const PLAIN_DEPLOYMENT = {
  hospital: 'oost',
  bot: 'test-bot',
  mode: 'live' as DeploymentMode,
  settings: {},
  systems: {},
  responsible: 'team-a',
  outsideSeconds: 0,
  parkedShare: 0,
  triggers: [],
  baselines: [],
}

async function addItem(db: LedgerDatabase, reference: string, value: string): Promise<string> {
  const arrival = { hospital: 'oost', deployment: 'oost-test', run: null }
  const data = { reference, value }
  const { queued } = await addItems(db, arrival, [{ reference, caseReference: reference, data }])
  return queued[0] ?? ''
}

interface Change {
  readonly opener?: SystemOpener
  readonly timing?: Partial<Timing>
  readonly clock?: Partial<Clock>
  readonly stopping?: AbortSignal
}

async function run(db: LedgerDatabase, bot: Bot, item: ItemRow, change: Change): Promise<Ending> {
  const deployment = await findDeployment(db, item.deployment)
  if (!deployment) throw new Error('The deployment is missing.')
  return await runItem({
    db,
    lanes: openItemLanes(db, WORKER, { ...timing, ...change.timing }),
    secrets,
    bot,
    deployment,
    item,
    worker: WORKER,
    opener: change.opener ?? noSystems,
    timing: { ...timing, ...change.timing },
    clock: { ...systemClock, ...change.clock },
    today: '2026-11-21',
    signal: new AbortController().signal,
    stopping: change.stopping ?? new AbortController().signal,
    log: silentLog,
    followUp: () => Promise.reject(new Error('No follow-ups here.')),
  })
}
