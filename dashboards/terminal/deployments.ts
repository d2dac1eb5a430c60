import type { Command } from 'commander'
import { readDeployments, type DeploymentSummary } from '../../orchestrator/ledger/reading-progress.ts'
import { drawnTable } from './drawn-table.ts'
import { withExamples } from './help-texts.ts'
import { localMinute } from './local-time.ts'
import { outJson, withInstallation, type Terminal } from './terminal.ts'

/** `deployments`: what is put to work and how it stands. */
export function addDeployments(program: Command, terminal: Terminal): void {
  const command = program
    .command('deployments')
    .description('List what is put to work at each hospital, and how it stands.')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const all = await withInstallation(terminal, ({ db }) => readDeployments(db))
      if (json) outJson(terminal, all)
      else terminal.out(all.length > 0 ? deploymentTable(all, terminal.width()) : NONE)
    })
  withExamples(command, [
    ['ontregel deployments', 'mode, last run, what waits, what is parked, next firing'],
    ['ontregel deployments --json', 'for a program'],
  ])
}

const NONE = 'Nothing is put to work yet: "npm start" shows three robots at work in a practice hospital.'

const NUMBERS = ['Waiting', 'Busy', 'Parked', 'Done today'] as const

function deploymentTable(all: readonly DeploymentSummary[], width: number): string {
  const columns = [
    { head: 'Deployment' },
    { head: 'Hospital' },
    { head: 'Robot' },
    { head: 'Mode' },
    { head: 'Last run' },
    ...NUMBERS.map((head) => ({ head, align: 'right' as const })),
    { head: 'Next' },
    { head: 'Starts by', wraps: true },
  ]
  const rows = all.map((one) => [
    one.id,
    one.hospital,
    one.bot,
    one.stoppedAt ? 'stopped' : one.mode,
    localMinute(one.lastRunAt, one.timeZone) + (one.lastRunState === 'failed' ? ' failed' : ''),
    ...[one.waiting, one.busy, one.parked, one.doneToday].map(String),
    localMinute(one.nextFiring, one.timeZone),
    one.triggers.map(startsBy).join(', ') || 'a person',
  ])
  return [drawnTable(columns, rows, width), ...all.flatMap(reasons)].join('\n')
}

function startsBy({ kind, says }: DeploymentSummary['triggers'][number]): string {
  return kind === 'schedule' ? says : `${kind === 'hl7' ? 'HL7' : 'FHIR'} ${says}`
}

function reasons(one: DeploymentSummary): string[] {
  const since = localMinute(one.stoppedAt, one.timeZone)
  return [
    ...(one.stoppedAt
      ? [`${one.id} was stopped at ${since}: ${one.stoppedReason ?? 'no reason was given'}`]
      : []),
    ...(one.lastRunState === 'failed'
      ? [`${one.id}: its last run failed: ${one.lastRunReason ?? 'no reason'}`]
      : []),
    ...one.triggers.flatMap(({ id, reason }) =>
      reason === null ? [] : [`${one.id}: trigger ${id} cannot ask for changes now: ${reason}`],
    ),
  ]
}
