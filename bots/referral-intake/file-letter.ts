import { z } from 'zod'
import type { Act, Hit } from '../bot.ts'
import type { FhirSystem } from '../../connectors/fhir/client.ts'
import { readResource } from '../../connectors/fhir/resource.ts'
import type { Resource } from '../../connectors/fhir/resource.ts'
import type { Written } from '../../connectors/fhir/writes.ts'
import { Failure } from '../../connectors/failure.ts'
import type { Letter } from './portal-letter.ts'
import type { Referral } from './referral.ts'
import type { Settings } from './settings.ts'

const Filed = z.object({
  resourceType: z.literal('DocumentReference'),
  id: z.string(),
  status: z.string(),
  subject: z.object({ reference: z.string().optional() }).optional(),
  identifier: z.array(z.object({ system: z.string().optional(), value: z.string().optional() })).default([]),
})

export interface Filing {
  readonly referral: Referral
  readonly letter: Letter
  /** The id of the Patient. */
  readonly patient: string
  readonly marker: string
  readonly settings: Settings
}

/** The act that files the letter as a DocumentReference; its reference is `DocumentReference/<id>`. Found by its marker. */
export function fileLetter(fhir: FhirSystem, filing: Filing): Act<Written> {
  const { referral, letter, patient, marker, settings } = filing
  const identifier = { system: settings.markerSystem, value: marker }
  const type = { system: settings.letterTypeSystem, code: settings.letterTypeCode }
  return {
    payload: { referralNumber: referral.number, patient, letter: letter.textHash, type },
    find: async () => (await fhir.find('DocumentReference', identifier)).map((found) => hit(found, filing)),
    // The condition is a second net below `find`: a server that honours it makes no second one, whatever we do.
    press: () => fhir.create(documentReference(filing), { ifNoneExist: { identifier } }),
    confirm: async ({ id }) => {
      const { reference, same } = hit(await fhir.read('DocumentReference', id), filing)
      if (same) return reference
      const sentence = `The FHIR server ${fhir.id} holds the letter otherwise than it was sent: compare the document with the referral.`
      throw new Failure('unexpected', 'letter-differs', sentence, { system: fhir.id })
    },
  }
}

function hit(found: Resource, { referral, patient, marker, settings }: Filing): Hit {
  const { id, status, subject, identifier } = readResource(Filed, found)
  const carries = (system: string, value: string) =>
    identifier.some((own) => own.system === system && own.value === value)
  const same =
    status === 'current' &&
    subject?.reference === `Patient/${patient}` &&
    carries(settings.markerSystem, marker) &&
    carries(settings.referralNumberSystem, referral.number)
  return { reference: `DocumentReference/${id}`, same }
}

function documentReference({ referral, letter, patient, marker, settings }: Filing): Resource {
  return {
    resourceType: 'DocumentReference',
    status: 'current',
    identifier: [
      { system: settings.markerSystem, value: marker },
      { system: settings.referralNumberSystem, value: referral.number },
    ],
    type: { coding: [{ system: settings.letterTypeSystem, code: settings.letterTypeCode }] },
    subject: { reference: `Patient/${patient}` },
    content: [
      {
        attachment: {
          contentType: letter.contentType === 'text/plain' ? 'text/plain; charset=utf-8' : letter.contentType,
          data: letter.bytes.toString('base64'),
          title: 'Verwijsbrief',
          creation: referral.date,
        },
      },
    ],
  }
}
