import { texts, type Language } from '../../../../dashboards/web/texts.ts'

/** The words of the pages in a language; a plural is asked for by its whole key. */
export type Words = (
  key: keyof (typeof texts)['nl'],
  values?: Readonly<Record<string, string | number>>,
) => string

/** A journey is walked in both languages, so it says by key what it looks for. */
export function wordsOf(language: Language): Words {
  return (key, values = {}) =>
    texts[language][key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}
