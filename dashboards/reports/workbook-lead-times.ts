import type { Row } from 'write-excel-file/node'
import { botTitle } from './bot-words.ts'
import { columnLetters } from './column-letters.ts'
import type { ReportContent } from './report-content.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'
import { ROBOT_HEADS } from './workbook-groups.ts'
import type { Check } from './workbook-recompute-counts.ts'

export const LEAD_HEADS = [
  'bot',
  'deployment',
  'items',
  'leadSeconds',
  'leadWithinADay',
] as const satisfies readonly WordKey[]

/** A row for each deployment that a robot's lead time is made of; none of a robot of which one of them is not told. */
export function leadRows({ robots }: ReportContent, language: ReportLanguage): Row[] {
  const hidden = wordsOf(language)('withheld')
  return robots.flatMap(({ bot, leadTimeParts }) =>
    leadTimeParts.map(({ deployment, items, seconds, withinADay }): Row => [
      ...[botTitle(bot, language), deployment, items, seconds, withinADay ?? hidden],
    ]),
  )
}

/** The lead time of each robot, and the share within a day, from those of its deployments. */
export function leadChecks(content: ReportContent, language: ReportLanguage): Check[] {
  const word = wordsOf(language)
  const last = content.robots.reduce((sum, { leadTimeParts }) => sum + leadTimeParts.length, 0) + 1
  const column = (head: (typeof LEAD_HEADS)[number]) => {
    const letter = columnLetters(LEAD_HEADS.indexOf(head))
    return `'${word('leadSheet')}'!${letter}2:${letter}${last}`
  }
  return content.robots.flatMap(({ bot, leadTime, leadTimeParts }, place) => {
    if (!leadTime || leadTimeParts.length === 0) return []
    const cell = (head: (typeof ROBOT_HEADS)[number]) =>
      `'${word('perRobot')}'!${columnLetters(ROBOT_HEADS.indexOf(head))}${place + 2}`
    const sum = (head: (typeof LEAD_HEADS)[number]) =>
      `SUMPRODUCT(--(${column('bot')}=${cell('bot')}),${column(head)})`
    const of = botTitle(bot, language)
    const check = (head: 'leadTime' | 'withinADay', formula: string): Check => ({
      ...{ of, head, from: 'leadSheet', reported: cell(head), formula },
    })
    const mean = check('leadTime', `${sum('leadSeconds')}/${sum('items')}/3600`)
    if (leadTimeParts.some(({ withinADay }) => withinADay === null)) return [mean]
    return [mean, check('withinADay', `${sum('leadWithinADay')}/${sum('items')}`)]
  })
}
