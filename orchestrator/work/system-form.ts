import { z } from 'zod'
import { webSystemSettings } from '../../connectors/browser/web-system-settings.ts'
import { allowHosts } from '../../connectors/browser/allowed-hosts.ts'
import { Failure } from '../../connectors/failure.ts'
import type { SystemSetup } from '../ledger/setup.ts'
import { SYSTEM_KINDS } from '../ledger/system-kinds.ts'
import { whereSecretsGo } from '../ledger/system-records.ts'
import { readMllpAddress } from '../../connectors/hl7/mllp-address.ts'
import { FhirSettings } from './fhir-system-settings.ts'
import { Hl7Settings } from './hl7-system-settings.ts'
import { checkAddress } from './system-address.ts'
import { readSystemSettings } from './system-settings.ts'

/** What an administrator fills in about a web system besides its address and seats; no secret stands in it. */
const WebSettings = webSystemSettings
  .omit({ id: true, address: true, seats: true })
  .extend({ allowedHosts: z.array(z.string()).default([]) })

/** The form of a system's settings by its kind. */
export const SYSTEM_SETTINGS = { web: WebSettings, fhir: FhirSettings, hl7: Hl7Settings } as const

/** A system as an administrator describes it. */
export const PlannedSystem = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'write small letters, digits and hyphens, at most 40'),
  kind: z.enum(SYSTEM_KINDS, 'write web, fhir or hl7'),
  address: z.string().min(1, 'write the address, such as https://epd.hospital.example/').max(500),
  seats: z.int('write a whole number').min(1, 'write 1 or more').max(1000, 'write 1000 at most').default(1),
  settings: z.record(z.string(), z.json()).default({}),
})
export type PlannedSystem = z.output<typeof PlannedSystem>

/**
 * The system as it is kept, when all of it is right.
 * @throws {Failure} `business`: names the field and the remedy
 */
export function readPlannedSystem(hospital: string, system: PlannedSystem): SystemSetup {
  const { id, kind, address, seats, settings } = system
  for (const place of whereSecretsGo({ address, settings })) if (place !== '') checkAddress(place, kind)
  checkAddress(address, kind)
  if (kind === 'web') checkWeb(system)
  else if (kind === 'fhir') readSystemSettings(FhirSettings, { id }, settings)
  else checkHl7(system)
  // Kept as it was filled in: a default that changes later goes for systems that never chose.
  return { hospital, id, kind, address, seats, settings }
}

/** Its own sign-in page must be on its own host: credentials are typed in there. */
function checkWeb({ id, address, settings }: PlannedSystem): void {
  const { signIn, allowedHosts } = readSystemSettings(WebSettings, { id }, settings)
  allowHosts(address, allowedHosts)
  if (!signIn || URL.parse(signIn.path, address)?.origin === new URL(address).origin) return
  const sentence = `Field signIn.path of system ${id}: must be a page of ${new URL(address).host}, such as /sign-in.`
  throw new Failure('business', 'system-settings', sentence, { system: id })
}

/** Without TLS nothing is encrypted or proved, whatever is filled in about it. */
function checkHl7({ id, address, settings }: PlannedSystem): void {
  const { tls } = readSystemSettings(Hl7Settings, { id }, settings)
  if (readMllpAddress(address).tls || Object.keys(tls).length === 0) return
  const sentence = `Field tls of system ${id}: leave it empty, or write mllps:// in the address: over mllp:// there is no TLS.`
  throw new Failure('business', 'system-settings', sentence, { system: id })
}
