import type { Bot, Text } from './bot.ts'

/** What a field of a bot's settings or items is called, and what is said of it beside the form. */
export interface FieldWords {
  readonly title: Text
  readonly hint?: Text
}

/** Names a field for the people who fill it in: `z.string().meta(words({ nl: 'Soort taak', en: 'Kind of task' }))`. */
export const words = (title: Text, hint?: Text): { readonly words: FieldWords } => ({
  words: { title, ...(hint && { hint }) },
})

/** What a step or act is called; undefined for one that the bot does not declare, such as that of another version. */
export function doneTitle(bot: Bot | undefined, name: string | null): Text | undefined {
  if (!bot || name === null) return undefined
  return own(bot.acts, name)?.title ?? own(bot.steps, name)
}

/** What a piece of evidence shows: it stands as `system: step`, by the name of a step or act. Undefined for any other. */
export function evidenceTitle(bot: Bot | undefined, label: string): Text | undefined {
  const [system = '', ...name] = label.split(': ')
  const title = doneTitle(bot, name.join(': '))
  return title && { nl: `${system}: ${title.nl}`, en: `${system}: ${title.en}` }
}

/** A name comes out of the ledger and may be any text. */
const own = <Value>(all: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined =>
  all && Object.hasOwn(all, name) ? all[name] : undefined
