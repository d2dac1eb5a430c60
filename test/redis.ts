import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A real redis-server of this test alone, on loopback. */
export interface TestRedis extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** Kills it as a crash would (SIGKILL); its files stay. */
  kill(): Promise<void>
  /** Starts it again on the same port and files, after `kill`. */
  restart(): Promise<void>
}

export interface TestRedisOptions {
  /** Default yes: what the product asks for. */
  readonly appendOnly?: boolean
  /** Default `noeviction`: what the product asks for. */
  readonly maxMemoryPolicy?: string
}

/**
 * Whether redis-server is installed. Use as `describe.skipIf(!redisAvailable())`: it says in one line how to run
 * what is skipped. With ONTREGEL_TEST_REDIS=required, as in CI, it answers true, so that tests fail and not skip.
 */
export function redisAvailable(): boolean {
  if (process.env['ONTREGEL_TEST_REDIS'] === 'required') return true
  if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0) return true
  process.stderr.write(
    'Skipped: tests that need Redis. Install redis-server (Debian: apt-get install redis-server) to run them.\n',
  )
  return false
}

/** Starts a redis-server in a temporary folder on a free port; ready for connections when it answers. */
export async function startTestRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'ontregel-redis-'))
  const port = await freePort()
  const args = redisArguments(folder, port, options)
  let server = await start(args)
  return {
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return server.pid ?? 0
    },
    kill: () => end(server),
    restart: async () => void (server = await start(args)),
    [Symbol.asyncDispose]: async () => {
      await end(server)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function redisArguments(folder: string, port: number, options: TestRedisOptions): string[] {
  const settings = {
    port: `${port}`,
    bind: '127.0.0.1',
    dir: folder,
    appendonly: options.appendOnly === false ? 'no' : 'yes',
    'maxmemory-policy': options.maxMemoryPolicy ?? 'noeviction',
    save: '',
    daemonize: 'no',
  }
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
}

async function start(args: string[]): Promise<ChildProcess> {
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const failed = once(server, 'error').then(([error]) => {
    throw new Error('redis-server did not start: install it (Debian: apt-get install redis-server).', {
      cause: error,
    })
  })
  await Promise.race([ready(server), failed])
  return server
}

async function ready(server: ChildProcess): Promise<void> {
  if (!server.stdout) return
  const heard: string[] = []
  for await (const line of createInterface({ input: server.stdout })) {
    heard.push(line)
    if (line.includes('Ready to accept connections')) return void server.stdout.resume()
  }
  throw new Error(`redis-server ended: ${heard.slice(-3).join(' ')}`)
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exited = once(server, 'exit')
  server.kill('SIGKILL')
  await exited
}

function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => settle(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
