import { botTitle } from './bot-words.ts'
import { table } from './html-table.ts'
import type { Html } from './html-text.ts'
import { notInHoursOf } from './not-in-hours.ts'
import type { ReportContent } from './report-content.ts'
import { withinADayShare, type RobotFigures } from './report-summary.ts'
import type { Writing } from './report-page.ts'
import type { WordKey } from './report-words.ts'
import { activityWord } from './taxonomy-words.ts'

const NOT_IN_HOURS_HEADS = [
  'hospital',
  'withoutBaseline',
  'leftOut',
  'oneOffItems',
  'oneOffHours',
  'realisedHours',
] as const satisfies readonly WordKey[]

/** Of each hospital what its net hours do not hold: items that did not count, backlogs, and what was signed. */
export function notInHoursTable({ savings, told }: ReportContent, { word, figures }: Writing): Html {
  const count = (value: number | null) => (value === null ? word('withheld') : figures.count(value))
  const rows = savings.hospitals.map((hospital) => {
    const { withoutBaseline, leftOut, oneOffItems, oneOffHours, realisedHours } = notInHoursOf(hospital, told)
    return [
      ...[hospital.name, count(withoutBaseline), count(leftOut), count(oneOffItems)],
      ...[figures.hours(oneOffHours), figures.hours(realisedHours)],
    ]
  })
  return table(word('notInHours'), NOT_IN_HOURS_HEADS.map(word), rows)
}

/** Robots over all hospitals, those with most net hours first. */
export function robotTable({ robots }: ReportContent, { language, word, figures }: Writing): Html {
  const told = (value: number | null, write: (value: number) => string) =>
    value === null ? word('withheld') : write(value)
  const within = (leadTime: RobotFigures['leadTime']) =>
    leadTime === null ? '–' : told(withinADayShare(leadTime), figures.share)
  const rows = robots
    .toSorted((a, b) => (b.netHours ?? 0) - (a.netHours ?? 0))
    .map((robot) => [
      botTitle(robot.bot, language),
      figures.count(robot.hospitals),
      told(robot.done, figures.count),
      robot.parkedShare === null ? '–' : figures.share(robot.parkedShare),
      ...(robot.leadTimeWithheld
        ? [word('withheld'), word('withheld')]
        : [
            robot.leadTime === null ? '–' : figures.hours(robot.leadTime.meanSeconds / 3600),
            within(robot.leadTime),
          ]),
      told(robot.netHours, figures.hours),
    ])
  const heads = ['bot', 'hospitals', 'done', 'parkedShare', 'leadTime', 'withinADay', 'netHours'] as const
  return table(word('perRobot'), heads.map(word), rows)
}

/** Net hours by activity of the taxonomy. */
export function activityTable({ activities }: ReportContent, { language, word, figures }: Writing): Html {
  const rows = activities
    .toSorted((a, b) => (b.netHours ?? 0) - (a.netHours ?? 0))
    .map(({ activity, netHours }) => [
      activityWord(activity, language),
      netHours === null ? word('withheld') : figures.hours(netHours),
    ])
  return table(word('perActivity'), [word('activity'), word('netHours')], rows)
}
