import type { Row } from 'write-excel-file/node'
import { botTitle } from './bot-words.ts'
import type { ReportContent } from './report-content.ts'
import { withinADayShare } from './report-summary.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'
import { activityWord, PHASE_WORDS } from './taxonomy-words.ts'

export const ROBOT_HEADS = [
  'bot',
  'hospitals',
  'done',
  'parked',
  'parkedShare',
  'leadTime',
  'withinADay',
  'netHours',
] as const satisfies readonly WordKey[]

/** Robots over all hospitals; shares are parts of one, lead time is in hours. */
export function robotRows({ robots }: ReportContent, language: ReportLanguage): Row[] {
  const hidden = wordsOf(language)('withheld')
  return robots.map(
    ({ bot, hospitals, done, parked, parkedShare, leadTime, leadTimeWithheld, netHours }): Row => [
      ...[botTitle(bot, language), hospitals, done ?? hidden, parked ?? hidden, parkedShare],
      ...(leadTime
        ? [leadTime.meanSeconds / 3600, withinADayShare(leadTime) ?? hidden]
        : leadTimeWithheld
          ? [hidden, hidden]
          : [null, null]),
      netHours ?? hidden,
    ],
  )
}

export const ACTIVITY_HEADS = ['activity', 'netHours'] as const satisfies readonly WordKey[]

/** Net hours by activity of the taxonomy. */
export function activityRows({ activities }: ReportContent, language: ReportLanguage): Row[] {
  const hidden = wordsOf(language)('withheld')
  return activities.map(({ activity, netHours }): Row => [
    activityWord(activity, language),
    netHours ?? hidden,
  ])
}

export const ADOPTION_HEADS = ['bot', 'hospital', 'phase', 'since'] as const satisfies readonly WordKey[]

/** Each phase of each robot at each hospital, with the local date since when; the last is where it stands. */
export function adoptionRows({ adoption, savings }: ReportContent, language: ReportLanguage): Row[] {
  const names = new Map(savings.hospitals.map(({ id, name }) => [id, name]))
  return adoption.flatMap(({ hospital, bot, phases }): Row[] => {
    const own = [botTitle(bot, language), names.get(hospital) ?? hospital]
    if (phases.length === 0) return [[...own, wordsOf(language)('unknown'), null]]
    return phases.map(({ phase, since }) => [...own, PHASE_WORDS[language][phase], since])
  })
}
