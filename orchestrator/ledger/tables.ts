import type { ColumnType, Generated, Kysely, Selectable } from 'kysely'
import type { Json, SystemKind } from '../../bots/bot.ts'
import type { AdministeringTables } from './administering-tables.ts'
import type { DoorTables } from './door-tables.ts'
import type { AccessTables } from './access-tables.ts'
import type { AlarmTables } from './alarm-tables.ts'
import type { FhirTables } from './fhir-tables.ts'
import type { ItemOrderTables } from './item-order.ts'
import type { MessageTables } from './message-tables.ts'
import type { OperatingTables } from './operating-tables.ts'
import type { ProgrammeTables } from './programme-tables.ts'
import type { SavingsTables } from './savings-tables.ts'
import type { WorklistTables } from './worklist-tables.ts'

/** The ledger as the code reads and writes it: bigint as number, numeric and date as text, times as Date. */
export type LedgerDatabase = Kysely<Tables>

export type ItemState = 'queued' | 'claimed' | 'armed' | 'unsure' | 'done' | 'parked' | 'cancelled'
export type ParkedKind = 'business' | 'technical' | 'unsure'
export type ItemOutcome = 'done' | 'nothing' | 'by-hand' | 'shadow'
export type DeploymentMode = 'off' | 'shadow' | 'live'

type Nullable<T> = T | null
/** Text or an object on the way in (node-postgres would turn an array into a PostgreSQL array), JSON on the way out. */
type JsonColumn = ColumnType<Json, string, string>
type JsonDefault = ColumnType<Json, string | undefined, string>
type Default<T> = Generated<T>

export interface Tables
  extends
    AlarmTables,
    MessageTables,
    ItemOrderTables,
    FhirTables,
    DoorTables,
    AdministeringTables,
    AccessTables,
    OperatingTables,
    WorklistTables,
    SavingsTables,
    ProgrammeTables {
  hospital: {
    id: string
    name: string
    time_zone: Default<string>
    /** Since when it is in this ledger. */
    made_at: Default<Date>
    /** Whether a second account must approve before a deployment goes live. */
    four_eyes: Default<boolean>
  }
  norm: { hospital: string; valid_from: string; name: string; hours_per_year: string }
  system: SystemTable
  seat: {
    hospital: string
    system: string
    number: number
    worker: Nullable<string>
    lease_until: Nullable<Date>
  }
  secret: { hospital: string; name: string; version: number; sealed: Buffer; created_at: Default<Date> }
  deployment: DeploymentTable
  deployment_system: { deployment: string; hospital: string; role: string; system: string }
  trigger: TriggerTable
  run: RunTable
  item: ItemTable
  act: ActTable
  event: EventTable
  evidence: {
    id: Default<number>
    item: string
    at: Default<Date>
    attempt: number
    label: string
    media_type: string
    sealed: Buffer
    expires_at: Default<Nullable<Date>>
  }
}

interface SystemTable {
  hospital: string
  id: string
  kind: SystemKind
  address: string
  seats: number
  settings: JsonColumn
  held_reason: Nullable<string>
  held_until: Nullable<Date>
  failures: Default<number>
  open_until: Nullable<Date>
  trial_until: Nullable<Date>
}

interface DeploymentTable {
  id: string
  hospital: string
  bot: string
  mode: DeploymentMode
  settings: JsonColumn
  responsible: string
  /** Credit for an item that the robot prepared and a person finished, 0 to 1. */
  parked_share: ColumnType<string, string | number, string | number>
  /** Counted against us for each parked item, for work that people do outside the product. */
  outside_seconds: Default<number>
  unexpected_in_a_row: Default<number>
  stopped_at: Nullable<Date>
  stopped_reason: Nullable<string>
  /** The activity of its bot when it was first known; a case is counted once for it. */
  activity: Default<Nullable<string>>
  /** How often hours of upkeep were booked or withdrawn: kept by the database, so that readers of figures notice. */
  upkeep_changes: Default<number>
  /** Whether items of it were reported by a robot of another make: kept by whoever takes them in, so that no figure reads items. */
  reported: Default<boolean>
}

