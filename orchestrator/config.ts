import { z } from 'zod'
import { Failure } from '../connectors/failure.ts'
import { address, count, folder, path, port, seconds } from './setting-kinds.ts'

/** Every setting there is: the variable it is read from, what it must be, its value when left out, what it does. */
const SETTINGS = {
  home: {
    name: 'ONTREGEL_HOME',
    type: folder,
    default: '.ontregel',
    sentence:
      'The data folder: embedded database, evidence, keys. A relative path counts from the folder of Ontregel.',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    type: address(/^postgres(ql)?$/, 'postgres://user:password@host:5432/database'),
    default: '',
    sentence: 'A PostgreSQL of your own, 15 or later; empty starts the embedded one in the data folder.',
  },
  redisUrl: {
    name: 'REDIS_URL',
    type: address(/^rediss?$/, 'redis://host:6379'),
    default: '',
    sentence: 'A Redis or Valkey for the doorbell (noeviction, append-only file); empty uses PostgreSQL.',
  },
  logLevel: {
    name: 'ONTREGEL_LOG_LEVEL',
    type: z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent'),
    default: 'info',
    sentence: 'The least that is logged: debug, info, warn, error or silent.',
  },
  concurrency: {
    name: 'ONTREGEL_CONCURRENCY',
    type: count,
    default: '4',
    sentence: 'How many items one worker does at the same time.',
  },
  leaseSeconds: {
    name: 'ONTREGEL_LEASE_SECONDS',
    type: seconds,
    default: '60',
    sentence:
      'How long a claim on an item holds without a heartbeat; a dead worker’s items are back after this.',
  },
  heartbeatSeconds: {
    name: 'ONTREGEL_HEARTBEAT_SECONDS',
    type: seconds,
    default: '15',
    sentence: 'How often a worker renews its claims.',
  },
  armMarginSeconds: {
    name: 'ONTREGEL_ARM_MARGIN_SECONDS',
    type: seconds,
    default: '10',
    sentence: 'What a claim must still have left before a change at a hospital may be armed.',
  },
  deadManSeconds: {
    name: 'ONTREGEL_DEAD_MAN_SECONDS',
    type: seconds,
    default: '2',
    sentence: 'The longest time between arming and pressing; past it nothing is pressed.',
  },
  quietSeconds: {
    name: 'ONTREGEL_QUIET_SECONDS',
    type: seconds,
    default: '120',
    sentence:
      'How long an item of which it is not known whether it happened is left alone before it is looked up.',
  },
  settleSeconds: {
    name: 'ONTREGEL_SETTLE_SECONDS',
    type: seconds,
    default: '5',
    sentence: 'The time between the two looks that decide whether it happened.',
  },
  sweepSeconds: {
    name: 'ONTREGEL_SWEEP_SECONDS',
    type: seconds,
    default: '30',
    sentence: 'How often expired claims are returned and lost doorbells rung again.',
  },
  maxAttempts: {
    name: 'ONTREGEL_MAX_ATTEMPTS',
    type: count,
    default: '5',
    sentence: 'How often an item is tried before it waits for a person.',
  },
  backoffSeconds: {
    name: 'ONTREGEL_BACKOFF_SECONDS',
    type: seconds,
    default: '10',
    sentence: 'The wait before a failed item is tried again; doubled each time, up to an hour.',
  },
  circuitFailures: {
    name: 'ONTREGEL_CIRCUIT_FAILURES',
    type: count,
    default: '5',
    sentence: 'After how many technical failures in a row a system is left alone for a while.',
  },
  circuitSeconds: {
    name: 'ONTREGEL_CIRCUIT_SECONDS',
    type: seconds,
    default: '30',
    sentence: 'How long a failing system is left alone before one item is tried.',
  },
  chromium: {
    name: 'ONTREGEL_CHROMIUM',
    type: path,
    default: '',
    sentence: 'The path of the browser to use; empty looks for one on this machine.',
  },
  hl7Host: {
    name: 'ONTREGEL_HL7_HOST',
    type: z.string(),
    default: '127.0.0.1',
    sentence: 'The address that HL7 listeners bind to.',
  },
  fhirHookHost: {
    name: 'ONTREGEL_FHIR_HOOK_HOST',
    type: z.string(),
    default: '127.0.0.1',
    sentence: 'The address that the listener for notifications of FHIR servers binds to.',
  },
  fhirHookPort: {
    name: 'ONTREGEL_FHIR_HOOK_PORT',
    type: port,
    default: '0',
    sentence: 'Its port; 0 takes a free one, and only when a trigger wants to be notified.',
  },
  fhirHookAddress: {
    name: 'ONTREGEL_FHIR_HOOK_ADDRESS',
    type: address(/^https?$/, 'https://ontregel.hospital.example'),
    default: '',
    sentence:
      'Where FHIR servers reach that listener, such as a proxy with TLS before it; empty is where it listens.',
  },
} as const satisfies Record<string, Setting>

