import type { Plugin } from 'vite'
import { AREAS, type TextPart } from './text-parts.ts'
import type { Language } from './texts.ts'

const ASKED = /^virtual:texts\/(nl|en)-([a-z]+)$/
const READ = /^\0virtual:texts\/(nl|en)-([a-z]+)$/

/**
 * The words of one part in one language, for nobody loads those of the other language, or of pages that are not opened:
 * `virtual:texts/nl-items`.
 */
export function textsByLanguage(): Plugin {
  return {
    name: 'texts-by-language',
    resolveId: (id) => (ASKED.test(id) ? `\0${id}` : null),
    async load(id) {
      const [, language, part] = READ.exec(id) ?? []
      if (language !== 'nl' && language !== 'en') return null
      const words = (await wordsByPart(language)).filter((word) => word.part === part)
      return `export default ${JSON.stringify(Object.fromEntries(words.map(({ key, text }) => [key, text])))}`
    },
  }
}

interface Word {
  readonly key: string
  readonly text: string
  /** Which file brings it. */
  readonly part: TextPart
}

/** Every word of a language. */
export async function wordsByPart(language: Language): Promise<readonly Word[]> {
  const [{ texts }, { pages }, { failureWords, firstFailures }, { HALF_WORDS, VALUE_WORDS }] =
    await Promise.all([
      import('./texts.ts'),
      import('./pages.ts'),
      import('./shared/failure-texts.ts'),
      import('./administer/value-words.ts'),
    ])
  const first = new Set<string>([
    // The navigation says them, whatever page is open.
    ...pages.map(({ title }) => title),
    // A history tells of changes in every area.
    ...Object.values({ ...VALUE_WORDS, HALF_WORDS }).flatMap((words) => Object.values(words)),
    ...firstFailures,
  ])
  const partOf = (key: string): TextPart => {
    if (first.has(key)) return 'first'
    if (key.startsWith('failure.')) return 'failures'
    return AREAS.find((area) => key.startsWith(`${area}.`)) ?? 'first'
  }
  // In English the server's own sentences are shown.
  const all = language === 'nl' ? { ...texts.nl, ...failureWords } : texts.en
  return Object.entries(all).map(([key, text]) => ({ key, text, part: partOf(key) }))
}
