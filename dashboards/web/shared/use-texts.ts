import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language, TextKey } from '../texts.ts'

/** What is put into a text: `count` also chooses between `_one` and `_other`. */
export type TextValues = Readonly<Record<string, string | number>> & { readonly count?: number }

/** Words of this key in the language of the reader. */
export type Texts = (key: TextKey, values?: TextValues) => string

/** The words of the screen: `const t = useTexts()`, `t('items.found', { count: 3 })`. */
export function useTexts(): Texts {
  const { t } = useTranslation()
  return useCallback((key, values) => t(key, { ...values }), [t])
}

/** The language of the reader. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? 'en' : 'nl'
}

/** What a robot's step or act is called; by its own name where this version does not know it. */
export function useCalled(): (done: {
  readonly name: string | null
  readonly title: Readonly<Record<Language, string>> | null
}) => string {
  const inLanguage = useInLanguage()
  return ({ name, title }) => (title ? inLanguage(title) : (name ?? ''))
}

/** For what the API gives in both languages, such as the title of a bot. */
export function useInLanguage(): (both: Readonly<Record<Language, string>>) => string {
  const language = useLanguage()
  return (both) => both[language]
}
