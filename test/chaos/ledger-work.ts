import { sql } from 'kysely'
import { addItems } from '../../orchestrator/ledger/items.ts'
import { openLedger } from '../../orchestrator/ledger/open-ledger.ts'
import { putDeployment, putHospital } from '../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { openDoorbell } from '../../orchestrator/queue/open-doorbell.ts'
import { ringItems } from '../../orchestrator/work/ringing.ts'
import { asOwner } from '../owner.ts'
import { BOT_NAME, chaosItem } from './chaos-bot.ts'
import { LOCK_MS, STALLED_CHECK_MS } from './chaos-timing.ts'
import type { DoneAct, EndedItem } from './invariants.ts'
import type { Hit } from './killer.ts'
import type { Work } from './storm.ts'

const HOSPITAL = 'practice'
const DEPLOYMENT = 'practice-chaos'

export interface LedgerWork extends Work, AsyncDisposable {
  readonly db: LedgerDatabase
  items(): Promise<EndedItem[]>
  acts(): Promise<DoneAct[]>
  /** How often somebody came back too late and was kept from writing. */
  lateEvents(): Promise<number>
  /** How many alarms of each kind were raised. */
  alarms(): Promise<Record<string, number>>
  /** How often an act came to be done in each way. */
  ways(): Promise<Record<string, number>>
  /** An item's history without its content, a line per event. */
  history(marker: string): Promise<string[]>
}

export interface LedgerWorkOptions {
  readonly databaseUrl: string
  readonly redisUrl?: string | undefined
  readonly slowArmingMs: number
}

/** The ledger with one deployment, and the doorbell that is rung for its items. */
export async function openLedgerWork(options: LedgerWorkOptions): Promise<LedgerWork> {
  const { databaseUrl, redisUrl, slowArmingMs } = options
  const onError = (error: Error) => void process.stderr.write(`Connection trouble: ${error.name}.\n`)
  const db = await openLedger({ url: databaseUrl, connections: 4, onError })
  await putToWork(db)
  if (slowArmingMs > 0) await slowDown(databaseUrl, slowArmingMs)
  const doorbell = await openDoorbell({
    databaseUrl,
    redisUrl,
    lockMs: LOCK_MS,
    stalledCheckMs: STALLED_CHECK_MS,
    onError,
  })
  return {
    db,
    async add(cases) {
      const arrival = { hospital: HOSPITAL, deployment: DEPLOYMENT, run: null }
      const items = cases.map((data) => ({
        reference: data.caseNumber,
        caseReference: data.caseNumber,
        data,
      }))
      const { queued } = await addItems(db, arrival, items)
      await ringItems(doorbell, queued)
    },
    ended: () => countEnded(db),
    waits: () => allWait(db),
    holders: () => readHolders(db),
    items: () => readItems(db),
    acts: () => readActs(db),
    alarms: () => readAlarms(db),
    lateEvents: () => countLate(db),
    ways: () => readWays(db),
    history: (marker) => readHistory(db, marker),
    async [Symbol.asyncDispose]() {
      await doorbell.close()
      await db.destroy()
    },
  }
}

async function countLate(db: LedgerDatabase): Promise<number> {
  return (await db.selectFrom('event').select('id').where('kind', '=', 'late').execute()).length
}

async function putToWork(db: LedgerDatabase): Promise<void> {
  const norm = { validFrom: '2020-01-01', name: 'planning', hoursPerYear: 1440 }
  await putHospital(db, { id: HOSPITAL, name: 'Practice', norms: [norm] })
  const timed = {
    method: 'stopwatch',
    n: 20,
    spreadMinutes: 1,
    measuredBy: 'practice',
    measuredOn: '2020-01-01',
    validFrom: '2020-01-01',
    remeasureOn: '2099-01-01',
  } as const
  await putDeployment(db, {
    id: DEPLOYMENT,
    hospital: HOSPITAL,
    bot: BOT_NAME,
    mode: 'live',
    settings: {},
    systems: {},
    responsible: 'practice',
    outsideSeconds: 90,
    parkedShare: 0,
    triggers: [],
    baselines: [
      { ...timed, variant: 'single', minutes: 3.5 },
      { ...timed, variant: 'double', minutes: 6.25 },
    ],
  })
}

