import { z } from 'zod'
import type { Text } from '../../../bots/bot.ts'
import type { FormSchema } from './catalogue-schemas.ts'

/** What a field is called, and what is said of it. */
export interface FieldWords {
  readonly title: string
  readonly hint?: string
}

/** The words of fields by their place: `signIn.user.label`. Entries of lists have the place of the list. */
export type FormWords = Readonly<Record<string, FieldWords>>

type Node = Record<string, unknown>

const Both = z.object({ nl: z.string(), en: z.string() })
/** The words that a schema has itself, in both languages: those of a bot (bots/words.ts). */
const OwnWords = z.object({ title: Both, hint: Both.optional() })

/**
 * A schema as a form can be made of: what a person fills in, before any default. A group of fields that may be left out
 * becomes a choice, or its empty fields would forbid sending; checks that JSON Schema has no words for are the server's.
 * @param words of fields that have none of their own
 */
export function formOf(
  schema: z.ZodType,
  language: keyof Text,
  words: FormWords = {},
): z.input<typeof FormSchema> {
  const form = z.toJSONSchema(schema, { io: 'input', target: 'draft-07', unrepresentable: 'any' })
  return JSON.parse(JSON.stringify(dressed(asNode(form), '', { language, words })))
}

interface Dressing {
  readonly language: keyof Text
  readonly words: FormWords
}

function dressed(node: Node, place: string, how: Dressing): Node {
  const { readOnly: _readOnly, format, words: _words, ...more } = node
  const { properties, items, anyOf, oneOf, additionalProperties, ...rest } = more
  const known = ownWords(node, how.language) ?? how.words[place]
  const inside = (part: unknown) => dressed(asNode(part), place, how)
  return {
    ...rest,
    // A check of code, which no form knows.
    ...(format === 'starts_with' || format === undefined ? {} : { format }),
    ...(known && { title: known.title, ...(known.hint !== undefined && { description: known.hint }) }),
    ...(isNode(properties) && { properties: dressedFields(node, properties, place, how) }),
    ...(isNode(items) && { items: inside(items) }),
    ...(Array.isArray(anyOf) && { anyOf: anyOf.map(inside) }),
    ...(Array.isArray(oneOf) && { oneOf: oneOf.map(inside) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: isNode(additionalProperties)
        ? inside(additionalProperties)
        : additionalProperties,
    }),
  }
}

function ownWords({ words }: Node, language: keyof Text): FieldWords | undefined {
  const own = OwnWords.safeParse(words).data
  return own && { title: own.title[language], ...(own.hint && { hint: own.hint[language] }) }
}

function dressedFields({ required }: Node, properties: Node, place: string, how: Dressing): Node {
  const needed = new Set(Array.isArray(required) ? required : [])
  const fields = Object.entries(properties).map(([name, field]) => {
    const at = place === '' ? name : `${place}.${name}`
    const drawn = dressed(asNode(field), at, how)
    return [name, needed.has(name) ? drawn : mayBeLeftOut(drawn)] as const
  })
  return Object.fromEntries(fields)
}

function mayBeLeftOut(field: Node): Node {
  const { title, description, ...shape } = field
  const demands =
    field['type'] === 'object' && Array.isArray(field['required']) && field['default'] === undefined
  if (!demands) return field
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    anyOf: [shape],
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const asNode = (value: unknown): Node => (isNode(value) ? value : {})
