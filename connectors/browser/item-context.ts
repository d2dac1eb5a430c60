import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright'
import type { PressGuard } from '../press-guard.ts'
import { allowHosts } from './allowed-hosts.ts'
import type { AllowedHosts } from './allowed-hosts.ts'
import { watchBreaks } from './broken-connection.ts'
import type { Breaks } from './broken-connection.ts'
import { watchCalm } from './calm.ts'
import type { BrowserEvent, Calm } from './calm.ts'
import { certificateOptions } from './client-certificate.ts'
import type { CertificateKey } from './client-certificate.ts'
import { openGate } from './gate.ts'
import type { Gate } from './gate.ts'
import type { BrowserLease, BrowserPool } from './pool.ts'
import type { WebSystemSettings } from './web-system-settings.ts'

/** What makes a browser signed in; lives in memory only. */
export interface SignedInState {
  readonly storage: Awaited<ReturnType<BrowserContext['storageState']>>
  /** Of the system's own origin; part of a tab, so not of Playwright's state. */
  readonly tab: readonly (readonly [string, string])[]
}

/** What a context is opened with. */
export interface ContextSecrets {
  readonly state?: SignedInState | undefined
  /** Of the certificate in the settings, fetched when needed and never kept. */
  readonly certificateKey?: (() => Promise<CertificateKey>) | undefined
}

/** A context of its own with one page, whose only way out is its gate. */
export interface OpenContext {
  readonly page: Page
  readonly calm: Calm
  readonly lease: BrowserLease
  /** Nothing leaves it any more once this process stood still during a change that this guards. */
  watch(guard: PressGuard): void
  /** Closes it; ends its browser when it does not close in time. Nothing leaves it from the moment this is called. */
  close(limitMs: number): Promise<'closed' | 'killed'>
}

const STEP_LIMIT_MS = 10_000
const NAVIGATION_LIMIT_MS = 20_000

/** Opens an empty page in a fresh context, signed in when a state is given. */
export async function openContext(
  pool: BrowserPool,
  settings: WebSystemSettings,
  { state, certificateKey }: ContextSecrets,
  record: (event: BrowserEvent) => void,
): Promise<OpenContext> {
  const allowed = allowHosts(settings.address, settings.allowedHosts)
  const certificate = await certificateOptions(settings, certificateKey)
  const lease = await pool.lease()
  const { gate, heard } = await openTellingGate(settings, allowed, record)
  try {
    const context = await newContext(lease.browser, settings, gate.port, {
      ...certificate,
      ...stateOption(state),
    })
    if (state && state.tab.length > 0) await restoreTab(context, new URL(settings.address).origin, state.tab)
    const page = await context.newPage()
    const calm = watchCalm(context, page, settings, allowed, record)
    const breaks = (heard.breaks = watchBreaks(page, settings.id))
    const trouble = () => {
      const failure = breaks.failure()
      // What may have happened at the target comes before whatever else came up.
      return failure?.kind === 'unsure' ? failure : (calm.trouble() ?? failure)
    }
    return {
      page,
      calm: { trouble },
      lease,
      watch: (guard) => gate.watch(guard),
      close: (limitMs) => closeWithin(limitMs, context, gate.cut, lease),
    }
  } catch (error) {
    gate.cut()
    await lease.release()
    throw error
  }
}

/** A gate whose events are written down, and passed on to whoever waits at the page once there is one. */
async function openTellingGate(
  { id: system }: WebSystemSettings,
  allowed: AllowedHosts,
  record: (event: BrowserEvent) => void,
): Promise<{ readonly gate: Gate; readonly heard: { breaks?: Breaks } }> {
  const heard: { breaks?: Breaks } = {}
  const gate = await openGate(allowed, {
    denied: (host) => record({ kind: 'host-denied', system, host }),
    broken: (host) => {
      record({ kind: 'connection-broken', system, host })
      heard.breaks?.happened()
    },
    stoodStill: () => {
      record({ kind: 'stood-still', system })
      heard.breaks?.stoodStill()
    },
  })
  return { gate, heard }
}

const stateOption = (state: SignedInState | undefined) => (state ? { storageState: state.storage } : {})

async function newContext(
  browser: Browser,
  settings: WebSystemSettings,
  gatePort: number,
  secrets: Pick<BrowserContextOptions, 'clientCertificates' | 'storageState'>,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...secrets,
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
