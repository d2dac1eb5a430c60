/** A part of a JSON schema, as the API sends it. */
export type FormNode = Readonly<Record<string, unknown>>

/** What is drawn for a part of a schema. */
export type FormKind =
  | 'object'
  | 'array'
  | 'choice'
  | 'enum'
  | 'const'
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'null'
  | 'unknown'

/** A field of a group. */
export interface FormField {
  readonly name: string
  readonly node: FormNode
  readonly needed: boolean
}

const SIMPLE = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const

const isNode = (value: unknown): value is FormNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const asNode = (value: unknown): FormNode => (isNode(value) ? value : {})
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
export const asNumber = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined

export function kindOf(node: FormNode): FormKind {
  if (shapesOf(node).length > 0) return 'choice'
  if (Array.isArray(node['enum'])) return 'enum'
  if ('const' in node) return 'const'
  return SIMPLE.find((kind) => kind === node['type']) ?? 'unknown'
}

/** The shapes that a choice is between; none of what is no choice. */
export const shapesOf = (node: FormNode): readonly FormNode[] =>
  [...asList(node['anyOf']), ...asList(node['oneOf'])].map(asNode)

export function fieldsOf(node: FormNode): readonly FormField[] {
  const needed = new Set(asList(node['required']))
  return Object.entries(asNode(node['properties'])).map(([name, field]) => ({
    ...{ name, node: asNode(field), needed: needed.has(name) },
  }))
}

/**
 * What stands in a form at first: what is filled in, and else the defaults of the schema. What may be left out stays out
 * until somebody fills it in.
 */
export function filledIn(node: FormNode, value: unknown, needed = true): unknown {
  const given = value === undefined ? node['default'] : value
  switch (kindOf(node)) {
    case 'object':
      return filledGroup(node, given, needed)
    case 'array':
      return filledList(node, given, needed)
    case 'choice':
      return given === undefined && !needed
        ? undefined
        : filledIn(shapesOf(node)[fitting(node, given)] ?? {}, given)
    case 'const':
      return given === undefined && needed ? node['const'] : given
    case 'boolean':
      // Without a tick it says no.
      return given === undefined && needed ? false : given
    default:
      return given
  }
}

function filledGroup(node: FormNode, given: unknown, needed: boolean): unknown {
  if (given !== undefined && !isNode(given)) return given
  const filled = fieldsOf(node).map((field) => [
    field.name,
    filledIn(field.node, given?.[field.name], field.needed),
  ])
  const group = { ...given, ...Object.fromEntries(filled.filter(([, inner]) => inner !== undefined)) }
  return given === undefined && !needed && Object.keys(group).length === 0 ? undefined : group
}

function filledList(node: FormNode, given: unknown, needed: boolean): unknown {
  const entry = asNode(node['items'])
  if (given === undefined)
    return needed ? Array.from({ length: asNumber(node['minItems']) ?? 0 }, () => newEntry(entry)) : undefined
  return Array.isArray(given) ? given.map((each) => filledIn(entry, each)) : given
}

/** What a list gets when somebody adds to it. */
export const newEntry = (entry: FormNode): unknown =>
  filledIn(entry, undefined) ?? (kindOf(entry) === 'string' ? '' : null)

/** Which shape of a choice a value has; the first when it has none. */
export function fitting(node: FormNode, value: unknown): number {
  return Math.max(
    0,
    shapesOf(node).findIndex((shape) => fits(shape, value)),
  )
}

/**
 * The schema that holds for a value: a choice is the shape that the value has, where it fits one only. What is wrong in it
 * can then be told where it is, and not just that no shape fits.
 */
export function chosenShapes(node: FormNode, value: unknown): FormNode {
  if (value === undefined) return node
  switch (kindOf(node)) {
    case 'choice': {
      const shapes = shapesOf(node)
      const [only, another] = shapes.length === 1 ? shapes : shapes.filter((shape) => fits(shape, value))
      return only && !another ? chosenShapes(only, value) : node
    }
    case 'object': {
      const inner = fieldsOf(node).map((field) => [
        field.name,
        chosenShapes(field.node, asNode(value)[field.name]),
      ])
      return { ...node, properties: Object.fromEntries(inner) }
    }
    case 'array':
      return { ...node, items: asList(value).map((each) => chosenShapes(asNode(node['items']), each)) }
    default:
      return node
  }
}

/** Whether a value could have been filled in with this shape; whether it is right, the check tells. */
export function fits(shape: FormNode, value: unknown): boolean {
  switch (kindOf(shape)) {
    case 'object':
      return isNode(value) && fitsGroup(shape, value)
    case 'array':
      return Array.isArray(value)
    case 'enum':
      return asList(shape['enum']).includes(value)
    case 'const':
      return shape['const'] === value
    case 'null':
      return value === null
    case 'integer':
      return typeof value === 'number'
    default:
      return typeof value === shape['type']
  }
}

function fitsGroup(shape: FormNode, value: FormNode): boolean {
  const fields = new Map(fieldsOf(shape).map(({ name, node }) => [name, node]))
  return Object.entries(value).every(([name, inner]) => {
    const field = fields.get(name)
    return field !== undefined && (kindOf(field) !== 'const' || fits(field, inner))
  })
}
