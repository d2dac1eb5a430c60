import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  AddressedResource,
  readAddresses,
  writeAddress,
  type AddressKind,
  type DutchAddress,
} from '../../../connectors/fhir/dutch-address.ts'
import { readResource } from '../../../connectors/fhir/resource.ts'

const PART = 'http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-'
const HOME: DutchAddress = {
  street: 'Knolweg',
  houseNumber: '1003',
  letter: 'B',
  addition: '3 hoog',
  indication: undefined,
  postalCode: '1234AB',
  city: 'Stitswerd',
  kind: 'official',
}
const read = (...address: unknown[]) => readAddresses(AddressedResource.parse({ address }))

test('an address in nl-core: its parts as extensions of the line, which says it all too', () => {
  const written = writeAddress(HOME, 'R4')
  expect(written).toMatchObject({
    use: 'home',
    type: 'both',
    line: ['Knolweg 1003B 3 hoog'],
    _line: [
      {
        extension: [
          { url: `${PART}streetName`, valueString: 'Knolweg' },
          { url: `${PART}houseNumber`, valueString: '1003' },
          { url: `${PART}buildingNumberSuffix`, valueString: 'B 3 hoog' },
        ],
      },
    ],
    postalCode: '1234AB',
    city: 'Stitswerd',
  })
  expect(written.extension?.[0]).toMatchObject({
    url: 'http://nictiz.nl/fhir/StructureDefinition/ext-AddressInformation.AddressType',
    valueCodeableConcept: { coding: [{ code: 'HP' }] },
  })
  expect(writeAddress(HOME, 'STU3').extension?.[0]).toEqual({
    url: 'http://fhir.nl/fhir/StructureDefinition/nl-core-address-official',
    valueBoolean: true,
  })
})

test.each([
  ['A', undefined, 'A'],
  ['A', 'bis', 'A bis'],
  [undefined, 'bis', ' bis'],
])('letter %s and addition %s are kept apart by a space: "%s"', (letter, addition, valueString) => {
  const written = writeAddress({ ...HOME, letter, addition }, 'R4')
  expect(written._line?.[0]?.extension).toContainEqual({ url: `${PART}buildingNumberSuffix`, valueString })
  expect(read(written)).toMatchObject([{ letter, addition }])
})

test('every address that is written is read back the same, in R4 and STU3', () => {
  const word = fc.stringMatching(/^[A-Za-zé'0-9-]([A-Za-zé' -]{0,10}[a-z])?$/)
  const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
  const kinds: AddressKind[] = [
    'official',
    'residence',
    'postal',
    'temporary',
    'work',
    'holiday',
    'unspecified',
  ]
  const address = fc.record({
    street: maybe(word),
    houseNumber: maybe(fc.stringMatching(/^[1-9]\d{0,4}$/)),
    letter: maybe(fc.stringMatching(/^[A-Za-z]$/)),
    addition: maybe(word),
    indication: maybe(fc.constantFrom('by', 'to')),
    postalCode: maybe(fc.stringMatching(/^[1-9]\d{3}[A-Z]{2}$/)),
    city: maybe(word),
    kind: fc.constantFrom(...kinds),
  })
  fc.assert(
    fc.property(address, fc.constantFrom('R4', 'STU3'), (one, version) => {
      expect(read(writeAddress(one, version))).toEqual([one])
    }),
    { numRuns: 300 },
  )
})

test('addresses as others write them: a spaced postal code, parts in two suffixes, the kind by use and type alone', () => {
  const suffix = (valueString: string) => ({ url: `${PART}buildingNumberSuffix`, valueString })
  const given = read(
    { use: 'old', city: 'Elders' },
    {
      use: 'home',
      type: 'physical',
      postalCode: '1234 ab',
      city: 'Veen',
      line: ['Kade 1A bis'],
      _line: [null],
    },
    { type: 'postal', _line: [{ extension: [suffix('A'), suffix('bis')] }] },
    { use: 'work', postalCode: 'SW1A 1AA' },
    { use: 'home' },
  )
  expect(given).toMatchObject([
    { kind: 'residence', postalCode: '1234AB', city: 'Veen', street: undefined, houseNumber: undefined },
    { kind: 'postal', letter: 'A', addition: 'bis' },
    { kind: 'work', postalCode: 'SW1A 1AA' },
    { kind: 'unspecified' },
  ])
})

test('a resource without an address is named by its field', () => {
  expect(() => readResource(AddressedResource, { resourceType: 'Patient', id: 'p1' })).toThrow(
    'Patient.address',
  )
})
