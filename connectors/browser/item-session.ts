import type { Locator, Page } from 'playwright'
import { Failure } from '../failure.ts'
import { asBrowserFailure } from './browser-failure.ts'
import type { BrowserEvent } from './calm.ts'
import { failureEvidence, pictureEvidence } from './evidence.ts'
import type { Evidence } from './evidence.ts'
import type { SignedInContext } from './signed-in-context.ts'
import { showsEndedSession } from './signed-in-page.ts'
import type { Credentials } from './sign-in.ts'
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
  /** Keeps a masked picture of the page, or of one part of it, as evidence for this item. */
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
  readonly keep: (evidence: Evidence) => Promise<void>
  readonly signal?: AbortSignal
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
export function makeItemSession({ settings, item, open, onEnd, record }: ItemSessionParts): ItemSession {
  let opening: Promise<SignedInContext> | undefined
  let opened: SignedInContext | undefined
  let ending: Promise<void> | undefined

  const context = async () => {
    if (ending) throw new Failure('transient', 'session-ended', 'The item has ended: its page is closed.')
    opening ??= open().then((made) => (opened = made))
    return opening
  }
  const page = async () => (await context()).page
  const close = (limitMs: number) =>
    (ending ??= closeOnce(opening, limitMs, record, settings.id).finally(onEnd))

  return {
    kind: 'web',
    id: settings.id,
    address: settings.address,
    locators: settings.locators,
    page,
    evidence: async (label, part) => item.keep(await pictureEvidence(await page(), settings, label, part)),
    checkCalm: () => {
      const trouble = opened?.calm.trouble()
      if (trouble) throw trouble
    },
    failure: async (error) => {
      // A rule that says no stays one, and what may have happened is never taken back.
      if (error instanceof Failure && (error.kind === 'business' || error.kind === 'unsure')) return error
      return opened?.calm.trouble() ?? meaning(error, opened, settings)
    },
    keepFailure: async (label, steps) => {
      if (opened) await item.keep(await failureEvidence(opened.page, settings, label, steps))
    },
    end: () => close(END_LIMIT_MS),
    abandon: () => close(ABANDON_LIMIT_MS),
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
  const sentence = `System ${settings.id} ended the session while the robot was at work: the item is tried again, signed in anew.`
  return new Failure('transient', 'session-expired', sentence, { system: settings.id, cause: error })
}
