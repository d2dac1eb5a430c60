import type { Bot, Json, Text } from '../../../bots/bot.ts'
import { itemFieldTitles } from '../../../orchestrator/triggers/list/item-columns.ts'

export interface ItemField {
  readonly name: string
  readonly title: Text
  readonly value: Json
}

/** What an item holds, field by field, in the order and with the names of its robot's form. One that is no object is one field. */
export function itemFields(bot: Bot | undefined, data: Json): ItemField[] {
  if (data === null || typeof data !== 'object' || Array.isArray(data))
    return [{ name: '', title: { nl: '', en: '' }, value: data }]
  const titles = bot ? itemFieldTitles(bot) : new Map<string, Text>()
  const order = [...titles.keys()]
  const place = (name: string) => (titles.has(name) ? order.indexOf(name) : order.length)
  return Object.entries(data)
    .map(([name, value]) => ({ name, title: titles.get(name) ?? { nl: name, en: name }, value }))
    .toSorted((a, b) => place(a.name) - place(b.name))
}

/** Their names alone; what an item that could not be read calls its fields may be anything, so those are not told. */
export function fieldTitles(bot: Bot | undefined, data: Json): { name: string; title: Text }[] {
  const known = bot ? itemFieldTitles(bot) : new Map<string, Text>()
  return itemFields(bot, data)
    .filter(({ name }) => known.has(name))
    .map(({ name, title }) => ({ name, title }))
}
