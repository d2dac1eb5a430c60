import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { Failure } from '../../connectors/failure.ts'
import type { TakingStep } from '../../orchestrator/reported/report-items.ts'
import { withExamples } from './help-texts.ts'
import { sayingHowFar } from './long-work.ts'
import { withInstallation, type Terminal } from './terminal.ts'

/** `savings import`: items that a robot of another make did, all of a file or none. */
export function addSavingsImport(savings: Command, terminal: Terminal): void {
  const command = savings
    .command('import')
    .description(
      'Take in items that a robot of another make did: a CSV file with the columns deployment, reference, variant, outcome, completedAt, and perhaps humanMinutes and case. All rows or none.',
    )
    .argument('<file>', 'the CSV file')
    .requiredOption('--account <account>', 'who does it: your account, not your name')
    .action((file: string, { account }: { account: string }) => takeIn(terminal, file, account))
  withExamples(command, [
    [
      'ontregel savings import invoices-2026-03.csv --account ada',
      'outcome is done, nothing or by-hand; times have a zone',
    ],
  ])
}

/** Items that count are somebody's doing, as what a file sets up is. */
export function checkAccount(account: string): void {
  if (/^[^\s]{1,80}$/.test(account)) return
  const sentence = 'Option --account: write your account without spaces.'
  throw new Failure('business', 'field-invalid', sentence)
}

async function takeIn(terminal: Terminal, file: string, account: string): Promise<void> {
  checkAccount(account)
  const { readReportedCsv } = await import('../../orchestrator/reported/read-reported-csv.ts')
  const { reportItems } = await import('../../orchestrator/reported/report-items.ts')
  const content = await readOwn(file)
  const rows = readReportedCsv(content)
  terminal.say(`Taking in ${rows.length} rows …`)
  const reporting = { hospitals: 'all', account, file: content, now: new Date() } as const
  const { taken, leftOut, imports } = await withInstallation(terminal, ({ db }) =>
    sayingHowFar(terminal, {
      steps: STEPS,
      work: (atStep) => reportItems(db, rows, { ...reporting, atStep }),
    }),
  )
  const numbers = imports.map(({ id, hospital }) => `import ${id} of ${hospital}`).join(', ')
  terminal.out(`Took in ${taken === 1 ? '1 item' : `${taken} items`}: ${numbers}.`)
  if (leftOut > 0)
    terminal.out(
      `Of these ${leftOut} are left out of the savings: they belong to a case that another item claimed for the same activity.`,
    )
}

const STEPS: Readonly<Record<TakingStep, string>> = {
  check: 'checking the rows',
  write: 'writing the items down',
  count: 'counting them',
}

async function readOwn(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    const sentence = `The file ${file} cannot be read: see whether it is there and may be read.`
    throw new Failure('business', 'file-unreadable', sentence, { cause: error })
  }
}
