import type { Strikes } from './killer.ts'

export interface Progress {
  show(ended: number, strikes: Strikes): void
  /** Clears the bar. */
  done(): void
}

export interface ProgressOptions {
  readonly title: string
  readonly items: number
  readonly kills: number
  readonly terminal: boolean
  readonly write: (text: string) => void
  /** Milliseconds that only go up. */
  readonly clock: () => number
}

const AFTER_MS = 2_000
const EVERY_MS = { bar: 250, line: 15_000 }
const WIDTH = 30

/** A bar on a terminal, a line now and then elsewhere; nothing for what takes less than two seconds. */
export function startProgress({ title, items, kills, terminal, write, clock }: ProgressOptions): Progress {
  const began = clock()
  let last = began - EVERY_MS.line + AFTER_MS
  return {
    show(ended, strikes) {
      const now = clock()
      if (now - began < AFTER_MS || now - last < (terminal ? EVERY_MS.bar : EVERY_MS.line)) return
      last = now
      const full = Math.min(WIDTH, Math.round((WIDTH * ended) / items))
      const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full)
      const figures = `${ended}/${items} items, ${strikes.kills}/${kills} kills, ${strikes.pauses} pauses`
      write(
        terminal
          ? `\r${title} ${bar} ${figures}\u001b[K`
          : `${title}: ${figures}, ${Math.round((now - began) / 1000)} s\n`,
      )
    },
    done() {
      if (terminal) write('\r\u001b[K')
    },
  }
}
