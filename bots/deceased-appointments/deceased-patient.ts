import { z } from 'zod'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import { NamedResource, readName } from '../../connectors/fhir/names.ts'
import { readResource } from '../../connectors/fhir/resource.ts'
import { Failure } from '../../connectors/failure.ts'
import { comparePatients } from '../../connectors/identity.ts'
import type { ReportedDeath } from './reported-death.ts'

const Patient = NamedResource.extend({
  resourceType: z.literal('Patient'),
  id: z.string(),
  active: z.boolean().default(true),
  birthDate: z.string().optional(),
  deceasedBoolean: z.boolean().optional(),
  deceasedDateTime: z.string().optional(),
  link: z.array(z.object({ type: z.string() })).default([]),
})
type Patient = z.output<typeof Patient>

/**
 * The id of the patient whose death was reported, as the hospital knows them at this moment.
 * @param system identifier system of the hospital's own patient numbers
 * @throws business `patient-unknown`, `patient-ambiguous`, `patient-uncertain`, `patient-merged` or `death-withdrawn`;
 *   unexpected `patient-differs`, for the wrong number may have been read
 */
export async function findDeceased(fhir: FhirSystem, death: ReportedDeath, system: string): Promise<string> {
  const [found, other] = await fhir.find('Patient', { system, value: death.hospitalNumber })
  if (!found)
    throw decide(
      'patient-unknown',
      'The FHIR server knows no patient with this number: look the patient up there.',
    )
  if (other)
    throw decide(
      'patient-ambiguous',
      'The FHIR server knows more than one patient with this number: have it corrected there.',
    )
  const patient = readResource(Patient, found)
  samePerson(death, patient, fhir.id)
  if (!patient.active && patient.link.some(({ type }) => type === 'replaced-by'))
    throw decide(
      'patient-merged',
      'This patient number was merged into another: see under that number which appointments are to be cancelled.',
    )
  if (!patient.deceasedBoolean && patient.deceasedDateTime === undefined)
    throw decide(
      'death-withdrawn',
      'A death was reported, but the FHIR server does not have the patient as deceased (any more): find out which is right before cancelling anything.',
    )
  return patient.id
}

function samePerson(death: ReportedDeath, patient: Patient, system: string): void {
  const compared = comparePatients(death, { birthDate: patient.birthDate, familyName: ownName(patient) })
  if (compared === 'different')
    throw new Failure(
      'unexpected',
      'patient-differs',
      'Birth date or name of the patient with this number are not those of the message: see whether it is the right number.',
      { system },
    )
  if (compared === 'uncertain')
    throw decide(
      'patient-uncertain',
      'Birth date and name cannot both be compared between the message and the patient: complete them, or cancel by hand.',
    )
}

function ownName(patient: Patient): string | undefined {
  return readName(patient)?.own?.name
}

function decide(code: string, sentence: string): Failure {
  return new Failure('business', code, sentence)
}
