import type { BrowserLease } from './pool.ts'
import type { StartedBrowser } from './start-browser.ts'

/** A browser keeps part of everything it ever did: after this much it is replaced, once its contexts are closed. */
export interface BrowserLimits {
  readonly contexts: number
  readonly ageMs: number
  readonly bytes: number
}

export interface BrowserCounts {
  /** How many leases were given, ever. */
  given: number
  /** How many of them are out. */
  open: number
  /** What the browser used when a lease came back last. */
  bytes: number
}

/** A browser and how many contexts are open in it. */
export interface HeldBrowser {
  readonly born: number
  readonly counts: Readonly<BrowserCounts>
  /** Resolves when `counts.bytes` is what it used after the last lease that came back. */
  measured(): Promise<void>
  /** Resolves when it has ended and its folder is gone. */
  readonly ended: Promise<void>
  lease(): Promise<BrowserLease>
  /** No more leases: it ends with the last one that is out. */
  retire(): Promise<void>
  close(): Promise<void>
}

/** Whether a browser is to be replaced. */
export function isWorn(held: HeldBrowser, limits: BrowserLimits, now: number): boolean {
  return (
    held.counts.given >= limits.contexts ||
    now - held.born >= limits.ageMs ||
    held.counts.bytes >= limits.bytes
  )
}

/** Counts the leases of a browser that is starting, and ends it when it is retired and the last one is back. */
export function holdBrowser(starting: Promise<StartedBrowser>, born: number): HeldBrowser {
  const ended = Promise.withResolvers<void>()
  const counts: BrowserCounts = { given: 0, open: 0, bytes: 0 }
  let retired = false
  let measured: Promise<void> = Promise.resolve()

  const end = async (how: 'close' | 'kill') => {
    retired = true
    const done = starting.then((started) => started[how]())
    done.then(ended.resolve, ended.reject)
    await done
  }
  const giveBack = async (started: StartedBrowser) => {
    counts.open -= 1
    // Looking at every process takes a while: only the next lease waits for it, and is told when it fails.
    measured = started.memory().then((bytes) => void (counts.bytes = bytes ?? 0))
    measured.catch(() => undefined)
    if (retired && counts.open === 0) await end('close')
  }
  return {
    born,
    counts,
    measured: () => measured,
    ended: ended.promise,
    lease: async () => {
      counts.given += 1
      counts.open += 1
      const started = await starting.catch((error: unknown) => {
        ended.resolve()
        throw error
      })
      return { browser: started.browser, release: () => giveBack(started), kill: () => end('kill') }
    },
    retire: async () => {
      retired = true
      if (counts.open === 0) await end('close')
    },
    close: () => end('close'),
  }
}
