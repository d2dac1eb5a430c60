import { EventEmitter, once } from 'node:events'
import type { Page, Request } from 'playwright'

/** What a page asked so far, and what of it is still to come; it says so when that has become nothing. */
interface Asked {
  total: number
  readonly underWay: Set<Request>
  readonly news: EventEmitter
}

const followed = new WeakMap<Page, Asked>()

const PATIENCE_MS = 15_000

/** Keeps account of what a page asks from now on, so that `settled` knows of every answer that is still to come. */
export function followRequests(page: Page): void {
  const asked: Asked = { total: 0, underWay: new Set(), news: new EventEmitter() }
  followed.set(page, asked)
  page.on('request', (request) => {
    // What is told live never ends.
    if (request.resourceType() === 'eventsource') return
    asked.total += 1
    asked.underWay.add(request)
  })
  const ended = (request: Request) => {
    asked.underWay.delete(request)
    if (asked.underWay.size === 0) asked.news.emit('nothing comes')
  }
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
}

/** Its heading is there, nothing of it is still coming, and what came last made it ask for nothing more. */
export async function settled(page: Page): Promise<void> {
  const asked = followed.get(page)
  if (!asked) throw new Error('Nobody follows what this page asks: call followRequests when it is opened.')
  // Looked for in each frame: a locator tries again in steps of up to half a second.
  await page.waitForFunction(() => document.querySelector('h1') !== null)
  for (let before = -1; before !== asked.total;) {
    before = asked.total
    await allAnswered(asked)
    await page.waitForFunction(
      () => document.querySelector('.mantine-Loader-root, .mantine-Skeleton-root') === null,
    )
    await page.waitForFunction(drawnThrice)
  }
}

async function allAnswered({ underWay, news }: Asked): Promise<void> {
  if (underWay.size === 0) return
  await once(news, 'nothing comes', { signal: AbortSignal.timeout(PATIENCE_MS) }).catch((cause: unknown) => {
    const still = [...underWay].map((request) => request.url()).join(', ')
    throw new Error(`Still to come after ${PATIENCE_MS / 1000} s: ${still}`, { cause })
  })
}

/** An answer is drawn in one frame, what is drawn asks after it, and that is under way by the third. */
const drawnThrice = (): Promise<boolean> =>
  new Promise((resolve) => {
    const after = (frames: number) =>
      requestAnimationFrame(() => (frames === 1 ? resolve(true) : after(frames - 1)))
    after(3)
  })
