import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { Failure } from '../../connectors/failure.ts'
import type { AppliedChange } from '../../orchestrator/config-file/apply-config.ts'
import { differencesBetween } from '../../orchestrator/ledger/differences.ts'
import type { Uncounted } from '../../orchestrator/savings/uncounted.ts'
import { withExamples } from './help-texts.ts'
import { outJson, withInstallation, type Terminal } from './terminal.ts'
import { writeOut } from './write-out.ts'

interface ApplyFlags {
  readonly account: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** `config`: what is set up at hospitals, to and from a file. */
export function addConfig(program: Command, terminal: Terminal): void {
  const config = program
    .command('config')
    .description('Write what is set up to a file, or set it up from one. Secrets are not in it.')
  withExamples(config, [
    ['ontregel config export', 'what is set up, as YAML'],
    ['ontregel config apply oost.yaml --account ada', 'set up what a file says'],
  ])
  const exporting = config
    .command('export')
    .description(
      'Write norms, closing days, systems, HL7 channels, deployments with triggers and baselines, chains and upkeep as YAML.',
    )
    .option('--hospital <id>', 'of one hospital; of all when left out')
    .option('--out <file>', 'to a file instead of stdout')
    .action((options: { hospital?: string; out?: string }) => exportTo(terminal, options))
  withExamples(exporting, [
    ['ontregel config export > ontregel.yaml', 'all hospitals, for version control'],
    ['ontregel config export --hospital oost', 'one, to set up another by'],
  ])
  const applying = config
    .command('apply')
    .description('Set up what a file says: whole or not at all. What it leaves out stays as it is.')
    .argument('<file>', 'YAML, as export writes it')
    .requiredOption('--account <account>', 'who does it: your account, not your name')
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--json', 'as JSON')
    .action((file: string, flags: ApplyFlags) => applyFrom(terminal, file, flags))
  withExamples(applying, [
    ['ontregel config apply oost.yaml --account ada --dry-run', 'what it would change'],
    ['ontregel config apply oost.yaml --account ada', 'do it'],
  ])
}

async function exportTo(
  terminal: Terminal,
  { hospital, out }: { readonly hospital?: string; readonly out?: string },
): Promise<void> {
  const { configText, exportConfig } = await import('../../orchestrator/config-file/export-config.ts')
  const text = await withInstallation(terminal, async ({ db }) =>
    configText(await exportConfig(db, hospital)),
  )
  if (out === undefined) return terminal.write(text)
  await writeOut(out, text)
  terminal.say(`Written to ${out}.`)
}

async function applyFrom(terminal: Terminal, file: string, flags: ApplyFlags): Promise<void> {
  const { account, dryRun = false, json } = flags
  if (!/^[^\s]{1,80}$/.test(account)) throw wrong('Option --account: write your account without spaces.')
  const { readConfigFile } = await import('../../orchestrator/config-file/read-config.ts')
  const { applyConfig } = await import('../../orchestrator/config-file/apply-config.ts')
  const { bots } = await import('../../bots/index.ts')
  const { localDate } = await import('../../orchestrator/triggers/calendar.ts')
  const config = readConfigFile(await textOf(file))
  const today = localDate(new Date(), 'Europe/Amsterdam')
  const { changes, uncounted } = await withInstallation(terminal, ({ db }) =>
    applyConfig(db, config, { bots, account, today, dryRun }),
  )
  if (json) return outJson(terminal, { changes, uncounted })
  if (changes.length > 0) terminal.out(changes.flatMap(linesOf).join('\n'))
  for (const one of uncounted) terminal.say(uncountedLine(one))
  terminal.say(closingLine(changes.length, dryRun))
}

/** What somebody must know who ends what items are counted by. */
function uncountedLine({ deployment, variant, from, until, items, days }: Uncounted): string {
  const when = until === null ? `from ${from}` : `from ${from} until ${until}`
  const counted = `${items} of them counted in the last ${days} days, ${(items / days).toFixed(1)} a day`
  return `Mind: ${when} items of ${deployment}, variant "${variant}", count nothing: they have no baseline then (${counted}). Add a baseline that is valid from ${from}.`
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw wrong(
      `Argument file: "${file}" cannot be read. Give the path of a file as "ontregel config export" writes it.`,
      error,
    )
  }
}

/** `oost system epd`, and below it each place that is otherwise. */
function linesOf({ hospital, what, subject, before, after }: AppliedChange): string[] {
  const places = differencesBetween(before, after).map(
    ({ path, before: was, after: is }) => `  ${path ? `${path}: ` : ''}${shown(was)} -> ${shown(is)}`,
  )
  return [`${hospital} ${what} ${subject}`, ...places]
}

const shown = (value: unknown): string => (value === null ? 'nothing' : JSON.stringify(value))

function closingLine(changes: number, dryRun: boolean): string {
  if (changes === 0) return 'Everything stands as the file says already: nothing was changed.'
  const what = changes === 1 ? '1 change' : `${changes} changes`
  return dryRun
    ? `${what}; nothing was kept, for this was --dry-run.`
    : `${what}. Enter the credentials of new systems, and the keys of new channels, in the pages.`
}

const wrong = (sentence: string, cause?: unknown) =>
  new Failure('business', 'field-invalid', sentence, { cause })
