import { isIP } from 'node:net'
import { z } from 'zod'
import { Failure } from '../failure.ts'

const Limits = z.object({
  /** Until there is a connection, TLS included. */
  connectMs: z.number().int().positive().default(5_000),
  /** From asking until the last byte of the answer. */
  answerMs: z.number().int().positive().default(30_000),
  /** Of one answer. */
  bytes: z.number().int().positive().default(20_000_000),
  /** Of one search. */
  pages: z.number().int().positive().default(1_000),
  /** Extra attempts of a read; a write has none. */
  retries: z.number().int().min(0).max(10).default(3),
  /** A server that asks for a longer pause than this is left alone: the read is `transient`. */
  longestWaitMs: z.number().int().min(0).default(30_000),
})

/** What an administrator fills in about a FHIR endpoint; its secrets come with `Access`. */
export const FhirSystemSettings = z.object({
  id: z.string().min(1).max(64),
  address: z.string().min(1),
  version: z.enum(['R4', 'STU3']),
  /** `get` only for a server without POST `_search`; searches that could carry personal data are then refused. */
  search: z.enum(['post', 'get']).default('post'),
  /** Permits plain http beyond this machine, for a closed network segment. */
  allowUnencrypted: z.boolean().default(false),
  limits: Limits.prefault({}),
})
export type FhirSystemSettings = z.input<typeof FhirSystemSettings>
export type FhirLimits = z.output<typeof Limits>

/** The settings with their defaults and the base address, ending in a slash. @throws business: names the wrong field. */
export function readSettings(
  raw: FhirSystemSettings,
): z.output<typeof FhirSystemSettings> & { readonly base: URL } {
  const result = FhirSystemSettings.safeParse(raw)
  if (!result.success) {
    const issue = result.error.issues[0]
    throw new Failure(
      'business',
      'system-settings',
      `FHIR system setting ${issue?.path.join('.')}: ${issue?.message}.`,
    )
  }
  return { ...result.data, base: baseAddress(result.data.address, result.data.allowUnencrypted) }
}

function baseAddress(address: string, allowUnencrypted: boolean): URL {
  const base = readAddress(address, allowUnencrypted, 'address')
  if (base.search || base.hash) throw wrongAddress('address', 'must have no question mark or hash')
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  return base
}

/** A web address that secrets may be sent to: https, or http on this machine or where the hospital permits it. */
export function readAddress(address: string, allowUnencrypted: boolean, field: string): URL {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) throw wrongAddress(field, 'must begin with https://')
  if (url.username || url.password) throw wrongAddress(field, 'must hold no user name or password')
  if (url.protocol === 'http:' && !allowUnencrypted && !isLoopback(url.hostname)) {
    throw wrongAddress(field, 'would send patient data unencrypted: use https')
  }
  return url
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '[::1]') return true
  return isIP(host) === 4 && host.startsWith('127.')
}

function wrongAddress(field: string, remedy: string): Failure {
  return new Failure('business', 'system-settings', `FHIR system setting ${field} ${remedy}.`)
}
