import { once } from 'node:events'
import { Failure } from '../../../connectors/failure.ts'
import { pressOnce } from '../../../connectors/browser/press.ts'
import { NO_PRESS, type PressGuard } from '../../../connectors/press-guard.ts'
import { openBrowsers, systemAt } from './browsers.ts'

/**
 * A worker in a process of its own, to be frozen: arms, waits to be told, presses, waits to be told, ends. Arguments:
 * the address of the page, and how long it may stand still in milliseconds (0: nothing watches).
 */
const [address = '', limit = '0'] = process.argv.slice(2)
let armed = false
const guard: PressGuard = { check: () => undefined, armed: () => armed, limitMs: Number(limit) }

const told = () => once(process, 'message')
const tell = (what: object) => process.send?.(what)

await using browsers = await openBrowsers()
const item = await browsers.sessions.forItem(systemAt(address), {
  keep: () => Promise.resolve(),
  guard: guard.limitMs > 0 ? guard : NO_PRESS,
})
const page = await item.page()
armed = true
tell({ is: 'armed', browser: browsers.started[0]?.group })
await told()
const error = await pressOnce(page.getByRole('button')).catch((reason: unknown) => reason)
tell({ is: 'pressed' })
await told()
// Whatever the page was to send it has sent when it says so, or learned that it cannot.
await page.waitForFunction(() => document.title !== '').catch(() => undefined)
const failure = await item.failure(error ?? new Failure('unexpected', 'nothing-known', 'Nothing is known.'))
tell({ is: 'ended', code: failure.code, kind: failure.kind, events: browsers.events.map(({ kind }) => kind) })
await item.abandon()
await browsers.sessions.close()
process.disconnect()
