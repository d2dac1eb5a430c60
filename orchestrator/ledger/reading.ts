import { sql, type RawBuilder } from 'kysely'
import { heldBehind, type HoldingItem } from './item-order.ts'
import type { ActRow, EventRow, ItemOutcome, ItemState, LedgerDatabase, ParkedKind } from './tables.ts'

/** An item as lists show it: never its data. */
export interface ItemSummary {
  readonly id: string
  readonly hospital: string
  readonly deployment: string
  readonly reference: string
  readonly state: ItemState
  readonly parkedKind: ParkedKind | null
  readonly code: string | null
  /** Why it stands where it stands. */
  readonly sentence: string | null
  readonly variant: string | null
  readonly outcome: ItemOutcome | null
  readonly attempt: number
  readonly arrivedAt: Date
  /** When it is taken or looked up next at the earliest. */
  readonly dueAt: Date
  readonly finishedAt: Date | null
  /** Who reported it, for what a robot of another make did: an account, or the name of a token. */
  readonly reportedBy: string | null
  /** The hospital's, for showing the times. */
  readonly timeZone: string
}

const SUMMARY = sql`i.id, i.hospital, i.deployment, i.reference, i.state, i.parked_kind AS "parkedKind", i.code, i.sentence,
  i.variant, i.outcome, i.attempt, i.arrived_at AS "arrivedAt", i.due_at AS "dueAt", i.finished_at AS "finishedAt",
  i.reported_by AS "reportedBy"`

export interface ItemsQuestion {
  readonly state?: ItemState | undefined
  readonly deployment?: string | undefined
  readonly limit: number
}

/** The newest items, newest first; looked up per deployment, so that millions of older ones cost nothing. */
export async function readItems(
  db: LedgerDatabase,
  { state, deployment, limit }: ItemsQuestion,
): Promise<ItemSummary[]> {
  const { rows } = await sql<ItemSummary>`
    SELECT newest.*, h.time_zone AS "timeZone" FROM deployment d JOIN hospital h ON h.id = d.hospital
    CROSS JOIN LATERAL (
      SELECT ${SUMMARY} FROM item i WHERE i.deployment = d.id AND i.hospital = d.hospital ${when(state, (value) => sql`AND i.state = ${value}`)}
      ORDER BY i.arrived_at DESC LIMIT ${limit}
    ) newest
    WHERE true ${when(deployment, (value) => sql`AND d.id = ${value}`)}
    ORDER BY newest."arrivedAt" DESC, newest.id LIMIT ${limit}`.execute(db)
  return rows
}

const when = <T>(value: T | undefined, part: (value: T) => RawBuilder<unknown>) =>
  value === undefined ? sql`` : part(value)

/** The ids that begin with these hexadecimal digits, hyphens left out or not; at most `limit`. */
export async function findItems(db: LedgerDatabase, beginning: string, limit = 5): Promise<string[]> {
  const digits = beginning.replaceAll('-', '').toLowerCase()
  if (!/^[0-9a-f]{1,32}$/.test(digits)) return []
  const { rows } = await sql<{ id: string }>`SELECT id FROM item
    WHERE id BETWEEN ${digits.padEnd(32, '0')}::uuid AND ${digits.padEnd(32, 'f')}::uuid
    ORDER BY id LIMIT ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

export interface ItemHistory extends ItemSummary {
  readonly bot: string
  readonly marker: string
  readonly run: string | null
  /** The item about one of its patients that goes first; null when none does. */
  readonly heldBehind: HoldingItem | null
  readonly acts: readonly ActSummary[]
  /** Oldest first. */
  readonly events: readonly EventRow[]
  /** What there is; the pieces themselves are sealed. */
  readonly evidence: readonly { id: number; at: Date; attempt: number; label: string; mediaType: string }[]
}

type ActSummary = Pick<
  ActRow,
  'name' | 'key' | 'state' | 'how' | 'reference' | 'verifiable' | 'repeatable'
> & {
  readonly armedAt: Date | null
  readonly pressedAt: Date | null
  readonly finishedAt: Date | null
}

/** Everything that happened to an item, without its data. Undefined when there is no such item. */
export async function readItemHistory(db: LedgerDatabase, id: string): Promise<ItemHistory | undefined> {
  const { rows } = await sql<Omit<ItemHistory, 'acts' | 'events' | 'evidence' | 'heldBehind'>>`
    SELECT ${SUMMARY}, i.marker, i.run, d.bot, h.time_zone AS "timeZone"
    FROM item i JOIN hospital h ON h.id = i.hospital JOIN deployment d ON d.id = i.deployment WHERE i.id = ${id}`.execute(
    db,
  )
  if (!rows[0]) return undefined
  const acts = await sql<ActSummary>`
    SELECT a.name, a.key, a.state, a.how, a.reference, a.verifiable, a.repeatable, a.armed_at AS "armedAt",
      a.finished_at AS "finishedAt", (SELECT max(e.at) FROM event e
        WHERE e.item = a.item AND e.kind = 'pressed' AND e.name = a.name AND e.fence = a.fence) AS "pressedAt"
    FROM act a WHERE a.item = ${id} ORDER BY coalesce(a.armed_at, a.finished_at), a.name, a.key`.execute(db)
  const events = await db.selectFrom('event').selectAll().where('item', '=', id).orderBy('id').execute()
  const evidence = await db
    .selectFrom('evidence')
    .select(['id', 'at', 'attempt', 'label', 'media_type as mediaType'])
    .where('item', '=', id)
    .orderBy('id')
    .execute()
  const holder = (await heldBehind(db, id)) ?? null
  return { ...rows[0], heldBehind: holder, acts: acts.rows, events, evidence }
}

export interface AlarmSummary {
  readonly id: number
  readonly at: Date
  readonly hospital: string
  readonly deployment: string | null
  readonly item: string | null
  /** Those that caused it, when they are several. */
  readonly items: readonly string[]
  readonly kind: string
  readonly sentence: string
  readonly timeZone: string
}

/** The newest alarms, newest first. */
export async function readAlarms(db: LedgerDatabase, limit: number): Promise<AlarmSummary[]> {
  return await db
    .selectFrom('alarm')
    .innerJoin('hospital', 'hospital.id', 'alarm.hospital')
    .select([
      'alarm.id',
      'at',
      'hospital',
      'deployment',
      'item',
      'items',
      'kind',
      'sentence',
      'time_zone as timeZone',
    ])
    .orderBy('alarm.id', 'desc')
    .limit(limit)
    .execute()
}
