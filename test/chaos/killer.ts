import { setTimeout as wait } from 'node:timers/promises'
import { seededRandom, type Random } from '../practice-hospital/random.ts'
import type { Crew, Member } from './crew.ts'

/** What a worker was doing when it was struck, as the ledger has it: the furthest of its items. */
export type Hit = 'idle' | 'claimed' | 'looking' | 'armed'
/** What each worker holds, by its id. */
export type Holders = () => Promise<ReadonlyMap<string, Hit>>

export interface KillerOptions {
  readonly crew: Crew
  readonly holders: Holders
  readonly kills: number
  readonly freezes: number
  readonly longFreezes: number
  /** Shortest and longest, in milliseconds. */
  readonly short: readonly [number, number]
  readonly long: readonly [number, number]
  readonly seed: string
  readonly signal: AbortSignal
}

export interface Strikes {
  kills: number
  pauses: number
  longPauses: number
  /** Of the killed workers, by what they were doing. */
  readonly killed: Record<Hit, number>
  readonly frozen: Record<Hit, number>
}

export const noStrikes = (): Strikes => ({
  kills: 0,
  pauses: 0,
  longPauses: 0,
  killed: { idle: 0, claimed: 0, looking: 0, armed: 0 },
  frozen: { idle: 0, claimed: 0, looking: 0, armed: 0 },
})

interface Strike {
  readonly what: 'kill' | 'freeze'
  readonly afterMs: number
  /** Whom: anybody, somebody with work in hand, or somebody who is pressing. */
  readonly aim: 'any' | 'holding' | 'pressing'
  /** From 0 up to 1: who of those that the aim leaves. */
  readonly who: number
  readonly ms: number
  readonly long: boolean
}

const GAP_MS = [100, 500] as const
const LOOKS_FOR_MS = 600
const LOOKS_EVERY_MS = 5

/** Strikes one after the other, as the seed says, until all strikes are made; counts in `strikes` as it goes. */
export async function runKiller(options: KillerOptions, strikes: Strikes): Promise<void> {
  for (const strike of planStrikes(options)) {
    await wait(strike.afterMs, undefined, { signal: options.signal })
    await carryOut(options, strike, strikes)
  }
}

/** The same options give the same strikes. */
export function planStrikes(options: Omit<KillerOptions, 'crew' | 'holders' | 'signal'>): Strike[] {
  const random = seededRandom(`${options.seed}/strikes`)
  let { kills, freezes } = options
  const plan: Strike[] = []
  while (kills + freezes > 0) {
    const what = random.chance(kills / (kills + freezes)) ? 'kill' : 'freeze'
    if (what === 'kill') kills -= 1
    else freezes -= 1
    plan.push({ what, ...drawStrike(random, options) })
  }
  return plan
}

function drawStrike(
  random: Random,
  { longFreezes, short, long }: Omit<KillerOptions, 'crew' | 'holders' | 'signal'>,
) {
  const isLong = random.chance(longFreezes)
  return {
    afterMs: random.integer(...GAP_MS),
    aim: random.pick(['any', 'holding', 'pressing'] as const),
    who: random.next(),
    ms: random.integer(...(isLong ? long : short)),
    long: isLong,
  }
}

async function carryOut(options: KillerOptions, strike: Strike, strikes: Strikes): Promise<void> {
  const { crew, holders } = options
  const target = await findTarget(options, strike)
  if (strike.what === 'kill') {
    await crew.kill(target.id)
    strikes.kills += 1
    strikes.killed[(await holders()).get(target.id) ?? 'idle'] += 1
    return
  }
  crew.freeze(target.id, strike.ms)
  strikes.pauses += 1
  if (strike.long) strikes.longPauses += 1
  strikes.frozen[(await holders()).get(target.id) ?? 'idle'] += 1
}

/** Looks for somebody of the kind aimed at for a while, then takes anybody; waits as long as nobody at all is up. */
async function findTarget({ crew, holders, signal }: KillerOptions, strike: Strike): Promise<Member> {
  const until = performance.now() + LOOKS_FOR_MS
  for (;;) {
    const up = strikable(crew, strike)
    const held = strike.aim === 'any' ? undefined : await holders()
    const aimed = up.filter(({ id }) => fits(strike.aim, held?.get(id)))
    const choice = aimed.length > 0 || performance.now() < until ? aimed : up
    const target = choice[Math.floor(strike.who * choice.length)]
    if (target) return target
    await wait(LOOKS_EVERY_MS, undefined, { signal })
  }
}

/** Nobody who stands still already; and at least half goes on working, so that there is somebody to be late for. */
function strikable(crew: Crew, { what }: Strike): Member[] {
  const all = crew.ready()
  const awake = all.filter(({ frozen }) => !frozen)
  return what === 'freeze' && awake.length <= all.length / 2 ? [] : awake
}

function fits(aim: Strike['aim'], hit: Hit | undefined): boolean {
  if (aim === 'any') return true
  return aim === 'pressing' ? hit === 'armed' : hit !== undefined
}
