import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findChromium } from '../../../connectors/browser/chromium.ts'
import { startBrowser } from '../../../connectors/browser/start-browser.ts'
import type { StartedBrowser } from '../../../connectors/browser/start-browser.ts'
import { openBrowsers, systemAt } from './browsers.ts'
import { openSite } from './site.ts'

const environment = { PATH: process.env['PATH'] }

/** Processes of the group that still run, and any other process that names the folder. */
async function processesOf({
  folder,
  group,
}: Pick<StartedBrowser, 'folder' | 'group'>): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const texts = pids.map(async (pid) => {
    const files = ['stat', 'cmdline', 'environ'].map((file) =>
      readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => ''),
    )
    const [status = '', command, environ] = await Promise.all(files)
    const [state, , itsGroup] = status.slice(status.lastIndexOf(')') + 2).split(' ')
    const member = Number(itsGroup) === group && state !== 'Z'
    return member || `${command}${environ}`.includes(folder) ? [pid] : []
  })
  return (await Promise.all(texts)).flat()
}

async function nothingLeft(browser: Pick<StartedBrowser, 'folder' | 'group'>): Promise<void> {
  expect(existsSync(browser.folder)).toBe(false)
  expect(await processesOf(browser)).toEqual([])
}

describe('a browser that ends', () => {
  test('leaves no process, no folder, and nothing in the temporary folder', async () => {
    const found = await findChromium({ env: environment })
    const temporary = await mkdtemp(join(tmpdir(), 'ontregel-temporary-'))
    const usual = process.env['TMPDIR']
    process.env['TMPDIR'] = temporary
    const started = await startBrowser(found)
    const page = await started.browser.newPage()
    await page.setContent('<h1>x</h1>')
    expect(await processesOf(started)).toContain(String(started.group))
    expect((await processesOf(started)).length).toBeGreaterThan(2)
    expect(await started.memory()).toBeGreaterThan(10_000_000)
    await started.close()
    await nothingLeft(started)
    expect(await readdir(temporary)).toEqual([])
    if (usual === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = usual
    await rm(temporary, { recursive: true })
  })

  test('by itself is replaced at the next item', async () => {
    await using site = await openSite(() => 'ok')
    await using browsers = await openBrowsers()
    const item = await browsers.item(systemAt(site.origin))
    const page = await item.page()
    const [first] = browsers.started
    process.kill(-(first?.group ?? expect.unreachable()), 'SIGKILL')
    const error = await page.waitForEvent('close').then(() => page.title().catch((reason: unknown) => reason))
    expect(await item.failure(error)).toMatchObject({ kind: 'transient' })
    await item.end()
    await (await (await browsers.item(systemAt(site.origin))).page()).title()
    expect(browsers.started).toHaveLength(2)
    await nothingLeft(first ?? expect.unreachable())
  })

  test('abandoned while it hangs is killed in time, and lets nothing out any more', async () => {
    let release = () => undefined as void
    await using site = await openSite((request, response) => {
      if (request.url === '/slow') release = () => void response.end('late')
      return request.url === '/slow' ? undefined : '<h1>Start</h1>'
    })
    await using browsers = await openBrowsers()
    const item = await browsers.item(systemAt(site.origin))
    const page = await item.page()
    await page.evaluate(() => void fetch('/slow').then(() => fetch('/after')))
    await expect.poll(() => site.asked).toContain('GET /slow')
    const first = browsers.started[0] ?? expect.unreachable()
    process.kill(-first.group, 'SIGSTOP')
    const began = performance.now()
    const abandoned = item.abandon()
    release()
    await abandoned
    expect(performance.now() - began).toBeLessThan(20_000)
    await nothingLeft(first)
    expect(site.asked).not.toContain('GET /after')
    expect(browsers.events).toContainEqual({ kind: 'killed', system: 'epd' })
    await (await (await browsers.item(systemAt(site.origin))).page()).title()
  })

  test('abandoned while it is well stays for other items', async () => {
    await using site = await openSite(() => '<h1>Start</h1>')
    await using browsers = await openBrowsers()
    const [one, two] = [
      await browsers.item(systemAt(site.origin)),
      await browsers.item(systemAt(site.origin)),
    ]
    await one.page()
    const page = await two.page()
    await one.abandon()
    expect(await page.textContent('h1')).toBe('Start')
    expect(browsers.started).toHaveLength(1)
  })
})

describe('closing the sessions of a worker', () => {
  test('ends the items that are still open too, so that nothing keeps the process alive', async () => {
    await using site = await openSite(() => 'ok')
    const script = `
      import { openBrowsers, systemAt } from ${JSON.stringify(import.meta.resolve('./browsers.ts'))}
      const browsers = await openBrowsers()
      const item = await browsers.item(systemAt('${site.origin}'))
      await item.page()
      await browsers.sessions.close()`
    const worker = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' })
    expect(await new Promise((resolve) => worker.once('exit', resolve))).toBe(0)
  })
})

describe('a browser is replaced', () => {
  test('after so many contexts, once the last of them is closed', async () => {
    await using site = await openSite(() => 'ok')
    await using browsers = await openBrowsers({ limits: { contexts: 2 } })
    const items = []
    for (const _each of [1, 2, 3, 4, 5]) {
      const item = await browsers.item(systemAt(site.origin, { seats: 9 }))
      await item.page()
      items.push(item)
    }
    expect(browsers.started).toHaveLength(3)
    const first = browsers.started[0] ?? expect.unreachable()
    await items[0]?.end()
    expect(existsSync(first.folder)).toBe(true)
    await items[1]?.end()
    await nothingLeft(first)
    await Promise.all(items.map((item) => item.end()))
    await browsers.sessions.close()
    for (const browser of browsers.started) await nothingLeft(browser)
    await expect((await browsers.item(systemAt(site.origin))).page()).rejects.toMatchObject({
      code: 'browser-closed',
    })
  })

  test('by age and by memory', async () => {
    let now = 0
    await using site = await openSite(() => 'ok')
    await using browsers = await openBrowsers({ now: () => now, limits: { ageMs: 1000 } })
    const visit = async (on: typeof browsers) => {
      const item = await on.item(systemAt(site.origin))
      await item.page()
      await item.end()
    }
    await visit(browsers)
    now = 999
    await visit(browsers)
    expect(browsers.started).toHaveLength(1)
    now = 1000
    await visit(browsers)
    expect(browsers.started).toHaveLength(2)

    await using heavy = await openBrowsers({ limits: { bytes: 1 } })
    await visit(heavy)
    await visit(heavy)
    expect(heavy.started).toHaveLength(2)
  })
})

describe('what a killed worker leaves', () => {
  test('is ended and removed by the next one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ontregel-left-'))
    await chmod(folder, 0o711)
    const { executablePath: path } = await findChromium({ env: environment })
    const script = `
      import { findChromium } from ${JSON.stringify(import.meta.resolve('../../../connectors/browser/chromium.ts'))}
      import { startBrowser } from ${JSON.stringify(import.meta.resolve('../../../connectors/browser/start-browser.ts'))}
      const started = await startBrowser(await findChromium(${JSON.stringify({ folder, path })}))
      process.kill(-started.group, 'SIGSTOP')
      console.log(JSON.stringify({ folder: started.folder, group: started.group }))`
    const worker = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const line = await new Promise<Buffer>((resolve) => worker.stdout.once('data', resolve))
    const left = JSON.parse(line.toString()) as { folder: string; group: number }
    const ended = new Promise((resolve) => worker.once('exit', resolve))
    worker.kill('SIGKILL')
    await ended
    expect(existsSync(left.folder)).toBe(true)
    expect(await processesOf(left)).not.toEqual([])
    await findChromium({ path, folder })
    await expect.poll(() => processesOf(left)).toEqual([])
    await nothingLeft(left)
    expect(await readdir(folder)).toEqual([])
    await rm(folder, { recursive: true, force: true })
  })
})
