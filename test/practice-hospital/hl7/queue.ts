import { z } from 'zod'
import type { Store } from '../store.ts'

const messageSchema = z.object({
  controlId: z.string(),
  /** Base64 of the message without its frame: what is sent again is the same to the byte. */
  bytes: z.string(),
  /** `A08` … */
  event: z.string(),
  /** Number of the patient in PID-3. */
  zis: z.string(),
  /** ISO instant of making it. */
  at: z.string(),
  /** How often it was put on the line. */
  attempts: z.number(),
  /** MSA-1 of the answer; empty while there is none. */
  ack: z.string(),
})
export type FeedMessage = z.output<typeof messageSchema>

/** The messages of the feed in the order of making, kept over a restart. */
export interface FeedQueue {
  add(message: Pick<FeedMessage, 'controlId' | 'event' | 'zis' | 'at'>, bytes: Buffer): void
  has(controlId: string): boolean
  /** The oldest without an answer. */
  next(): FeedMessage | undefined
  tried(controlId: string): void
  answered(controlId: string, ack: string): void
  /** Puts one that was answered back, to be sent a second time. False when there is no such message. */
  again(controlId: string): boolean
  all(): readonly FeedMessage[]
}

/** Opens the queue of a hospital's store. */
export function openQueue(store: Store): FeedQueue {
  const messages = store.collection('hl7-feed', messageSchema)
  const change = (controlId: string, how: (message: FeedMessage) => Partial<FeedMessage>) => {
    const message = messages.get(controlId)
    if (message) messages.put(controlId, { ...message, ...how(message) })
    return message !== undefined
  }
  return {
    add: (message, bytes) =>
      messages.put(message.controlId, { ...message, bytes: bytes.toString('base64'), attempts: 0, ack: '' }),
    has: (controlId) => messages.get(controlId) !== undefined,
    next: () => messages.all().find(({ ack }) => ack === ''),
    tried: (controlId) => void change(controlId, ({ attempts }) => ({ attempts: attempts + 1 })),
    answered: (controlId, ack) => void change(controlId, () => ({ ack })),
    again: (controlId) => change(controlId, () => ({ ack: '' })),
    all: () => messages.all(),
  }
}
