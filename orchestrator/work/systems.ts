import { asFailure, type Failure } from '../../connectors/failure.ts'
import type { PressGuard } from '../../connectors/press-guard.ts'
import type { System } from '../../bots/bot.ts'
import type { Deployment } from '../ledger/deployments.ts'
import type { SystemRow } from '../ledger/tables.ts'

/** One system as one item holds it. */
export interface OpenedSystem {
  readonly system: System
  /** Throws `unexpected` when something is on the screen that nobody asked for. */
  readonly checkCalm: () => Promise<void>
  /** What an error means here, where the system knows more than the error says: an ended session, a dialog. */
  readonly explain: (error: unknown) => Promise<Failure>
  /** Keeps what shows why it failed after these steps. */
  readonly keepFailure: (code: string, steps: readonly string[]) => Promise<void>
  readonly end: () => Promise<void>
  /** Ends it for certain: after this nothing of this item can still be pressed. */
  readonly abandon: () => Promise<void>
}

/** For whom a system is opened: evidence is kept under it. */
export interface Holder {
  readonly item?: string
  /** When the item arrived. */
  readonly arrivedAt?: Date
  readonly attempt: number
  readonly signal: AbortSignal
  /** Asked by the system just before anything that may change something leaves. */
  readonly guard: PressGuard
}

export interface SystemOpener {
  readonly open: (system: SystemRow, holder: Holder) => Promise<OpenedSystem>
  /** Closes what is shared between items: browsers and connections. */
  readonly close: () => Promise<void>
}

/** The systems of one deployment for one item; opened at the first call of `systems`, all ended together. */
export interface OpenSystems {
  readonly systems: () => Promise<Record<string, System>>
  readonly checkCalm: () => Promise<void>
  readonly explain: (error: unknown) => Promise<Failure>
  readonly keepFailure: (code: string, steps: readonly string[]) => Promise<void>
  readonly end: () => Promise<void>
  readonly abandon: () => Promise<void>
}

export function openSystems(opener: SystemOpener, deployment: Deployment, holder: Holder): OpenSystems {
  const opened = new Map<string, OpenedSystem>()
  const each = async (what: (system: OpenedSystem) => Promise<void>) => {
    const results = await Promise.allSettled([...opened.values()].map(what))
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }
  return {
    async systems() {
      for (const [role, row] of deployment.systems) {
        if (!opened.has(role)) opened.set(role, await opener.open(row, holder))
      }
      return Object.fromEntries([...opened].map(([role, { system }]) => [role, system]))
    },
    checkCalm: () => each((system) => system.checkCalm()),
    async explain(error) {
      const plain = asFailure(error)
      for (const { system, explain } of opened.values()) {
        if (plain.system !== undefined && plain.system !== system.id) continue
        const failure = await explain(error)
        if (failure.code !== plain.code) return failure
      }
      return plain
    },
    keepFailure: (code, steps) => each((system) => system.keepFailure(code, steps)),
    end: () => each((system) => system.end()),
    abandon: () => each((system) => system.abandon()),
  }
}
