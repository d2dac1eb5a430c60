import type { Locator, Page } from 'playwright'
import { Failure } from '../failure.ts'
import type { PressGuard } from '../press-guard.ts'
import { asBrowserFailure } from './browser-failure.ts'
import type { BrowserEvent } from './calm.ts'
import type { CertificateKey } from './client-certificate.ts'
import { failureEvidence, pictureEvidence } from './evidence.ts'
import type { Evidence } from './evidence.ts'
import type { SignedInContext } from './signed-in-context.ts'
import { showsEndedSession } from './signed-in-page.ts'
import { sessionExpired, watchSignedOut } from './signed-out.ts'
import type { Credentials } from './sign-in.ts'
import { beginTrace } from './trace.ts'
import type { Trace, TraceKeeper } from './trace.ts'
import type { ElementSetting, WebSystemSettings } from './web-system-settings.ts'

/** A web system in the hands of a bot, for one item. */
export interface WebSystem {
  readonly kind: 'web'
  readonly id: string
  readonly address: string
  /** Elements of the bot's screens that are found otherwise at this hospital; for `locate`. */
  readonly locators?: Readonly<Record<string, ElementSetting>> | undefined
  /** The item's page: signed in, at the address, in a context of its own; the same page each time within one item. */
  page(): Promise<Page>
  /**
   * Keeps a masked picture of the page, or of one part of it, as evidence for this item.
   * @param label the step or act of which it shows that it was done: people read what that is called
   */
  evidence(label: string, part?: Locator): Promise<void>
}

/** The same system in the hands of the runner. */
export interface ItemSession extends WebSystem {
  /** Throws when anything unforeseen came up: a dialog, a window, a crash, a denied host. To be called before pressing. */
  checkCalm(): void
  /** What an error of a step means here: what disturbed the page comes first, then an ended session, then the error itself. */
  failure(error: unknown): Promise<Failure>
  /** Keeps a masked picture, the page's outline and these steps as evidence of why the item stopped. */
  keepFailure(label: string, steps: readonly string[]): Promise<void>
  /** Closes the context and gives the seat back. */
  end(): Promise<void>
  /** After a press that ended unsure: nothing leaves the page from now on, and when it does not close within 2 s its browser is killed. */
  abandon(): Promise<void>
}

/** What an item brings along. */
export interface ItemContext {
  /** Fetched when needed, never kept. May be missing for a system without a sign-in. */
  readonly credentials?: () => Promise<Credentials>
  /** Of the certificate in the system's settings; fetched when needed, never kept. */
  readonly certificateKey?: () => Promise<CertificateKey>
  readonly keep: (evidence: Evidence) => Promise<void>
  readonly signal?: AbortSignal
  /** Says whether a change is under way; nothing leaves the page any more once this process stood still during one. */
  readonly guard?: PressGuard
  /** Where a trace goes when the system's settings ask for one. */
  readonly trace?: TraceKeeper
}

export interface ItemSessionParts {
  readonly settings: WebSystemSettings
  readonly item: ItemContext
  readonly open: () => Promise<SignedInContext>
  readonly onEnd: () => void
  readonly record: (event: BrowserEvent) => void
}

const END_LIMIT_MS = 5_000
const ABANDON_LIMIT_MS = 2_000

/** One system for one item; its context is opened when the page is first asked for. */
export function makeItemSession(parts: ItemSessionParts): ItemSession {
  const { settings, item } = parts
  const held = holdContext(parts)
  const page = async () => (await held.open()).page
  return {
    kind: 'web',
    id: settings.id,
    address: settings.address,
    locators: settings.locators,
    page,
    evidence: async (label, part) => item.keep(await pictureEvidence(await page(), settings, label, part)),
    checkCalm: () => {
      const trouble = held.opened()?.calm.trouble()
      if (trouble) throw trouble
    },
    failure: async (error) => {
      // A rule that says no stays one, and what may have happened is never taken back.
      if (error instanceof Failure && (error.kind === 'business' || error.kind === 'unsure')) return error
      return held.opened()?.calm.trouble() ?? meaning(error, held.opened(), settings)
    },
    keepFailure: async (label, steps) => {
      const opened = held.opened()
      if (opened) await item.keep(await failureEvidence(opened.page, settings, label, steps))
      await held.finishTrace()
    },
    end: async () => {
      await held.finishTrace()
      await held.close(END_LIMIT_MS)
    },
    abandon: () => held.close(ABANDON_LIMIT_MS),
  }
}

/** The context of one item, from the first time it is asked for to its end. */
function holdContext({ settings, item, open, onEnd, record }: ItemSessionParts) {
  let opening: Promise<SignedInContext> | undefined
  let opened: SignedInContext | undefined
  let trace: Trace | undefined
  let ending: Promise<void> | undefined

  // An item is as good without its trace.
  const traceLost = (): undefined => {
    record({ kind: 'trace-lost', system: settings.id })
    return undefined
  }
  const openOnce = async () => {
    const made = await open()
    if (item.guard) made.watch(item.guard)
    watchSignedOut(made.page, settings.id, () => showsEndedSession(made.page, settings))
    opened = made
    trace = await beginTrace(made.page, settings, item.trace, Date.now()).catch(traceLost)
    return made
  }
  return {
    opened: () => opened,
    open: async () => {
      if (ending) throw new Failure('transient', 'session-ended', 'The item has ended: its page is closed.')
      return (opening ??= openOnce())
    },
    finishTrace: async () => {
      if (!ending) await trace?.finish().catch(traceLost)
    },
    close: (limitMs: number) => (ending ??= closeOnce(opening, limitMs, record, settings.id).finally(onEnd)),
  }
}

async function closeOnce(
  opening: Promise<SignedInContext> | undefined,
  limitMs: number,
  record: (event: BrowserEvent) => void,
  system: string,
): Promise<void> {
  // One that could not be opened has closed itself, and whoever asked for it was told why.
  const opened = await opening?.catch(() => undefined)
  const how = await opened?.close(limitMs)
  if (how === 'killed') record({ kind: 'killed', system })
}

/** A session that ended while a page was filled in looks like an unknown page; the next try signs in again. */
async function meaning(
  error: unknown,
  opened: SignedInContext | undefined,
  settings: WebSystemSettings,
): Promise<Failure> {
  const failure = asBrowserFailure(error, { system: settings.id })
  if (!opened || !(await showsEndedSession(opened.page, settings))) return failure
  opened.forget()
  return sessionExpired(settings.id, error)
}
