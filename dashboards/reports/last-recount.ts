import type { LastRecount } from '../../orchestrator/savings/last-recount.ts'
import { enRecounted } from '../web/savings/texts-en-recounted.ts'
import { nlRecounted } from '../web/savings/texts-nl-recounted.ts'
import { figuresIn } from './report-figures.ts'
import type { ReportLanguage } from './report-words.ts'

const SENTENCES = { nl: nlRecounted, en: enRecounted }

/** When the figures were last counted again, over which days and with what result, or that they never were: as on screen. */
export function recountedSentence(last: LastRecount | null, language: ReportLanguage): string {
  const sentences = SENTENCES[language]
  if (last === null) return sentences['savings.recounted.never']
  const { day } = figuresIn(language)
  const days = last.periods.map(({ from, to }) => `${day(from)} – ${day(to)}`).join('; ')
  return sentences[`savings.recounted.${resultOf(last)}`]
    .replace('{{day}}', day(last.day))
    .replace('{{days}}', days)
    .replace('{{count}}', String(last.differences))
}

const resultOf = ({ differences }: LastRecount) =>
  differences === 0 ? 'agrees' : differences === 1 ? 'differs_one' : 'differs_other'
