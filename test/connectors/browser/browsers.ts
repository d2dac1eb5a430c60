import type { BrowserEvent } from '../../../connectors/browser/calm.ts'
import type { Evidence } from '../../../connectors/browser/evidence.ts'
import { findChromium } from '../../../connectors/browser/chromium.ts'
import { openBrowserPool } from '../../../connectors/browser/pool.ts'
import type { BrowserPool, PoolOptions } from '../../../connectors/browser/pool.ts'
import { openWebSessions } from '../../../connectors/browser/session.ts'
import type {
  Credentials,
  ItemSession,
  WebSessions,
  WebSessionsOptions,
  WebSystemSettings,
} from '../../../connectors/browser/session.ts'
import { startBrowser } from '../../../connectors/browser/start-browser.ts'
import type { StartedBrowser } from '../../../connectors/browser/start-browser.ts'

/** Real browsers for a test, all ended with it. */
export interface TestBrowsers extends AsyncDisposable {
  readonly pool: BrowserPool
  readonly sessions: WebSessions
  readonly events: readonly BrowserEvent[]
  readonly started: readonly StartedBrowser[]
  readonly kept: readonly Evidence[]
  /** The session of an item at this system; without credentials unless given. */
  item(settings: WebSystemSettings, credentials?: () => Promise<Credentials>): Promise<ItemSession>
}

/** A pool and sessions of the product on the browser that this machine has. */
export async function openBrowsers(
  options: Omit<PoolOptions, 'start'> & Omit<WebSessionsOptions, 'pool'> = {},
): Promise<TestBrowsers> {
  const found = await findChromium({ env: { PATH: process.env['PATH'] } })
  const events: BrowserEvent[] = []
  const started: StartedBrowser[] = []
  const kept: Evidence[] = []
  const start = async () => {
    const browser = await startBrowser(found)
    started.push(browser)
    return browser
  }
  const pool = openBrowserPool({ ...options, start })
  const sessions = openWebSessions({ ...options, pool, record: (event) => events.push(event) })
  return {
    pool,
    sessions,
    events,
    started,
    kept,
    item: (settings, credentials) =>
      sessions.forItem(settings, {
        keep: async (evidence) => void kept.push(evidence),
        ...(credentials ? { credentials } : {}),
      }),
    [Symbol.asyncDispose]: () => sessions.close(),
  }
}

/** A system without a sign-in at this address. */
export function systemAt(address: string, more: Partial<WebSystemSettings> = {}): WebSystemSettings {
  return { id: 'epd', address, allowedHosts: [], seats: 4, ...more }
}
