import { Option, type Command } from 'commander'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import type { SavingsQuestion, SavingsReport } from '../../orchestrator/savings/report.ts'
import type { BesideSavings } from '../../orchestrator/savings/savings-json.ts'
import { localDate } from '../../orchestrator/triggers/calendar.ts'
import { withExamples } from './help-texts.ts'
import { writeReport } from './savings-file.ts'
import { addSavingsImport } from './savings-import.ts'
import { TIME_ZONE, type SavingsOptions } from './savings-options.ts'
import { addSavingsRecount } from './savings-recount.ts'
import { addSavingsImports } from './savings-withdraw.ts'
import { withInstallation, type Terminal } from './terminal.ts'
import { writeOut } from './write-out.ts'

const EXAMPLES: Parameters<typeof withExamples>[1] = [
  ['ontregel savings --from 2026-03-01 --to 2026-03-31', 'a month, as tables'],
  [
    'ontregel savings --from 2026-01-01 --to 2026-12-31 --format csv > 2026.csv',
    'a year, for other programs',
  ],
  [
    'ontregel savings --from 2026-03-01 --to 2026-03-31 --format csv-counts > days.csv',
    'what it is made of, by day and outcome',
  ],
  ['ontregel savings --from 2026-01-01 --to 2026-06-30 --format pdf', 'half a year, for a board'],
  ['ontregel savings recount --from 2026-03-01 --to 2026-03-31', 'whether every figure holds'],
  ['ontregel savings import items.csv --account ada', 'what a robot of another make did'],
  ['ontregel savings imports', 'what was taken in, and can be withdrawn'],
]

/** `savings`: hours and FTE of a period, in every form; what counts them again; and what takes in items of other robots. */
export function addSavings(program: Command, terminal: Terminal): void {
  const command = program
    .command('savings')
    .description('Report the hours and FTE that a period gave back.')
    // Its own commands have options of the same names.
    .enablePositionalOptions()
    .option('--from <date>', 'first day, such as 2026-03-01')
    .option('--to <date>', 'last day, itself included')
    .option('--hospital <id>', 'only this hospital')
    .addOption(
      new Option('--format <format>', 'how it is written')
        .choices(['table', 'json', 'csv', 'csv-counts', 'xlsx', 'pdf'])
        .default('table'),
    )
    .addOption(new Option('--language <language>', 'of xlsx and pdf').choices(['nl', 'en']).default('nl'))
    .option(
      '--out <file>',
      'the file it is written to; left out, xlsx and pdf get a name with the period in this folder, and the others are shown',
    )
  command.action(
    async ({ from, to, ...options }: Partial<SavingsOptions> & Omit<SavingsOptions, 'from' | 'to'>) => {
      if (from === undefined || to === undefined)
        return command.error('error: give both --from and --to, such as --from 2026-03-01 --to 2026-03-31')
      const isDocument = options.format === 'xlsx' || options.format === 'pdf'
      if (!isDocument && command.getOptionValueSource('language') === 'cli')
        return command.error(
          'error: --language is for --format xlsx and pdf; leave it out, or choose one of these',
        )
      await report(terminal, { ...options, from, to })
    },
  )
  addSavingsRecount(command, terminal)
  addSavingsImport(command, terminal)
  addSavingsImports(command, terminal)
  withExamples(command, EXAMPLES)
}

async function report(terminal: Terminal, options: SavingsOptions): Promise<void> {
  const { from, to, hospital, format } = options
  if (format === 'xlsx' || format === 'pdf') return await writeReport(terminal, { ...options, format })
  const question = { from, to, hospital, today: localDate(new Date(), TIME_ZONE) }
  const text = await withInstallation(terminal, ({ db }) => textOf(db, format, question))
  if (options.out === undefined) return terminal.write(text)
  await writeOut(options.out, text)
  terminal.out(`Written to ${options.out}.`)
}

async function textOf(
  db: LedgerDatabase,
  format: Exclude<SavingsOptions['format'], 'xlsx' | 'pdf'>,
  question: SavingsQuestion,
): Promise<string> {
  if (format === 'csv-counts') {
    const { readCountsCsv } = await import('../../orchestrator/savings/counts-csv.ts')
    return await readCountsCsv(db, question)
  }
  const [savings, beside] = await readFor(db, question)
  const { recounted, withdrawnImports, overSigned } = beside
  if (format === 'json') {
    const { savingsJson } = await import('../../orchestrator/savings/savings-json.ts')
    return `${JSON.stringify(savingsJson(savings, beside), null, 2)}\n`
  }
  if (format === 'csv') {
    const { savingsCsv } = await import('../../orchestrator/savings/savings-csv.ts')
    return savingsCsv(savings, recounted, undefined, { withdrawnImports, overSigned })
  }
  const { savingsTable } = await import('./savings-table.ts')
  return savingsTable(savings, recounted, { withdrawnImports, overSigned })
}

/** The report of a period and what stands beside it, of one moment. */
async function readFor(
  db: LedgerDatabase,
  question: SavingsQuestion,
): Promise<readonly [SavingsReport, BesideSavings]> {
  const { inSnapshot } = await import('../../orchestrator/savings/snapshot.ts')
  const { readSavings } = await import('../../orchestrator/savings/report.ts')
  const { readTrend } = await import('../../orchestrator/savings/trend.ts')
  const { readLastRecount } = await import('../../orchestrator/savings/last-recount.ts')
  const { readOverSigned } = await import('../../orchestrator/savings/over-signed.ts')
  const { readWithdrawnImports } = await import('../../orchestrator/savings/withdrawn-imports.ts')
  return await inSnapshot(db, async (snapshot) => {
    const savings = await readSavings(snapshot, question)
    const beside = {
      overSigned: await readOverSigned(snapshot, { ...question, period: savings.period }),
      recounted: await readLastRecount(snapshot),
      withdrawnImports: await readWithdrawnImports(snapshot, { ...question, seesItems: () => true }),
      months: await readTrend(snapshot, question, () => true),
    }
    return [savings, beside] as const
  })
}
