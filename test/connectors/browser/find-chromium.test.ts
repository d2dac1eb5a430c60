import { mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findChromium } from '../../../connectors/browser/chromium.ts'
import { installedPlaces } from '../../../connectors/browser/installed-browsers.ts'
import { startBrowser } from '../../../connectors/browser/start-browser.ts'

const environment = { PATH: process.env['PATH'] }
const asRoot = process.getuid?.() === 0

describe('finding a browser', () => {
  test.runIf(asRoot)('as root gives one that runs as an ordinary account, in its sandbox', async () => {
    const found = await findChromium({ env: environment })
    const started = await startBrowser(found)
    const { uid } = await stat(`/proc/${started.group}`)
    expect(uid).not.toBe(0)
    expect((await stat(join(started.folder, 'own'))).uid).toBe(uid)
    expect(started.sandboxed).toBe(true)
    const command = await readFile(`/proc/${started.group}/cmdline`, 'utf8')
    expect(command).not.toContain('--no-sandbox')
    await started.close()
  })

  test.runIf(asRoot)('as root says so when it can only run as root', async () => {
    const found = await findChromium({ env: environment, sources: ['bundled'] })
    const hidden = await mkdtemp(join(tmpdir(), 'ontregel-hidden-'))
    const path = join(hidden, 'chromium')
    await symlink(found.executablePath, path)
    const only = await findChromium({ env: environment, path })
    expect(only.account).toBeUndefined()
    expect(only.notes.join()).toContain('runs as root and without its sandbox')
    const started = await startBrowser(only)
    expect(started.sandboxed).toBe(false)
    await started.close()
    await rm(hidden, { recursive: true })
  })

  test('fails with what to do when there is none', async () => {
    const none = findChromium({ path: '/nowhere/chromium' })
    await expect(none).rejects.toMatchObject({ kind: 'unexpected', code: 'browser-missing' })
    await expect(none).rejects.toThrow('Install Chrome, Edge or Chromium')
    await expect(findChromium({ path: '/bin/false' })).rejects.toThrow('/bin/false')
  })

  test('looks where each kind of machine has them', () => {
    const windows = { ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local' }
    expect(installedPlaces('msedge', windows, 'win32')).toContain(
      'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    )
    expect(installedPlaces('chrome', windows, 'win32')).toContain(
      'C:\\Users\\a\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
    )
    expect(installedPlaces('chrome', {}, 'darwin')[0]).toContain('/Applications/Google Chrome.app')
    expect(installedPlaces('path', { PATH: '/usr/bin:.:/snap/bin' }, 'linux')).toContain('/snap/bin/chromium')
    expect(installedPlaces('path', { PATH: '.' }, 'linux')).toEqual([])
  })
})
