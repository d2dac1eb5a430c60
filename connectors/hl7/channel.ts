import type { AcknowledgeTools } from './acknowledge.ts'
import type { Batches } from './batches.ts'
import type { Charset } from './charset.ts'
import type { Log } from '../log.ts'
import type { Hl7Message } from './message.ts'
import type { Unfinished } from './unfinished.ts'

/** How often each thing happened since the channel opened. */
export interface Counts {
  accepted: number
  repeated: number
  errors: number
  rejected: number
  /** Stretches of bytes outside frames, and frames cut off. */
  garbage: number
  tooLarge: number
  unreadable: number
  /** Answers that came in where messages are expected: never answered, or two systems would answer each other for ever. */
  strayAnswers: number
  unexpectedSenders: number
  refusedConnections: number
  failedHandshakes: number
  /** Connections that were ended because what came over them could not be read for a reason of our own. */
  failedReads: number
  /** Connections that were ended because unfinished messages held too much memory together and theirs the most. */
  crowdedOut: number
}

/** What all connections of a channel share. */
export interface Channel {
  readonly id: string
  readonly defaultCharset: Charset | undefined
  readonly senders: ReadonlySet<string> | undefined
  readonly limits: ConnectionLimits
  readonly batches: Batches
  readonly unfinished: Unfinished
  readonly counts: Counts
  readonly tools: AcknowledgeTools
  readonly log: Log
}

export interface ConnectionLimits {
  readonly frameBytes: number
  /** Silence after which a connection without an unfinished frame is ended. */
  readonly idleMs: number
  /** Silence after which an unfinished frame is given up. */
  readonly frameMs: number
  /** How long an unfinished frame may take, however it trickles in. */
  readonly frameAgeMs: number
  /** How long a peer may take to read the last answer and close. */
  readonly lingerMs: number
}

/** All at zero. */
export function noCounts(): Counts {
  return {
    accepted: 0,
    repeated: 0,
    errors: 0,
    rejected: 0,
    garbage: 0,
    tooLarge: 0,
    unreadable: 0,
    strayAnswers: 0,
    unexpectedSenders: 0,
    refusedConnections: 0,
    failedHandshakes: 0,
    failedReads: 0,
    crowdedOut: 0,
  }
}

/** Counts one decision. */
export function count(counts: Counts, answer: 'accept' | 'repeat' | 'error' | 'reject'): void {
  const names = { accept: 'accepted', repeat: 'repeated', error: 'errors', reject: 'rejected' } as const
  counts[names[answer]]++
}

/** Whether the channel takes messages of this sender. */
export function isExpected({ senders }: Channel, { sender }: Hl7Message): boolean {
  return senders === undefined || senders.has(`${sender.application}|${sender.facility}`)
}
