import { readdir, readFile } from 'node:fs/promises'
import type { FoundChromium } from '../../connectors/browser/chromium.ts'
import { openGate } from '../../connectors/browser/gate.ts'
import { openBrowserPool } from '../../connectors/browser/pool.ts'
import { openWebSessions } from '../../connectors/browser/session.ts'
import { startBrowser, type StartedBrowser } from '../../connectors/browser/start-browser.ts'
import { signIn } from './browser-peers.ts'
import { ACCOUNT } from './browser-site.ts'
import { systemAt } from './browser-ours.ts'
import type { Contest, Measured } from './contest.ts'

const AT_ONCE = 8
const PER_RUN = 'browser per run'
const OURS = 'ontregel: one browser, contexts ready ahead'
const WHEN_SHORT =
  'every context has a process of its own for its pages, which is what keeps patients apart, and the contexts that stand ready count too'

/** How many of these fit in a gigabyte, each at the form, as many as a busy worker has open. */
export function browserMemory(found: FoundChromium, origin: string): Contest {
  return {
    title: `memory of ${AT_ONCE} sessions at once`,
    unit: 'sessions per GB',
    contenders: [
      { name: PER_RUN, measure: () => measurePerRun(found, origin) },
      { name: OURS, measure: () => measureOurs(found, origin) },
    ],
    targets: [{ of: OURS, than: PER_RUN, times: 3, whenShort: WHEN_SHORT }],
  }
}

async function measurePerRun(found: FoundChromium, origin: string): Promise<Measured> {
  await using stack = new AsyncDisposableStack()
  // The browser is the product's, which reaches nothing without one.
  const told = { denied: () => undefined, broken: () => undefined, stoodStill: () => undefined }
  const gate = await openGate(() => true, told)
  stack.defer(() => gate.cut())
  const started: StartedBrowser[] = []
  for (let count = 0; count < AT_ONCE; count++) {
    const browser = await startBrowser(found)
    stack.defer(() => browser.close())
    started.push(browser)
    const page = await browser.browser.newPage({ proxy: { server: `socks5://127.0.0.1:${gate.port}` } })
    await signIn(page, origin)
    await page.goto(`${origin}/form`)
  }
  return await measuredOf(started)
}

async function measureOurs(found: FoundChromium, origin: string): Promise<Measured> {
  await using stack = new AsyncDisposableStack()
  const started: StartedBrowser[] = []
  const start = async () => {
    const browser = await startBrowser(found)
    started.push(browser)
    return browser
  }
  const sessions = openWebSessions({ pool: openBrowserPool({ start }), ahead: 1 })
  stack.defer(() => sessions.close())
  for (let count = 0; count < AT_ONCE; count++) {
    const item = await sessions.forItem(systemAt(origin), {
      credentials: () => Promise.resolve(ACCOUNT),
      keep: () => Promise.resolve(),
    })
    await (await item.page()).goto(`${origin}/form`)
  }
  return await measuredOf(started)
}

async function measuredOf(started: readonly StartedBrowser[]): Promise<Measured> {
  const kilobytes = await Promise.all(started.map(({ group }) => groupKilobytes(group)))
  const each = kilobytes.reduce((total, one) => total + one, 0) / 1024 / AT_ONCE
  return { perSecond: 1024 / each, remark: `${Math.round(each)} MB each` }
}

/** Pages that processes share are counted in equal parts, so that the sum is what is really used. Linux only. */
async function groupKilobytes(group: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const shares = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
      const [, , itsGroup] = status.slice(status.lastIndexOf(')') + 2).split(' ')
      if (Number(itsGroup) !== group) return 0
      const memory = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1').catch(() => '')
      return Number(/^Pss:\s+(\d+)/m.exec(memory)?.[1] ?? 0)
    }),
  )
  return shares.reduce((total, share) => total + share, 0)
}
