import { figuresIn } from './report-figures.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage } from './report-words.ts'

/** For each import that was withdrawn since: of which hospital, when, and how many items of the period it had brought. */
export function withdrawnSentences(
  { savings, withdrawnImports }: Pick<ReportContent, 'savings' | 'withdrawnImports'>,
  language: ReportLanguage,
): { readonly hospital: string; readonly sentence: string }[] {
  const [word, { day, count }] = [wordsOf(language), figuresIn(language)]
  return withdrawnImports.map(({ hospital, import: number, on, items }) => {
    const name = savings.hospitals.find(({ id }) => id === hospital)?.name ?? hospital
    const many =
      items === null ? word('fewItems') : `${count(items)} ${word(items === 1 ? 'ofItem' : 'ofItems')}`
    return { hospital, sentence: `${name}: ${many}, import ${number}, ${day(on)}` }
  })
}
