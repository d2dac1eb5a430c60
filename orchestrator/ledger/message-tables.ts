import type { Generated } from 'kysely'

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
}

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
  sealed: Buffer
  state: MessageState
  reason: string | null
  /** How often it was replayed. */
  turn: Generated<number>
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
