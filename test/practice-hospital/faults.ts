import { seededRandom } from './random.ts'

/** How real systems misbehave. */
export type FaultKind =
  | 'slow'
  | 'error-but-applied'
  | 'error-not-applied'
  | 'applied-late'
  | 'session-expired'
  | 'page-changed'
  | 'other-patient'
  | 'double-confirmation'
  | 'search-lags'

export type EndpointClass = 'read' | 'write' | 'search' | 'page'

export interface Fault {
  readonly kind: FaultKind
  /** How long it takes: the delay of `slow`, when `applied-late` applies, how long `search-lags` hides. */
  readonly ms: number
  /** How an error shows: an answer with status 500, or a connection that breaks. */
  readonly shows: 'status' | 'reset'
  /** Which of the possible page changes, from 0. */
  readonly variant: number
}

export interface FaultSettings {
  /** 0 to 1, of the requests. */
  readonly rate: number
  readonly kinds: readonly FaultKind[]
  readonly seed: number
  /** Longest delay of `applied-late` and `search-lags`, in milliseconds; `slow` takes at most this and 1500. */
  readonly lateMs: number
  /** How errors may show; both unless told otherwise. */
  readonly shows: readonly Fault['shows'][]
}

export interface Faults {
  /**
   * The fault for the next request of this class, mostly none. Kinds outside `supported` are never drawn.
   * The n-th draw of a class is the same for the same settings.
   */
  draw(endpoint: EndpointClass, supported?: readonly FaultKind[]): Fault | undefined
  /** Changes some settings and starts counting anew. */
  configure(change: Partial<FaultSettings>): FaultSettings
  settings(): FaultSettings
  /** Keeps a new record out of searches for a while (`search-lags`). */
  hide(record: string, ms: number): void
  hidden(record: string): boolean
  /** Runs it after a while (`applied-late`), or at once when the hospital closes. */
  later(ms: number, apply: () => void): void
  /** Applies what is still waiting. */
  close(): void
}

export const FAULT_KINDS: readonly FaultKind[] = [
  'slow',
  'error-but-applied',
  'error-not-applied',
  'applied-late',
  'session-expired',
  'page-changed',
  'other-patient',
  'double-confirmation',
  'search-lags',
]

const POSSIBLE: Readonly<Record<EndpointClass, readonly FaultKind[]>> = {
  read: ['slow', 'error-not-applied', 'session-expired', 'other-patient'],
  write: [
    'slow',
    'error-but-applied',
    'error-not-applied',
    'applied-late',
    'session-expired',
    'double-confirmation',
    'search-lags',
  ],
  search: ['slow', 'error-not-applied', 'session-expired'],
  page: ['slow', 'error-not-applied', 'session-expired', 'page-changed', 'other-patient'],
}

/** No faults until `configure` asks for them. */
export function createFaults(seed: number, clock: () => Date): Faults {
  let settings: FaultSettings = {
    rate: 0,
    kinds: FAULT_KINDS,
    seed,
    lateMs: 2000,
    shows: ['status', 'reset'],
  }
  const drawn = new Map<EndpointClass, number>()
  return {
    draw: (endpoint, supported = FAULT_KINDS) => {
      const count = (drawn.get(endpoint) ?? 0) + 1
      drawn.set(endpoint, count)
      return faultAt(settings, endpoint, count, supported)
    },
    configure: (change) => {
      drawn.clear()
      return (settings = { ...settings, ...change })
    },
    settings: () => settings,
    ...createHiding(clock),
    ...createLater(),
  }
}

function faultAt(
  { rate, kinds, seed, lateMs, shows }: FaultSettings,
  endpoint: EndpointClass,
  count: number,
  supported: readonly FaultKind[],
): Fault | undefined {
  const random = seededRandom(`${seed}/${endpoint}/${count}`)
  const possible = POSSIBLE[endpoint].filter((kind) => kinds.includes(kind) && supported.includes(kind))
  if (!random.chance(rate) || possible.length === 0) return undefined
  const kind = random.pick(possible)
  const longest = kind === 'slow' ? Math.min(1500, lateMs) : lateMs
  return {
    kind,
    ms: random.integer(Math.round(longest / 4), longest),
    shows: shows.length === 1 && shows[0] ? shows[0] : random.chance(0.3) ? 'reset' : 'status',
    variant: random.integer(0, 2),
  }
}

function createHiding(clock: () => Date): Pick<Faults, 'hide' | 'hidden'> {
  const until = new Map<string, number>()
  return {
    hide: (record, ms) => void until.set(record, clock().getTime() + ms),
    hidden: (record) => {
      const end = until.get(record)
      if (end === undefined) return false
      if (clock().getTime() < end) return true
      until.delete(record)
      return false
    },
  }
}

function createLater(): Pick<Faults, 'later' | 'close'> {
  const waiting = new Map<NodeJS.Timeout, () => void>()
  return {
    later: (ms, apply) => {
      const timer = setTimeout(() => {
        waiting.delete(timer)
        apply()
      }, ms)
      waiting.set(timer, apply)
    },
    close: () => {
      for (const [timer, apply] of waiting) {
        clearTimeout(timer)
        apply()
      }
      waiting.clear()
    },
  }
}
