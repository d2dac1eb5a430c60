import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { figuresIn } from '../../../dashboards/reports/report-figures.ts'
import { reportPage } from '../../../dashboards/reports/report-page.ts'
import { wordsOf } from '../../../dashboards/reports/report-words.ts'
import { savingsPdf } from '../../../dashboards/reports/savings-pdf.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { savingsTable } from '../../../dashboards/terminal/savings-table.ts'
import { addOneOff } from '../../../orchestrator/savings/one-off.ts'
import { signRealised } from '../../../orchestrator/savings/realised.ts'
import { readWorkbook } from './read-workbook.ts'
import { openSeededReport } from './seeded-report.ts'

test.each(['nl', 'en'] as const)(
  'PDF and workbook in %s say that more was signed than is left',
  async (language) => {
    await using ledger = await openSeededReport()
    const by = { account: 'account-1', today: '2026-04-01' }
    const march = { from: '2026-03-01', to: '2026-03-31', hospital: 'oost', hours: 38 }
    const signed = { purpose: 'more-care', department: 'Poli 1', signedName: 'Hoofd' } as const
    await signRealised(ledger.db, by, { ...march, ...signed })
    const word = wordsOf(language)
    expect(reportPage(await ledger.read(), language)).not.toContain(word('overSigned'))
    const days = { from: '2026-03-30', until: '2026-03-30' }
    await addOneOff(ledger.db, by, { deployment: 'oost-check', ...days, reason: 'old work' })
    const report = await ledger.read()
    const [over] = report.overSigned
    expect(over).toMatchObject({
      hospital: 'oost',
      from: march.from,
      to: march.to,
      netHours: 0,
      signedHours: 38,
    })
    const { day, hours } = figuresIn(language)
    const said = `${day(march.from)} – ${day(march.to)}: ${word('realisedHours')} ${hours(38)}, ${word('netHours')} ${hours(0)}`
    const pdf = await savingsPdf(report, language, {
      chromium: undefined,
      environment: { PATH: process.env['PATH'] },
    })
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })
    const plain = text.replaceAll(/\s+/g, ' ')
    expect(plain).toContain(word('overSigned'))
    expect(plain).toContain(said)
    const [heads = [], oost, west] =
      readWorkbook(await savingsWorkbook(report, language)).get(word('summary')) ?? []
    const column = heads.indexOf(word('overSigned'))
    expect(oost?.[column]).toContain(said)
    expect(west?.[column] ?? '').toBe('')
    const table = savingsTable(report.savings, report.recounted, report)
    expect(table).toContain(
      'more signed than is left net, 2026-03-01 to 2026-03-31: 38.00 hours signed, 0.00 net; withdraw it or sign again.',
    )
  },
)
