import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Page } from 'playwright'
import { findChromium } from '../../connectors/browser/chromium.ts'
import { startBrowser } from '../../connectors/browser/start-browser.ts'

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, 'dashboards/pictures')
const HOSPITAL = '/hospitals/praktijk'

/** The pictures of the README: where each is taken. */
const PICTURES: Readonly<Record<string, string>> = {
  today: `${HOSPITAL}/today`,
  worklist: `${HOSPITAL}/worklist`,
  deployment: `${HOSPITAL}/deployments/praktijk-referral-intake`,
  savings: '/programme/savings',
}
const SIZE = { width: 1280, height: 800 }

const tell = (line: string) => void process.stderr.write(`${line}\n`)

/** Lets the practice hospital's robots work on an empty data folder, and pictures the pages as they are then. */
const home = await mkdtemp(join(tmpdir(), 'ontregel-pictures-'))
const environment = {
  ...process.env,
  ONTREGEL_HOME: home,
  ONTREGEL_WEB_PORT: '0',
  ONTREGEL_LOG_LEVEL: 'silent',
}
const run = spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], { env: environment })
const ended = once(run, 'exit')
try {
  const link = await linkOf(createInterface({ input: run.stdout }))
  tell('The robots are at work …')
  await untilWritten(createInterface({ input: run.stderr }), 'Now and then new work arrives')
  await takePictures(link)
} finally {
  run.kill('SIGINT')
  await ended
  await rm(home, { recursive: true, force: true })
}

async function linkOf(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) if (/^https?:\/\//.test(line)) return line.trim()
  throw new Error('The practice run ended before it gave a link.')
}

async function untilWritten(lines: AsyncIterable<string>, sentence: string): Promise<void> {
  for await (const line of lines) if (line.includes(sentence)) return
  throw new Error(`The practice run ended before it said "${sentence}".`)
}

async function takePictures(link: string): Promise<void> {
  const { browser, close } = await startBrowser(await findChromium({ env: process.env }))
  try {
    // Our browsers reach nothing by themselves: this machine is let through.
    const proxy = { server: 'socks5://127.0.0.1:9', bypass: '127.0.0.1' }
    const page = await browser.newPage({ viewport: SIZE, locale: 'nl-NL', colorScheme: 'light', proxy })
    await page.goto(link)
    await page.getByRole('button', { name: 'Verder' }).click()
    await page.waitForURL((address) => !address.pathname.startsWith('/welcome'))
    await mkdir(FOLDER, { recursive: true })
    for (const [name, path] of Object.entries(PICTURES)) await takeOne(page, name, new URL(path, link).href)
  } finally {
    await close()
  }
}

async function takeOne(page: Page, name: string, address: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForFunction(
    () => document.querySelector('.mantine-Loader-root, .mantine-Skeleton-root') === null,
  )
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
  tell(`dashboards/pictures/${name}.png`)
}
