import { figuresIn } from './report-figures.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage } from './report-words.ts'

/** For each stretch of days of which more is signed than is left net: which, how much is signed and how much is left. */
export function overSignedSentences(
  { savings, overSigned }: Pick<ReportContent, 'savings' | 'overSigned'>,
  language: ReportLanguage,
): { readonly hospital: string; readonly sentence: string }[] {
  const [word, { day, hours }] = [wordsOf(language), figuresIn(language)]
  return overSigned.map(({ hospital, from, to, netHours, signedHours }) => {
    const name = savings.hospitals.find(({ id }) => id === hospital)?.name ?? hospital
    const figures = `${word('realisedHours')} ${hours(signedHours)}, ${word('netHours')} ${hours(netHours)}`
    return { hospital, sentence: `${name}, ${day(from)} – ${day(to)}: ${figures}` }
  })
}
