import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from './texts.ts'

const REMEMBERED = 'ontregel-language'
const ALL = 'translation'
/** A bundle that says that the words of a language are all here. */
const COMPLETE = 'complete'

type Words = () => Promise<{ readonly default: Readonly<Record<string, string>> }>

const FIRST: Readonly<Record<Language, Words>> = {
  nl: () => import('virtual:texts/nl-first'),
  en: () => import('virtual:texts/en-first'),
}
const REST: Readonly<Record<Language, Words>> = {
  nl: () => import('virtual:texts/nl-rest'),
  en: () => import('virtual:texts/en-rest'),
}

/** The words of the reader's language. A text that comes from the API is never looked up here, so nothing in it is interpreted. */
export async function openLanguages(): Promise<i18n> {
  const languages = createInstance()
  await languages.use(initReactI18next).init({
    resources: {},
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await speak(languages, languageBeforeSignIn())
  return languages
}

/** Changes to a language, once its words are here. Screen readers and hyphenation go by it; it is remembered for the next time. */
export async function speak(languages: i18n, language: Language): Promise<void> {
  const wantsAll = languages.language !== undefined && hasAll(languages, languages.language)
  await add(languages, language, FIRST)
  if (wantsAll) await add(languages, language, REST)
  await languages.changeLanguage(language)
  document.documentElement.lang = language
  localStorage.setItem(REMEMBERED, language)
}

/** Brings the words of the pages behind the shell, in the language that is spoken now. */
export async function speakInFull(languages: i18n): Promise<void> {
  if (!hasAll(languages, languages.language))
    await add(languages, languages.language === 'en' ? 'en' : 'nl', REST)
}

async function add(
  languages: i18n,
  language: Language,
  from: Readonly<Record<Language, Words>>,
): Promise<void> {
  const { default: words } = await from[language]()
  languages.addResourceBundle(language, ALL, words, true)
  if (from === REST) languages.addResource(language, COMPLETE, 'is', 'complete')
}

const hasAll = (languages: i18n, language: string): boolean => languages.hasResourceBundle(language, COMPLETE)

/** Dutch, unless this browser was used in English before, or its own language is neither. */
function languageBeforeSignIn(): Language {
  const remembered = localStorage.getItem(REMEMBERED)
  if (remembered === 'nl' || remembered === 'en') return remembered
  return navigator.language.startsWith('nl') ? 'nl' : 'en'
}
