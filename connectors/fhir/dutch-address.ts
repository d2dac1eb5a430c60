import { z } from 'zod'
import type { Json } from './resource.ts'

/** A Dutch address in its parts, as zib AddressInformation has them; a part that is not known is undefined. */
export interface DutchAddress {
  readonly street: string | undefined
  readonly houseNumber: string | undefined
  /** The letter that the municipality gave, `A`. */
  readonly letter: string | undefined
  /** What else finds the letter box, `bis` or `3 hoog`. */
  readonly addition: string | undefined
  /** `by` (near) or `to` (opposite), for a place without a number of its own. */
  readonly indication: string | undefined
  /** As `1234AB`. */
  readonly postalCode: string | undefined
  readonly city: string | undefined
  readonly kind: AddressKind
}

export type AddressKind =
  'official' | 'residence' | 'postal' | 'temporary' | 'work' | 'holiday' | 'unspecified'

interface Writing {
  /** The zib's own code, of HL7's AddressUse. */
  readonly code: string
  readonly use?: string
  readonly type?: string
}

const KINDS: Readonly<Record<Exclude<AddressKind, 'unspecified'>, Writing>> = {
  official: { code: 'HP', use: 'home', type: 'both' },
  residence: { code: 'PHYS', use: 'home', type: 'physical' },
  postal: { code: 'PST', type: 'postal' },
  temporary: { code: 'TMP', use: 'temp' },
  work: { code: 'WP', use: 'work' },
  holiday: { code: 'HV', use: 'temp' },
}
const HL7 = 'http://hl7.org/fhir/StructureDefinition/'
const PART = `${HL7}iso21090-ADXP-`
const OFFICIAL = 'http://fhir.nl/fhir/StructureDefinition/nl-core-address-official'
const USE = `${HL7}iso21090-AD-use`
const TYPES = {
  R4: 'http://nictiz.nl/fhir/StructureDefinition/ext-AddressInformation.AddressType',
  STU3: 'http://nictiz.nl/fhir/StructureDefinition/zib-AddressInformation-AddressType',
}
const CODE_SYSTEMS = {
  R4: 'http://terminology.hl7.org/CodeSystem/v3-AddressUse',
  STU3: 'http://hl7.org/fhir/v3/AddressUse',
}

const Extension = z.object({
  url: z.string(),
  valueString: z.string().optional(),
  valueCode: z.string().optional(),
  valueBoolean: z.boolean().optional(),
  valueCodeableConcept: z
    .object({ coding: z.array(z.object({ code: z.string().optional() })).optional() })
    .optional(),
})
type Extension = z.output<typeof Extension>
const Extended = z
  .object({ extension: z.array(Extension).optional() })
  .nullable()
  .optional()
const Address = z.object({
  use: z.string().optional(),
  _use: Extended,
  type: z.string().optional(),
  extension: z.array(Extension).optional(),
  line: z.array(z.string().nullable()).optional(),
  _line: z.array(Extended).optional(),
  postalCode: z.string().optional(),
  city: z.string().optional(),
})
type Address = z.output<typeof Address>

/** To be read from a Patient, a Practitioner or an Organization with `readResource`. */
export const AddressedResource = z.object({ address: z.array(Address).min(1) })

interface Part {
  readonly url: string
  readonly [value: string]: Json
}

/** An Address as it stands in a resource. */
export interface WrittenAddress {
  readonly extension?: readonly Part[]
  readonly use?: string
  readonly _use?: { readonly extension: readonly Part[] }
  readonly type?: string
  readonly line?: readonly string[]
  readonly _line?: readonly { readonly extension: readonly Part[] }[]
  readonly postalCode?: string
  readonly city?: string
}

/** All current addresses of a resource, in its order; those of `use: old` are left out. */
export function readAddresses({ address }: z.output<typeof AddressedResource>): readonly DutchAddress[] {
  return address.filter(({ use }) => use !== 'old').map(readOne)
}

