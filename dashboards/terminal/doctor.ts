import type { Command } from 'commander'
import type { Finding } from './doctor-findings.ts'
import { drawnTable } from './drawn-table.ts'
import { withExamples } from './help-texts.ts'
import { outJson, type Terminal } from './terminal.ts'

/** `doctor`: what this machine lacks. */
export function addDoctor(program: Command, terminal: Terminal): void {
  const command = program
    .command('doctor')
    .description(
      'Look what is missing on this machine, and say what to do about each. Exit code 1 when there is a problem.',
    )
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { examine } = await import('./doctor-findings.ts')
      const findings = await examine(terminal.environment, terminal.say)
      const problems = findings.filter(({ status }) => status === 'problem').length
      if (problems > 0) terminal.endWith(1)
      if (json) return outJson(terminal, { ok: problems === 0, findings })
      terminal.out(findingTable(findings, terminal.width()))
      terminal.out(
        problems === 0
          ? 'Ontregel can work on this machine.'
          : `Problems: ${problems}. Mend them and run this again.`,
      )
    })
  withExamples(command, [
    ['ontregel doctor', 'takes some seconds: it really starts a database and a browser'],
    ['ontregel doctor --json', 'for a program'],
  ])
}

function findingTable(findings: readonly Finding[], width: number): string {
  const rows = findings.map(({ about, status, sentence, remedy }) => [
    about,
    status,
    remedy ? `${sentence} ${remedy}` : sentence,
  ])
  return drawnTable([{ head: 'About' }, { head: '' }, { head: 'What was found', wraps: true }], rows, width)
}
