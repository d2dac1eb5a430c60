import { Worker } from 'node:worker_threads'
import type { Orders, Said } from './worker.ts'

export interface Outcome {
  /** How many cases were tried. */
  readonly tried: number
  readonly wrong?: {
    readonly number: number
    readonly what: string
    readonly bytes: Uint8Array
    readonly why: string
  }
}

export interface Supervision extends Orders {
  readonly milliseconds: number
  /** No news for so long is a hang; 15 s, for each case may work for one and wait for what it sent. */
  readonly silenceMs?: number
  /** Told now and then how far it is. */
  readonly tell: (line: string) => void
}

/**
 * Runs cases in a thread of their own until the time is over, one is wrong, or one hangs: a thread that turns in a
 * circle can still be watched from here.
 */
export async function supervise({
  milliseconds,
  silenceMs = 15_000,
  tell,
  ...orders
}: Supervision): Promise<Outcome> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: orders })
  const watch = {
    last: undefined as Extract<Said, { kind: 'case' }> | undefined,
    news: performance.now(),
    told: performance.now(),
  }
  const begin = performance.now()
  const wrong = await new Promise<string | undefined>((resolve) => {
    worker.on('message', (said: Said) => {
      watch.news = performance.now()
      if (said.kind === 'case') watch.last = said
      else resolve(said.kind === 'wrong' ? said.why : undefined)
    })
    worker.on('error', (error) =>
      resolve(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    )
    const timer = setInterval(() => {
      const now = performance.now()
      if (now - watch.news > silenceMs) resolve(`It hung: nothing was heard for ${silenceMs / 1000} s.`)
      else if (now - begin > milliseconds) resolve(undefined)
      if (now - watch.told < 10_000) return
      watch.told = now
      tell(`${(watch.last?.number ?? 0) - orders.from} cases in ${Math.round((now - begin) / 1000)} s`)
    }, 100)
    worker.once('exit', () => clearInterval(timer))
  })
  await worker.terminate()
  const tried = watch.last ? watch.last.number - orders.from + 1 : 0
  if (wrong === undefined) return { tried }
  const { number = orders.from, what = 'start', bytes = new Uint8Array() } = watch.last ?? {}
  return { tried, wrong: { number, what, bytes, why: wrong } }
}
