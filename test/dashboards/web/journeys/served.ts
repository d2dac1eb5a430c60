import type { Browser, Page } from 'playwright'
import { vi } from 'vitest'
import { findChromium } from '../../../../connectors/browser/chromium.ts'
import { startBrowser } from '../../../../connectors/browser/start-browser.ts'
import { ensurePages } from '../../../../dashboards/web/build-pages.ts'
import type { Language } from '../../../../dashboards/web/texts.ts'
import { linkAddress } from '../../../../dashboards/server/door/link-sign-in.ts'
import { makeLink } from '../../../../orchestrator/ledger/one-time-links.ts'
import { openDoorLedger, openLedger } from '../../../../orchestrator/ledger/open-ledger.ts'
import type { Role } from '../../../../orchestrator/ledger/roles.ts'
import { putHospital } from '../../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../../orchestrator/ledger/tables.ts'
import { createTestDatabase } from '../../../postgres.ts'
import { openCommandLine, type CommandLine } from '../../terminal/run-cli.ts'
import { followRequests, settled } from '../settled.ts'
import { watchPage, type Watched } from '../watch-page.ts'
import { wordsOf, type Words } from './words.ts'

export const HOSPITAL = 'noord'

/** A person before the pages: what they see, in their words, and what went wrong meanwhile. */
export interface Visitor {
  readonly page: Page
  readonly t: Words
  readonly watched: Watched
  /** Follows a link of the navigation by its name, and waits until its page is there. */
  goTo(title: string): Promise<void>
}

/** `ontregel serve` in a process of its own, on a database with one hospital, and a browser. */
export interface Served extends AsyncDisposable {
  readonly address: string
  /** What it printed so far. */
  said(): string
  readonly db: LedgerDatabase
  /** The command line on the same database and data folder. */
  readonly line: CommandLine
  /** Comes in by a one-time link. */
  visit(link: string, language: Language): Promise<Visitor>
  /** The link that was printed for the first administrator. */
  readonly firstLink: string
  /** A link that lets in somebody with one role here, who reads this language. */
  linkFor(role: Role, language: Language): Promise<string>
}

/** Quick where a person would wait, and as it comes for the rest. */
export const SETTINGS = {
  ONTREGEL_HEARTBEAT_SECONDS: '0.5',
  ONTREGEL_SWEEP_SECONDS: '2',
  ONTREGEL_SETTLE_SECONDS: '0.2',
  ONTREGEL_CONCURRENCY: '2',
}
const START_MS = 60_000
const PATIENCE_MS = 20_000

/** @param prepare puts into the ledger what is there before it starts */
export async function openServed(
  prepare: (db: LedgerDatabase) => Promise<void> = () => Promise.resolve(),
): Promise<Served> {
  await ensurePages(() => undefined)
  const stack = new AsyncDisposableStack()
  const { url } = stack.use(await createTestDatabase())
  const db = await openLedger({ url, onError: () => undefined })
  stack.defer(() => db.destroy())
  const doorDb = openDoorLedger({ url, onError: () => undefined })
  stack.defer(() => doorDb.destroy())
  const norm = { validFrom: '2024-01-01', name: 'planning', hoursPerYear: 1440 }
  await putHospital(db, { id: HOSPITAL, name: 'Ziekenhuis Noord', norms: [norm] })
  await prepare(db)
  const line = stack.use(await openCommandLine(url))
  const { child, ended } = line.start(['serve'], SETTINGS)
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  stack.defer(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const [, address = ''] = await heard(() => said, /Pages: (\S+)/)
  const [firstLink = ''] = await heard(() => said, /http\S+\/welcome#[\w-]{43}/)
  await heard(() => said, /^Working: /m)
  const browser = await startBrowser(await findChromium({ env: { PATH: process.env['PATH'] } }))
  stack.defer(() => browser.close())
  return {
    ...{ address, db, line, firstLink },
    said: () => said,
    visit: (link, language) => visit(browser.browser, address, link, language),
    linkFor: async (role, language) => {
      const account = `${role}.${language}`
      await putPerson(doorDb, account, role, language)
      const { key } = await makeLink(doorDb, { account, purpose: 'sign-in', madeBy: 'test' })
      return linkAddress(address, key)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function visit(browser: Browser, address: string, link: string, language: Language): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: language === 'nl' ? 'nl-NL' : 'en-GB',
    reducedMotion: 'reduce',
    proxy: { server: 'socks5://127.0.0.1:9', bypass: '127.0.0.1' },
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  followRequests(page)
  const watched = watchPage(page, address)
  await page.goto(link)
  await settled(page)
  return { page, watched, t: wordsOf(language), goTo: (title) => goTo(page, title) }
}

/** Waits until a process said something. */
export const heard = (said: () => string, what: RegExp): Promise<RegExpExecArray> =>
  vi.waitFor(
    () => {
      const found = what.exec(said())
      if (!found) throw new Error(`It did not say ${what}, but: ${said()}`)
      return found
    },
    { timeout: START_MS, interval: 50 },
  )

async function goTo(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: title, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
  await settled(page)
}

async function putPerson(db: LedgerDatabase, id: string, role: Role, language: Language): Promise<void> {
  const unset = { password: null, totp: null, totp_step: null, issuer: null, subject: null }
  const account = { id, name: `Proef ${role}`, language, state: 'active' as const, signed_in_at: null }
  await db
    .insertInto('account')
    .values({ ...account, ...unset })
    .execute()
  await db
    .insertInto('account_role')
    .values({ account: id, hospital: HOSPITAL, role, given_by: 'test' })
    .execute()
}
