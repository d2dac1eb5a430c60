import { z } from 'zod'
import { Failure } from '../../connectors/failure.ts'

/**
 * Says that there may be something to do; the ledger knows what. A lost bell is rung again by the sweeper,
 * so nothing here has to be certain, only quick.
 */
export interface Bell {
  readonly kind: 'item' | 'compare' | 'run' | 'trigger' | 'message' | 'check'
  readonly id: string
  /** Tells rings for the same thing apart: the attempt, or the planned time. */
  readonly turn: string
}

export interface Answering {
  /** Stops taking bells and waits for those in hand. */
  close(): Promise<void>
}

export interface AnswerOptions {
  /** Bells in hand at most. */
  readonly concurrency: number
  /** Told of what a handler threw and of bells that could not be answered; the bell is gone all the same. */
  readonly onError: (error: Error) => void
}

export interface Doorbell {
  readonly backend: 'postgres' | 'redis'
  /**
   * Rings. The same bell rung again while it waits or is being answered is one ring.
   * Throws a transient Failure when the queue cannot be reached: the ledger's sweeper rings again.
   */
  ring(bells: readonly Bell[], options?: { readonly delayMs?: number }): Promise<void>
  /** Answers bells until closed. May be called more than once: each has its own concurrency. */
  answer(handler: (bell: Bell) => Promise<void>, options: AnswerOptions): Promise<Answering>
  counts(): Promise<{ waiting: number; delayed: number; active: number }>
  /** Closes what still answers, waits for rings under way, and leaves the server. */
  close(): Promise<void>
}

/** Only ids and times fit: no spaces, so no names, sentences or other content. */
const bellSchema = z.strictObject({
  kind: z.enum(['item', 'compare', 'run', 'trigger', 'message', 'check']),
  id: z.string().regex(/^[A-Za-z0-9._-]{1,200}$/),
  turn: z.string().regex(/^[A-Za-z0-9._:+-]{1,100}$/),
})

/** The bell that a value is; a Failure that names the wrong field, never the value, when it is none. */
export function readBell(value: unknown): Bell {
  const result = bellSchema.safeParse(value)
  if (result.success) return result.data
  const field = result.error.issues[0]?.path.join('.') || 'the whole'
  throw new Failure(
    'unexpected',
    'bell-unreadable',
    `A bell has a wrong ${field}: it holds a kind, an id and a turn and nothing else.`,
  )
}

/**
 * What makes two rings the same: `item.<id>.<attempt>`. BullMQ takes no colons and a dot would blur where
 * the id ends, so within the parts anything but letters, digits, `_` and `-` is written as its code.
 */
export function bellKey(bell: Bell): string {
  return [bell.kind, escapePart(bell.id), escapePart(bell.turn)].join('.')
}

function escapePart(part: string): string {
  return part.replace(/[^A-Za-z0-9_-]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
}
