import { readdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import type { StartedBrowser } from '../../../connectors/browser/start-browser.ts'
import { openBrowsers, systemAt } from './browsers.ts'
import { openSite } from './site.ts'

const ITEMS = 500
const AT_ONCE = 8
const CONTEXTS_PER_BROWSER = 60

/** Processes of these groups or that name one of our folders, and our folders; other tests have theirs beside them. */
async function leftOf(started: readonly StartedBrowser[], parent: string) {
  const ours = `browser-${process.pid}-`
  const groups = new Set(started.map(({ group }) => group))
  const isOurs = async (pid: string) => {
    const [status = '', ...texts] = await Promise.all(
      ['stat', 'cmdline', 'environ'].map((file) =>
        readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => ''),
      ),
    )
    const [state, , group] = status.slice(status.lastIndexOf(')') + 2).split(' ')
    return (groups.has(Number(group)) && state !== 'Z') || texts.join('').includes(`${parent}/${ours}`)
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  return {
    processes: (await Promise.all(pids.map(isOurs))).filter(Boolean).length,
    folders: (await readdir(parent)).filter((name) => name.startsWith(ours)).length,
  }
}

test(
  'after 500 items no process and no folder is left over, however often the browser was replaced',
  { timeout: 900_000 },
  async () => {
    await using site = await openSite(() => '<h1>Start</h1>')
    await using browsers = await openBrowsers({ ahead: 2, limits: { contexts: CONTEXTS_PER_BROWSER } })
    const system = systemAt(site.origin, { seats: AT_ONCE + 2 })
    let left = ITEMS
    const lane = async () => {
      while (left-- > 0) {
        const item = await browsers.item(system)
        expect(await (await item.page()).textContent('h1')).toBe('Start')
        await (left % 50 === 0 ? item.abandon() : item.end())
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    expect(browsers.started.length).toBeGreaterThanOrEqual(Math.floor(ITEMS / CONTEXTS_PER_BROWSER))
    const parent = dirname(browsers.started[0]?.folder ?? expect.unreachable())
    const open = await leftOf(browsers.started, parent)
    expect(open.processes).toBeGreaterThan(1)
    // Those with a lease that is out or a context that stands ready; all others have ended by themselves.
    expect(open.folders).toBeLessThanOrEqual(3)

    await browsers.sessions.close()
    expect(await leftOf(browsers.started, parent)).toEqual({ processes: 0, folders: 0 })
  },
)
