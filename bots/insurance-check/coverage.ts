import { z } from 'zod'
import type { Act, Hit, Json } from '../bot.ts'
import { readLocation } from '../../connectors/fhir/addresses.ts'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import { dutchIdentifier, identifiersOf } from '../../connectors/fhir/identifiers.ts'
import { readResource, type Resource } from '../../connectors/fhir/resource.ts'
import type { Written } from '../../connectors/fhir/writes.ts'
import { Failure } from '../../connectors/failure.ts'

const Identifier = z.object({ system: z.string().optional(), value: z.string().optional() })
const Coverage = z.object({
  resourceType: z.literal('Coverage'),
  id: z.string(),
  status: z.string(),
  identifier: z.array(Identifier).default([]),
  subscriberId: z.string().optional(),
  beneficiary: z.object({ reference: z.string() }),
  period: z.object({ start: z.string().optional(), end: z.string().optional() }).default({}),
  payor: z.array(z.object({ identifier: Identifier.optional() })).default([]),
})
type Coverage = z.output<typeof Coverage>

/** Identifier systems by which this hospital's FHIR server keeps what the robot leaves there. */
export interface CoverageSystems {
  readonly markerSystem: string
  readonly appointmentSystem: string
}

/** How a patient is insured, by what the hospital or the insurer knows. */
export interface Insurance {
  /** Four digits. */
  readonly uzovi: string | undefined
  readonly policyNumber: string | undefined
}

/**
 * The coverages of a patient on file that hold on a day; without what this item itself stored at an earlier attempt,
 * or a second look would judge differently from the first.
 */
export async function coveragesOnFile(
  fhir: FhirSystem,
  patient: string,
  date: string,
  own: { readonly markerSystem: string; readonly marker: string },
): Promise<readonly Insurance[]> {
  const found: Insurance[] = []
  for await (const resource of fhir.search('Coverage', { patient: `Patient/${patient}`, status: 'active' })) {
    const coverage = readResource(Coverage, resource)
    const isOwn = coverage.identifier.some(
      ({ system, value }) => system === own.markerSystem && value === own.marker,
    )
    if (!isOwn && holdsOn(coverage, date)) found.push(insuranceOf(coverage))
  }
  return found
}

/** Partial dates, `2026` or `2026-03`, hold for all of their year or month. */
function holdsOn({ period: { start, end } }: Coverage, date: string): boolean {
  const begun = start === undefined || start.slice(0, 10) <= date
  return begun && (end === undefined || date.startsWith(end) || date <= end.slice(0, 10))
}

function insuranceOf({ payor, subscriberId }: Coverage): Insurance {
  const identifier = payor.flatMap((one) => (one.identifier ? [withoutAbsent(one.identifier)] : []))
  const [uzovi] = identifiersOf({ resourceType: 'Organization', identifier }, 'uzovi')
  return { uzovi, policyNumber: subscriberId }
}

function withoutAbsent({ system = '', value = '' }: z.output<typeof Identifier>) {
  return { system, value }
}

/** A coverage as the insurer confirmed it. */
export interface ConfirmedCoverage {
  readonly appointment: string
  readonly patient: string
  readonly uzovi: string
  readonly insurer: string
  readonly policyNumber: string
  /** `2026-01-01` */
  readonly start: string
}

/** The act that stores it, once: the marker is looked up before, and the server refuses a second one with the same. */
export function storeCoverage(
  fhir: FhirSystem,
  coverage: ConfirmedCoverage,
  systems: CoverageSystems,
  marker: string,
): Act<Written> {
  const identifier = { system: systems.markerSystem, value: marker }
  const payload = payloadOf(coverage)
  const hitOf = (resource: Resource): Hit => ({
    reference: `Coverage/${resource.id}`,
    same: isSame(readPayload(resource, systems), payload),
  })
  return {
    payload,
    find: async () => (await fhir.find('Coverage', identifier)).map(hitOf),
    press: () => fhir.create(resourceOf(coverage, systems, marker), { ifNoneExist: { identifier } }),
    confirm: async ({ id }) => {
      const { reference, same } = hitOf(await fhir.read('Coverage', id))
      if (same) return reference
      throw new Failure(
        'unsure',
        'stored-differs',
        'The FHIR server stored something else than was sent: compare.',
      )
    },
    undo: {
      nl: 'Zet de polis (Coverage) in het EPD op "ingevoerd bij vergissing".',
      en: 'Set the Coverage to "entered in error" in the EHR.',
    },
  }
}

type Payload = Readonly<Record<'appointment' | 'patient' | 'uzovi' | 'policyNumber' | 'start', Json>>

function payloadOf({ appointment, patient, uzovi, policyNumber, start }: ConfirmedCoverage): Payload {
  return { appointment, patient, uzovi, policyNumber, start }
}

function readPayload(resource: Resource, { appointmentSystem }: CoverageSystems): Payload {
  const coverage = readResource(Coverage, resource)
  const { uzovi = null, policyNumber = null } = insuranceOf(coverage)
  const appointment = coverage.identifier.find(({ system }) => system === appointmentSystem)?.value ?? null
  const patient = readLocation(coverage.beneficiary.reference)?.id ?? null
  return { appointment, patient, uzovi, policyNumber, start: coverage.period.start ?? null }
}

function isSame(one: Payload, other: Payload): boolean {
  return [...Object.keys(other)].every((key) => Reflect.get(one, key) === Reflect.get(other, key))
}

function resourceOf(coverage: ConfirmedCoverage, systems: CoverageSystems, marker: string): Resource {
  const uzovi = dutchIdentifier('uzovi', coverage.uzovi)
  if (!uzovi)
    throw new Failure(
      'business',
      'insurer-unknown',
      'The code of the insurer is no UZOVI code: look at the item.',
    )
  return {
    resourceType: 'Coverage',
    identifier: [
      { system: systems.markerSystem, value: marker },
      { system: systems.appointmentSystem, value: coverage.appointment },
    ],
    status: 'active',
    subscriberId: coverage.policyNumber,
    beneficiary: { reference: `Patient/${coverage.patient}` },
    period: { start: coverage.start },
    payor: [{ identifier: uzovi, display: coverage.insurer }],
  }
}
