import type { Browser } from 'playwright'
import { Failure } from '../failure.ts'
import { holdBrowser, isWorn } from './held-browser.ts'
import type { BrowserLimits, HeldBrowser } from './held-browser.ts'
import type { StartedBrowser } from './start-browser.ts'

/** The right to open one context in a browser. */
export interface BrowserLease {
  readonly browser: Browser
  /** The context is closed. The browser ends after its last lease when its time has come. */
  release(): Promise<void>
  /** The context does not close: ends the browser's whole process group, other contexts in it included. */
  kill(): Promise<void>
}

export interface BrowserPool {
  lease(): Promise<BrowserLease>
  /** Ends every browser; those with open contexts too. */
  close(): Promise<void>
}

export interface PoolOptions {
  readonly start: () => Promise<StartedBrowser>
  readonly limits?: Partial<BrowserLimits>
  /** A clock that only goes forward, in milliseconds. */
  readonly now?: () => number
}

const LIMITS: BrowserLimits = { contexts: 50, ageMs: 30 * 60_000, bytes: 3 * 1024 ** 3 }

/** One browser for all items of a worker, started at the first lease and replaced before it grows old. */
export function openBrowserPool(options: PoolOptions): BrowserPool {
  const limits = { ...LIMITS, ...options.limits }
  const now = options.now ?? (() => performance.now())
  const all = new Set<HeldBrowser>()
  let current: HeldBrowser | undefined
  let closed = false

  const begin = () => {
    const held = holdBrowser(options.start(), now())
    all.add(held)
    // Whoever made it end is told when that fails.
    held.ended.finally(() => all.delete(held)).catch(() => undefined)
    return held
  }
  const lease = async (): Promise<BrowserLease> => {
    if (closed) throw stopping()
    await current?.measured()
    const worn = current && isWorn(current, limits, now()) ? current : undefined
    if (worn) current = undefined
    await worn?.retire()
    const held = (current ??= begin())
    const given = await held.lease().catch((error: unknown) => {
      if (current === held) current = undefined
      throw error
    })
    if (given.browser.isConnected()) return given
    if (current === held) current = undefined
    await Promise.all([held.retire(), given.release()])
    return lease()
  }
  const close = async () => {
    closed = true
    await Promise.all([...all].map((held) => held.close()))
  }
  return { lease, close }
}

function stopping(): Failure {
  return new Failure('transient', 'browser-closed', 'The worker is stopping: the item is tried again later.')
}
