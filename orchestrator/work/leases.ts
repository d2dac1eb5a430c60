import { extendLeases } from '../ledger/items.ts'
import type { Hold } from '../ledger/transition.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { Timing } from './timing.ts'

/** What this process holds; its heartbeat lengthens all leases in one statement. */
export interface Leases {
  /**
   * Aborts when the item turns out to be somebody else's, or when neither its claim nor a heartbeat got through for a
   * whole lease.
   * @param claimedAt when its claim was asked for, in ms of this process
   */
  hold(hold: Hold, claimedAt: number): { readonly signal: AbortSignal; release(): void }
  close(): void
}

interface Held {
  readonly claimedAt: number
  readonly controller: AbortController
}

/** Starts the heartbeat. `onError` hears of beats that did not get through. */
export function keepLeases(db: LedgerDatabase, timing: Timing, onError: (error: unknown) => void): Leases {
  const held = new Map<Hold, Held>()
  let lastBeat = performance.now()
  let askedAt = -Infinity

  const beat = async () => {
    const asked = performance.now()
    askedAt = asked
    const lost = await lengthen(db, [...held.keys()], timing.leaseSeconds)
    for (const hold of lost) held.get(hold)?.controller.abort(leaseLost())
    lastBeat = Math.max(lastBeat, asked)
    askedAt = -Infinity
  }
  const loseWhenLate = () => {
    // What was claimed since the last beat has the lease of its claim.
    for (const { claimedAt, controller } of held.values())
      if (isLeaseAgo(Math.max(lastBeat, claimedAt), timing)) controller.abort(leaseLost())
  }
  // No answer is a missed beat too: a database that is cut off neither answers nor refuses for many minutes. It is asked
  // again, over another connection, when a lease has gone by.
  const tick = () => {
    loseWhenLate()
    if (!isLeaseAgo(askedAt, timing)) return
    beat().catch((error: unknown) => {
      askedAt = -Infinity
      onError(error)
      loseWhenLate()
    })
  }

  const timer = setInterval(tick, timing.heartbeatSeconds * 1000)
  return {
    hold(hold, claimedAt) {
      const controller = new AbortController()
      held.set(hold, { claimedAt, controller })
      return { signal: controller.signal, release: () => void held.delete(hold) }
    },
    close: () => clearInterval(timer),
  }
}

const isLeaseAgo = (moment: number, { leaseSeconds }: Timing) =>
  performance.now() - moment >= leaseSeconds * 1000

const leaseLost = () => new Error('The lease on this item was lost.')

/** Gives those that are somebody else's by now. */
async function lengthen(
  db: LedgerDatabase,
  holds: readonly Hold[],
  seconds: number,
): Promise<readonly Hold[]> {
  if (holds.length === 0) return []
  const ours = await extendLeases(db, holds, seconds)
  return holds.filter(({ item }) => !ours.has(item))
}
