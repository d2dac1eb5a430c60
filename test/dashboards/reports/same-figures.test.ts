import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, test } from 'vitest'
import type { ReportContent } from '../../../dashboards/reports/report-content.ts'
import type { ReportLanguage } from '../../../dashboards/reports/report-words.ts'
import { savingsPdf } from '../../../dashboards/reports/savings-pdf.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { readWorkbook } from './read-workbook.ts'
import { openFullerReport } from './fuller-report.ts'
import type { Cells } from './sheet-formulas.ts'
import { written } from './written-figure.ts'

const OOST = '=HYPERLINK("x")<b>Oost</b>'
const SHEETS = {
  nl: ['Samenvatting', 'Verloop per maand', 'Per robot', 'Per activiteit', 'Adoptie'],
  en: ['Summary', 'By month', 'By robot', 'By activity', 'Adoption'],
} as const
const WORDS = {
  nl: {
    ...{
      total: 'Netto uren',
      fte: 'FTE volgens de norm',
      contract: 'FTE bij 1.878 uur',
      range: '95 %-interval',
    },
    withheld: 'niet getoond',
    norms: 'elk ziekenhuis bij zijn eigen norm',
    at: (hours: string) => `bij ${hours} uur`,
    sources: `Uren van één FTE: 1.440 uur per jaar: Planning: 1.872 min 432 uur voor verlof, ziekte en overleg; productieve uren. =HYPERLINK("x")<b>Oost</b>. 1.363 uur per jaar: planning (norm van het ziekenhuis zelf). West.`,
    activities: new Map([
      ['reporting', 'Verslaglegging en communicatie'],
      ['finance', 'Financiën'],
      ['outpatient', 'Polikliniek'],
    ]),
  },
  en: {
    ...{ total: 'Net hours', fte: 'FTE at the norm', contract: 'FTE at 1,878 hours', range: '95 % interval' },
    withheld: 'not shown',
    norms: 'each hospital at its own norm',
    at: (hours: string) => `at ${hours} hours`,
    sources: `Hours of one FTE: 1,440 hours a year: Planning: 1,872 less 432 hours for leave, sickness and meetings; productive hours. =HYPERLINK("x")<b>Oost</b>. 1,363 hours a year: planning (norm of the hospital’s own). West.`,
    activities: new Map([
      ['reporting', 'Reporting and communication'],
      ['finance', 'Finance'],
      ['outpatient', 'Outpatient clinic'],
    ]),
  },
} as const

const TITLES = {
  'referral-intake': { nl: 'Verwijzing verwerken', en: 'Referral intake' },
  'insurance-check': { nl: 'Verzekering controleren', en: 'Insurance check' },
} as const
const titleOf = (bot: string, language: ReportLanguage) =>
  new Map(Object.entries(TITLES)).get(bot)?.[language] ?? `unknown robot ${bot}`

/** The heads and rows of the table of adoption, robots beside each other; one of them has no deployment anywhere. */
const ADOPTION = {
  nl: [
    ['Ziekenhuis', 'Afspraken na overlijden afzeggen', 'Verzekering controleren', 'Verwijzing verwerken'],
    [OOST, '–', 'niet bekend', 'In gebruik, 10 jan 2026'],
    ['West', 'Concept, 1 feb 2026', 'niet bekend', 'niet bekend'],
  ],
  en: [
    ['Hospital', 'Cancel appointments of the deceased', 'Insurance check', 'Referral intake'],
    [OOST, '–', 'not known', 'In use, 10 Jan 2026'],
    ['West', 'Concept, 1 Feb 2026', 'not known', 'not known'],
  ],
} as const

/** The rows of the sheet of adoption: every phase, the robot without a deployment too. */
const PHASES = {
  nl: [
    ['Afspraken na overlijden afzeggen', 'West', 'Concept', '2026-02-01'],
    ['Verzekering controleren', OOST, 'niet bekend'],
    ['Verzekering controleren', 'West', 'niet bekend'],
    ['Verwijzing verwerken', OOST, 'Idee', '2025-06-01'],
    ['Verwijzing verwerken', OOST, 'In gebruik', '2026-01-10'],
    ['Verwijzing verwerken', 'West', 'niet bekend'],
  ],
  en: [
    ['Cancel appointments of the deceased', 'West', 'Concept', '2026-02-01'],
    ['Insurance check', OOST, 'not known'],
    ['Insurance check', 'West', 'not known'],
    ['Referral intake', OOST, 'Idea', '2025-06-01'],
    ['Referral intake', OOST, 'In use', '2026-01-10'],
    ['Referral intake', 'West', 'not known'],
  ],
} as const

