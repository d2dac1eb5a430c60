import type { CataloguedBot, Forms } from './answers.ts'
import type { CalledBy } from './change-place.ts'

/** What a draft is a draft of. */
export interface DraftOf {
  readonly bot: Pick<CataloguedBot, 'systems' | 'variants'>
  readonly forms: Pick<Forms, 'settings'>
}

/** What the codes of a draft are called: its robot's settings, systems and variants. */
export function draftWords(
  { bot, forms }: DraftOf,
  inLanguage: (both: { readonly nl: string; readonly en: string }) => string,
): CalledBy {
  const words = new Map([
    ...formTitles(forms.settings),
    ...bot.systems.map(({ role, title }) => [role, inLanguage(title)] as const),
    ...bot.variants.map(({ id, title }) => [id, inLanguage(title)] as const),
  ])
  return (code) => words.get(code)
}

/** The titles of a form's fields by their names, those of fields within fields too. */
function formTitles(schema: unknown): (readonly [string, string])[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([name, part]: [string, unknown]) => {
    const title = typeof part === 'object' && part !== null && 'title' in part ? part.title : undefined
    return [...(typeof title === 'string' ? [[name, title] as const] : []), ...formTitles(part)]
  })
}
