import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { watchStandstill } from '../../../connectors/browser/standstill.ts'
import { openSite } from './site.ts'

const LIMIT_MS = 1_000
const FROZEN_MS = 2_500

const word = z.object({
  is: z.string(),
  browser: z.number().optional(),
  code: z.string().optional(),
  kind: z.string().optional(),
  events: z.array(z.string()).optional(),
})

/** The button's script takes its time, so that a worker can be frozen between the click and the request. */
const page = (pauseMs: number) => `<h1>Start</h1><button onclick="setTimeout(() =>
  fetch('/save', { method: 'POST' }).then(() => 'sent', () => 'cut').then((word) => document.title = word), ${pauseMs})">Opslaan</button>`

async function openPressingSite(pauseMs: number, keepsConnections: boolean) {
  return openSite((_request, response) => {
    if (!keepsConnections) response.setHeader('connection', 'close')
    return page(pauseMs)
  })
}

/** A worker that was just told to go on from where it waited. */
function startWorker(address: string, limitMs: number) {
  const child = fork(fileURLToPath(import.meta.resolve('./pressing-worker.ts')), [address, String(limitMs)])
  const hear = async (is: string) => {
    const [message]: unknown[] = await once(child, 'message')
    const heard = word.parse(message)
    expect(heard.is).toBe(is)
    return heard
  }
  /** Freezes it, and its browser with it where asked, lets it find `go` waiting when it goes on. */
  const freeze = async (browser: number | undefined, go: boolean) => {
    child.kill('SIGSTOP')
    if (browser !== undefined) process.kill(-browser, 'SIGSTOP')
    if (go) child.send('go')
    await delay(FROZEN_MS)
    if (browser !== undefined) process.kill(-browser, 'SIGCONT')
    child.kill('SIGCONT')
  }
  const ended = once(child, 'exit')
  const dispose = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGCONT')
    await ended
  }
  return { hear, freeze, go: () => child.send('go'), [Symbol.asyncDispose]: dispose }
}

/** Lets a worker press with a freeze in between; gives what it says at its end. */
async function pressFrozen(address: string, limitMs: number, when: 'before' | 'after', withBrowser: boolean) {
  await using worker = startWorker(address, limitMs)
  const { browser } = await worker.hear('armed')
  const also = withBrowser ? browser : undefined
  if (when === 'before') {
    const pressed = worker.hear('pressed')
    await worker.freeze(also, true)
    await pressed
  } else {
    worker.go()
    await worker.hear('pressed')
    await worker.freeze(also, false)
  }
  const end = worker.hear('ended')
  worker.go()
  return end
}

describe.concurrent('a worker frozen between its last check and the request of its press', () => {
  test.each([
    ['before', 'alone', true],
    ['before', 'with its browser', false],
    ['after', 'alone', true],
    ['after', 'alone', false],
    ['after', 'with its browser', true],
  ] as const)('%s the click, %s, connections kept: %s: lets nothing out', async (when, who, keeps) => {
    await using site = await openPressingSite(when === 'after' ? 500 : 0, keeps)
    const end = await pressFrozen(site.origin, LIMIT_MS, when, who === 'with its browser')
    expect(site.asked).toEqual(['GET /'])
    expect(end).toMatchObject({ kind: 'unsure', code: 'dead-man' })
    expect(end.events).toContain('stood-still')
  })

  test.each(['before', 'after'] as const)('%s the click: without the watch it presses late', async (when) => {
    await using site = await openPressingSite(when === 'after' ? 500 : 0, true)
    await pressFrozen(site.origin, 0, when, false)
    expect(site.asked).toEqual(['GET /', 'POST /save'])
  })

  test('no longer than allowed: presses as ever', async () => {
    await using site = await openPressingSite(0, true)
    const end = await pressFrozen(site.origin, FROZEN_MS * 20, 'before', false)
    expect(site.asked).toEqual(['GET /', 'POST /save'])
    expect(end).toMatchObject({ code: 'nothing-known', events: [] })
  })
})

describe('standing still', () => {
  function handClocks() {
    const now = { monotonic: 0, wall: 5_000 }
    return { now, clocks: { monotonic: () => now.monotonic, wall: () => now.wall } }
  }

  test('counts by either clock, only while a change is under way, and until it no longer is', () => {
    const { now, clocks } = handClocks()
    let armed = false
    const guard = { check: () => undefined, armed: () => armed, limitMs: 2_000 }
    const watch = watchStandstill(guard, clocks)
    now.monotonic += 9_000
    expect(watch.stoodStill()).toBe(false)
    armed = true
    now.monotonic += 2_000
    expect(watch.stoodStill()).toBe(false)
    now.wall -= 2_001
    expect(watch.stoodStill()).toBe(true)
    expect(watch.stoodStill()).toBe(true)
    armed = false
    expect(watch.stoodStill()).toBe(false)
    armed = true
    now.monotonic += 2_001
    expect(watch.stoodStill()).toBe(true)
    watch.stop()
  })
})
