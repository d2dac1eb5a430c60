import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { Me } from '../../dashboards/server/door/me-schemas.ts'
import { PAGE_HEADER } from '../../dashboards/server/same-origin.ts'
import { createTestDatabase } from '../postgres.ts'

const LAUNCHER = join(import.meta.dirname, '../../orchestrator/launch.js')

test('npm start prints where the pages are and a link that signs in once, before the work is done', async () => {
  await using database = await createTestDatabase()
  const home = mkdtempSync(join(tmpdir(), 'ontregel-pages-'))
  chmodSync(home, 0o755)
  using _ = { [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }) }
  const settings = { DATABASE_URL: database.url, ONTREGEL_HOME: home, ONTREGEL_WEB_PORT: '0' }
  const child = spawn(process.execPath, [LAUNCHER, 'start'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let out = ''
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  const link = /(http:\S+)\/welcome#([\w-]{43})/
  await vi.waitFor(() => expect(out).toMatch(link), { timeout: 50_000, interval: 50 })
  const [, origin = '', token = ''] = link.exec(out) ?? []
  const use = () =>
    fetch(`${origin}/api/sign-in/link`, {
      method: 'POST',
      headers: { origin, [PAGE_HEADER]: 'page', 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
  const me = Me.parse(await (await use()).json())
  expect(me.hospitals).toMatchObject([
    { id: 'praktijk', roles: ['administrator', 'auditor', 'colleague', 'it', 'programme'] },
  ])
  expect((await use()).status).toBe(400)
  child.kill('SIGINT')
  await once(child, 'exit')
})
