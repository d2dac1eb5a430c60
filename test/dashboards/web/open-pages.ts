import type { Browser, BrowserContext, Page } from 'playwright'
import { findChromium } from '../../../connectors/browser/chromium.ts'
import { startBrowser } from '../../../connectors/browser/start-browser.ts'
import { ensurePages } from '../../../dashboards/web/build-pages.ts'
import type { Role } from '../../../orchestrator/ledger/roles.ts'
import {
  openTestServer,
  type TestHospital,
  type TestServer,
  type TestServerOptions,
} from '../server/open-server.ts'
import { seedPages, type SeededExamples } from './seed-pages.ts'
import { followRequests, settled } from './settled.ts'
import { watchPage, type Watched } from './watch-page.ts'

export { settled } from './settled.ts'

/** Who looks, and how. Left out: the administrator of `noord`, in Dutch, light, 1280 wide. */
export interface Looker {
  /** `null` for somebody who is not signed in. */
  readonly role?: Role | readonly Role[] | null
  readonly hospital?: TestHospital
  readonly language?: 'nl' | 'en'
  readonly colourScheme?: 'light' | 'dark'
  readonly width?: number
}

/** A page in a browser of its own; closing it closes that. */
export interface OpenedPage extends AsyncDisposable {
  readonly page: Page
  readonly context: BrowserContext
  /** What went wrong in it so far, and where it asked for something. */
  readonly watched: Watched
}

export interface Pages extends AsyncDisposable {
  readonly server: TestServer
  readonly seeded: SeededExamples
  /** Opens a page of ours and waits until its heading and everything it asked for is there. */
  openPage(looker: Looker, path: string): Promise<OpenedPage>
  /** An empty page in a browser that has nothing yet but who is signed in. */
  openEmpty(looker: Looker): Promise<Pick<OpenedPage, 'page' | 'context'>>
}

const HEIGHT = 900
/** Long enough for a machine that does much else, short enough to hear soon what is missing. */
const PATIENCE_MS = 15_000

/** The real server on a seeded ledger, and the browser that the product brings. */
export async function openPages(options: TestServerOptions = {}): Promise<Pages> {
  await ensurePages(() => undefined)
  const stack = new AsyncDisposableStack()
  const server = stack.use(await openTestServer(options))
  const seeded = await seedPages(server.installation)
  const { browser, close } = await startBrowser(await findChromium({ env: { PATH: process.env['PATH'] } }))
  stack.defer(close)
  return {
    server,
    seeded,
    openEmpty: (looker) => openEmpty(server, browser, looker),
    async openPage(looker, path) {
      const { page, context } = await openEmpty(server, browser, looker)
      const watched = watchPage(page, server.address)
      await page.goto(`${server.address}${path}`)
      await settled(page).catch(async (error: unknown) => {
        const shown = await page.locator('body').innerText({ timeout: 2_000 })
        const cause = { cause: error }
        throw new Error(`${path} did not come: ${watched.errors.join('; ')} It shows: ${shown}`, cause)
      })
      return { page, context, watched, [Symbol.asyncDispose]: () => context.close() }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function openEmpty(
  server: TestServer,
  browser: Browser,
  {
    role = 'administrator',
    hospital = 'noord',
    language = 'nl',
    colourScheme = 'light',
    width = 1280,
  }: Looker,
): Promise<Pick<OpenedPage, 'page' | 'context'>> {
  const context = await browser.newContext({
    viewport: { width, height: HEIGHT },
    colorScheme: colourScheme,
    locale: language === 'nl' ? 'nl-NL' : 'en-GB',
    reducedMotion: 'reduce',
    // Nothing but this machine can be reached: what a page wants from elsewhere fails, and is seen.
    proxy: { server: 'socks5://127.0.0.1:9', bypass: '127.0.0.1' },
  })
  if (role !== null) await signIn(server, context, role, hospital, language)
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  followRequests(page)
  return { context, page }
}

async function signIn(
  server: TestServer,
  context: BrowserContext,
  roles: Role | readonly Role[],
  hospital: TestHospital,
  language: 'nl' | 'en',
): Promise<void> {
  const { headers } = await server.as(roles, hospital)
  const [name = '', value = ''] = (headers['cookie'] ?? '').split('=')
  await context.addCookies([{ name, value, url: server.address, httpOnly: true, sameSite: 'Strict' }])
  const account = `${[roles].flat().toSorted().join('-')}.${hospital}`
  await server.doorDb.updateTable('account').set({ language }).where('id', '=', account).execute()
}