/** A line without its parts is not taken apart: where a street ends and a number begins is a guess. */
function readOne(address: Address): DutchAddress {
  const parts = (address._line ?? []).flatMap((line) => line?.extension ?? [])
  const part = (name: string) => parts.find(({ url }) => url === PART + name)?.valueString
  const suffixes = parts.filter(({ url }) => url === `${PART}buildingNumberSuffix`)
  const suffix = suffixes.map(({ valueString = '' }) => valueString).join(' ')
  const space = suffix.indexOf(' ')
  return {
    street: filled(part('streetName')),
    houseNumber: filled(part('houseNumber')),
    letter: filled(space === -1 ? suffix : suffix.slice(0, space)),
    addition: space === -1 ? undefined : filled(suffix.slice(space + 1)),
    indication: filled(part('additionalLocator')),
    postalCode: postalCode(address.postalCode),
    city: filled(address.city),
    kind: kindOf(address),
  }
}

function filled(text: string | undefined): string | undefined {
  return text?.trim() || undefined
}

function postalCode(text: string | undefined): string | undefined {
  const dutch = /^\s*([1-9]\d{3})\s*([A-Za-z]{2})\s*$/.exec(text ?? '')
  return dutch ? `${dutch[1]}${dutch[2]?.toUpperCase()}` : filled(text)
}

/** The zib's own code when there is one, else what use and type say together. */
function kindOf({ extension = [], _use, use, type }: Address): AddressKind {
  const known = Object.entries(KINDS) as [Exclude<AddressKind, 'unspecified'>, Writing][]
  const typed = extension.find(({ url }) => url === TYPES.R4 || url === TYPES.STU3)
  const codes = [
    ...(typed?.valueCodeableConcept?.coding ?? []).map(({ code }) => code),
    _use?.extension?.find(({ url }) => url === USE)?.valueCode,
  ]
  const coded = known.find(([, { code }]) => codes.includes(code))
  if (coded) return coded[0]
  if (extension.some(({ url, valueBoolean }) => url === OFFICIAL && valueBoolean)) return 'official'
  if (type === 'postal') return 'postal'
  const like = known.find(([, writing]) => writing.use === use && writing.type === type)
  return (use !== undefined && like?.[0]) || (use === 'work' ? 'work' : 'unspecified')
}

/** An address to write; its line also says it all in one text, for who does not know the parts. */
export function writeAddress(address: DutchAddress, version: 'R4' | 'STU3'): WrittenAddress {
  const { street, houseNumber, letter, addition, indication } = address
  // nl-core keeps both in one part: an addition alone begins with a space.
  const suffix = addition === undefined ? letter : `${letter ?? ''} ${addition}`
  const parts = {
    streetName: street,
    additionalLocator: indication,
    houseNumber,
    buildingNumberSuffix: suffix,
  }
  const extension = Object.entries(parts).flatMap(([name, valueString]) =>
    valueString === undefined ? [] : [{ url: PART + name, valueString }],
  )
  const written = postalCode(address.postalCode)
  const number = `${houseNumber ?? ''}${suffix ?? ''}`
  const line = [street, indication, number.trim()].filter(Boolean).join(' ')
  return {
    ...kindElements(address.kind, version),
    ...(extension.length > 0 ? { line: [line], _line: [{ extension }] } : {}),
    ...(written === undefined ? {} : { postalCode: written }),
    ...(address.city === undefined ? {} : { city: address.city }),
  }
}

function kindElements(kind: AddressKind, version: 'R4' | 'STU3'): WrittenAddress {
  if (kind === 'unspecified') return {}
  const { code, ...plain } = KINDS[kind]
  const coding = [{ system: CODE_SYSTEMS[version], code }]
  const typed = { url: TYPES[version], valueCodeableConcept: { coding } }
  if (version === 'R4') return { extension: [typed], ...plain }
  const official = { url: OFFICIAL, valueBoolean: kind === 'official' }
  const exact = plain.use === undefined ? {} : { _use: { extension: [{ url: USE, valueCode: code }] } }
  return { extension: [official, typed], ...plain, ...exact }
}
