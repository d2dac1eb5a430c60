import type { Plugin } from 'vite'

const ASKED = /^virtual:texts\/(nl|en)-(first|rest)$/
const READ = /^\0virtual:texts\/(nl|en)-(first|rest)$/

/** What the shell and the pages before and around signing in say. */
const OF_THE_SHELL = /^(shared|door)\./

/**
 * The words of one language, for nobody loads those of the other: `virtual:texts/nl-first` is what the shell and the
 * navigation say, `virtual:texts/nl-rest` all else.
 */
export function textsByLanguage(): Plugin {
  return {
    name: 'texts-by-language',
    resolveId: (id) => (ASKED.test(id) ? `\0${id}` : null),
    async load(id) {
      const [, language, part] = READ.exec(id) ?? []
      if (language !== 'nl' && language !== 'en') return null
      const [{ texts }, { pages }, { failureWords, firstFailures }] = await Promise.all([
        import('./texts.ts'),
        import('./pages.ts'),
        import('./shared/failure-texts.ts'),
      ])
      const titles = new Set<string>(pages.map(({ title }) => title))
      const isFirst = (key: string) => OF_THE_SHELL.test(key) || titles.has(key) || firstFailures.has(key)
      // In English the server's own sentences are shown.
      const all = language === 'nl' ? { ...texts.nl, ...failureWords } : texts.en
      const words = Object.entries(all).filter(([key]) => isFirst(key) === (part === 'first'))
      return `export default ${JSON.stringify(Object.fromEntries(words))}`
    },
  }
}
