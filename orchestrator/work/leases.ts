import { extendLeases } from '../ledger/items.ts'
import type { Hold } from '../ledger/transition.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Timing } from './timing.ts'

/** What this process holds; its heartbeat lengthens all leases in one statement. */
export interface Leases {
  /** Aborts when the item turns out to be somebody else's, or when no heartbeat got through for a whole lease. */
  hold(hold: Hold): { readonly signal: AbortSignal; release(): void }
  close(): void
}

/** Starts the heartbeat. `onError` hears of beats that did not get through. */
export function keepLeases(db: LedgerDatabase, timing: Timing, onError: (error: unknown) => void): Leases {
  const held = new Map<Hold, AbortController>()
  let lastBeat = performance.now()

  const beat = async () => {
    const asked = performance.now()
    const holds = [...held.keys()]
    if (holds.length > 0) {
      const ours = await extendLeases(db, holds, timing.leaseSeconds)
      for (const hold of holds) if (!ours.has(hold.item)) lose(hold)
    }
    lastBeat = asked
  }
  const lose = (hold: Hold) => held.get(hold)?.abort(new Error('The lease on this item was lost.'))
  const missed = (error: unknown) => {
    onError(error)
    if (performance.now() - lastBeat < timing.leaseSeconds * 1000) return
    for (const hold of held.keys()) lose(hold)
  }

  const timer = setInterval(() => void beat().catch(missed), timing.heartbeatSeconds * 1000)
  return {
    hold(hold) {
      const controller = new AbortController()
      held.set(hold, controller)
      return { signal: controller.signal, release: () => void held.delete(hold) }
    },
    close: () => clearInterval(timer),
  }
}
