import { sql, type RawBuilder } from 'kysely'
import { expiryOf } from '../../connectors/certificates.ts'
import type { LedgerDatabase } from './tables.ts'
import type { MessageState } from './message-tables.ts'

/** A message as lists show it: never its content. */
export interface MessageSummary {
  readonly id: string
  /** The order of arrival, over all channels. */
  readonly place: number
  readonly hospital: string
  readonly channel: string
  /** Sending application and facility, `ZIS|OOST`. */
  readonly sender: string
  readonly controlId: string
  /** `ADT^A08`. */
  readonly type: string
  readonly state: MessageState
  /** Why it was set aside or skipped. */
  readonly reason: string | null
  /** Of a failure for which it was set aside; a person's own reason has none. */
  readonly reasonCode: string | null
  /** The earlier message about one of its patients that goes first; null when nothing holds it. */
  readonly heldBehind: string | null
  /** How often it was replayed. */
  readonly turn: number
  readonly handledBy: string | null
  /** Which version of each robot read it last, by the robot's name; an empty one is not known. */
  readonly readBy: Readonly<Record<string, string>>
  readonly receivedAt: Date
  /** The runs it fired, oldest first. */
  readonly runs: readonly string[]
  /** The hospital's, for showing the times. */
  readonly timeZone: string
}

export interface MessagesQuestion {
  /** `ADT^A08`, or `ADT` for any event. */
  readonly type?: string | undefined
  /** `ZIS|OOST`, or `ZIS` for any facility. */
  readonly sender?: string | undefined
  readonly controlId?: string | undefined
  readonly state?: MessageState | undefined
  readonly channel?: string | undefined
  /** The keyed hash of a number, made for each hospital that is looked in. */
  readonly patient?: readonly { readonly hospital: string; readonly number: Buffer }[] | undefined
  /** Received from this moment on, and before this one. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly hospital?: string | undefined
  readonly id?: string | undefined
  /** Those that came before this place, for the next page. */
  readonly olderThan?: number | undefined
  readonly limit: number
}

/** The messages that answer a question, newest first. */
export async function searchMessages(
  db: LedgerDatabase,
  question: MessagesQuestion,
): Promise<MessageSummary[]> {
  const { rows } = await sql<MessageSummary>`
    SELECT m.id, m.place, m.hospital, m.channel, m.sender, m.control_id AS "controlId", m.type || '^' || m.event AS type, m.state,
      m.reason, m.reason_code AS "reasonCode", m.turn, m.handled_by AS "handledBy", m.read_by AS "readBy", m.received_at AS "receivedAt", h.time_zone AS "timeZone",
      ARRAY (SELECT r.id FROM run r WHERE r.message = m.id ORDER BY r.fired_at) AS runs,
      (SELECT q.message FROM patient_queue q WHERE m.state = 'stored' AND q.hospital = m.hospital
        AND q.key = ANY (m.patients) AND q.place < m.place ORDER BY q.place LIMIT 1) AS "heldBehind"
    FROM message m JOIN hospital h ON h.id = m.hospital
    WHERE true ${sql.join(conditionsOf(question), sql` `)}
    ORDER BY m.place DESC LIMIT ${question.limit}`.execute(db)
  return rows
}

function conditionsOf(question: MessagesQuestion): RawBuilder<unknown>[] {
  return [
    when(question.type, (type) => {
      const [name = '', event] = type.split('^')
      return sql`AND m.type = ${name} ${when(event, (value) => sql`AND m.event = ${value}`)}`
    }),
    when(question.sender, (sender) => sql`AND ${sender} IN (m.sender, split_part(m.sender, '|', 1))`),
    when(
      question.controlId,
      (id) => sql`AND m.id IN (SELECT message FROM message_id WHERE control_id = ${id})`,
    ),
    when(question.state, (state) => sql`AND m.state = ${state}`),
    when(question.channel, (channel) => sql`AND m.channel = ${channel}`),
    when(question.patient, (keys) => sql`AND m.place IN (${placesOf(keys)})`),
    when(question.from, (from) => sql`AND m.received_at >= ${from}`),
    when(question.to, (to) => sql`AND m.received_at < ${to}`),
    when(question.hospital, (hospital) => sql`AND m.hospital = ${hospital}`),
    when(question.id, (id) => sql`AND m.id = ${id}`),
    when(question.olderThan, (place) => sql`AND m.place < ${place}`),
  ]
}

function placesOf(keys: NonNullable<MessagesQuestion['patient']>): RawBuilder<unknown> {
  const hospitals = keys.map(({ hospital }) => hospital)
  const numbers = keys.map(({ number }) => number)
  return sql`SELECT p.place FROM unnest(${hospitals}::text[], ${numbers}::bytea[]) AS wanted (hospital, number)
    JOIN message_patient p ON p.hospital = wanted.hospital AND p.number = wanted.number`
}

