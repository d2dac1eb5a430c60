import { z } from 'zod'
import { findChromium } from '../../connectors/browser/chromium.ts'
import type { FoundChromium } from '../../connectors/browser/chromium.ts'
import { browserMemory } from './browser-memory.ts'
import { ours } from './browser-ours.ts'
import { browserPerRun, pooledFresh, pooledSignedInOnce, puppeteerPooled, type Way } from './browser-peers.ts'
import { rawProtocolPooled } from './browser-raw.ts'
import type { Contest, Measured } from './contest.ts'
import { startProcess } from './own-process.ts'
import type { Subject, SubjectOptions } from './speed.ts'

const OURS = 'ontregel: contexts ready ahead'
const NOT_AHEAD = 'ontregel: none ready ahead'
const PER_RUN = 'browser per run'
const FRESH = 'pooled browser, fresh context'

const WAYS: Readonly<Record<string, (found: FoundChromium, origin: string) => Promise<Way>>> = {
  [OURS]: (found, origin) => ours(found, origin, 1),
  [NOT_AHEAD]: (found, origin) => ours(found, origin, 0),
  [PER_RUN]: browserPerRun,
  [FRESH]: pooledFresh,
  'the same, signed in once': pooledSignedInOnce,
  'Puppeteer, pooled, fresh context': puppeteerPooled,
  'raw protocol, pooled, fresh context': rawProtocolPooled,
}

const LEAST_RUNS = 4
const WHEN_SHORT =
  'the next context is made ready on the same cores and in the same browser while this form is filled in, and Playwright looks twice, for two frames each, whether the button is at rest: before arming and at the press'

const portSchema = z.object({ port: z.number() })
const countsSchema = z.object({ right: z.number(), wrong: z.number() })

/** A form of ten fields in a fresh, isolated, signed-in session, one run after another; the system in its own process. */
export async function openBrowserContests({ seconds }: SubjectOptions): Promise<Subject> {
  const stack = new AsyncDisposableStack()
  const site = stack.use(startProcess('browser-site.ts'))
  const { port } = portSchema.parse(await site.ask({}))
  const origin = `http://127.0.0.1:${port}`
  const found = await findChromium({ env: process.env })
  const contenders: Contest['contenders'][number][] = []
  for (const [name, open] of Object.entries(WAYS)) {
    const way = stack.use(await open(found, origin))
    // The first run starts the browser and signs in.
    await way.run()
    contenders.push({ name, measure: () => measure(way, origin, seconds) })
  }
  const forms: Contest = {
    title: 'one form of 10 fields in a fresh, signed-in session',
    contenders,
    targets: [{ of: OURS, than: FRESH, times: 1.8, whenShort: WHEN_SHORT }],
  }
  return {
    contests: [forms, browserMemory(found, origin)],
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function measure(way: Way, origin: string, seconds: number): Promise<Measured> {
  const before = await counts(origin)
  const began = performance.now()
  let runs = 0
  while (runs < LEAST_RUNS || performance.now() - began < seconds * 1000) {
    await way.run()
    runs += 1
  }
  const ms = performance.now() - began
  const after = await counts(origin)
  const missing = runs - (after.right - before.right)
  const remark = `${Math.round(ms / runs)} ms a run`
  return {
    perSecond: runs / (ms / 1000),
    remark: missing === 0 ? remark : `${remark}; ${missing} forms not as filled in`,
  }
}

async function counts(origin: string): Promise<z.output<typeof countsSchema>> {
  return countsSchema.parse(await (await fetch(`${origin}/counts`)).json())
}
