import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Browser } from 'playwright'
import { Failure } from '../failure.ts'
import { makeBrowserFolder } from './browser-folder.ts'
import type { BrowserFolder } from './browser-folder.ts'
import { CLOSED_NETWORK_FLAGS } from './chromium-flags.ts'
import type { FoundChromium } from './chromium.ts'
import { groupMemory, groupRuns, killGroup } from './process-group.ts'

export interface StartedBrowser {
  readonly browser: Browser
  /** Its process group; on Windows its process. */
  readonly group: number
  /** Everything it writes; gone after it ended. */
  readonly folder: string
  readonly sandboxed: boolean
  /** What an administrator should know, in sentences. */
  readonly notes: readonly string[]
  /** Bytes in use, shared pages counted more than once; undefined where it cannot be read. */
  memory(): Promise<number | undefined>
  /** Ends it and removes its folder; by force when it does not end within the limit. */
  close(): Promise<void>
  /** Ends its whole process group at once and removes its folder. */
  kill(): Promise<void>
}

const START_LIMIT_MS = 30_000
const CLOSE_LIMIT_MS = 5_000
const GONE_LIMIT_MS = 10_000
const NO_SANDBOX_NOTE =
  'The browser runs without its sandbox, because this machine does not allow one: allow unprivileged user namespaces to get it back.'

/** Starts the browser that was found, with its sandbox where the machine allows one. Fails with `browser-start`. */
export async function startBrowser(found: FoundChromium): Promise<StartedBrowser> {
  const asRoot = process.getuid?.() === 0 && found.account === undefined
  if (asRoot) return launch(found, false, found.notes)
  try {
    return await launch(found, true, found.notes)
  } catch (error) {
    if (!(error instanceof Error && /sandbox/i.test(error.message))) throw notStarted(error)
    return launch(found, false, [...found.notes, NO_SANDBOX_NOTE])
  }
}

async function launch(
  found: FoundChromium,
  sandboxed: boolean,
  notes: readonly string[],
): Promise<StartedBrowser> {
  const folder = await makeBrowserFolder(found.folder, found.executablePath, found.account)
  const files = join(folder.path, 'own', 'files')
  try {
    const browser = await chromium.launch({
      executablePath: folder.executable,
      args: [...CLOSED_NETWORK_FLAGS, ...found.args],
      env: { ...found.env, ...folder.env },
      chromiumSandbox: sandboxed,
      artifactsDir: files,
      downloadsPath: files,
      timeout: START_LIMIT_MS,
      handleSIGHUP: false,
      handleSIGINT: false,
      handleSIGTERM: false,
    })
    const group = (await folder.group()) ?? (await browserProcess(browser))
    return { browser, group, folder: folder.path, sandboxed, notes, ...ends(browser, group, folder) }
  } catch (error) {
    const group = await folder.group()
    if (group !== undefined) await killGroup(group)
    await folder.remove()
    throw error
  }
}

function ends(browser: Browser, group: number, folder: BrowserFolder) {
  let ended: Promise<void> | undefined
  const kill = async () => {
    await killGroup(group)
    await gone(group)
    await folder.remove()
  }
  return {
    memory: () => groupMemory(group),
    close: () => (ended ??= closeWithin(browser, CLOSE_LIMIT_MS).then(kill)),
    // Also while a close is under way that does not come to an end.
    kill: async () => {
      const killed = kill()
      ended ??= killed
      await killed
    },
  }
}

/** The browser's own way of ending, for as long as it is given. A hung or crashed one is ended by force after this. */
async function closeWithin(browser: Browser, limitMs: number): Promise<void> {
  const limit = new AbortController()
  await Promise.race([
    browser.close().catch(() => undefined),
    delay(limitMs, undefined, { signal: limit.signal }).catch(() => undefined),
  ])
  limit.abort()
}

async function gone(group: number): Promise<void> {
  for (let waited = 0; await groupRuns(group); waited += 10) {
    if (waited >= GONE_LIMIT_MS)
      throw new Failure(
        'transient',
        'browser-stays',
        `The browser (process group ${group}) does not end: end it by hand.`,
      )
    await delay(10)
  }
}

/** Windows has no groups and no script to note the number: the browser says it itself. */
async function browserProcess(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const own = processInfo.find((info) => info.type === 'browser')
  if (!own)
    throw new Failure(
      'unexpected',
      'browser-start',
      'The browser does not say which process it is: use another one.',
    )
  return own.id
}

function notStarted(cause: unknown): Failure {
  if (cause instanceof Failure) return cause
  const sentence =
    'The browser does not start: run "ontregel doctor" to see what this machine lacks, or set another browser.'
  return new Failure('transient', 'browser-start', sentence, { cause })
}
