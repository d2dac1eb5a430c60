import { pino } from 'pino'
import { scrubBsn } from './identity.ts'

/** The only fields a log line may have: ids, codes, counts and durations; never text from a page, message or resource. */
export interface LogFields {
  readonly hospital?: string
  readonly deployment?: string
  readonly bot?: string
  readonly system?: string
  readonly channel?: string
  readonly worker?: string
  readonly run?: string
  readonly item?: string
  readonly act?: string
  readonly attempt?: number
  readonly fence?: number
  readonly state?: string
  /** A Failure's kind and code, or an error's class name. */
  readonly kind?: string
  readonly code?: string
  /** A sentence of our own making. */
  readonly sentence?: string
  readonly count?: number
  readonly bytes?: number
  readonly port?: number
  readonly pid?: number
  /** What a person who saw an error was told. */
  readonly number?: string
  /** `POST /api/sign-in/password`: as in the table of routes, never the path that was asked. */
  readonly route?: string
  /** Duration in milliseconds. */
  readonly ms?: number
}

const ALLOWED: ReadonlySet<string> = new Set<keyof LogFields>([
  'hospital',
  'deployment',
  'bot',
  'system',
  'channel',
  'worker',
  'run',
  'item',
  'act',
  'attempt',
  'fence',
  'state',
  'kind',
  'code',
  'sentence',
  'count',
  'bytes',
  'port',
  'pid',
  'number',
  'route',
  'ms',
])

export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
  /** A log that adds these fields to every line. */
  scoped(fields: LogFields): Log
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Lines of JSON for machines. Fields outside the allow-list are left out and every text is scrubbed of BSNs. */
export function createLog(level: LogLevel, write: (line: string) => void): Log {
  return wrap(pino({ level, base: null }, { write }), {})
}

function wrap(target: pino.Logger, scope: LogFields): Log {
  const line =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}) =>
      target[level](allowed({ ...scope, ...fields }), scrubBsn(event))
  return {
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    scoped: (fields) => wrap(target, { ...scope, ...fields }),
  }
}

function allowed(fields: LogFields): Record<string, string | number> {
  const kept: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (!ALLOWED.has(name)) continue
    if (typeof value === 'number') kept[name] = value
    else if (typeof value === 'string') kept[name] = scrubBsn(value)
  }
  return kept
}

/** A log that says nothing, for tests and tools that keep their own account. */
export const silentLog: Log = createLog('silent', () => undefined)
