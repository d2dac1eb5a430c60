import type { BrowserContext, Dialog, Page, Request } from 'playwright'
import { Failure } from '../failure.ts'
import type { FailureKind } from '../failure.ts'
import type { AllowedHosts } from './allowed-hosts.ts'
import type { WebSystemSettings } from './web-system-settings.ts'

/** Something about a browser that is written down; never more of a page than the name of a host. */
export interface BrowserEvent {
  readonly kind:
    | 'host-denied'
    | 'connection-broken'
    | 'stood-still'
    | 'dialog'
    | 'window'
    | 'crash'
    | 'signed-in'
    | 'session-expired'
    | 'killed'
    | 'trace-lost'
  readonly system: string
  readonly host?: string
}

/** Whether anything unforeseen came up in a context since it was opened. */
export interface Calm {
  /** The first thing that came up; none while all is calm. */
  trouble(): Failure | undefined
}

/** Watches a context for what a robot does not expect. Dialogs are dismissed and windows closed, so nothing hangs. */
export function watchCalm(
  context: BrowserContext,
  page: Page,
  settings: WebSystemSettings,
  allowed: AllowedHosts,
  record: (event: BrowserEvent) => void,
): Calm {
  const system = settings.id
  let first: Failure | undefined
  const notice = (kind: FailureKind, code: string, sentence: string, event: BrowserEvent['kind']) => {
    first ??= new Failure(kind, code, sentence, { system })
    record({ kind: event, system })
  }
  context.on('dialog', (dialog) => {
    const expected = settings.dialogs?.find(({ message }) => dialog.message().includes(message))
    answer(dialog, expected?.accept ?? false)
    if (!expected) notice('unexpected', 'dialog-unexpected', DIALOG, 'dialog')
  })
  context.on('page', (window) => {
    if (settings.opensWindows || window === page) return
    // Closing fails only when it has gone by itself.
    window.close().catch(() => undefined)
    notice('unexpected', 'window-unexpected', WINDOW, 'window')
  })
  page.on('crash', () => notice('transient', 'page-crashed', CRASH, 'crash'))
  context.on('requestfailed', (request) => {
    if (!isDeniedNavigation(request, allowed)) return
    first ??= new Failure('unexpected', 'host-denied', DENIED, { system })
  })
  return { trouble: () => first }
}

const DIALOG =
  'The page asked something in a window of its own that the robot does not know: look at the page, and list the question in the settings of the system when it is harmless.'
const WINDOW =
  'The page opened a window that the robot does not know: look at the page, and allow windows in the settings of the system when it is harmless.'
const CRASH = 'The page crashed in the browser: the item is tried again.'
const DENIED =
  'The page led to a host that is not on the list of this system: look at the page, and add the host to the allowed hosts when it belongs to the system.'

function answer(dialog: Dialog, accept: boolean): void {
  // Answering fails only when the page went away, and its question with it.
  ;(accept ? dialog.accept() : dialog.dismiss()).catch(() => undefined)
}

function isDeniedNavigation(request: Request, allowed: AllowedHosts): boolean {
  const url = request.isNavigationRequest() ? URL.parse(request.url()) : null
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false
  return !allowed(url.hostname, Number(url.port || (url.protocol === 'https:' ? 443 : 80)))
}
