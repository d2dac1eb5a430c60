import { request, type IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { defineRoute, type Route } from '../../../dashboards/server/route.ts'
import { ensurePages, PAGES_FOLDER } from '../../../dashboards/web/build-pages.ts'
import { openTestServer } from './open-server.ts'

const LONG = 'ë'.repeat(4000)
const open = { method: 'GET', roles: 'anyone', summary: 'For a test.' } as const
const routes: readonly Route[] = [
  defineRoute({
    ...open,
    path: '/api/long',
    answer: z.object({ text: z.string() }),
    handle: async () => ({ text: LONG }),
  }),
  defineRoute({
    ...open,
    path: '/api/short',
    answer: z.object({ text: z.string() }),
    handle: async () => ({ text: 'short' }),
  }),
  defineRoute({
    ...open,
    path: '/api/live',
    answer: 'live',
    async *handle() {
      yield { event: 'tick', data: { text: LONG } }
    },
  }),
]

beforeAll(() => ensurePages(() => undefined).then(() => undefined), 120_000)

/** Asked as bytes: what `fetch` gets it has unpacked already. */
async function asked(address: string, path: string, accepts: string) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(new URL(path, address), { headers: { 'accept-encoding': accepts } }, resolve)
      .on('error', reject)
      .end()
  })
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(Buffer.from(chunk))
  return { headers: response.headers, bytes: Buffer.concat(chunks) }
}

test('a long answer goes compressed to who takes that, and as it is to others', async () => {
  await using server = await openTestServer({ routes })
  const squeezed = await asked(server.address, '/api/long', 'gzip, deflate')
  expect(squeezed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
  expect(squeezed.bytes.length).toBeLessThan(500)
  expect(JSON.parse(gunzipSync(squeezed.bytes).toString())).toEqual({ text: LONG })
  const plain = await asked(server.address, '/api/long', 'identity')
  expect(plain.headers['content-encoding']).toBe(undefined)
  expect(JSON.parse(plain.bytes.toString())).toEqual({ text: LONG })
  expect((await asked(server.address, '/api/short', 'gzip')).headers['content-encoding']).toBe(undefined)
})

test('what is told live is not kept back to be compressed', async () => {
  await using server = await openTestServer({ routes })
  const { headers, bytes } = await asked(server.address, '/api/live', 'gzip')
  expect(headers['content-encoding']).toBe(undefined)
  expect(bytes.toString()).toContain('event: tick')
})

test('only pages carry what is for pages; files are still taken for what they are', async () => {
  await using server = await openTestServer({ routes, pages: PAGES_FOLDER })
  const page = await asked(server.address, '/sign-in', 'identity')
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  const [, script = ''] = /src="(\/assets\/[^"]+)"/.exec(page.bytes.toString()) ?? []
  const { headers } = await asked(server.address, script, 'br')
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-encoding': 'br' })
  expect(headers['content-security-policy']).toBe(undefined)
  const gone = await asked(server.address, '/assets/gone.js', 'identity')
  expect(gone.headers['content-security-policy']).toContain("default-src 'none'")
})