interface TriggerTable {
  id: string
  deployment: string
  kind: 'schedule' | 'hl7' | 'fhir'
  cron: Nullable<string>
  /** What happens to firings that were missed while nothing ran. */
  missed: Default<'all' | 'last' | 'none'>
  next_at: Nullable<Date>
  /** Whether a schedule leaves out public holidays and the hospital's closing days. */
  skip_holidays: Default<boolean>
  /** `ADT^A08`, for hl7. */
  message_types: Nullable<string[]>
  /** What must also hold of a message, for hl7: see message-conditions. */
  conditions: JsonDefault
}

interface RunTable {
  id: Default<string>
  hospital: string
  deployment: string
  kind: 'schedule' | 'hl7' | 'fhir' | 'by-hand' | 'list'
  trigger: Nullable<string>
  planned_at: Nullable<Date>
  message: Nullable<string>
  /** The turn of the message it was fired by. */
  message_turn: Default<number>
  fired_at: Default<Date>
  state: 'waiting' | 'collecting' | 'collected' | 'failed'
  reason: Nullable<string>
  found: Default<number>
  added: Default<number>
  /** Whether it clears a backlog: its items are counted apart. */
  one_off: Default<boolean>
  /** Collects no more new items than this; all when null. */
  most: Nullable<number>
  attempt: Default<number>
  fence: Default<number>
  worker: Nullable<string>
  lease_until: Nullable<Date>
  due_at: Default<Date>
}

interface ItemTable {
  id: Default<string>
  hospital: string
  deployment: string
  run: Nullable<string>
  reference: string
  case_reference: string
  data: JsonColumn
  marker: string
  /** Whether it waits for the earlier items of its patients. */
  ordered: Default<boolean>
  state: ItemState
  parked_kind: Nullable<ParkedKind>
  code: Nullable<string>
  sentence: Nullable<string>
  variant: Nullable<string>
  outcome: Nullable<ItemOutcome>
  fence: Default<number>
  attempt: Default<number>
  /** How often the target was looked at without finding out. */
  looks: Default<number>
  worker: Nullable<string>
  lease_until: Nullable<Date>
  due_at: Default<Date>
  rung_at: Nullable<Date>
  arrived_at: Default<Date>
  finished_at: Nullable<Date>
  /** When the target was asked whether it stands there. */
  compared_at: Nullable<Date>
  /** Whether it belongs to a backlog that is cleared once. */
  one_off: Default<boolean>
  /** The version of the bot at its last attempt. */
  bot_version: Nullable<string>
  /** The account or the name of the token that reported it, for an item that a robot of another make did. */
  reported_by: Default<Nullable<string>>
  /** With what it was reported. */
  import: Default<Nullable<number>>
}

interface ActTable {
  item: string
  name: string
  key: string
  state: 'armed' | 'void' | 'done'
  how: Nullable<'pressed' | 'already-there' | 'reconciled' | 'shadow'>
  fence: number
  payload_hash: Buffer
  verifiable: boolean
  repeatable: boolean
  reference: Nullable<string>
  shadow_payload: Nullable<Json>
  armed_at: Nullable<Date>
  finished_at: Nullable<Date>
}

interface EventTable {
  id: Default<number>
  item: string
  at: Default<Date>
  kind: string
  attempt: number
  fence: number
  worker: Nullable<string>
  name: Nullable<string>
  code: Nullable<string>
  sentence: Nullable<string>
  ms: Nullable<number>
  detail: Nullable<Json>
}

export type ItemRow = Selectable<ItemTable>
export type ActRow = Selectable<ActTable>
export type EventRow = Selectable<EventTable>
export type RunRow = Selectable<RunTable>
export type DeploymentRow = Selectable<DeploymentTable>
export type SystemRow = Selectable<SystemTable>
export type TriggerRow = Selectable<TriggerTable>
export type MessageRow = Selectable<MessageTables['message']>
