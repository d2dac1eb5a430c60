import type { z } from 'zod'
import type { CredentialRecord, SystemRecord } from '../../../orchestrator/ledger/system-records.ts'
import { newestCheck, type SystemCheck } from '../../../orchestrator/ledger/system-checks.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import {
  fhirSecretNames,
  FhirSettings,
  neededFhirSecrets,
} from '../../../orchestrator/work/fhir-system-settings.ts'
import { Hl7Settings } from '../../../orchestrator/work/hl7-system-settings.ts'
import { certificateKeyOf, credentialsOf } from '../../../orchestrator/work/system-settings.ts'
import type { System } from './system-schemas.ts'

type View = z.input<typeof System>
type Part = View['credentials'][number]['part']

/** A system as its page shows it: nothing secret, but whether what it needs was entered, and until when. */
export async function systemView(db: LedgerDatabase, hospital: string, system: SystemRecord): Promise<View> {
  const check = await newestCheck(db, hospital, system.id)
  return {
    ...system,
    settings: asSettings(system.settings),
    deployments: [...system.deployments],
    credentials: neededParts(system).map(([part, name]) =>
      entered(
        part,
        system.credentials.find((one) => one.name === name),
      ),
    ),
    check: check ? checkView(check) : null,
  }
}

function entered(part: Part, record: CredentialRecord | undefined): View['credentials'][number] {
  const { enteredAt = null, enteredBy = null, renewOn = null } = record ?? {}
  return { part, entered: record !== undefined, enteredAt, enteredBy, renewOn }
}

function neededParts({ id, kind, settings }: SystemRecord): readonly (readonly [Part, string])[] {
  if (kind === 'web') return webParts(id, asSettings(settings))
  if (kind === 'hl7') return hl7Parts(id, settings)
  const names = fhirSecretNames(id)
  const read = FhirSettings.safeParse(settings)
  const needed = read.success ? neededFhirSecrets(id, read.data) : [names.signIn]
  const parts = [
    ['sign-in', names.signIn],
    ['certificate-key', names.certificateKey],
    ['proxy', names.proxy],
  ] as const
  return parts.filter(([, name]) => needed.includes(name))
}

/** A system that people do not sign in to needs nothing. */
function webParts(
  id: string,
  { signIn, clientCertificate }: View['settings'],
): readonly (readonly [Part, string])[] {
  return [
    ...(signIn === undefined ? [] : [['sign-in', credentialsOf(id)] as const]),
    ...(clientCertificate === undefined ? [] : [['certificate-key', certificateKeyOf(id)] as const]),
  ]
}

/** HL7 knows no signing in: a system only needs the key of our certificate, where it asks for one. */
function hl7Parts(id: string, settings: unknown): readonly (readonly [Part, string])[] {
  const read = Hl7Settings.safeParse(settings)
  if (!read.success || read.data.tls.certificate === undefined) return []
  return [['certificate-key', certificateKeyOf(id)]]
}

/** A check as the page shows it. */
export const checkView = ({ askedBy, askedAt, finishedAt, findings }: SystemCheck) => ({
  ...{ askedBy, askedAt, finishedAt },
  findings: findings && [...findings],
})

/** What the column gives is JSON, and an object by the schema it was read with. */
const asSettings = (settings: unknown) => Object(settings) as View['settings']
