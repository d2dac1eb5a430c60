import { Option, type Command } from 'commander'
import { localDate } from '../../orchestrator/triggers/calendar.ts'
import { withExamples } from './help-texts.ts'
import { writeReport } from './savings-file.ts'
import { addSavingsImport } from './savings-import.ts'
import { TIME_ZONE, type SavingsOptions } from './savings-options.ts'
import { addSavingsRecount } from './savings-recount.ts'
import { outJson, withInstallation, type Terminal } from './terminal.ts'

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
  ['ontregel savings import items.csv', 'what a robot of another make did'],
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
      'where xlsx and pdf are written; a name with the period in this folder when left out',
    )
  command.action(
    async ({ from, to, ...options }: Partial<SavingsOptions> & Omit<SavingsOptions, 'from' | 'to'>) => {
      if (from === undefined || to === undefined)
        return command.error('error: give both --from and --to, such as --from 2026-03-01 --to 2026-03-31')
      await report(terminal, { ...options, from, to })
    },
  )
  addSavingsRecount(command, terminal)
  addSavingsImport(command, terminal)
  withExamples(command, EXAMPLES)
}

async function report(terminal: Terminal, options: SavingsOptions): Promise<void> {
  const { from, to, hospital, format } = options
  if (format === 'xlsx' || format === 'pdf') return await writeReport(terminal, { ...options, format })
  const today = localDate(new Date(), TIME_ZONE)
  if (format === 'csv-counts') {
    const { readCountsCsv } = await import('../../orchestrator/savings/counts-csv.ts')
    const question = { from, to, hospital, today }
    return terminal.write(await withInstallation(terminal, ({ db }) => readCountsCsv(db, question)))
  }
  const { readSavings } = await import('../../orchestrator/savings/report.ts')
  const savings = await withInstallation(terminal, ({ db }) => readSavings(db, { from, to, hospital, today }))
  if (format === 'json') {
    const { savingsJson } = await import('../../orchestrator/savings/savings-json.ts')
    return outJson(terminal, savingsJson(savings))
  }
  if (format === 'csv') {
    const { savingsCsv } = await import('../../orchestrator/savings/savings-csv.ts')
    return terminal.write(savingsCsv(savings))
  }
  const { savingsTable } = await import('./savings-table.ts')
  terminal.write(savingsTable(savings))
}
