import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { TextPart } from './text-parts.ts'
import type { Language } from './texts.ts'

const REMEMBERED = 'ontregel-language'
const ALL = 'translation'
/** A bundle that says which parts of a language are here. */
const HERE = 'here'

type Words = () => Promise<{ readonly default: Readonly<Record<string, string>> }>

const PARTS: Readonly<Record<Language, Readonly<Record<TextPart, Words>>>> = {
  nl: {
    first: () => import('virtual:texts/nl-first'),
    failures: () => import('virtual:texts/nl-failures'),
    administer: () => import('virtual:texts/nl-administer'),
    items: () => import('virtual:texts/nl-items'),
    operate: () => import('virtual:texts/nl-operate'),
    savings: () => import('virtual:texts/nl-savings'),
    programme: () => import('virtual:texts/nl-programme'),
  },
  en: {
    first: () => import('virtual:texts/en-first'),
    // What the server says is in English already.
    failures: () => Promise.resolve({ default: {} }),
    administer: () => import('virtual:texts/en-administer'),
    items: () => import('virtual:texts/en-items'),
    operate: () => import('virtual:texts/en-operate'),
    savings: () => import('virtual:texts/en-savings'),
    programme: () => import('virtual:texts/en-programme'),
  },
}

/** What the pages that were opened so far say, in whatever language is spoken next. */
const wanted = new Set<TextPart>(['first'])

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
  // A page that is opened meanwhile wants words too, which it then asks in the language before.
  while (missing(languages, language).length > 0) await bring(languages, language)
  await languages.changeLanguage(language)
  document.documentElement.lang = language
  localStorage.setItem(REMEMBERED, language)
}

/** Brings the words of a page in the language that is spoken now. */
export async function speakOf(languages: i18n, parts: readonly TextPart[]): Promise<void> {
  for (const part of parts) wanted.add(part)
  await bring(languages, languages.language === 'en' ? 'en' : 'nl')
}

async function bring(languages: i18n, language: Language): Promise<void> {
  await Promise.all(
    missing(languages, language).map(async (part) => {
      const { default: words } = await PARTS[language][part]()
      languages.addResourceBundle(language, ALL, words, true)
      languages.addResource(language, HERE, part, part)
    }),
  )
}

const missing = (languages: i18n, language: Language): TextPart[] =>
  [...wanted].filter((part) => !languages.getResource(language, HERE, part))

/** Dutch, unless this browser was used in English before, or its own language is neither. */
function languageBeforeSignIn(): Language {
  const remembered = localStorage.getItem(REMEMBERED)
  if (remembered === 'nl' || remembered === 'en') return remembered
  return navigator.language.startsWith('nl') ? 'nl' : 'en'
}
