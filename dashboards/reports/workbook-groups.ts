import type { Row } from 'write-excel-file/node'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'
import { ACTIVITY_WORDS, PHASE_WORDS } from './taxonomy-words.ts'

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
  return robots.map(({ bot, title, hospitals, done, parked, parkedShare, leadTime, netHours }): Row => [
    ...[title?.[language] ?? bot, hospitals, done ?? hidden, parked ?? hidden, parkedShare],
    ...(leadTime ? [leadTime.meanSeconds / 3600, leadTime.withinADay / leadTime.items] : [null, null]),
    netHours ?? hidden,
  ])
}

export const ACTIVITY_HEADS = ['activity', 'netHours'] as const satisfies readonly WordKey[]

/** Net hours by activity of the taxonomy. */
export function activityRows({ activities }: ReportContent, language: ReportLanguage): Row[] {
  const word = wordsOf(language)
  return activities.map(({ activity, netHours }): Row => [
    activity === null ? word('unmentioned') : (ACTIVITY_WORDS[language][activity] ?? activity),
    netHours ?? word('withheld'),
  ])
}

export const ADOPTION_HEADS = ['bot', 'hospital', 'phase', 'since'] as const satisfies readonly WordKey[]

/** Where each robot stands at each hospital, with the local date since when. */
export function adoptionRows({ adoption, robots, savings }: ReportContent, language: ReportLanguage): Row[] {
  const titles = new Map(robots.map(({ bot, title }) => [bot, title?.[language] ?? bot]))
  const names = new Map(savings.hospitals.map(({ id, name }) => [id, name]))
  return adoption.map(({ hospital, bot, phases }): Row => {
    const last = phases.at(-1)
    const phase = last ? PHASE_WORDS[language][last.phase] : wordsOf(language)('unknown')
    return [titles.get(bot) ?? bot, names.get(hospital) ?? hospital, phase, last?.since ?? null]
  })
}
