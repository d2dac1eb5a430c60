import { setTimeout as wait } from 'node:timers/promises'
import {
  changesSince,
  seenNow,
  type HospitalChange,
  type Seen,
} from '../../../orchestrator/ledger/item-changes.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'

const LOOK_EVERY_MS = 1000

/** One look at a hospital's ledger a second, for all pages that listen; it stops when the last one is gone. */
interface Lookout {
  readonly listeners: Set<Listener>
}
interface Listener {
  /** Not told of anything yet. */
  fresh: boolean
  readonly db: LedgerDatabase
  readonly told: (change: HospitalChange) => void
  /** Ends its listening: the page asks again, and is told then what is wrong. */
  readonly failed: (error: unknown) => void
}

/** Of each server, which is known by its doorbell, the lookouts by hospital. */
const lookouts = new WeakMap<object, Map<string, Lookout>>()

/**
 * What changes at a hospital from now on, until the signal. The first says that anything may have changed: between what
 * a page read and its listening, or while its line was away.
 * @param server an object that this server keeps for as long as it runs
 */
export async function* hospitalChanges(
  server: object,
  db: LedgerDatabase,
  hospital: string,
  signal: AbortSignal,
): AsyncGenerator<HospitalChange> {
  const waiting: HospitalChange[] = []
  const failures: unknown[] = []
  let wake = () => {}
  const listener: Listener = {
    fresh: true,
    db,
    told(change) {
      waiting.push(change)
      wake()
    },
    failed(error) {
      failures.push(error)
      wake()
    },
  }
  const leave = join(server, hospital, listener)
  const gone = () => wake()
  signal.addEventListener('abort', gone, { once: true })
  try {
    while (!signal.aborted) {
      if (failures.length > 0) throw failures[0]
      for (const change of waiting.splice(0)) yield change
      if (waiting.length + failures.length === 0 && !signal.aborted)
        await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    signal.removeEventListener('abort', gone)
    leave()
  }
}

function join(server: object, hospital: string, listener: Listener): () => void {
  const byHospital = lookouts.get(server) ?? new Map<string, Lookout>()
  lookouts.set(server, byHospital)
  const lookout = byHospital.get(hospital) ?? { listeners: new Set<Listener>() }
  lookout.listeners.add(listener)
  if (!byHospital.has(hospital)) {
    byHospital.set(hospital, lookout)
    void keepLooking(lookout, hospital, () => byHospital.delete(hospital))
  }
  return () => lookout.listeners.delete(listener)
}

/** With the ledger of whoever listens, for that shows this hospital; a look that fails is made again. */
async function keepLooking({ listeners }: Lookout, hospital: string, end: () => void): Promise<void> {
  let seen: Seen | undefined
  for (;;) {
    const [first] = listeners
    if (!first) return end()
    try {
      const { seen: now, changes } = seen
        ? await changesSince(first.db, seen)
        : { seen: await seenNow(first.db), changes: [] }
      seen = now
      const own = changes.find((change) => change.hospital === hospital)
      for (const listener of listeners) tell(listener, hospital, own)
    } catch (error) {
      for (const { failed } of listeners) failed(error)
    }
    await wait(LOOK_EVERY_MS, undefined, { ref: false })
  }
}

function tell(listener: Listener, hospital: string, change: HospitalChange | undefined): void {
  if (listener.fresh) listener.told({ hospital, deployments: [], items: [], more: true, worklist: true })
  else if (change) listener.told(change)
  listener.fresh = false
}
