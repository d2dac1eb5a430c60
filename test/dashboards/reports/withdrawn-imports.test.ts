import { expect, test } from 'vitest'
import { figuresIn } from '../../../dashboards/reports/report-figures.ts'
import { reportPage } from '../../../dashboards/reports/report-page.ts'
import { wordsOf } from '../../../dashboards/reports/report-words.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { savingsTable } from '../../../dashboards/terminal/savings-table.ts'
import { reportItems } from '../../../orchestrator/reported/report-items.ts'
import { withdrawImport } from '../../../orchestrator/reported/withdraw-import.ts'
import { countsCsv } from '../../../orchestrator/savings/counts-csv.ts'
import { savingsCsv } from '../../../orchestrator/savings/savings-csv.ts'
import { savingsJson } from '../../../orchestrator/savings/savings-json.ts'
import { readWithdrawnImports } from '../../../orchestrator/savings/withdrawn-imports.ts'
import { localDate } from '../../../orchestrator/triggers/calendar.ts'
import { readWorkbook } from './read-workbook.ts'
import { openSeededReport, PERIOD } from './seeded-report.ts'

test.each(['nl', 'en'] as const)(
  'every file of the report in %s says that an import was withdrawn',
  async (language) => {
    await using ledger = await openSeededReport()
    await ledger.db.updateTable('deployment').set({ mode: 'live' }).where('id', '=', 'oost-check').execute()
    const row = { deployment: 'oost-check', variant: 'plain', outcome: 'nothing' as const }
    const days = ['2026-03-10', '2026-03-11', '2026-03-11', '2025-11-30']
    const rows = days.map((day, place) => ({
      number: place + 1,
      row: { ...row, reference: `F-${place}`, completedAt: new Date(`${day}T10:00:00Z`) },
    }))
    const { imports } = await reportItems(ledger.db, rows, {
      hospitals: ['oost'],
      account: 'robot-9',
      now: new Date(),
    })
    const id = imports[0]?.id ?? 0
    const word = wordsOf(language)
    expect(reportPage(await ledger.read(), language)).not.toContain(word('withdrawnImports'))
    const why = { account: 'account-1', name: 'A. de Boer', reason: 'test data' }
    await withdrawImport(ledger.db, { hospital: 'oost', id, ...why })

    const report = await ledger.read()
    const on = localDate(new Date(), 'Europe/Amsterdam')
    // Of the four items three are of days of the period.
    expect(report.withdrawnImports).toEqual([{ hospital: 'oost', import: id, on, items: 3 }])
    const said = `3 ${word('ofItems')}, import ${id}, ${figuresIn(language).day(on)}`
    const page = reportPage(report, language)
    expect(page).toContain(word('withdrawnImports'))
    expect(page).toContain(said)
    const [heads = [], oost, west] =
      readWorkbook(await savingsWorkbook(report, language)).get(word('summary')) ?? []
    const column = heads.indexOf(word('withdrawnImports'))
    expect(oost?.[column]).toContain(said)
    expect(west?.[column] ?? '').toBe('')
    const csv = savingsCsv(report.savings, report.recounted, report.told, report)
    const inEnglish = `import ${id}: 3 items withdrawn on ${on}`
    expect(csv).toContain(inEnglish)
    const inCounts = countsCsv(report.savings.period, report.counts, report.withdrawnImports)
    const [, ...lines] = inCounts.trim().split('\r\n')
    for (const line of lines)
      expect(line.endsWith(line.includes(',oost,') ? `,${inEnglish}` : ',')).toBe(true)
    expect(new Set(lines.map((line) => line.split(',')[2]))).toEqual(new Set(['oost', 'west']))
    const table = savingsTable(report.savings, report.recounted, report)
    expect(table).toContain(`: earlier totals of this period were others: ${inEnglish}.`)
    expect(savingsJson(report.savings, report).withdrawnImports).toEqual(report.withdrawnImports)

    // Who sees counts only is told of fewer than five without their number, and of no import that touches other days only.
    const asked = { ...PERIOD, seesItems: () => false }
    expect(await readWithdrawnImports(ledger.db, asked)).toEqual([
      { hospital: 'oost', import: id, on, items: null },
    ])
    const april = { from: '2026-04-01', to: '2026-04-30', seesItems: () => true }
    expect(await readWithdrawnImports(ledger.db, april)).toEqual([])
  },
)
