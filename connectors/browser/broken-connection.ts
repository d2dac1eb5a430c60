import { setTimeout as delay } from 'node:timers/promises'
import type { Page, Request } from 'playwright'
import { Failure } from '../failure.ts'

/** Connections of a page that broke while a request may have been under way; its answer will never come. */
export interface Breaks {
  /** To be called when it happened. */
  happened(): void
  /** To be called when this process stood still during a press and nothing leaves it any more; comes before a break. */
  stoodStill(): void
  /** What it means for the item; none while nothing broke. */
  failure(): Failure | undefined
}

/** How long a page may still show what is expected of it after a break that perhaps did not concern it. */
const GRACE_MS = 1_000

/** Of pages that are watched: whoever waits at a page learns of a break without being handed its session. */
const firstBreak = new WeakMap<Page, Promise<Failure>>()

/**
 * Watches the page's requests, so that after a break it does not load on without end. What may change something is
 * never stopped: a page that is told so could send it again.
 */
export function watchBreaks(page: Page, system: string): Breaks {
  let failure: Failure | undefined
  const first = Promise.withResolvers<Failure>()
  firstBreak.set(page, first.promise)
  const pending = new Set<Request>()
  page.on('request', (request) => pending.add(request))
  page.on('requestfinished', (request) => pending.delete(request))
  page.on('requestfailed', (request) => pending.delete(request))
  return {
    happened: () => {
      failure ??= new Failure('transient', 'connection-broken', SENTENCE(system), { system })
      first.resolve(failure)
      if ([...pending].every((request) => request.method() === 'GET')) stopLoading(page)
    },
    stoodStill: () => {
      if (failure?.kind === 'unsure') return
      failure = new Failure('unsure', 'dead-man', STOOD_STILL, { system })
      first.resolve(failure)
    },
    failure: () => failure,
  }
}

/** What the work comes to, or `connection-broken` when a connection of the page broke and the work does not end soon. */
export async function unlessConnectionBroken<T>(page: Page, work: Promise<T>): Promise<T> {
  const broken = firstBreak.get(page)
  if (!broken) return work
  return Promise.race([work, broken.then((failure) => delay(GRACE_MS).then(() => Promise.reject(failure)))])
}

const STOOD_STILL =
  'The worker stood still during a press, and nothing was sent after that; it is looked up whether anything happened.'
const SENTENCE = (system: string) =>
  `The connection to ${system} broke before it answered: see whether it is well, and what is between it and this machine.`

/** As the stop button of a browser does; a page that is busy or gone keeps waiting, to its own limit. */
function stopLoading(page: Page): void {
  page
    .context()
    .newCDPSession(page)
    .then(async (session) => {
      await session.send('Page.stopLoading')
      await session.detach()
    })
    .catch(() => undefined)
}
