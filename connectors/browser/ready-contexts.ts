import type { SignedInContext } from './signed-in-context.ts'
import type { WebSystemSettings } from './web-system-settings.ts'

/** Contexts opened before their item comes, each for one item as ever: nothing was done in it but opening it. */
export interface ReadyContexts {
  /** Opens one with these settings, unless one is there or being opened, or there are as many as there may be. */
  prepare(settings: WebSystemSettings, open: () => Promise<SignedInContext | undefined>): void
  /** The one that is ready, which is then no longer here; undefined when there is none that can be used. */
  take(settings: WebSystemSettings): Promise<SignedInContext | undefined>
  /** How many there are of this system, whatever the account. */
  count(system: string): number
  /** Closes those of this system: with these settings only, or with any others. */
  drop(settings: WebSystemSettings, which: 'same' | 'others'): Promise<void>
  close(): Promise<void>
}

export interface ReadyOptions {
  /** How many there may be at once, over all systems; none by default. */
  readonly ahead?: number
  /** How long one waits for its item, in milliseconds: its page shows what was there when it was opened. 30 s by default. */
  readonly readyMs?: number
}

interface Entry {
  readonly key: string
  readonly system: string
  readonly opening: Promise<SignedInContext | undefined>
  readonly timer: NodeJS.Timeout
}

const READY_MS = 30_000
const CLOSE_LIMIT_MS = 5_000

/** Keeps contexts ready; each ends by itself when no item comes for it. */
export function keepReadyContexts({ ahead = 0, readyMs = READY_MS }: ReadyOptions): ReadyContexts {
  const entries = new Set<Entry>()
  let closed = false

  const find = (settings: WebSystemSettings) => [...entries].find(({ key }) => key === keyOf(settings))
  const remove = (entry: Entry) => {
    clearTimeout(entry.timer)
    entries.delete(entry)
  }
  const discard = async (entry: Entry) => {
    remove(entry)
    // A browser that does not end is met again by whoever closes the pool, and told there.
    await (await entry.opening)?.close(CLOSE_LIMIT_MS).catch(() => undefined)
  }
  const discardAll = (which: (entry: Entry) => boolean) =>
    Promise.all([...entries].filter(which).map(discard)).then(() => undefined)
  return {
    prepare: (settings, open) => {
      if (closed || entries.size >= ahead || find(settings)) return
      const entry = makeEntry(settings, open, readyMs, discard)
      entries.add(entry)
      void entry.opening.then((context) => context ?? remove(entry))
    },
    take: async (settings) => {
      const entry = find(settings)
      if (entry) remove(entry)
      return usable(await entry?.opening)
    },
    count: (system) => [...entries].filter((entry) => entry.system === system).length,
    drop: (settings, which) => {
      const same = find(settings)
      return discardAll((entry) => entry.system === settings.id && (entry === same) === (which === 'same'))
    },
    close: () => {
      closed = true
      return discardAll(() => true)
    },
  }
}

function makeEntry(
  settings: WebSystemSettings,
  open: () => Promise<SignedInContext | undefined>,
  readyMs: number,
  discard: (entry: Entry) => Promise<void>,
): Entry {
  // What stands in the way of opening one is met, and told, by the item that opens its own.
  const opening = open().catch(() => undefined)
  const timer = setTimeout(() => void discard(entry), readyMs).unref()
  const entry: Entry = { key: keyOf(settings), system: settings.id, opening, timer }
  return entry
}

/** Whatever the settings say about a page holds for one that is handed over. */
const keyOf = (settings: WebSystemSettings) => JSON.stringify(settings)

/** Its browser may have ended and its page may have crashed or asked something while it waited. */
async function usable(context: SignedInContext | undefined): Promise<SignedInContext | undefined> {
  if (!context) return undefined
  const { page, calm, lease } = context
  if (lease.browser.isConnected() && !page.isClosed() && calm.trouble() === undefined) return context
  await context.close(CLOSE_LIMIT_MS)
  return undefined
}