/** As on a database whose disk is slow: committing what is armed takes this much longer, however many it is. */
async function slowDown(url: string, ms: number): Promise<void> {
  const slowly = sql`CREATE FUNCTION slow_arming() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF current_setting('chaos.slept', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        PERFORM pg_sleep(${sql.raw(String(ms / 1000))}), set_config('chaos.slept', pg_current_xact_id()::text, true);
      END IF;
      RETURN NULL;
    END $$`
  const armed = sql`CREATE CONSTRAINT TRIGGER slow_arming AFTER INSERT OR UPDATE ON act DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'armed') EXECUTE FUNCTION slow_arming()`
  await asOwner(url, slowly, armed)
}

async function countEnded(db: LedgerDatabase): Promise<number> {
  const { rows } = await sql<{ ended: number }>`
    SELECT count(*)::int AS ended FROM item WHERE state IN ('done', 'parked', 'cancelled')`.execute(db)
  return rows[0]?.ended ?? 0
}

/** Nobody has any of them in hand, and none is due. */
async function allWait(db: LedgerDatabase): Promise<boolean> {
  const { rows } = await sql<{ wait: boolean }>`
    SELECT count(*) > 0 AND bool_and(state IN ('queued', 'unsure') AND due_at > clock_timestamp()) AS wait
    FROM item WHERE state NOT IN ('done', 'parked', 'cancelled')`.execute(db)
  return rows[0]?.wait ?? false
}

const FURTHEST: readonly Hit[] = ['claimed', 'looking', 'armed']

async function readHolders(db: LedgerDatabase): Promise<Map<string, Hit>> {
  const { rows } = await sql<{ worker: string; hit: Hit }>`
    SELECT worker, CASE state WHEN 'unsure' THEN 'looking' ELSE state END AS hit FROM item
    WHERE worker IS NOT NULL AND state IN ('claimed', 'armed', 'unsure')`.execute(db)
  const held = new Map<string, Hit>()
  for (const { worker, hit } of rows) {
    const known = held.get(worker)
    if (!known || FURTHEST.indexOf(hit) > FURTHEST.indexOf(known)) held.set(worker, hit)
  }
  return held
}

async function readItems(db: LedgerDatabase): Promise<EndedItem[]> {
  const rows = await db
    .selectFrom('item')
    .select(['marker', 'state', 'parked_kind', 'code', 'sentence', 'data'])
    .execute()
  return rows.map(({ parked_kind, data, ...row }) => ({
    ...row,
    parkedKind: parked_kind,
    data: chaosItem.parse(data),
  }))
}

async function readActs(db: LedgerDatabase): Promise<DoneAct[]> {
  const rows = await db
    .selectFrom('act')
    .innerJoin('item', 'item.id', 'act.item')
    .select(['item.marker', 'act.key'])
    .where('act.state', '=', 'done')
    .execute()
  return rows.map(({ marker, key }) => ({ marker, caseNumber: key }))
}

async function readWays(db: LedgerDatabase): Promise<Record<string, number>> {
  const { rows } = await sql<{ how: string; acts: number }>`
    SELECT how, count(*)::int AS acts FROM act WHERE state = 'done' GROUP BY how ORDER BY how`.execute(db)
  return Object.fromEntries(rows.map(({ how, acts }) => [how, acts]))
}

async function readAlarms(db: LedgerDatabase): Promise<Record<string, number>> {
  const { rows } = await sql<{ kind: string; alarms: number }>`
    SELECT kind, count(*)::int AS alarms FROM alarm GROUP BY kind ORDER BY kind`.execute(db)
  return Object.fromEntries(rows.map(({ kind, alarms }) => [kind, alarms]))
}

async function readHistory(db: LedgerDatabase, marker: string): Promise<string[]> {
  const rows = await db
    .selectFrom('event')
    .innerJoin('item', 'item.id', 'event.item')
    .select([
      'event.at',
      'event.kind',
      'event.attempt',
      'event.fence',
      'event.worker',
      'event.code',
      'event.ms',
    ])
    .select(sql<string | null>`event.detail ->> 'key'`.as('key'))
    .where('item.marker', '=', marker)
    .orderBy('event.id')
    .execute()
  return rows.map(
    ({ at, kind, attempt, fence, worker, code, ms, key }) =>
      `${at.toISOString()} ${kind} attempt ${attempt} fence ${fence} worker ${worker?.slice(0, 8) ?? '-'} ${key ?? ''} ${code ?? ''} ${ms ?? ''}`,
  )
}
