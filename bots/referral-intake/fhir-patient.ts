import { z } from 'zod'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import { identifiersOf } from '../../connectors/fhir/identifiers.ts'
import { NamedResource, readName } from '../../connectors/fhir/names.ts'
import { readResource } from '../../connectors/fhir/resource.ts'
import { Failure } from '../../connectors/failure.ts'
import { plainName } from '../../connectors/identity.ts'
import { expectCertain, uncertain } from './find-patient.ts'
import type { ReferredPatient } from './referral.ts'

const FhirPatient = NamedResource.extend({
  resourceType: z.literal('Patient'),
  id: z.string(),
  active: z.boolean().default(true),
  birthDate: z.string().optional(),
  deceasedBoolean: z.boolean().default(false),
  deceasedDateTime: z.string().optional(),
})

/**
 * The id of the Patient with this number of the hospital, who must be the referred patient on two attributes. Fails with
 * `patient-uncertain` (business), and `patient-not-in-fhir` (transient: such a server may run behind the EPD).
 */
export async function findFhirPatient(
  fhir: FhirSystem,
  number: { readonly system: string; readonly value: string },
  patient: ReferredPatient,
): Promise<string> {
  const [found, other] = await fhir.find('Patient', number)
  if (!found) throw notThere(fhir)
  const [bsn, otherBsn] = identifiersOf(found, 'bsn')
  if (other || otherBsn)
    throw uncertain('the FHIR server has several patients or BSNs under one patient number')
  const shown = readResource(FhirPatient, found)
  const name = readName(shown)
  const usable = shown.active && !shown.deceasedBoolean && shown.deceasedDateTime === undefined
  const attributes = {
    bsn,
    birthDate: shown.birthDate,
    familyName: familyOf(name?.own?.name, patient),
    firstNames: name?.firstNames,
    usable,
  }
  expectCertain(patient, attributes)
  return shown.id
}

/** A server without the parts of a Dutch name gives particle and name as one. */
function familyOf(shown: string | undefined, { prefix, family }: ReferredPatient): string | undefined {
  const isWhole = shown !== undefined && plainName(shown) === plainName(`${prefix} ${family}`)
  return isWhole ? family : shown
}

function notThere({ id: system }: FhirSystem): Failure {
  const sentence = `The FHIR server ${system} does not know the patient's number yet: the item is tried again later.`
  return new Failure('transient', 'patient-not-in-fhir', sentence, { system })
}
