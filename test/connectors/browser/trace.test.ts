import { readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import type { FinishedTrace } from '../../../connectors/browser/trace.ts'
import { openBrowsers } from './browsers.ts'
import { handClock } from './hand-clock.ts'
import { CREDENTIALS, openSignInSite, PASSWORD, signInSystem, TOTP_SECRET } from './sign-in-site.ts'
import { unzipped } from './unzipped.ts'

/** Stands still, so that a one-time code cannot run out between making and taking it. */
const CLOCK = handClock()
const HOUR_MS = 60 * 60_000
const soon = () => new Date(Date.now() + HOUR_MS).toISOString()

async function openTraced(traceUntil: string | undefined) {
  const site = await openSignInSite(CLOCK.now)
  const browsers = await openBrowsers({ clock: CLOCK })
  const kept: FinishedTrace[] = []
  const system = signInSystem(site, traceUntil === undefined ? {} : { traceUntil })
  const item = await browsers.sessions.forItem(system, {
    credentials: async () => CREDENTIALS,
    keep: () => Promise.resolve(),
    trace: { keep: async (trace) => void kept.push(trace) },
  })
  const dispose = async () => {
    await browsers[Symbol.asyncDispose]()
    await site[Symbol.asyncDispose]()
  }
  return { item, kept, site, [Symbol.asyncDispose]: dispose }
}

const lying = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('ontregel-trace-'))

describe('a trace', () => {
  test.each([
    ['at its end', (item: { end(): Promise<void> }) => item.end()],
    [
      'when it fails',
      (item: { keepFailure(label: string, steps: readonly string[]): Promise<void> }) =>
        item.keepFailure('x', []),
    ],
  ])('that was asked for is handed over with its last day, without any secret: %s', async (_when, finish) => {
    await using opened = await openTraced(soon())
    const before = await lying()
    const page = await opened.item.page()
    await page.getByRole('heading', { name: 'Werklijst' }).click()
    await page.reload()
    await finish(opened.item)
    await opened.item.end()
    expect(opened.kept).toHaveLength(1)
    const [trace] = opened.kept
    expect(trace).toMatchObject({ system: 'epd' })
    expect(trace?.expires.getTime()).toBeGreaterThan(Date.now())
    expect(trace?.expires.getTime()).toBeLessThan(Date.now() + 4 * 24 * HOUR_MS)
    const recorded = unzipped(trace?.content ?? expect.unreachable())
    expect(recorded).toContain('Werklijst')
    for (const secret of [PASSWORD, TOTP_SECRET, CREDENTIALS.user, 'session=s1'])
      expect(recorded).not.toContain(secret)
    expect(await lying()).toEqual(before)
  })

  test('with snapshots would hold the cookie of the session', async () => {
    await using opened = await openTraced(undefined)
    const page = await opened.item.page()
    await page.context().tracing.start({ snapshots: true })
    await page.reload()
    const path = `${tmpdir()}/ontregel-with-snapshots-${process.pid}.zip`
    await page.context().tracing.stop({ path })
    expect(unzipped(await readFile(path))).toContain('session=s1')
    await rm(path)
  })

  test.each([undefined, '2020-01-01T00:00:00Z'])('is not made unless asked for now: %s', async (until) => {
    await using opened = await openTraced(until)
    await opened.item.page()
    await opened.item.end()
    expect(opened.kept).toEqual([])
  })

  test('that cannot be kept is told, and the item is none the worse', async () => {
    await using site = await openSignInSite(CLOCK.now)
    await using browsers = await openBrowsers({ clock: CLOCK })
    const item = await browsers.sessions.forItem(signInSystem(site, { traceUntil: soon() }), {
      credentials: async () => CREDENTIALS,
      keep: () => Promise.resolve(),
      trace: { keep: () => Promise.reject(new Error('full')) },
    })
    const page = await item.page()
    await item.end()
    expect(browsers.events).toContainEqual({ kind: 'trace-lost', system: 'epd' })
    expect(page.isClosed()).toBe(true)
  })
})
