import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { createTestDatabase } from '../../postgres.ts'
import { openCommandLine } from './run-cli.ts'

test('serve shows where the pages are and how the first administrator comes in; link helps who forgot', async () => {
  await using database = await createTestDatabase()
  await using line = await openCommandLine(database.url)
  const { child, ended } = line.start(['serve'])
  let out = ''
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()))
  await vi.waitFor(() => expect(out).toMatch(/\/welcome#[\w-]{43}/), { timeout: 30_000 })
  const [, address = ''] = /Pages: (\S+)/.exec(out) ?? []
  expect((await fetch(`${address}/api/sign-in`)).status).toBe(200)
  const { code, out: link } = await line.run(['link', '--account', 'beheerder'])
  expect([code, link]).toEqual([0, expect.stringMatching(/\/welcome#[\w-]{43}\n$/)])
  const nobody = await line.run(['link', '--account', 'nobody'])
  expect([nobody.code, nobody.out]).toEqual([1, ''])
  child.kill('SIGINT')
  await once(child, 'exit')
  expect((await ended).err).toContain('Stopped.')
  await expect(fetch(`${address}/api/sign-in`)).rejects.toThrow('fetch failed')
})
