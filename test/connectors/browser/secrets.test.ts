import { readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openBrowsers, systemAt } from './browsers.ts'
import { CREDENTIALS, PASSWORD, TOTP_SECRET, openSignInSite, signInSystem } from './sign-in-site.ts'
import { openSite } from './site.ts'
import { unzipped } from './unzipped.ts'

describe('secrets', () => {
  test('are in no process argument or environment, and in no trace', async () => {
    await using site = await openSignInSite(Date.now)
    await using browsers = await openBrowsers()
    const page = await (await browsers.item(signInSystem(site), async () => CREDENTIALS)).page()
    const trace = join(tmpdir(), `ontregel-trace-${process.pid}.zip`)
    await page.context().tracing.start({ snapshots: true, screenshots: true })
    await page.reload()
    await page
      .locator('h1')
      .evaluate((heading) => heading.insertAdjacentHTML('afterend', '<label>Veld <input></label>'))
    await page.getByLabel('Veld').fill('zichtbaar-7')
    await page.context().tracing.stop({ path: trace })
    const recorded = unzipped(await readFile(trace))
    await rm(trace)
    expect(recorded).toContain('zichtbaar-7')
    const running = await everyProcess()
    expect(running).toContain(browsers.started[0]?.folder)
    for (const secret of [PASSWORD, TOTP_SECRET]) {
      expect(recorded).not.toContain(secret)
      expect(running).not.toContain(secret)
    }
  })

  test('of our own environment do not reach the browser', async () => {
    await using site = await openSite(() => 'ok')
    process.env['ONTREGEL_TEST_SECRET'] = 'omgeving-9'
    await using browsers = await openBrowsers()
    await (await browsers.item(systemAt(site.origin))).page()
    const group = browsers.started[0]?.group ?? expect.unreachable()
    const environment = await readFile(`/proc/${group}/environ`, 'utf8')
    expect(environment).toContain('TMPDIR=')
    expect(environment).not.toContain('omgeving-9')
    delete process.env['ONTREGEL_TEST_SECRET']
  })
})

async function everyProcess(): Promise<string> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const texts = pids.flatMap((pid) =>
    ['cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
  )
  return (await Promise.all(texts)).join('\n')
}
