import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import puppeteer from 'puppeteer-core'
import type { FoundChromium } from '../../connectors/browser/chromium.ts'
import { ACCOUNT, FORM } from './browser-site.ts'

/** One way to do a run: a fresh, isolated, signed-in session in which one form is filled in and sent. */
export interface Way extends AsyncDisposable {
  run(): Promise<void>
}

/** As the peers are used: no sandbox, for their users run them in containers. */
function launchPlaywright(found: FoundChromium): Promise<Browser> {
  const { executablePath, env } = found
  return chromium.launch({ executablePath, env: { ...env }, args: [...found.args], chromiumSandbox: false })
}

/** As a person would. */
export async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/login`)
  await page.getByLabel('Gebruiker').fill(ACCOUNT.user)
  await page.getByLabel('Wachtwoord').fill(ACCOUNT.password)
  await page.getByRole('button', { name: 'Aanmelden' }).click()
  await page.getByRole('heading', { name: 'Werklijst' }).waitFor()
}

async function fillInForm(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/form`)
  for (const { label, value } of Object.values(FORM))
    await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('button', { name: 'Opslaan' }).click()
  await page.getByRole('heading', { name: 'Opgeslagen' }).waitFor()
}

/** A browser of its own for every run. */
export async function browserPerRun(found: FoundChromium, origin: string): Promise<Way> {
  return {
    run: async () => {
      const browser = await launchPlaywright(found)
      const page = await browser.newPage()
      await signIn(page, origin)
      await fillInForm(page, origin)
      await browser.close()
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

/** One browser, a fresh context for every run, signed in there as a person would. */
export async function pooledFresh(found: FoundChromium, origin: string): Promise<Way> {
  const browser = await launchPlaywright(found)
  return {
    run: async () => {
      const context = await browser.newContext()
      const page = await context.newPage()
      await signIn(page, origin)
      await fillInForm(page, origin)
      await context.close()
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

/** The same, signed in once, with what that left behind put into every context. */
export async function pooledSignedInOnce(found: FoundChromium, origin: string): Promise<Way> {
  const browser = await launchPlaywright(found)
  let storageState: Awaited<ReturnType<BrowserContext['storageState']>> | undefined
  return {
    run: async () => {
      const context = await browser.newContext(storageState ? { storageState } : {})
      const page = await context.newPage()
      if (!storageState) await signIn(page, origin)
      storageState ??= await context.storageState()
      await fillInForm(page, origin)
      await context.close()
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

export async function puppeteerPooled(found: FoundChromium, origin: string): Promise<Way> {
  const { executablePath, env } = found
  const browser = await puppeteer.launch({
    executablePath,
    env: { ...env },
    args: ['--no-sandbox', ...found.args],
  })
  return {
    run: async () => {
      const context = await browser.createBrowserContext()
      const page = await context.newPage()
      await page.goto(`${origin}/login`)
      await page.locator('input[name=user]').fill(ACCOUNT.user)
      await page.locator('input[name=password]').fill(ACCOUNT.password)
      await Promise.all([page.waitForNavigation(), page.locator('button').click()])
      await page.goto(`${origin}/form`)
      for (const [name, { value }] of Object.entries(FORM)) await page.locator(`#${name}`).fill(value)
      await Promise.all([page.waitForNavigation(), page.locator('button').click()])
      await page.waitForSelector('::-p-text(Opgeslagen)')
      await context.close()
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}
