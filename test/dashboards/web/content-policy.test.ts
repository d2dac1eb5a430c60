import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPages, type OpenedPage, type Pages } from './open-pages.ts'
import { watchPage } from './watch-page.ts'

let pages: Pages
/** Another site, which counts what it is asked, and one with a page that has no policy. */
const asked: string[] = []
const other = createServer((request, response) => {
  asked.push(request.url ?? '')
  response.setHeader('access-control-allow-origin', '*').setHeader('content-type', 'text/javascript').end('')
})
const plain = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html').end('<body></body>')
})

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}

function addressOf(server: Server): string {
  const address = server.address()
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
}

beforeAll(async () => {
  pages = await openPages()
  await listen(other)
  await listen(plain)
}, 120_000)
afterAll(async () => {
  other.close()
  plain.close()
  await pages[Symbol.asyncDispose]()
})

/** What text that got into a page could do: run, and tell another site. Gives what of it was done. */
async function misuse({ page }: Pick<OpenedPage, 'page'>): Promise<readonly string[]> {
  asked.length = 0
  const ran = await page.evaluate(async (elsewhere) => {
    const done: string[] = []
    const script = document.createElement('script')
    script.textContent = 'document.documentElement.dataset.ran = "inline"'
    document.body.append(script)
    if (document.documentElement.dataset['ran'] === 'inline') done.push('inline script')
    const loaded = (element: HTMLImageElement | HTMLScriptElement, path: string) =>
      new Promise<void>((resolve) => {
        element.addEventListener('load', () => resolve())
        element.addEventListener('error', () => resolve())
        element.src = `${elsewhere}/${path}`
        document.body.append(element)
      })
    await loaded(document.createElement('script'), 'script')
    await loaded(document.createElement('img'), 'image')
    await fetch(`${elsewhere}/fetch`).catch(() => undefined)
    return done
  }, addressOf(other))
  return [...ran, ...asked]
}

test(
  'text that got into a page runs nothing and tells no other site anything',
  { timeout: 60_000 },
  async () => {
    await using opened = await pages.openPage({ role: 'it' }, '/hospitals/noord/workers')
    expect(await misuse(opened)).toEqual([])
    // Chromium says of each that the policy refused it.
    expect(opened.watched.errors.join('\n')).toMatch(/Content Security Policy/)
  },
)

test('without the policy it would, and the watch over each page sees it', { timeout: 60_000 }, async () => {
  await using opened = await pages.openPage({ role: 'it' }, '/hospitals/noord/workers')
  const { page } = opened
  const watched = watchPage(page, addressOf(plain))
  await page.goto(addressOf(plain))
  expect(await misuse(opened)).toEqual(['inline script', '/script', '/image', '/fetch'])
  expect(watched.foreign).toHaveLength(3)
})
