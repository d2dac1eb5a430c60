import { fullFamilyName, type Patient } from '../patients.ts'
import type { Random } from '../random.ts'
import type { JsonObject } from './json.ts'

export const BSN_SYSTEM = 'http://fhir.nl/fhir/NamingSystem/bsn'
export const UZOVI_SYSTEM = 'http://fhir.nl/fhir/NamingSystem/uzovi'
/** The hospital's own patient number. */
export const ZIS_SYSTEM = 'urn:practice:zis'

const EXTENSION = 'http://hl7.org/fhir/StructureDefinition'

/** The id of the Patient resource of this hospital number; `random` is the hospital's root. */
export function patientId(random: Random, zis: string): string {
  const stream = random.split(`fhir patient ${zis}`)
  return `p${Array.from({ length: 12 }, () => stream.integer(0, 15).toString(16)).join('')}`
}

/** The patient as an nl-core Patient. */
export function patientResource(random: Random, patient: Patient): JsonObject {
  const { zis, bsn, gender, birthDate, deceasedAt, mergedInto } = patient
  return {
    resourceType: 'Patient',
    meta: { profile: ['http://nictiz.nl/fhir/StructureDefinition/nl-core-Patient'] },
    identifier: [
      ...(bsn ? [{ use: 'official', system: BSN_SYSTEM, value: bsn }] : []),
      { use: 'usual', system: ZIS_SYSTEM, value: zis },
    ],
    active: !mergedInto,
    name: [nameOf(patient)],
    gender,
    birthDate,
    ...(deceasedAt !== undefined && { deceasedDateTime: deceasedAt }),
    address: [addressOf(patient)],
    ...(mergedInto !== undefined && {
      link: [{ other: { reference: `Patient/${patientId(random, mergedInto)}` }, type: 'replaced-by' }],
    }),
  }
}

function nameOf(patient: Patient): JsonObject {
  const { given, initials, prefix, family, partner } = patient
  const parts = [
    ['own-prefix', prefix],
    ['own-name', family],
    ['partner-prefix', partner?.prefix ?? ''],
    ['partner-name', partner?.family ?? ''],
  ] as const
  return {
    use: 'official',
    extension: [{ url: `${EXTENSION}/humanname-assembly-order`, valueCode: partner ? 'NL3' : 'NL1' }],
    text: `${given} ${fullFamilyName(patient)}`,
    family: fullFamilyName(patient),
    _family: {
      extension: parts.flatMap(([name, value]) =>
        value ? [{ url: `${EXTENSION}/humanname-${name}`, valueString: value }] : [],
      ),
    },
    given: [given, initials],
    _given: ['BR', 'IN'].map((valueCode) => ({
      extension: [{ url: `${EXTENSION}/iso21090-EN-qualifier`, valueCode }],
    })),
  }
}

function addressOf({ street, houseNumber, postalCode, city }: Patient): JsonObject {
  return {
    use: 'home',
    type: 'both',
    line: [`${street} ${houseNumber}`],
    _line: [
      {
        extension: [
          { url: `${EXTENSION}/iso21090-ADXP-streetName`, valueString: street },
          { url: `${EXTENSION}/iso21090-ADXP-houseNumber`, valueString: houseNumber },
        ],
      },
    ],
    city,
    postalCode,
    country: 'NL',
  }
}
