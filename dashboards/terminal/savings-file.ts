import { localDate } from '../../orchestrator/triggers/calendar.ts'
import { expectHospital } from './known-hospital.ts'
import { TIME_ZONE, type SavingsOptions } from './savings-options.ts'
import { settingsOf, withInstallation, type Terminal } from './terminal.ts'
import { writeOut } from './write-out.ts'

/** Writes the report of a period as an Excel or PDF file, and says where. */
export async function writeReport(
  terminal: Terminal,
  options: SavingsOptions & { readonly format: 'xlsx' | 'pdf' },
): Promise<void> {
  const { readReportContent } = await import('../reports/report-content.ts')
  const { from, to, format, language } = options
  const today = localDate(new Date(), TIME_ZONE)
  const content = await withInstallation(terminal, async ({ db }) => {
    const known = await db.selectFrom('hospital').select('id').orderBy('id').execute()
    const hospitals = known.map(({ id }) => id)
    const { hospital } = options
    expectHospital(hospital, hospitals)
    const seesItemsOf = hospitals
    return await readReportContent(db, {
      seesItemsOf,
      lists: format === 'xlsx',
      from,
      to,
      today,
      hospitals: hospital === undefined ? hospitals : [hospital],
    })
  })
  if (format === 'pdf') terminal.say('Printing …')
  const file = options.out ?? `ontregel-savings-${from}-${to}.${format}`
  await writeOut(file, format === 'pdf' ? await print() : await fill())
  terminal.out(`Written to ${file}.`)

  async function print(): Promise<Buffer> {
    const { savingsPdf } = await import('../reports/savings-pdf.ts')
    const { chromium } = await settingsOf(terminal)
    return await savingsPdf(content, language, { chromium, environment: terminal.environment })
  }
  async function fill(): Promise<Buffer> {
    const { savingsWorkbook } = await import('../reports/savings-workbook.ts')
    return await savingsWorkbook(content, language)
  }
}
