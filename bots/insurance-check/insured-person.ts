import { z } from 'zod'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import { identifiersOf } from '../../connectors/fhir/identifiers.ts'
import { readResource } from '../../connectors/fhir/resource.ts'
import { Failure } from '../../connectors/failure.ts'

/** By whom an insurer knows somebody, and by what the page of an insurer is checked. */
export interface InsuredPerson {
  readonly bsn: string
  /** `1948-03-09` */
  readonly birthDate: string
}

const Patient = z.object({ resourceType: z.literal('Patient'), birthDate: z.iso.date() })

/** @throws business, `bsn-missing` or `bsn-ambiguous`, or naming the field, when the patient cannot be asked for at an insurer */
export async function readInsuredPerson(fhir: FhirSystem, patient: string): Promise<InsuredPerson> {
  const resource = await fhir.read('Patient', patient)
  const { birthDate } = readResource(Patient, resource)
  const [bsn, other] = identifiersOf(resource, 'bsn')
  if (bsn === undefined)
    throw unusable('bsn-missing', 'The patient has no valid BSN on file: establish the identity and add it')
  if (other !== undefined)
    throw unusable('bsn-ambiguous', 'The patient has more than one BSN on file: establish which one is right')
  return { bsn, birthDate }
}

function unusable(code: string, what: string): Failure {
  return new Failure('business', code, `${what}, then give the item back to the robot.`)
}
