import type { z } from 'zod'
import { Failure } from '../connectors/failure.ts'
import { SETTINGS, type Setting } from './settings.ts'

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
  {
    holds: (c) => isLoopback(c.webHost) || c.webAddress !== undefined,
    sentence:
      'ONTREGEL_WEB_ADDRESS must be set when ONTREGEL_WEB_HOST is not this machine alone, so that no other name is answered',
  },
  {
    holds: (c) => c.secretKey === undefined || c.vaultAddress === undefined,
    sentence: 'ONTREGEL_SECRET_KEY and ONTREGEL_VAULT_ADDRESS cannot both be set: the key is in one place',
  },
  {
    holds: (c) => c.vaultAddress === undefined || c.vaultToken !== undefined,
    sentence: 'ONTREGEL_VAULT_TOKEN must be set when ONTREGEL_VAULT_ADDRESS is, so that Vault gives the key',
  },
  {
    holds: (c) => (c.oidcIssuer === undefined) === (c.oidcClient === undefined),
    sentence: 'ONTREGEL_OIDC_ISSUER and ONTREGEL_OIDC_CLIENT must be set together, or both left out',
  },
  {
    holds: (c) => !c.oidcIssuer?.startsWith('http:') || isLoopback(new URL(c.oidcIssuer).hostname),
    sentence: 'ONTREGEL_OIDC_ISSUER must begin with https, unless it is on this machine',
  },
  {
    holds: (c) => c.oidcIssuer === undefined || c.webAddress !== undefined,
    sentence:
      'ONTREGEL_WEB_ADDRESS must be set when ONTREGEL_OIDC_ISSUER is, so that the sign-in service knows where to return to',
  },
]

const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', 'localhost'].includes(host)

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