const when = <T>(value: T | undefined, part: (value: T) => RawBuilder<unknown>) =>
  value === undefined ? sql`` : part(value)

/** The ids that begin with these hexadecimal digits, hyphens left out or not; at most `limit`. */
export async function findMessages(db: LedgerDatabase, beginning: string, limit = 5): Promise<string[]> {
  const digits = beginning.replaceAll('-', '').toLowerCase()
  if (!/^[0-9a-f]{1,32}$/.test(digits)) return []
  const { rows } = await sql<{ id: string }>`SELECT id FROM message
    WHERE id BETWEEN ${digits.padEnd(32, '0')}::uuid AND ${digits.padEnd(32, 'f')}::uuid
    ORDER BY id LIMIT ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** A channel, and how its messages stand. */
export interface ChannelSummary {
  readonly id: string
  readonly hospital: string
  readonly port: number
  /** The address it listens on; null is the one of the settings. */
  readonly host: string | null
  readonly enabled: boolean
  readonly tls: 'none' | 'tls' | 'mutual'
  /** Those that differ from the listener's own; bytes and milliseconds. */
  readonly limits: Readonly<Record<string, number>>
  /** Why it does not listen although it should; null when it does. */
  readonly problem: string | null
  /** What kind of problem that is. */
  readonly problemCode: string | null
  /** When the key of its certificate was entered, and until when the certificate holds; null without. */
  readonly keyEnteredAt: Date | null
  readonly certificateUntil: Date | null
  readonly senders: readonly string[]
  readonly charset: string
  readonly retentionDays: number
  /** Not routed yet, those that are held behind another among them. */
  readonly waiting: number
  /** Those that wait for a person. */
  readonly aside: number
  readonly lastReceivedAt: Date | null
  readonly timeZone: string
}

/** How the messages of every channel stand: only what waits, which is little, however much is kept. */
export async function countOpenMessages(
  db: LedgerDatabase,
): Promise<Pick<ChannelSummary, 'id' | 'hospital' | 'waiting' | 'aside'>[]> {
  const { rows } = await sql<Pick<ChannelSummary, 'id' | 'hospital' | 'waiting' | 'aside'>>`
    SELECT c.id, c.hospital, coalesce(open.waiting, 0) AS waiting, coalesce(open.aside, 0) AS aside
    FROM channel c LEFT JOIN (${OPEN}) open ON open.channel = c.id ORDER BY c.id`.execute(db)
  return rows
}

const OPEN = sql`SELECT channel, count(*) FILTER (WHERE state = 'stored')::int AS waiting, count(*) FILTER (WHERE state = 'aside')::int AS aside
  FROM message WHERE state IN ('stored', 'aside') GROUP BY channel`

/** Every channel, with what waits and when its last message came. */
export async function readChannels(db: LedgerDatabase): Promise<ChannelSummary[]> {
  const { rows } = await channelsQuery().execute(db)
  return rows.map(({ certificate, ...row }) => ({
    ...row,
    certificateUntil: certificate === null ? null : expiryOf(certificate),
  }))
}

type ChannelRow = Omit<ChannelSummary, 'certificateUntil'> & { certificate: string | null }

/** The statement of `readChannels`. The last message is one that is sorted, or one of the few that are not yet. */
export function channelsQuery(): RawBuilder<ChannelRow> {
  return sql<ChannelRow>`
    SELECT c.id, c.hospital, c.port, c.host, c.enabled, c.limits, c.problem, c.problem_code AS "problemCode", c.senders, c.certificate,
      (SELECT max(s.created_at) FROM secret s WHERE s.hospital = c.hospital
        AND s.name = 'channel/' || c.id || '/certificate-key') AS "keyEnteredAt",
      CASE WHEN c.certificate IS NULL THEN 'none' WHEN c.client_authorities IS NULL THEN 'tls' ELSE 'mutual' END AS tls,
      c.charset, c.retention_days AS "retentionDays", h.time_zone AS "timeZone",
      coalesce(open.waiting, 0) AS waiting, coalesce(open.aside, 0) AS aside,
      greatest(
        (SELECT max(m.received_at) FROM message m WHERE m.channel = c.id AND m.sorted),
        (SELECT max(m.received_at) FROM message m WHERE m.channel = c.id AND m.state = 'stored' AND NOT m.sorted)
      ) AS "lastReceivedAt"
    FROM channel c JOIN hospital h ON h.id = c.hospital LEFT JOIN (${OPEN}) open ON open.channel = c.id
    ORDER BY c.id`
}
