import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { readReportContent } from '../../../dashboards/reports/report-content.ts'
import { wordsOf } from '../../../dashboards/reports/report-words.ts'
import { savingsPdf } from '../../../dashboards/reports/savings-pdf.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { savingsTable } from '../../../dashboards/terminal/savings-table.ts'
import { signRealised } from '../../../orchestrator/savings/realised.ts'
import { readWorkbook } from './read-workbook.ts'
import { openSeededReport } from './seeded-report.ts'

test.each(['nl', 'en'] as const)(
  'what was signed for months partly outside the period is told beside it in %s, not left unsaid',
  { timeout: 120_000 },
  async (language) => {
    await using ledger = await openSeededReport()
    const by = { account: 'account-1', today: '2026-04-01' }
    const signed = {
      purpose: 'more-care',
      department: 'Poli 1',
      signedName: 'Hoofd',
      hospital: 'oost',
    } as const
    await signRealised(ledger.db, by, { ...signed, from: '2026-01-01', to: '2026-03-31', hours: 12.5 })
    const question = {
      hospitals: ['oost', 'west'],
      seesItemsOf: ['oost', 'west'],
      lists: true,
      today: by.today,
    }
    const read = (from: string, to: string) => readReportContent(ledger.db, { ...question, from, to })
    const word = wordsOf(language)
    const options = { chromium: undefined, environment: { PATH: process.env['PATH'] } }
    const printed = async (report: Awaited<ReturnType<typeof read>>) => {
      const pdf = await savingsPdf(report, language, options)
      const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })
      return text.replaceAll(/\s+/g, ' ')
    }
    const march = await read('2026-03-01', '2026-03-31')
    expect(march.savings.hospitals[0]).toMatchObject({ realisedHours: '0', realisedAcrossHours: '12.50' })
    expect(await printed(march)).toContain(
      `${word('realisedAcrossHours')}: ${march.savings.hospitals[0]?.name} ${language === 'nl' ? '12,5' : '12.5'}.`,
    )
    expect(savingsTable(march.savings, null)).toContain('12.50 hours more are signed as realised for periods')
    const [heads = [], ...rows] =
      readWorkbook(await savingsWorkbook(march, language)).get(word('summary')) ?? []
    const column = heads.indexOf(word('realisedAcrossHours'))
    expect(rows.map((row) => row[column])).toEqual([12.5, 0, 12.5])
    const quarter = await read('2026-01-01', '2026-03-31')
    expect(quarter.savings.hospitals[0]).toMatchObject({ realisedHours: '12.50', realisedAcrossHours: '0' })
    expect(await printed(quarter)).not.toContain(word('realisedAcrossHours'))
    expect(savingsTable(quarter.savings, null)).not.toContain('lie partly outside')
  },
)
