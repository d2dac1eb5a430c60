import type { Command } from 'commander'
import { readAlarms } from '../../orchestrator/ledger/reading.ts'
import { drawnTable } from './drawn-table.ts'
import { positiveNumber, withExamples } from './help-texts.ts'
import { localMinute } from './local-time.ts'
import { outJson, withInstallation, type Terminal } from './terminal.ts'

/** `alarms`: what somebody must know. */
export function addAlarms(program: Command, terminal: Terminal): void {
  const command = program
    .command('alarms')
    .description('List what went so wrong that somebody must know, newest first.')
    .option('--limit <number>', 'how many at most', positiveNumber, 20)
    .option('--json', 'as JSON')
    .action(async ({ limit, json }: { limit: number; json?: boolean }) => {
      const alarms = await withInstallation(terminal, ({ db }) => readAlarms(db, limit))
      if (json) return outJson(terminal, alarms)
      const columns = ['When', 'Hospital', 'About', 'Kind'].map((head) => ({ head }))
      const rows = alarms.map((alarm) => [
        localMinute(alarm.at, alarm.timeZone),
        alarm.hospital,
        alarm.item ? `item ${alarm.item.slice(0, 8)}` : (alarm.deployment ?? ''),
        alarm.kind,
        alarm.sentence,
      ])
      const head = [...columns, { head: 'What happened and what to do', wraps: true }]
      terminal.out(rows.length > 0 ? drawnTable(head, rows, terminal.width()) : 'There are no alarms.')
    })
  withExamples(command, [
    ['ontregel alarms', 'the newest twenty'],
    ['ontregel alarms --limit 200 --json', 'for a program'],
  ])
}
