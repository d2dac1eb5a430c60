import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright'
import { findChromium } from '../../connectors/browser/chromium.ts'
import { startBrowser } from '../../connectors/browser/start-browser.ts'
import { silentLog } from '../../connectors/log.ts'
import { sessionCookie } from '../../dashboards/server/door/door-tools.ts'
import { startServer, type RunningServer } from '../../dashboards/server/start-server.ts'
import { ensurePages } from '../../dashboards/web/build-pages.ts'
import type { Page as TablePage } from '../../dashboards/web/page.ts'
import { pages as table } from '../../dashboards/web/pages.ts'
import { readConfig } from '../../orchestrator/config.ts'
import { openInstallation, type Installation } from '../../orchestrator/installation.ts'
import { openSession } from '../../orchestrator/ledger/sessions.ts'
import { putTestAccount } from '../dashboards/server/test-account.ts'
import { bytesOf } from '../dashboards/web/bytes-of.ts'
import { addressOf, somebodyFor } from '../dashboards/web/page-looks.ts'
import { seedPages, type SeededExamples } from '../dashboards/web/seed-pages.ts'
import { followRequests, settled } from '../dashboards/web/settled.ts'
import type { Contender, Contest } from './contest.ts'
import { asOwner } from './database-owner.ts'
import { startOwnDatabase } from './own-database.ts'
import { fillHospital } from './pages-ledger.ts'
import type { Subject, SubjectOptions } from './speed.ts'

const ITEMS = 100_000
/** No page over one second, and in an empty browser none over 250 kB of 1000 bytes: what the pages promise. */
const MOST_MS = 1000
const MOST_KB = 250
const PATIENCE_MS = 60_000

/** Every page of the table at a hospital with three months of work, as somebody who may see it, from its address on. */
export async function openPageContests({ items = ITEMS, tell }: SubjectOptions): Promise<Subject> {
  await ensurePages(tell)
  const stack = new AsyncDisposableStack()
  const { url } = stack.use(await startOwnDatabase())
  const installation = await openOwnInstallation(stack, url)
  const seeded = await seedPages(installation)
  tell(`making ${items.toLocaleString('en')} items …`)
  const owner = asOwner(url)
  stack.defer(() => owner.destroy())
  await fillHospital(owner, installation, items)
  const server = stack.use(await startServer({ installation, requestsAMinute: 1_000_000 }))
  const { browser, close } = await startBrowser(await findChromium({ env: process.env }))
  stack.defer(close)
  const visit: Visit = { browser, server, seeded }
  const opened: Contest = {
    title: `pages of a hospital with ${items.toLocaleString('en')} items`,
    unit: 'ms until all is there',
    contenders: table.map((row) => ({ name: row.path, measure: () => timeOf(visit, row) })),
    targets: [],
    most: MOST_MS,
  }
  const first: Contest = {
    title: 'each page in an empty browser, with all that comes by itself',
    unit: 'kB over the line',
    contenders: table.map((row) => firstLoad(visit, row)),
    targets: [],
    most: MOST_KB,
  }
  return { contests: [opened, first], [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

interface Visit {
  readonly browser: Browser
  readonly server: RunningServer
  readonly seeded: SeededExamples
}

async function openOwnInstallation(stack: AsyncDisposableStack, url: string): Promise<Installation> {
  const home = await mkdtemp(join(tmpdir(), 'ontregel-speed-pages-'))
  stack.defer(() => rm(home, { recursive: true, force: true }))
  await chmod(home, 0o711)
  const config = readConfig({ ONTREGEL_HOME: home, DATABASE_URL: url, ONTREGEL_WEB_PORT: '0' })
  const installation = await openInstallation({ config, log: silentLog, say: () => undefined, serves: false })
  stack.defer(() => installation.close())
  return installation
}

/** From asking for the address until nothing of the page is still coming; what the browser keeps of our files, it keeps. */
async function timeOf({ browser, server, seeded }: Visit, row: TablePage): ReturnType<Contender['measure']> {
  const context = await openContext({ browser, server, seeded }, row)
  try {
    const page = await context.newPage()
    followRequests(page)
    // What is the same for every page has come before, as it has for who works here.
    await page.goto(`${server.address}/account`)
    await settled(page)
    const since = performance.now()
    await page.goto(`${server.address}${addressOf(row, seeded)}`)
    await settled(page)
    const ms = performance.now() - since
    return { perSecond: ms, remark: await slowestAnswer(page) }
  } finally {
    await context.close()
  }
}

/** Which answer of the server took longest: where to look when a page is slow. */
async function slowestAnswer(page: Page): Promise<string> {
  const slowest = await page.evaluate(() => {
    const asked = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/'))
    const [first] = asked.toSorted((a, b) => b.duration - a.duration)
    return { path: first ? new URL(first.name).pathname : 'nothing was asked', ms: first?.duration ?? 0 }
  })
  return `slowest answer ${Math.round(slowest.ms)} ms: ${slowest.path}`
}

function firstLoad(visit: Visit, row: TablePage): Contender {
  return {
    name: row.path,
    measure: async () => {
      const context = await openContext(visit, row)
      try {
        const page = await context.newPage()
        followRequests(page)
        const address = `${visit.server.address}${addressOf(row, visit.seeded)}`
        const { bytes } = await bytesOf({ page, context }, address)
        return { perSecond: bytes / 1000 }
      } finally {
        await context.close()
      }
    },
  }
}

async function openContext({ browser, server }: Visit, row: TablePage): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: 'nl-NL',
    viewport: { width: 1280, height: 900 },
    proxy: { server: 'socks5://127.0.0.1:9', bypass: '127.0.0.1' },
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const role = somebodyFor(row)
  if (role === null) return context
  const account = await putTestAccount(server.doorDb, [role], 'noord')
  const session = { account, way: 'password' as const, address: '127.0.0.1', browser: 'speed' }
  const value = await openSession(server.doorDb, session)
  const cookie = { name: sessionCookie(server.address), value, url: server.address }
  await context.addCookies([{ ...cookie, httpOnly: true, sameSite: 'Strict' as const }])
  return context
}
