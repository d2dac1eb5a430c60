import { Argument, Option, type Command } from 'commander'
import { localDate } from '../../orchestrator/triggers/calendar.ts'
import { drawnTable } from './drawn-table.ts'
import { withExamples } from './help-texts.ts'
import { outJson, withInstallation, type Terminal } from './terminal.ts'

interface SavingsOptions {
  readonly from?: string
  readonly to?: string
  readonly hospital?: string
  readonly format: 'table' | 'json' | 'csv'
}

/** Work counts by local day of the country's clock when a report covers several hospitals. */
const TIME_ZONE = 'Europe/Amsterdam'

/** `savings`: hours and FTE of a period, and their recount from the raw events. */
export function addSavings(program: Command, terminal: Terminal): void {
  const command = program
    .command('savings')
    .description('Report the hours and FTE that a period gave back, or count them again from the raw events.')
    .addArgument(
      new Argument('[recount]', 'count again; exit code 1 when anything differs').choices(['recount']),
    )
    .option('--from <date>', 'first day, such as 2026-03-01')
    .option('--to <date>', 'last day, itself included')
    .option('--hospital <id>', 'only this hospital')
    .addOption(
      new Option('--format <format>', 'how it is written').choices(['table', 'json', 'csv']).default('table'),
    )
  command.action(async (recount: 'recount' | undefined, options: SavingsOptions) => {
    const { from, to } = options
    if (from === undefined || to === undefined)
      return command.error('error: give both --from and --to, such as --from 2026-03-01 --to 2026-03-31')
    if (!recount) return await report(terminal, { ...options, from, to })
    if (options.hospital !== undefined)
      return command.error('error: recount counts all hospitals: leave --hospital out')
    if (options.format === 'csv') return command.error('error: recount gives a table or json')
    await countAgain(terminal, { from, to }, options.format)
  })
  withExamples(command, [
    ['ontregel savings --from 2026-03-01 --to 2026-03-31', 'a month, as tables'],
    [
      'ontregel savings --from 2026-01-01 --to 2026-12-31 --format csv > 2026.csv',
      'a year, for a spreadsheet',
    ],
    ['ontregel savings recount --from 2026-03-01 --to 2026-03-31', 'whether every figure holds'],
  ])
}

async function report(
  terminal: Terminal,
  options: SavingsOptions & { from: string; to: string },
): Promise<void> {
  const { readSavings } = await import('../../orchestrator/savings/report.ts')
  const { from, to, hospital, format } = options
  const today = localDate(new Date(), TIME_ZONE)
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

async function countAgain(
  terminal: Terminal,
  period: { readonly from: string; readonly to: string },
  format: SavingsOptions['format'],
): Promise<void> {
  const { recount } = await import('../../orchestrator/savings/recount.ts')
  const differences = await withInstallation(terminal, ({ db }) => recount(db, period))
  if (differences.length > 0) terminal.endWith(1)
  if (format === 'json') return outJson(terminal, differences)
  if (differences.length === 0)
    return terminal.out(
      `Counted again from ${period.from} up to and including ${period.to}: nothing differs.`,
    )
  const rows = differences.map(({ kind, deployment, day, seconds, sentence }) => [
    kind,
    deployment,
    day,
    `${seconds}`,
    sentence,
  ])
  const heads = ['Differs', 'Deployment', 'Day', 'Seconds'].map((head) => ({ head }))
  terminal.out(
    drawnTable([...heads, { head: 'What was found and what to do', wraps: true }], rows, terminal.width()),
  )
}
