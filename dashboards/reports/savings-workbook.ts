import type { Row, Sheet } from 'write-excel-file/node'
import { baselineRows, BASELINE_HEADS } from './workbook-baselines.ts'
import { COUNT_HEADS, countRows } from './workbook-counts.ts'
import { deploymentRows, DEPLOYMENT_HEADS } from './workbook-deployments.ts'
import {
  ACTIVITY_HEADS,
  activityRows,
  ADOPTION_HEADS,
  adoptionRows,
  ROBOT_HEADS,
  robotRows,
} from './workbook-groups.ts'
import { LEAD_HEADS, leadRows } from './workbook-lead-times.ts'
import { MONTH_HEADS, monthRows } from './workbook-months.ts'
import { NORM_HEADS, normRows } from './workbook-norms.ts'
import { recountedSentence } from './last-recount.ts'
import { recomputeRows, RECOMPUTE_HEADS } from './workbook-recompute.ts'
import { UPKEEP_HEADS, upkeepRows } from './workbook-upkeep.ts'
import { summaryRows, SUMMARY_HEADS } from './workbook-summary.ts'
import { writeWorkbook } from './write-workbook.ts'
import type { ReportContent } from './report-content.ts'
import { COUNT_SHEET, DEFINITIONS, NOT_SAID } from './report-definitions.ts'
import { wordsOf, type ReportLanguage, type WordKey } from './report-words.ts'

const WIDTH = 18

/**
 * The report as an Excel file: figures as numbers, a sheet of formulas that compute them again, and what they mean.
 */
export async function savingsWorkbook(content: ReportContent, language: ReportLanguage): Promise<Buffer> {
  const word = wordsOf(language)
  const sheet = (name: WordKey, heads: readonly WordKey[], rows: Row[]): Sheet<Buffer> => ({
    sheet: word(name),
    data: [heads.map((head) => ({ value: word(head), fontWeight: 'bold', wrap: true })), ...rows],
    columns: heads.map(() => ({ width: WIDTH })),
    stickyRowsCount: 1,
  })
  return await writeWorkbook([
    sheet('summary', SUMMARY_HEADS, summaryRows(content, language)),
    sheet('deployments', DEPLOYMENT_HEADS, deploymentRows(content, language)),
    sheet('normSheet', NORM_HEADS, normRows(content, language)),
    sheet('baselines', BASELINE_HEADS, baselineRows(content, language)),
    sheet(
      'trend',
      ['month', 'netHours'],
      content.trend.map(({ month, netHours }) => [month, netHours]),
    ),
    sheet('monthSheet', MONTH_HEADS, monthRows(content, language)),
    sheet('perRobot', ROBOT_HEADS, robotRows(content, language)),
    sheet('leadSheet', LEAD_HEADS, leadRows(content, language)),
    sheet('perActivity', ACTIVITY_HEADS, activityRows(content, language)),
    sheet('adoption', ADOPTION_HEADS, adoptionRows(content, language)),
    sheet('countSheet', COUNT_HEADS, countRows(content, language)),
    sheet('upkeepSheet', UPKEEP_HEADS, upkeepRows(content, language)),
    sheet('recompute', RECOMPUTE_HEADS, recomputeRows(content, language)),
    {
      ...sheet('definitions', ['title', 'meaning'], definitionRows(content, language)),
      columns: [{ width: 34 }, { width: 110 }],
    },
  ])
}

function definitionRows({ savings, madeOn, recounted }: ReportContent, language: ReportLanguage): Row[] {
  const word = wordsOf(language)
  const { from, to, until } = savings.period
  return [
    [word('period'), `${from} – ${to}, ${word('until')} ${until}`],
    [word('madeOn'), madeOn],
    [word('recounted'), { value: recountedSentence(recounted, language), wrap: true }],
    [word('countSheet'), { value: COUNT_SHEET[language], wrap: true }],
    ...DEFINITIONS.map((definition) => [word(definition.word), { value: definition[language], wrap: true }]),
    ...NOT_SAID[language].map((sentence) => [word('notSaid'), { value: sentence, wrap: true }]),
  ]
}
