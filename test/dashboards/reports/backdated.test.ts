import { expect, test } from 'vitest'
import { reportPage } from '../../../dashboards/reports/report-page.ts'
import { wordsOf } from '../../../dashboards/reports/report-words.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { readWorkbook } from './read-workbook.ts'
import { openSeededReport } from './seeded-report.ts'

test.each(['nl', 'en'] as const)(
  'the files in %s mark a baseline by which items count from before it was measured, and no other',
  async (language) => {
    await using ledger = await openSeededReport()
    const word = wordsOf(language)
    expect(reportPage(await ledger.read(), language)).not.toContain(word('backdatedAt'))
    // Both are dated back; items of only one of them were counted before the measuring.
    const measured = { minutes: 5, method: 'estimate', measuredBy: 'account-1' } as const
    const dated = {
      ...measured,
      measuredOn: '2026-02-15',
      validFrom: '2026-01-01',
      remeasureOn: '2027-01-01',
    }
    await putDeployment(ledger.db, {
      ...{
        id: 'oost-late',
        hospital: 'oost',
        bot: 'referral-intake',
        mode: 'live',
        settings: {},
        systems: {},
      },
      ...{ responsible: 'account-1', outsideSeconds: 0, parkedShare: 0, triggers: [] },
      baselines: ['plain', 'long'].map((variant) => ({ ...dated, variant })),
    })
    const count = { deployment: 'oost-late', outcome: 'done', human_seconds: 0 }
    const ten = { items: 10, counting: 10, shares: '10' }
    await ledger.db
      .insertInto('day_count')
      .values([
        { ...count, ...ten, variant: 'plain', day: '2026-02-14' },
        { ...count, ...ten, variant: 'long', day: '2026-02-15' },
      ])
      .execute()

    const report = await ledger.read()
    const [, note] = reportPage(report, language).split(word('backdatedAt'))
    expect(note?.trim().slice(0, 12)).toBe('oost-late.\n ')
    const sheets = readWorkbook(await savingsWorkbook(report, language))
    const marked = (sheet: 'baselines' | 'countSheet', deployment: number) => {
      const [heads = [], ...rows] = sheets.get(word(sheet)) ?? []
      const column = heads.indexOf(word('backdated'))
      return rows.filter((row) => row[column] === word('yes')).map((row) => row[deployment])
    }
    expect(marked('baselines', 0)).toEqual(['oost-late'])
    expect(marked('countSheet', 1)).toEqual(['oost-late'])
  },
)
