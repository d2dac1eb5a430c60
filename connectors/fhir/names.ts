import { z } from 'zod'

/** A Dutch name in its parts, as zib NameInformation has them. */
export interface DutchName {
  /** The names on the passport, `Johanna Maria`. */
  readonly firstNames: string | undefined
  /** `J.M.` */
  readonly initials: string | undefined
  /** What the person is called, `Hanneke`. */
  readonly callName: string | undefined
  readonly own: LastName | undefined
  readonly partner: LastName | undefined
  /** Which last names the person uses, and in which order. */
  readonly uses: NameUse
}

export interface LastName {
  /** The particle, `van der`. */
  readonly prefix: string | undefined
  readonly name: string
}

export type NameUse = 'own' | 'partner' | 'partner-own' | 'own-partner' | 'unspecified'

const EXTENSIONS = 'http://hl7.org/fhir/StructureDefinition/'
const USES: Readonly<Record<string, NameUse>> = {
  NL1: 'own',
  NL2: 'partner',
  NL3: 'partner-own',
  NL4: 'own-partner',
}

const Extended = z
  .object({
    extension: z.array(
      z.object({ url: z.string(), valueString: z.string().optional(), valueCode: z.string().optional() }),
    ),
  })
  .partial()
  .nullable()
const HumanName = z.object({
  use: z.string().optional(),
  family: z.string().optional(),
  _family: Extended.optional(),
  given: z.array(z.string().nullable()).optional(),
  _given: z.array(Extended).optional(),
  extension: z.unknown().optional(),
})
type HumanName = z.output<typeof HumanName>

/** To be read from a Patient or a Practitioner with `readResource`. */
export const NamedResource = z.object({ name: z.array(HumanName).min(1) })

/**
 * The name of a person out of all that a resource has: the official one, with the call name that R4 (zib2020) keeps
 * in a name of its own (`usual`) and STU3 (zib2017) among the given names (`CL`). Old and maiden names do not count.
 */
export function readName({ name: names }: z.output<typeof NamedResource>): DutchName | undefined {
  const current = names.filter(({ use }) => !['old', 'maiden', 'temp', 'anonymous'].includes(use ?? ''))
  const main =
    current.find(({ use }) => use === 'official') ??
    current.find(({ family }) => family !== undefined) ??
    current[0]
  if (!main) return undefined
  const called = current.find((other) => other !== main && ['usual', 'nickname'].includes(other.use ?? ''))
  return {
    firstNames: givenOf(main, 'BR') ?? givenOf(main, undefined),
    initials: givenOf(main, 'IN'),
    callName: givenOf(main, 'CL') ?? called?.given?.find((given) => given !== null) ?? undefined,
    own: lastName(main, 'own') ?? plainFamily(main),
    partner: lastName(main, 'partner'),
    uses: USES[codeOf(main)] ?? 'unspecified',
  }
}

function givenOf({ given = [], _given = [] }: HumanName, qualifier: string | undefined): string | undefined {
  const texts = given.filter((text, place) => text !== null && qualifierOf(_given[place]) === qualifier)
  return texts.length > 0 ? texts.join(qualifier === 'IN' ? '' : ' ') : undefined
}

function qualifierOf(extended: z.output<typeof Extended> | undefined): string | undefined {
  return extended?.extension?.find(({ url }) => url === `${EXTENSIONS}iso21090-EN-qualifier`)?.valueCode
}

function lastName({ _family }: HumanName, whose: 'own' | 'partner'): LastName | undefined {
  const part = (what: string) =>
    _family?.extension
      ?.find(({ url }) => url === `${EXTENSIONS}humanname-${whose}-${what}`)
      ?.valueString?.trim()
  const name = part('name')
  return name ? { prefix: part('prefix') || undefined, name } : undefined
}

/** A family name without its parts is not taken apart: "van Dam-de Wit" may be one name or two. */
function plainFamily(name: HumanName): LastName | undefined {
  if (!name.family || lastName(name, 'partner')) return undefined
  return { prefix: undefined, name: name.family }
}

const Order = z.array(z.looseObject({ url: z.string(), valueCode: z.string().optional() }))

function codeOf({ extension }: HumanName): string {
  const found = Order.safeParse(extension).data?.find(
    ({ url }) => url === `${EXTENSIONS}humanname-assembly-order`,
  )
  return found?.valueCode ?? ''
}

/** The last names as the person uses them, `de Wit - van Dam`; the own name when it is not said. */
export function usedLastName({ own, partner, uses }: DutchName): string {
  const order = {
    own: [own],
    partner: [partner],
    'partner-own': [partner, own],
    'own-partner': [own, partner],
    unspecified: [own],
  }[uses]
  const used = order.filter((name) => name !== undefined)
  const shown = used.length > 0 ? used : [own ?? partner].filter((name) => name !== undefined)
  return shown.map(({ prefix, name }) => (prefix ? `${prefix} ${name}` : name)).join(' - ')
}

/** A name to write: one HumanName with the call name among the given names for STU3, a second one beside it for R4. */
export function writeName(name: DutchName, version: 'R4' | 'STU3') {
  const given = [
    ...(name.firstNames ? [{ text: name.firstNames, qualifier: 'BR' }] : []),
    ...(name.initials ? [{ text: name.initials, qualifier: 'IN' }] : []),
    ...(name.callName && version === 'STU3' ? [{ text: name.callName, qualifier: 'CL' }] : []),
  ]
  const code = Object.keys(USES).find((key) => USES[key] === name.uses)
  const official = {
    ...(code ? { extension: [{ url: `${EXTENSIONS}humanname-assembly-order`, valueCode: code }] } : {}),
    use: 'official',
    family: usedLastName(name),
    _family: { extension: [...familyParts('own', name.own), ...familyParts('partner', name.partner)] },
    given: given.map(({ text }) => text),
    _given: given.map(({ qualifier }) => ({
      extension: [{ url: `${EXTENSIONS}iso21090-EN-qualifier`, valueCode: qualifier }],
    })),
  }
  return name.callName && version === 'R4' ? [official, { use: 'usual', given: [name.callName] }] : [official]
}

function familyParts(whose: 'own' | 'partner', last: LastName | undefined) {
  if (!last) return []
  const prefix = last.prefix
    ? [{ url: `${EXTENSIONS}humanname-${whose}-prefix`, valueString: last.prefix }]
    : []
  return [...prefix, { url: `${EXTENSIONS}humanname-${whose}-name`, valueString: last.name }]
}
