import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright'
import { Failure } from '../failure.ts'

interface Look {
  readonly system: string
  /** Whether the page shows at this moment that the session has ended. */
  readonly signedOut: () => Promise<boolean>
}

const LOOK_EVERY_MS = 200

/** Pages that are watched: whoever waits at a page learns of an ended session without being handed it. */
const looks = new WeakMap<Page, Look>()

/** From now on whoever waits for something on this page is told soon when the session has ended. */
export function watchSignedOut(page: Page, system: string, signedOut: () => Promise<boolean>): void {
  looks.set(page, { system, signedOut })
}

/** What the work comes to, or `session-expired` when the page asks to sign in instead, at two looks one after another. */
export async function unlessSignedOut<T>(page: Page, work: Promise<T>): Promise<T> {
  const look = looks.get(page)
  if (!look) return work
  const stop = new AbortController()
  try {
    return await Promise.race([work, failWhenSignedOut(look, stop.signal)])
  } finally {
    stop.abort()
  }
}

/** Never resolves: the work may take as long as it may. */
async function failWhenSignedOut({ system, signedOut }: Look, signal: AbortSignal): Promise<never> {
  for (let seen = 0; seen < 2 && !signal.aborted; seen = (await signedOut()) ? seen + 1 : 0)
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
  if (signal.aborted) return new Promise<never>(() => undefined)
  throw sessionExpired(system)
}

/** The next try signs in again. */
export function sessionExpired(system: string, cause?: unknown): Failure {
  const sentence = `System ${system} ended the session while the robot was at work: the item is tried again, signed in anew.`
  return new Failure('transient', 'session-expired', sentence, { system, cause })
}
