import type { ColumnType, Generated } from 'kysely'

/** `stored` waits to be routed; `aside` could not be handled and waits for a person, who replays or skips it. */
export type MessageState = 'stored' | 'routed' | 'ignored' | 'aside' | 'skipped'

/** The part of the ledger that HL7 messages come in by. */
export interface MessageTables {
  channel: ChannelTable
  message: MessageTable
  /** Keyed hashes of patient numbers, for finding a patient's messages. */
  message_patient: { hospital: string; number: Buffer; place: number; message: string; received_at: Date }
  message_id: MessageIdTable
  /** The messages of each patient that are not done with, in the order in which they go. */
  patient_queue: { hospital: string; key: Buffer; place: number; message: string }
  /** The days on which old messages were dropped. */
  message_upkeep: { day: string }
}

/** An HL7 listener: port 0 takes any free one; no senders listed means none is refused. */
interface ChannelTable {
  id: string
  hospital: string
  port: number
  senders: string[]
  charset: Generated<string>
  /** How long messages are kept at least; they go with their whole month. */
  retention_days: Generated<number>
  /** The address it binds to; null is the one of the settings. */
  host: Nullable
  /** Whether it listens at all. */
  enabled: Generated<boolean>
  /** For TLS: ours, with those between it and its authority, as PEM. Its key is a secret. */
  certificate: Nullable
  /** For mutual TLS: who signs the certificates of those that may send, as PEM. */
  client_authorities: Nullable
  /** As JSON: see channel-setup.ts. */
  limits: ColumnType<object, string | undefined, string>
  /** Why it does not listen although it should; null when it does or should not. */
  problem: Nullable
  /** Of that problem: pages have words for it. */
  problem_code: Nullable
}

type Nullable = ColumnType<string | null, string | null | undefined, string | null>

interface MessageTable {
  id: Generated<string>
  /** The order of arrival, over all channels. */
  place: Generated<number>
  hospital: string
  channel: string
  sender: string
  control_id: string
  /** `ADT` and `A08`. */
  type: string
  event: string
  /** Keyed hashes of the patient numbers that it names: what it waits for. */
  patients: Generated<Buffer[]>
  /** Keyed hashes of the same numbers whoever gave them out: by which the access log finds it. */
  numbers: Generated<Buffer[]>
  sealed: Buffer
  /** Whether it has its place among the messages of its patients; before that it is not routed. */
  sorted: Generated<boolean>
  state: MessageState
  reason: string | null
  /** Of a failure for which it was set aside. */
  reason_code: string | null
  /** How often it was replayed. */
  turn: Generated<number>
  /** As JSON: which version of each robot read it last, by the robot's name. */
  read_by: ColumnType<Readonly<Record<string, string>>, string | undefined, string>
  /** The account that replayed or skipped it last. */
  handled_by: string | null
  received_at: Generated<Date>
}

/** What recognises a message that comes again: by sender and MSH-10, over all months. */
interface MessageIdTable {
  control_id: string
  channel: string
  sender: string
  digest: Buffer
  /** The acknowledgement that was or will be sent; the same bytes when the message comes again. */
  answer: Buffer
  message: string
  received_at: Generated<Date>
}