/** Every row of figures that the printed report must have, its cells in their order. */
function rowsOf(report: ReportContent, language: ReportLanguage): (readonly string[])[] {
  const word = WORDS[language]
  const hours = (value: number) => written(language, value, 1)
  const fte = (value: number) => written(language, value, 2)
  const share = (value: number) => `${written(language, value * 100, 1)} %`
  const { total, savings, robots, activities, trend } = report
  const range = (of: { low: number; high: number } | undefined, write: (value: number) => string) =>
    of ? [`${write(of.low)} – ${write(of.high)}`] : []
  const { interval } = total
  return [
    [word.total, hours(total.netHours), word.range, ':', ...range(interval?.netHours, hours)],
    [word.fte, fte(total.fte), word.norms, word.range, ':', ...range(interval?.fte, fte)],
    [word.contract, fte(total.contractFte), word.range, ':', ...range(interval?.contractFte, fte)],
    ...savings.hospitals.map((each) => [
      ...[each.name, hours(each.grossHours), hours(each.humanHours), hours(each.upkeepHours)],
      ...[hours(each.netHours), ...range(each.interval?.netHours, hours), fte(each.fte)],
      ...[word.at(written(language, each.norm.hoursPerYear, 0)), ...range(each.interval?.fte, fte)],
      ...[fte(each.contractFte), ...range(each.interval?.contractFte, fte), each.grade ?? ''],
    ]),
    ...savings.hospitals.map(({ name, deployments, oneOff, realisedHours }) => [
      name,
      ...(['withoutBaseline', 'leftOut', 'oneOffItems'] as const).map((of) =>
        written(
          language,
          deployments.reduce((sum, { id }) => sum + (report.told.get(id)?.[of] ?? Number.NaN), 0),
          0,
        ),
      ),
      ...[hours(oneOff.netHours), hours(Number(realisedHours))],
    ]),
    [word.sources],
    ...trend.map(({ netHours }) => [hours(netHours)]),
    ...savings.hospitals.flatMap(({ deployments }) =>
      deployments
        .filter(({ measuredDays }) => measuredDays > 0 && measuredDays < 28)
        .map(({ id, measuredDays }) => [`${id} (${measuredDays})`]),
    ),
    ...robots.map(({ bot, hospitals, done, parkedShare, leadTime, netHours }) => [
      ...[
        titleOf(bot, language),
        String(hospitals),
        done === null ? word.withheld : written(language, done, 0),
      ],
      parkedShare === null ? '–' : share(parkedShare),
      ...(leadTime
        ? [
            hours(leadTime.meanSeconds / 3600),
            leadTime.withinADay === null ? word.withheld : share(leadTime.withinADay / leadTime.items),
          ]
        : ['–', '–']),
      netHours === null ? word.withheld : hours(netHours),
    ]),
    ...activities.map(({ activity, netHours }) => [
      word.activities.get(activity ?? '') ?? `unknown activity ${activity}`,
      netHours === null ? word.withheld : hours(netHours),
    ]),
    ...ADOPTION[language],
  ]
}

/** Without blanks, which a page breaks lines at. */
const solid = (text: string) => text.replaceAll(/\s+/g, '')

/** The rows that a printed report does not have. */
const missing = (text: string, report: ReportContent, language: ReportLanguage) =>
  rowsOf(report, language).filter((row) => !solid(text).includes(solid(row.join(''))))

async function printed(report: ReportContent, language: ReportLanguage): Promise<string> {
  const pdf = await savingsPdf(report, language, {
    ...{ chromium: undefined, environment: { PATH: process.env['PATH'] } },
  })
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })
  return text
}

describe.each(['nl', 'en'] as const)('read back in %s', (language) => {
  test('the PDF says every figure of the report, each in its place', { timeout: 120_000 }, async () => {
    await using ledger = await openFullerReport()
    const report = await ledger.read()
    const text = await printed(report, language)
    expect(missing(text, report, language)).toEqual([])
    const beside = language === 'nl' ? '1.2349602,310,5' : '1,2349602.310.5'
    expect(solid(text)).toContain(`${solid(report.savings.hospitals[0]?.name ?? '')}${beside}`)
    // A figure that were another by its last digit would be missed.
    const { netHours } = report.total
    const other = { ...report, total: { ...report.total, netHours: netHours + 0.1 } }
    expect(missing(text, other, language)).toHaveLength(1)
    const slower = report.robots.map((robot) =>
      robot.leadTime ? { ...robot, leadTime: { ...robot.leadTime, withinADay: 31 } } : robot,
    )
    expect(missing(text, { ...report, robots: slower }, language)).toHaveLength(1)
  })

  test('the workbook says every figure of the report, not rounded', async () => {
    await using ledger = await openFullerReport()
    const report = await ledger.read()
    const sheets = readWorkbook(await savingsWorkbook(report, language))
    const [summary, trend, robots, activities, adoption] = SHEETS[language].map((name): Cells =>
      (sheets.get(name) ?? []).slice(1),
    )
    const ranges = ({ interval }: Pick<ReportContent['total'], 'interval'>) => [
      ...[interval?.fte.low, interval?.fte.high, interval?.contractFte.low, interval?.contractFte.high],
    ]
    const { total, savings } = report
    for (const [place, each] of [...savings.hospitals, total].entries()) {
      const row = summary?.[place] ?? []
      expect(row.slice(1, 6)).toEqual([
        ...[each.netHours, each.interval?.netHours.low, each.interval?.netHours.high],
        ...[each.fte, each.contractFte],
      ])
      expect(row.slice(17, 21)).toEqual(ranges(each))
    }
    expect(summary?.map((row) => row[21])).toEqual([...savings.hospitals, total].map(({ brief }) => brief))
    expect(trend).toEqual(report.trend.map(({ month, netHours }) => [month, netHours]))
    expect(robots).toEqual(
      report.robots.map(({ bot, leadTime, ...robot }) => [
        ...[titleOf(bot, language), robot.hospitals, robot.done, robot.parked, robot.parkedShare],
        ...(leadTime
          ? [leadTime.meanSeconds / 3600, (leadTime.withinADay ?? Number.NaN) / leadTime.items]
          : [null, null]),
        robot.netHours,
      ]),
    )
    const word = WORDS[language]
    expect(activities).toEqual(
      report.activities.map(({ activity, netHours }) => [word.activities.get(activity ?? ''), netHours]),
    )
    expect(adoption).toEqual(PHASES[language])
  })
})
