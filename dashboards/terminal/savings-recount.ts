import { Option, type Command } from 'commander'
import { drawnTable } from './drawn-table.ts'
import { withExamples } from './help-texts.ts'
import { sayingHowFar } from './long-work.ts'
import { outJson, withInstallation, type Terminal } from './terminal.ts'

interface RecountOptions {
  readonly from: string
  readonly to: string
  readonly format: 'table' | 'json'
}

/** `savings recount`: every figure of a period again, from the raw events; exit code 1 when anything differs. */
export function addSavingsRecount(savings: Command, terminal: Terminal): void {
  const command = savings
    .command('recount')
    .description(
      'Count a period of all hospitals again from the raw events; exit code 1 when anything differs.',
    )
    .requiredOption('--from <date>', 'first day, such as 2026-03-01')
    .requiredOption('--to <date>', 'last day, itself included')
    .addOption(
      new Option('--format <format>', 'how it is written').choices(['table', 'json']).default('table'),
    )
    .action((options: RecountOptions) => countAgain(terminal, options))
  withExamples(command, [
    ['ontregel savings recount --from 2026-03-01 --to 2026-03-31', 'what differs, and which items cause it'],
  ])
}

async function countAgain(terminal: Terminal, { format, ...period }: RecountOptions): Promise<void> {
  const { recount } = await import('../../orchestrator/savings/recount.ts')
  const differences = await withInstallation(terminal, ({ db }) =>
    sayingHowFar(terminal, {
      steps: { count: 'Counting again from the events' },
      work: () => recount(db, period),
    }),
  )
  if (differences.length > 0) terminal.endWith(1)
  if (format === 'json') return outJson(terminal, differences)
  if (differences.length === 0)
    return terminal.out(
      `Counted again from ${period.from} up to and including ${period.to}: nothing differs.`,
    )
  const rows = differences.map(({ kind, deployment, hospital, day, seconds, sentence }, place) => [
    ...[
      `${place + 1}`,
      kind,
      deployment ?? (hospital === undefined ? 'all hospitals' : `all of ${hospital}`),
      day,
      `${seconds}`,
      sentence,
    ],
  ])
  const heads = ['', 'Differs', 'Deployment', 'Day', 'Seconds'].map((head) => ({ head }))
  terminal.out(
    drawnTable([...heads, { head: 'What was found and what to do', wraps: true }], rows, terminal.width()),
  )
  for (const [place, { items }] of differences.entries())
    for (const item of items) terminal.out(`${place + 1}: ontregel item ${item}`)
}
