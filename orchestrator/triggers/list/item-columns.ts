import { z } from 'zod'
import type { Bot, Text } from '../../../bots/bot.ts'
import { Failure } from '../../../connectors/failure.ts'

/** A column that a list of items for a bot may have. */
export interface ItemColumn {
  /** The field's own name; a list may use it or the title in either language, in capitals or not. */
  readonly name: string
  readonly title: Text
  readonly description: Text | null
  readonly needed: boolean
  readonly kind: 'text' | 'date' | 'number' | 'yes-or-no'
}

const Both = z.object({ nl: z.string(), en: z.string() })
const Field = z.looseObject({
  type: z.string().optional(),
  words: z.object({ title: Both, hint: Both.optional() }).optional(),
  format: z.string().optional(),
})
const Fields = z.looseObject({
  properties: z.record(z.string(), Field).default({}),
  required: z.array(z.string()).default([]),
})

const fieldsOf = (bot: Bot): z.output<typeof Fields> =>
  Fields.parse(z.toJSONSchema(bot.item, { io: 'input', target: 'draft-07', unrepresentable: 'any' }))

/** What the fields of an item are called, by name and in the order of its form. */
export function itemFieldTitles(bot: Bot): ReadonlyMap<string, Text> {
  const { properties } = fieldsOf(bot)
  return new Map(Object.entries(properties).map(([name, { words }]) => [name, words?.title ?? plain(name)]))
}

const plain = (name: string): Text => ({ nl: name, en: name })

/**
 * The columns of a list for a bot, in the order of its form.
 * @throws business when one of its fields is more than a cell can hold
 */
export function itemColumns(bot: Bot): ItemColumn[] {
  const { properties, required } = fieldsOf(bot)
  return Object.entries(properties).map(([name, field]) => ({
    name,
    title: field.words?.title ?? plain(name),
    description: field.words?.hint ?? null,
    needed: required.includes(name),
    kind: kindOf(bot, name, field),
  }))
}

function kindOf(bot: Bot, name: string, { type, format }: z.output<typeof Field>): ItemColumn['kind'] {
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'boolean') return 'yes-or-no'
  if (type === 'string' || type === undefined) return format === 'date' ? 'date' : 'text'
  const sentence = `Field ${name} of robot ${bot.name} does not fit into a cell, so it takes no lists: let it look for its work itself.`
  throw new Failure('business', 'list-impossible', sentence)
}
