import { setTimeout as wait } from 'node:timers/promises'
import type { ChaosItem } from './chaos-bot.ts'
import { freezeRanges, chaosTiming } from './chaos-timing.ts'
import type { Crew } from './crew.ts'
import type { ChaosOptions } from './flags.ts'
import { noStrikes, runKiller, type Holders, type Strikes } from './killer.ts'
import type { Progress } from './progress.ts'

/** Where the work comes from and ends: the ledger, or the naive twin's queue. */
export interface Work {
  add(items: readonly ChaosItem[]): Promise<void>
  /** How many will not be touched again. */
  ended(): Promise<number>
  /** Whether nothing can be expected now because what is left has to wait for its time. */
  waits(): Promise<boolean>
  readonly holders: Holders
}

export interface StormOptions extends Pick<
  ChaosOptions,
  'kills' | 'freezes' | 'longFreezes' | 'workers' | 'seed'
> {
  readonly crew: Crew
  readonly work: Work
  readonly cases: readonly ChaosItem[]
  readonly progress: Progress
  readonly signal: AbortSignal
}

export interface Storm {
  readonly strikes: Strikes
  readonly seconds: number
}

/** Items in hand at once by one worker. */
export const CONCURRENCY = 4
const LOOK_MS = 100
const STUCK_MS = 60_000
const CRASHES_AT_MOST = 20

/**
 * Lets the crew work while it is struck. Items are released in step with the strikes, so that to the last strike work
 * is waiting and in hand; it ends when every strike was made and every item ended, or when for a minute none ended
 * although one could.
 */
export async function runStorm(options: StormOptions): Promise<Storm> {
  const began = performance.now()
  const strikes = noStrikes()
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const { short, long } = freezeRanges(chaosTiming(undefined))
  const { holders } = options.work
  const killer = runKiller({ ...options, holders, seed: String(options.seed), short, long, signal }, strikes)
  // Without work the killer would look for somebody to strike without end.
  const fed = feed(options, strikes, signal).finally(() => stop.abort())
  const [feeding, killing] = await Promise.allSettled([fed, killer])
  if (feeding.status === 'rejected') throw feeding.reason
  if (killing.status === 'rejected' && !stop.signal.aborted) throw killing.reason
  return { strikes, seconds: (performance.now() - began) / 1000 }
}

async function feed(options: StormOptions, strikes: Strikes, signal: AbortSignal): Promise<void> {
  const { cases, work, progress } = options
  let released = 0
  let last = { ended: -1, strikes: -1, at: 0 }
  for (;;) {
    const made = strikes.kills + strikes.pauses
    const until = releasable(options, made)
    if (until > released) await work.add(cases.slice(released, until))
    released = Math.max(until, released)
    const ended = await work.ended()
    progress.show(ended, strikes)
    if (made === options.kills + options.freezes && ended >= cases.length) return
    if (ended !== last.ended || made !== last.strikes || (await work.waits()))
      last = { ended, strikes: made, at: performance.now() }
    if (performance.now() - last.at > STUCK_MS) return
    if (options.crew.crashes() > CRASHES_AT_MOST)
      throw new Error('Workers end by themselves, again and again.')
    await wait(LOOK_MS, undefined, { signal })
  }
}

/** Two rounds of work ahead of the strikes; the last items come with the last strike. */
function releasable({ cases, kills, freezes, workers }: StormOptions, made: number): number {
  const strikes = kills + freezes
  if (strikes === 0) return cases.length
  const ahead = 2 * workers * CONCURRENCY
  return Math.min(cases.length, ahead + Math.floor((cases.length * made) / strikes))
}
