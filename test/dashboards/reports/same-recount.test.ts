import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ReportContent } from '../../../dashboards/reports/report-content.ts'
import { savingsPdf } from '../../../dashboards/reports/savings-pdf.ts'
import { savingsWorkbook } from '../../../dashboards/reports/savings-workbook.ts'
import { savingsTable } from '../../../dashboards/terminal/savings-table.ts'
import { savingsCsv } from '../../../orchestrator/savings/savings-csv.ts'
import { savingsJson } from '../../../orchestrator/savings/savings-json.ts'
import { csvRows } from '../../../orchestrator/triggers/list/csv-rows.ts'
import { readWorkbook } from './read-workbook.ts'
import { openSeededReport } from './seeded-report.ts'

const PERIODS = [
  { from: '2026-02-28', to: '2026-03-31' },
  { from: '2026-01-01', to: '2026-01-31' },
]

/** What each form says of the last night that counted again: never, nothing that differs, one place, several. */
const SAID = [
  {
    differences: null,
    csv: ['never', '', ''],
    nl: 'De cijfers zijn nog niet nagerekend uit de gebeurtenissen zelf: dat gaat vanzelf, elke nacht.',
    en: 'The figures were not yet derived again from the events themselves: that goes by itself, each night.',
  },
  {
    differences: 0,
    csv: ['2026-03-31', '2026-02-28/2026-03-31 2026-01-01/2026-01-31', '0'],
    nl: 'Op 31 maart 2026 nagerekend uit de gebeurtenissen zelf, over 28 februari 2026 – 31 maart 2026; 1 januari 2026 – 31 januari 2026: niets wijkt af.',
    en: 'Derived again from the events themselves on 31 March 2026, over 28 February 2026 – 31 March 2026; 1 January 2026 – 31 January 2026: nothing differs.',
  },
  {
    differences: 1,
    csv: ['2026-03-31', '2026-02-28/2026-03-31 2026-01-01/2026-01-31', '1'],
    nl: 'Op 31 maart 2026 nagerekend uit de gebeurtenissen zelf, over 28 februari 2026 – 31 maart 2026; 1 januari 2026 – 31 januari 2026: op 1 plek wijkt iets af, zie de meldingen.',
    en: 'Derived again from the events themselves on 31 March 2026, over 28 February 2026 – 31 March 2026; 1 January 2026 – 31 January 2026: 1 place differs, see the alarms.',
  },
  {
    differences: 3,
    csv: ['2026-03-31', '2026-02-28/2026-03-31 2026-01-01/2026-01-31', '3'],
    nl: 'Op 31 maart 2026 nagerekend uit de gebeurtenissen zelf, over 28 februari 2026 – 31 maart 2026; 1 januari 2026 – 31 januari 2026: op 3 plekken wijkt iets af, zie de meldingen.',
    en: 'Derived again from the events themselves on 31 March 2026, over 28 February 2026 – 31 March 2026; 1 January 2026 – 31 January 2026: 3 places differ, see the alarms.',
  },
] as const

async function readAfter(differences: number | null): Promise<ReportContent> {
  await using ledger = await openSeededReport()
  const night = { day: '2026-03-31', differences, periods: JSON.stringify(PERIODS) }
  // A night that has not come to its end tells nothing, whatever it set out to count.
  await ledger.db.insertInto('nightly_recount').values(night).execute()
  return await ledger.read()
}

async function printed(report: ReportContent, language: 'nl' | 'en'): Promise<string> {
  const pdf = await savingsPdf(report, language, {
    ...{ chromium: undefined, environment: { PATH: process.env['PATH'] } },
  })
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })
  return text.replaceAll(/\s+/g, '')
}

test.each(SAID)(
  'table, JSON, CSV, Excel and PDF say the same of the last recount: $differences differ',
  { timeout: 120_000 },
  async ({ differences, csv, ...said }) => {
    const report = await readAfter(differences)
    const { savings, recounted, told } = report
    expect(savingsTable(savings, recounted).split('\n')).toContain(said.en)
    const json = z.object({ recounted: z.unknown() }).parse(savingsJson(savings, report))
    expect(json.recounted).toEqual(
      differences === null ? null : { day: '2026-03-31', periods: PERIODS, differences },
    )
    const [heads, ...lines] = csvRows(Buffer.from(savingsCsv(savings, recounted, told)))
    const places = ['recountedOn', 'recountedDays', 'recountDifferences'].map((name) =>
      heads?.cells.indexOf(name),
    )
    expect(lines).toHaveLength(4)
    for (const { cells } of lines) expect(places.map((place) => cells[place ?? -1])).toEqual(csv)
    for (const [language, sheet, head] of [
      ['nl', 'Definities en bronnen', 'Nagerekend uit de gebeurtenissen'],
      ['en', 'Definitions and sources', 'Derived again from the events'],
    ] as const) {
      const rows = readWorkbook(await savingsWorkbook(report, language)).get(sheet) ?? []
      expect(rows.filter(([word]) => word === head)).toEqual([[head, said[language]]])
      const text = await printed(report, language)
      for (const other of SAID)
        expect(text.includes(other[language].replaceAll(/\s+/g, ''))).toBe(other.differences === differences)
    }
  },
)
