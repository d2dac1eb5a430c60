import { z } from 'zod'
import type { Bot, Json } from '../../../bots/bot.ts'
import { itemSchema } from '../../../orchestrator/triggers/list/item-columns.ts'

const Titles = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ title: z.string().optional() })).default({}),
})

export interface ItemField {
  readonly name: string
  readonly title: string
  readonly value: Json
}

/** What an item holds, field by field, in the order and with the names of its robot's form. One that is no object is one field. */
export function itemFields(bot: Bot | undefined, data: Json): ItemField[] {
  if (data === null || typeof data !== 'object' || Array.isArray(data))
    return [{ name: '', title: '', value: data }]
  const properties = bot ? Titles.parse(itemSchema(bot)).properties : {}
  const order = Object.keys(properties)
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return Object.entries(data)
    .map(([name, value]) => ({ name, title: properties[name]?.title ?? name, value }))
    .toSorted((a, b) => place(a.name) - place(b.name))
}

/** Their names alone; what an item that could not be read calls its fields may be anything, so those are not told. */
export function fieldTitles(bot: Bot | undefined, data: Json): { name: string; title: string }[] {
  const known = bot ? Titles.parse(itemSchema(bot)).properties : {}
  return itemFields(bot, data)
    .filter(({ name }) => Object.hasOwn(known, name))
    .map(({ name, title }) => ({ name, title }))
}
