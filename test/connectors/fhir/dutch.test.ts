import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dutchIdentifier, identifiersOf } from '../../../connectors/fhir/identifiers.ts'
import {
  NamedResource,
  readName,
  usedLastName,
  writeName,
  type DutchName,
  type NameUse,
} from '../../../connectors/fhir/names.ts'
import { readResource } from '../../../connectors/fhir/resource.ts'

const HANNEKE: DutchName = {
  firstNames: 'Johanna Maria',
  initials: 'J.M.',
  callName: 'Hanneke',
  own: { prefix: 'van', name: 'Dam' },
  partner: { prefix: 'de', name: 'Wit' },
  uses: 'partner-own',
}
const asRead = (name: unknown[]) => readName(NamedResource.parse({ name }))

test('a name in nl-core of R4 keeps the call name apart, of STU3 among the given names', () => {
  expect(writeName(HANNEKE, 'R4')).toMatchObject([
    { use: 'official', family: 'de Wit - van Dam', given: ['Johanna Maria', 'J.M.'] },
    { use: 'usual', given: ['Hanneke'] },
  ])
  expect(writeName(HANNEKE, 'STU3')).toMatchObject([{ given: ['Johanna Maria', 'J.M.', 'Hanneke'] }])
})

test('every name that is written is read back the same, in R4 and STU3', () => {
  const word = fc
    .stringMatching(/^[A-Za-zé' -]{1,12}$/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
  const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
  const last = fc.record({ prefix: maybe(word), name: word })
  const uses = fc.constantFrom<NameUse>('own', 'partner', 'partner-own', 'own-partner', 'unspecified')
  const name = fc.record({
    firstNames: maybe(word),
    initials: maybe(word),
    callName: maybe(word),
    own: last,
    partner: maybe(last),
    uses,
  })
  fc.assert(
    fc.property(name, fc.constantFrom('R4', 'STU3'), (one, version) => {
      expect(asRead(writeName(one, version))).toEqual(one)
    }),
    { numRuns: 200 },
  )
})

test.each([
  ['own', 'van Dam'],
  ['partner', 'de Wit'],
  ['partner-own', 'de Wit - van Dam'],
  ['own-partner', 'van Dam - de Wit'],
  ['unspecified', 'van Dam'],
] as const)('the last names used as %s', (uses, shown) => {
  expect(usedLastName({ ...HANNEKE, uses })).toBe(shown)
})

test('a plain name, old names and gaps in the given names', () => {
  expect(asRead([{ family: 'van Dam-de Wit', given: ['Jan'] }])).toMatchObject({
    firstNames: 'Jan',
    own: { prefix: undefined, name: 'van Dam-de Wit' },
    partner: undefined,
  })
  expect(
    asRead([
      { use: 'old', family: 'Oud' },
      {
        use: 'official',
        family: 'Nieuw',
        given: [null, 'A.'],
        _given: [
          null,
          {
            extension: [
              { url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier', valueCode: 'IN' },
            ],
          },
        ],
      },
    ]),
  ).toMatchObject({ initials: 'A.', own: { name: 'Nieuw' } })
  expect(asRead([{ use: 'old', family: 'Oud' }])).toBeUndefined()
  expect(() => readResource(NamedResource, { resourceType: 'Patient', id: 'p' })).toThrow('Patient.name')
})

test('Dutch identifiers are read whichever way their system is written, and only when they can be right', () => {
  const identifier = [
    { system: 'urn:oid:2.16.840.1.113883.2.4.6.3', value: '123456782' },
    { system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: '123456782' },
    { system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: '123456789' },
    { system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: '111222333', use: 'old' },
    { system: 'http://fhir.nl/fhir/NamingSystem/agb-z', value: '1123456' },
    { system: 'urn:oid:2.16.840.1.113883.2.4.6.4', value: '101' },
    { system: 'urn:practice:zis', value: '111222333' },
    null,
  ]
  const resource = { resourceType: 'Patient', identifier }
  expect(identifiersOf(resource, 'bsn')).toEqual(['123456782'])
  expect(identifiersOf(resource, 'agb')).toEqual(['01123456'])
  expect(identifiersOf(resource, 'uzovi')).toEqual(['0101'])
  expect(identifiersOf(resource, 'uzi')).toEqual([])
  expect(identifiersOf({ resourceType: 'Task', identifier: identifier[1] ?? null }, 'bsn')).toEqual([
    '123456782',
  ])
  expect(dutchIdentifier('bsn', '123456789')).toBeUndefined()
  expect(dutchIdentifier('uzovi', '3313')).toEqual({
    system: 'http://fhir.nl/fhir/NamingSystem/uzovi',
    value: '3313',
  })
})
