/** Seats at systems, so that one worker opens no more sessions than it may. Seats across workers are kept elsewhere. */
export interface Seats {
  /** Waits for a seat, in order of asking; gives what returns it. Rejects when the signal aborts first. */
  take(system: string, seats: number, signal?: AbortSignal): Promise<() => void>
  /** How many are taken now. */
  taken(system: string): number
}

interface Row {
  taken: number
  readonly waiting: (() => void)[]
}

/** Makes the seats of one worker, all free. */
export function keepSeats(): Seats {
  const rows = new Map<string, Row>()
  return {
    taken: (system) => rows.get(system)?.taken ?? 0,
    take: async (system, seats, signal) => {
      signal?.throwIfAborted()
      const row = rows.get(system) ?? { taken: 0, waiting: [] }
      rows.set(system, row)
      if (row.taken >= seats) await turn(row, signal)
      else row.taken += 1
      let back = false
      return () => {
        if (back) return
        back = true
        const next = row.waiting.shift()
        if (next) next()
        else row.taken -= 1
      }
    },
  }
}

/** Resolves when a seat is handed over; the number taken stays the same then. */
async function turn(row: Row, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const leave = () => {
      row.waiting.splice(row.waiting.indexOf(mine), 1)
      reject(signal?.reason)
    }
    const mine = () => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }
    row.waiting.push(mine)
    signal?.addEventListener('abort', leave, { once: true })
  })
}
