import { z } from 'zod'
import type { Bot, Json } from '../../../bots/bot.ts'
import { Failure } from '../../../connectors/failure.ts'

/** A column that a list of items for a bot may have. */
export interface ItemColumn {
  /** The field's own name; a list may use it or the title, in capitals or not. */
  readonly name: string
  readonly title: string
  readonly description: string | null
  readonly needed: boolean
  readonly kind: 'text' | 'date' | 'number' | 'yes-or-no'
}

const Field = z.looseObject({
  type: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  format: z.string().optional(),
})
const Fields = z.looseObject({
  properties: z.record(z.string(), Field).default({}),
  required: z.array(z.string()).default([]),
})

/** What an item of a bot is, as JSON Schema (draft 7): for a form and for the columns of a list. */
export function itemSchema(bot: Bot): Json {
  const schema = z.toJSONSchema(bot.item, { io: 'input', target: 'draft-07', unrepresentable: 'any' })
  return z.json().parse(JSON.parse(JSON.stringify(schema)))
}

/**
 * The columns of a list for a bot, in the order of its form.
 * @throws business when one of its fields is more than a cell can hold
 */
export function itemColumns(bot: Bot): ItemColumn[] {
  const { properties, required } = Fields.parse(itemSchema(bot))
  return Object.entries(properties).map(([name, field]) => ({
    name,
    title: field.title ?? name,
    description: field.description ?? null,
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
