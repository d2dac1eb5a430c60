import { setTimeout as delay } from 'node:timers/promises'
import { Failure } from '../failure.ts'
import type { BrowserEvent } from './calm.ts'
import { makeItemSession } from './item-session.ts'
import type { ItemContext, ItemSession } from './item-session.ts'
import type { BrowserPool } from './pool.ts'
import { keepSeats } from './seats.ts'
import { openSignedInContext } from './signed-in-context.ts'
import { keepSignedInStates } from './signed-in-states.ts'
import type { Clock } from './signed-in-states.ts'
import type { WebSystemSettings } from './web-system-settings.ts'

export type { ItemContext, ItemSession, WebSystem } from './item-session.ts'
export type { Credentials } from './sign-in.ts'
export type { WebSystemSettings } from './web-system-settings.ts'

export interface WebSessions {
  /** Waits for a seat; the browser is opened when `page` is first asked for. */
  forItem(settings: WebSystemSettings, item: ItemContext): Promise<ItemSession>
  /** Ends all browsers; contexts that are still open too. */
  close(): Promise<void>
}

export interface WebSessionsOptions {
  readonly pool: BrowserPool
  readonly record?: (event: BrowserEvent) => void
  readonly clock?: Clock
  /** How long each page of signing in may take, in milliseconds; 10 s by default. */
  readonly signInLimitMs?: number
}

/** The web sessions of one worker: signed in once per system and account, a fresh context for every item. */
export function openWebSessions(options: WebSessionsOptions): WebSessions {
  const { pool, record = () => undefined, signInLimitMs: limitMs = 10_000 } = options
  const clock = options.clock ?? { now: Date.now, pause: delay }
  const opener = { pool, clock, record, limitMs, states: keepSignedInStates(clock) }
  const seats = keepSeats()
  const open = new Set<ItemSession>()
  return {
    forItem: async (settings, item) => {
      const giveBack = await seats.take(settings.id, settings.seats, item.signal)
      const credentials = item.credentials ?? (() => Promise.reject(noCredentials(settings)))
      const session = makeItemSession({
        settings,
        item,
        record,
        open: () => openSignedInContext(opener, settings, credentials),
        onEnd: () => {
          open.delete(session)
          giveBack()
        },
      })
      open.add(session)
      return session
    },
    close: async () => {
      await Promise.all([...open].map((session) => session.abandon()))
      await pool.close()
    },
  }
}

function noCredentials({ id: system }: WebSystemSettings): Failure {
  const sentence = `System ${system} asks to sign in, and has no credentials: fill them in with the system.`
  return new Failure('unexpected', 'credentials-missing', sentence, { system })
}
