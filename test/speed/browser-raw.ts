import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { FoundChromium } from '../../connectors/browser/chromium.ts'
import type { Way } from './browser-peers.ts'
import { ACCOUNT, FORM } from './browser-site.ts'

const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  sessionId: z.string().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
})
type Message = z.output<typeof messageSchema>
type Params = Readonly<Record<string, unknown>>

/** The browser's own protocol without any library: what a run costs at the least. */
export async function rawProtocolPooled(found: FoundChromium, origin: string): Promise<Way> {
  const folder = await mkdtemp(join(tmpdir(), 'ontregel-speed-raw-'))
  const { browser, address } = await launch(found, folder)
  const protocol = await connect(address)
  return {
    run: () => runOnce(protocol, origin),
    [Symbol.asyncDispose]: async () => {
      const exit = once(browser, 'exit')
      browser.kill()
      await exit
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function runOnce({ send, loaded }: Protocol, origin: string): Promise<void> {
  const { browserContextId } = await send('Target.createBrowserContext')
  const { targetId } = await send('Target.createTarget', { url: 'about:blank', browserContextId })
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true })
  const session = String(sessionId)
  await send('Page.enable', {}, session)
  const arrive = async (method: string, params: Params) => {
    const arrived = loaded(session)
    await send(method, params, session)
    await arrived
  }
  const submit = (values: Params) =>
    arrive('Runtime.evaluate', {
      expression: `for (const [name, value] of Object.entries(${JSON.stringify(values)})) document.querySelector('[name=' + name + ']').value = value
        document.querySelector('button').click()`,
    })
  await arrive('Page.navigate', { url: `${origin}/login` })
  await submit(ACCOUNT)
  await arrive('Page.navigate', { url: `${origin}/form` })
  await submit(Object.fromEntries(Object.entries(FORM).map(([name, { value }]) => [name, value])))
  const { result } = await send('Runtime.evaluate', { expression: 'document.body.innerText' }, session)
  if (!JSON.stringify(result).includes('Opgeslagen')) throw new Error('The form was not saved.')
  await send('Target.disposeBrowserContext', { browserContextId })
}

async function launch(
  found: FoundChromium,
  folder: string,
): Promise<{ readonly browser: ChildProcess; readonly address: string }> {
  const args = ['--headless', '--no-sandbox', '--no-first-run', '--remote-debugging-port=0']
  const browser = spawn(found.executablePath, [...args, `--user-data-dir=${folder}`, ...found.args], {
    env: { ...found.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  return new Promise((resolve, reject) => {
    browser.once('exit', () => reject(new Error('The browser ended before it could be reached.')))
    browser.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? []
      if (address !== undefined) resolve({ browser, address })
    })
  })
}

interface Protocol {
  send(method: string, params?: Params, sessionId?: string): Promise<Params>
  /** Resolves at the next load of the page of this session. */
  loaded(sessionId: string): Promise<unknown>
}

async function connect(address: string): Promise<Protocol> {
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error('The browser does not listen.')))
  })
  const waiting = new Map<number, (message: Message) => void>()
  const loads = new Map<string, () => void>()
  let count = 0
  socket.addEventListener('message', ({ data }) => {
    const message = messageSchema.parse(JSON.parse(String(data)))
    if (message.id !== undefined) waiting.get(message.id)?.(message)
    if (message.method === 'Page.loadEventFired') loads.get(message.sessionId ?? '')?.()
  })
  return {
    send: async (method, params = {}, sessionId) => {
      const id = ++count
      const answered = new Promise<Message>((resolve) => waiting.set(id, resolve))
      socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }))
      const { result, error } = await answered
      waiting.delete(id)
      if (error) throw new Error(`${method}: ${error.message}`)
      return result ?? {}
    },
    loaded: (sessionId) => new Promise<void>((resolve) => loads.set(sessionId, resolve)),
  }
}
