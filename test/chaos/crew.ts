import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'

/** One worker process that is up. */
export interface Member {
  /** As it called itself; what it holds stands under it in the ledger. */
  readonly id: string
  readonly frozen: boolean
}

export interface CrewOptions {
  readonly script: 'worker-process.ts' | 'naive-process.ts'
  readonly size: number
  /** Written to the first line of stdin of the n-th worker that is started. */
  readonly orders: (number: number) => object
  /** What the workers say goes here. */
  readonly logFile: string
}

/** A number of worker processes; who is killed is replaced at once. Only processes that it started are touched. */
export interface Crew {
  /** Those that are up, the oldest first. */
  ready(): Member[]
  kill(id: string): Promise<void>
  /** Stands still for so long; ends early when it is killed or everybody goes home. */
  freeze(id: string, ms: number): void
  /** Workers that ended without having been killed. */
  crashes(): number
  /** Thaws everybody, lets them finish what they have in hand, and waits until all are gone. */
  close(): Promise<void>
}

interface Hand {
  readonly child: ChildProcess
  readonly gone: Promise<unknown>
  /** Empty until it is up. */
  id: string
  thaw: AbortController | undefined
  struck: boolean
}

const GOES_HOME_WITHIN_MS = 30_000

export function startCrew(options: CrewOptions): Crew {
  const staff = startStaff(options)
  const named = (id: string) => [...staff.hands].find((hand) => hand.id === id)
  return {
    ready: () =>
      [...staff.hands]
        .filter(({ id }) => id !== '')
        .map(({ id, thaw }) => ({ id, frozen: thaw !== undefined })),
    crashes: staff.crashes,
    async kill(id) {
      const hand = named(id)
      if (!hand) return
      hand.struck = true
      hand.child.kill('SIGKILL')
      await hand.gone
    },
    freeze(id, ms) {
      const hand = named(id)
      if (hand && !hand.thaw) void freezeHand(hand, ms)
    },
    async close() {
      staff.dismiss()
      await Promise.all([...staff.hands].map(sendHome))
    },
  }
}

/** Keeps the number of workers up until they are dismissed. */
function startStaff(options: CrewOptions) {
  const log = openSync(options.logFile, 'a')
  const hands = new Set<Hand>()
  let [started, crashes, closed] = [0, 0, false]
  const hire = () => {
    started += 1
    const hand = startHand(options, started, log)
    hands.add(hand)
    void hand.gone.then(() => {
      hands.delete(hand)
      if (closed) return
      if (!hand.struck) crashes += 1
      hire()
    })
  }
  for (let place = 0; place < options.size; place += 1) hire()
  return { hands, crashes: () => crashes, dismiss: () => void (closed = true) }
}

const helloSchema = z.object({ id: z.string() })

function startHand({ script, orders }: CrewOptions, number: number, log: number): Hand {
  const child = spawn(process.execPath, [join(import.meta.dirname, script)], { stdio: ['pipe', 'pipe', log] })
  const hand: Hand = { child, gone: once(child, 'exit'), id: '', thaw: undefined, struck: false }
  // Killed before it read its orders.
  child.stdin?.on('error', () => undefined)
  child.stdin?.write(`${JSON.stringify(orders(number))}\n`)
  child.stdout?.setEncoding('utf8').once('data', (line) => (hand.id = helloSchema.parse(JSON.parse(line)).id))
  return hand
}

async function freezeHand(hand: Hand, ms: number): Promise<void> {
  const thaw = new AbortController()
  hand.thaw = thaw
  hand.child.kill('SIGSTOP')
  await Promise.race([hand.gone, wait(ms, undefined, { signal: thaw.signal }).catch(() => undefined)])
  hand.child.kill('SIGCONT')
  hand.thaw = undefined
}

/** Its stdin ends: it takes nothing new. Who does not manage that in time is ended, which counts for nothing here. */
async function sendHome(hand: Hand): Promise<void> {
  hand.thaw?.abort()
  hand.child.stdin?.end()
  const late = new AbortController()
  const timer = wait(GOES_HOME_WITHIN_MS, 'late', { signal: late.signal }).catch(() => undefined)
  const first = await Promise.race([hand.gone, timer])
  late.abort()
  if (first === 'late') hand.child.kill('SIGKILL')
  await hand.gone
}
