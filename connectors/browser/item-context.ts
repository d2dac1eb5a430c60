import type { Browser, BrowserContext, Page } from 'playwright'
import { allowHosts } from './allowed-hosts.ts'
import { watchBreaks } from './broken-connection.ts'
import type { Breaks } from './broken-connection.ts'
import { watchCalm } from './calm.ts'
import type { BrowserEvent, Calm } from './calm.ts'
import { openGate } from './gate.ts'
import type { BrowserLease, BrowserPool } from './pool.ts'
import type { WebSystemSettings } from './web-system-settings.ts'

/** What makes a browser signed in; lives in memory only. */
export interface SignedInState {
  readonly storage: Awaited<ReturnType<BrowserContext['storageState']>>
  /** Of the system's own origin; part of a tab, so not of Playwright's state. */
  readonly tab: readonly (readonly [string, string])[]
}

/** A context of its own with one page, whose only way out is its gate. */
export interface OpenContext {
  readonly page: Page
  readonly calm: Calm
  readonly lease: BrowserLease
  /** Closes it; ends its browser when it does not close in time. Nothing leaves it from the moment this is called. */
  close(limitMs: number): Promise<'closed' | 'killed'>
}

const STEP_LIMIT_MS = 10_000
const NAVIGATION_LIMIT_MS = 20_000

/** Opens an empty page in a fresh context, signed in when a state is given. */
export async function openContext(
  pool: BrowserPool,
  settings: WebSystemSettings,
  state: SignedInState | undefined,
  record: (event: BrowserEvent) => void,
): Promise<OpenContext> {
  const allowed = allowHosts(settings.address, settings.allowedHosts)
  const lease = await pool.lease()
  let breaks: Breaks | undefined
  const gate = await openGate(allowed, {
    denied: (host) => record({ kind: 'host-denied', system: settings.id, host }),
    broken: (host) => {
      record({ kind: 'connection-broken', system: settings.id, host })
      breaks?.happened()
    },
  })
  try {
    const context = await newContext(lease.browser, settings, gate.port, state)
    if (state && state.tab.length > 0) await restoreTab(context, new URL(settings.address).origin, state.tab)
    const page = await context.newPage()
    const calm = watchCalm(context, page, settings, allowed, record)
    const broken = (breaks = watchBreaks(page, settings.id))
    const trouble = () => calm.trouble() ?? broken.failure()
    return {
      page,
      calm: { trouble },
      lease,
      close: (limitMs) => closeWithin(limitMs, context, gate.cut, lease),
    }
  } catch (error) {
    gate.cut()
    await lease.release()
    throw error
  }
}

async function newContext(
  browser: Browser,
  settings: WebSystemSettings,
  gatePort: number,
  state: SignedInState | undefined,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...(state ? { storageState: state.storage } : {}),
    proxy: { server: `socks5://127.0.0.1:${gatePort}` },
    serviceWorkers: 'block',
    locale: settings.language ?? 'nl-NL',
    timezoneId: settings.timeZone ?? 'Europe/Amsterdam',
  })
  context.setDefaultTimeout(STEP_LIMIT_MS)
  context.setDefaultNavigationTimeout(NAVIGATION_LIMIT_MS)
  return context
}

async function closeWithin(
  limitMs: number,
  context: BrowserContext,
  cut: () => void,
  lease: BrowserLease,
): Promise<'closed' | 'killed'> {
  cut()
  const limit = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => limit.resolve('late'), limitMs)
  const closing = context.close().then(
    () => 'closed' as const,
    () => 'late' as const,
  )
  const ended = await Promise.race([closing, limit.promise])
  clearTimeout(timer)
  if (ended === 'closed') await lease.release()
  else await lease.kill()
  return ended === 'closed' ? 'closed' : 'killed'
}

async function restoreTab(context: BrowserContext, origin: string, tab: SignedInState['tab']): Promise<void> {
  await context.addInitScript(
    ({ origin, tab }) => {
      if (location.origin !== origin || sessionStorage.length > 0) return
      for (const [name, value] of tab) sessionStorage.setItem(name, value)
    },
    { origin, tab },
  )
}
