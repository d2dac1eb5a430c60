import { setTimeout as delay } from 'node:timers/promises'
import { Failure } from '../failure.ts'
import type { BrowserEvent } from './calm.ts'
import { makeItemSession } from './item-session.ts'
import type { ItemContext, ItemSession } from './item-session.ts'
import type { BrowserPool } from './pool.ts'
import { keepReadyContexts } from './ready-contexts.ts'
import type { ReadyContexts, ReadyOptions } from './ready-contexts.ts'
import { keepSeats } from './seats.ts'
import type { Seats } from './seats.ts'
import { openSignedInContext, openWithStateAtHand } from './signed-in-context.ts'
import type { ItemSecrets, Opener, SignedInContext } from './signed-in-context.ts'
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

export interface WebSessionsOptions extends ReadyOptions {
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
  const shared = { opener, seats: keepSeats(), ready: keepReadyContexts(options) }
  const open = new Set<ItemSession>()
  return {
    forItem: async (settings, item) => {
      const giveBack = await takeSeat(shared, settings, item.signal)
      const secrets = { credentials: () => Promise.reject(noCredentials(settings)), ...item }
      const onEnd = () => {
        open.delete(session)
        giveBack()
        prepareNext(shared, settings, secrets)
      }
      const parts = { settings, item, record, onEnd }
      const session = makeItemSession({ ...parts, open: () => openFor(shared, settings, secrets) })
      open.add(session)
      return session
    },
    close: async () => {
      await Promise.all([shared.ready.close(), ...[...open].map((session) => session.abandon())])
      await pool.close()
    },
  }
}

interface Shared {
  readonly opener: Opener
  readonly seats: Seats
  readonly ready: ReadyContexts
}

/** A context made ahead counts as a seat, except for the item that is going to take it. */
async function takeSeat(
  { seats, ready }: Shared,
  settings: WebSystemSettings,
  signal: AbortSignal | undefined,
): Promise<() => void> {
  const giveBack = await seats.take(settings.id, settings.seats, signal)
  if (seats.taken(settings.id) + ready.count(settings.id) > settings.seats)
    await ready.drop(settings, 'others')
  return giveBack
}

function prepareNext(
  { opener, seats, ready }: Shared,
  settings: WebSystemSettings,
  secrets: ItemSecrets,
): void {
  if (seats.taken(settings.id) + ready.count(settings.id) < settings.seats)
    ready.prepare(settings, () => openWithStateAtHand(opener, settings, secrets))
}

async function openFor(
  shared: Shared,
  settings: WebSystemSettings,
  secrets: ItemSecrets,
): Promise<SignedInContext> {
  const { opener, ready } = shared
  const context = (await ready.take(settings)) ?? (await openSignedInContext(opener, settings, secrets))
  prepareNext(shared, settings, secrets)
  const forget = () => {
    context.forget()
    // They were opened with the same state.
    void ready.drop(settings, 'same')
  }
  return { ...context, forget }
}

function noCredentials({ id: system }: WebSystemSettings): Failure {
  const sentence = `System ${system} asks to sign in, and has no credentials: fill them in with the system.`
  return new Failure('unexpected', 'credentials-missing', sentence, { system })
}
