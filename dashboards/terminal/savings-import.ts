import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { Failure } from '../../connectors/failure.ts'
import { withExamples } from './help-texts.ts'
import { withInstallation, type Terminal } from './terminal.ts'

/** Who took it in: whoever may run commands on this machine. */
const ACCOUNT = 'command-line'

/** `savings import`: items that a robot of another make did, all of a file or none. */
export function addSavingsImport(savings: Command, terminal: Terminal): void {
  const command = savings
    .command('import')
    .description(
      'Take in items that a robot of another make did: a CSV file with the columns deployment, reference, variant, outcome, completedAt, and perhaps humanMinutes and case. All rows or none.',
    )
    .argument('<file>', 'the CSV file')
    .action((file: string) => takeIn(terminal, file))
  withExamples(command, [
    [
      'ontregel savings import invoices-2026-03.csv',
      'outcome is done, nothing or by-hand; times have a zone',
    ],
  ])
}

async function takeIn(terminal: Terminal, file: string): Promise<void> {
  const { readReportedCsv } = await import('../../orchestrator/reported/read-reported-csv.ts')
  const { reportItems } = await import('../../orchestrator/reported/report-items.ts')
  const rows = readReportedCsv(await readOwn(file))
  const taken = await withInstallation(terminal, ({ db }) =>
    reportItems(db, rows, {
      ...{ hospitals: 'all', account: ACCOUNT, now: new Date() },
      progress: (done) => terminal.say(`${done} of ${rows.length} rows`),
    }),
  )
  terminal.out(taken === 1 ? 'Took in 1 item.' : `Took in ${taken} items.`)
}

async function readOwn(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    const sentence = `The file ${file} cannot be read: see whether it is there and may be read.`
    throw new Failure('business', 'file-unreadable', sentence, { cause: error })
  }
}