interface Setting {
  readonly name: string
  readonly type: z.ZodType<unknown, unknown>
  /** As a person would write it in the environment. */
  readonly default: string
  readonly sentence: string
}

type Key = keyof typeof SETTINGS

/** Everything that can be set, read and checked. Times in seconds, fractions allowed; paths absolute. */
export type Config = { readonly [K in Key]: z.output<(typeof SETTINGS)[K]['type']> }

/** What must hold between settings, else the protocol does not. */
const RELATIONS: readonly { holds: (config: Config) => boolean; sentence: string }[] = [
  {
    holds: (c) => c.heartbeatSeconds * 2 <= c.leaseSeconds,
    sentence:
      'ONTREGEL_HEARTBEAT_SECONDS must be at most half of ONTREGEL_LEASE_SECONDS, so that one late heartbeat loses no claim',
  },
  {
    holds: (c) => c.armMarginSeconds < c.leaseSeconds - c.heartbeatSeconds,
    sentence:
      'ONTREGEL_ARM_MARGIN_SECONDS must be less than ONTREGEL_LEASE_SECONDS minus ONTREGEL_HEARTBEAT_SECONDS, else nothing could be armed just before a heartbeat',
  },
  {
    holds: (c) => c.deadManSeconds < c.armMarginSeconds,
    sentence:
      'ONTREGEL_DEAD_MAN_SECONDS must be less than ONTREGEL_ARM_MARGIN_SECONDS, so that what is pressed is pressed under a valid claim',
  },
  {
    holds: (c) => c.leaseSeconds + c.deadManSeconds < c.quietSeconds,
    sentence:
      'ONTREGEL_QUIET_SECONDS must be more than ONTREGEL_LEASE_SECONDS plus ONTREGEL_DEAD_MAN_SECONDS, so that nobody can still be pressing when it is looked up',
  },
  {
    holds: (c) => !['0.0.0.0', '::'].includes(c.fhirHookHost) || c.fhirHookAddress !== undefined,
    sentence:
      'ONTREGEL_FHIR_HOOK_ADDRESS must be set when ONTREGEL_FHIR_HOOK_HOST is every address, so that FHIR servers know where to',
  },
]

/**
 * Reads every setting from the environment that is handed in; an empty variable counts as left out.
 * @throws Failure that lists all problems at once, with the variable and the remedy; values are never quoted.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems = unknownNames(environment)
  const values: Record<string, unknown> = {}
  for (const [key, setting] of entries()) {
    const result = setting.type.safeParse(environment[setting.name] || setting.default)
    if (result.success) values[key] = result.data
    else
      problems.push(`${setting.name} ${reason(result.error)}; leave it out for ${setting.default || 'none'}`)
  }
  if (isWhole(values))
    problems.push(...RELATIONS.filter(({ holds }) => !holds(values)).map(({ sentence }) => sentence))
  if (problems.length === 0 && isWhole(values)) return values
  const list = problems.map((problem) => `\n- ${problem}.`).join('')
  throw new Failure(
    'unexpected',
    'settings',
    `These settings are not right; correct them and start again:${list}`,
  )
}

function entries(): [Key, Setting][] {
  return (Object.keys(SETTINGS) as Key[]).map((key) => [key, SETTINGS[key]])
}

function isWhole(values: Record<string, unknown>): values is Config {
  return entries().every(([key]) => key in values)
}

function reason(error: z.ZodError): string {
  return error.issues[0]?.message ?? 'is not right'
}

/** A misspelt setting would otherwise be silently without effect. */
function unknownNames(environment: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set(entries().map(([, { name }]) => name))
  const own = Object.keys(environment).filter(
    (name) => name.startsWith('ONTREGEL_') && !name.startsWith('ONTREGEL_TEST_'),
  )
  return own
    .filter((name) => !known.has(name))
    .map((name) => `${name} is not a setting; look in the settings table of the README how it is spelled`)
}

/** The table of settings as Markdown, for the README. */
export function settingsTable(): string {
  const rows = entries().map(
    ([, { name, default: value, sentence }]) =>
      `| \`${name}\` | ${value ? `\`${value}\`` : ''} | ${sentence} |`,
  )
  return ['| setting | default | what it does |', '|---|---|---|', ...rows].join('\n')
}
