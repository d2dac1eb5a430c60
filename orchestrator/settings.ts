import { z } from 'zod'
import { address, count, daysKept, folder, list, origin, path, port, seconds } from './setting-kinds.ts'

export interface Setting {
  readonly name: string
  readonly type: z.ZodType<unknown, unknown>
  /** As a person would write it in the environment. */
  readonly default: string
  readonly sentence: string
}

/** Every setting there is: the variable it is read from, what it must be, its value when left out, what it does. */
export const SETTINGS = {
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
  secretKey: {
    name: 'ONTREGEL_SECRET_KEY',
    type: path,
    default: '',
    sentence:
      'The key that secrets are sealed with, 32 bytes in base64; empty makes one in the data folder, or in Vault.',
  },
  secretKeysOld: {
    name: 'ONTREGEL_SECRET_KEY_OLD',
    type: list,
    default: '',
    sentence: 'The keys before that one, with commas, until "ontregel secrets rotate" is done.',
  },
  vaultAddress: {
    name: 'ONTREGEL_VAULT_ADDRESS',
    type: address(/^https?$/, 'https://vault.hospital.example:8200'),
    default: '',
    sentence: 'A Vault that keeps the key (KV version 2) instead of a file; empty is none.',
  },
  vaultToken: {
    name: 'ONTREGEL_VAULT_TOKEN',
    type: path,
    default: '',
    sentence: 'The token for it: may read, create and update the one secret.',
  },
  vaultPath: {
    name: 'ONTREGEL_VAULT_PATH',
    type: z.string(),
    default: 'secret/data/ontregel',
    sentence: 'Where in Vault the key is kept: the mount, "data", and the name.',
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
  signInDays: {
    name: 'ONTREGEL_SIGN_IN_LOG_DAYS',
    type: daysKept,
    default: '730',
    sentence: 'How many days it is kept who signed in or tried to, 30 to 3650; what is older goes each day.',
  },
  readySeconds: {
    name: 'ONTREGEL_READY_SECONDS',
    type: seconds,
    default: '900',
    sentence:
      'How long items may be due while nothing at all is finished, before /readyz says that this is not ready.',
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
    sentence: 'The address that HL7 channels listen on when they name none of their own.',
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
  webHost: {
    name: 'ONTREGEL_WEB_HOST',
    type: z.string(),
    default: '127.0.0.1',
    sentence: 'The address that the pages and the API bind to.',
  },
  webPort: {
    name: 'ONTREGEL_WEB_PORT',
    type: port,
    default: '8421',
    sentence: 'Their port; 0 takes a free one.',
  },
  webAddress: {
    name: 'ONTREGEL_WEB_ADDRESS',
    type: origin('https://ontregel.hospital.example'),
    default: '',
    sentence:
      'How browsers reach them, such as a proxy with TLS before them; no other name is answered. Empty is where they bind, for browsers on this machine.',
  },
  webProxies: {
    name: 'ONTREGEL_WEB_PROXIES',
    type: list,
    default: '',
    sentence:
      'The addresses of the proxies before them, with commas: only these are believed about where a request came from.',
  },
  webSecondFactor: {
    name: 'ONTREGEL_WEB_SECOND_FACTOR',
    type: z.enum(['optional', 'required'], 'must be optional or required'),
    default: 'optional',
    sentence:
      'Whether who signs in with a password may do without a second factor: optional or required. Required shows nothing but the own account until it is set.',
  },
  oidcIssuer: {
    name: 'ONTREGEL_OIDC_ISSUER',
    type: address(/^https?$/, 'https://login.hospital.example'),
    default: '',
    sentence: 'The sign-in service (OpenID Connect) of the organisation; empty is none.',
  },
  oidcClient: {
    name: 'ONTREGEL_OIDC_CLIENT',
    type: path,
    default: '',
    sentence: 'Under which client id it knows this installation.',
  },
  oidcSecret: {
    name: 'ONTREGEL_OIDC_SECRET',
    type: path,
    default: '',
    sentence: 'The secret of that client.',
  },
  oidcName: {
    name: 'ONTREGEL_OIDC_NAME',
    type: z.string(),
    default: 'Single sign-on',
    sentence: 'What the button for it says.',
  },
} as const satisfies Record<string, Setting>
