import { botTitle } from './bot-words.ts'
import { columnLetters } from './column-letters.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage } from './report-words.ts'
import { activityWord } from './taxonomy-words.ts'
import { columnOf, deploymentLines } from './workbook-deployments.ts'
import { ACTIVITY_HEADS, ROBOT_HEADS } from './workbook-groups.ts'
import type { Check } from './workbook-recompute-counts.ts'
import { leadChecks } from './workbook-lead-times.ts'
import { monthChecks } from './workbook-months.ts'

type Word = ReturnType<typeof wordsOf>

/** Months from deployments, and these from counts and bookings; robots and activities from their deployments. What is not told is left away. */
export const groupChecks = (content: ReportContent, language: ReportLanguage): Check[] => [
  ...monthChecks(content, wordsOf(language)),
  ...robotChecks(content, language),
  ...leadChecks(content, language),
  ...activityChecks(content, language),
]

/** What the deployments with the same title add up; text in a column of figures is passed over. */
function sumOver(
  content: ReportContent,
  by: 'bot' | 'activity',
  { word, title }: { readonly word: Word; readonly title: string },
): (head: Parameters<typeof columnOf>[0]) => string {
  const last = deploymentLines(content).length + 1
  const column = (head: Parameters<typeof columnOf>[0]) =>
    `'${word('deployments')}'!${columnOf(head)}2:${columnOf(head)}${last}`
  return (head) => `SUMPRODUCT(--(${column(by)}=${title}),${column(head)})`
}

function robotChecks(content: ReportContent, language: ReportLanguage): Check[] {
  const word = wordsOf(language)
  return content.robots.flatMap((robot, place) => {
    const cell = (head: (typeof ROBOT_HEADS)[number]) =>
      `'${word('perRobot')}'!${columnLetters(ROBOT_HEADS.indexOf(head))}${place + 2}`
    const sum = sumOver(content, 'bot', { word, title: cell('bot') })
    const of = botTitle(robot.bot, language)
    const sums = (['done', 'parked', 'netHours'] as const)
      .filter((head) => robot[head] !== null)
      .map((head): Check => {
        return { of, head, from: 'deployments', reported: cell(head), formula: sum(head) }
      })
    if (robot.parkedShare === null) return sums
    const formula = `${cell('parked')}/(${cell('done')}+${cell('parked')})`
    return [...sums, { of, head: 'parkedShare', from: 'perRobot', reported: cell('parkedShare'), formula }]
  })
}

function activityChecks(content: ReportContent, language: ReportLanguage): Check[] {
  const word = wordsOf(language)
  return content.activities.flatMap(({ activity, netHours }, place) => {
    if (netHours === null) return []
    const cell = (head: (typeof ACTIVITY_HEADS)[number]) =>
      `'${word('perActivity')}'!${columnLetters(ACTIVITY_HEADS.indexOf(head))}${place + 2}`
    return {
      ...{ of: activityWord(activity, language), head: 'netHours', from: 'deployments' },
      reported: cell('netHours'),
      formula: sumOver(content, 'activity', { word, title: cell('activity') })('netHours'),
    }
  })
}
