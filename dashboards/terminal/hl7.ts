import { Argument, type Command } from 'commander'
import { withExamples } from './help-texts.ts'
import type { Terminal } from './terminal.ts'

interface Hl7Options {
  readonly to?: string
  readonly json?: boolean
}

/** `hl7`: files with HL7 messages, without an installation. Content is never shown. */
export function addHl7(program: Command, terminal: Terminal): void {
  const command = program
    .command('hl7')
    .description('Check files with HL7 messages, or send them. Their content is not shown.')
    .addArgument(new Argument('<what>', 'what to do with them').choices(['check', 'send']))
    .argument('<files...>', 'files with one message or more')
    .option('--to <host:port>', 'send: who listens there')
    .option('--json', 'check: an object for each message')
  command.action(async (what: 'check' | 'send', files: readonly string[], { to, json }: Hl7Options) => {
    if (what === 'check') {
      const { checkFiles } = await import('./hl7-check.ts')
      return await checkFiles(terminal, files, json === true)
    }
    const [, host, port] = /^(?:([^\s:]+|\[[0-9a-fA-F:]+\]):)(\d{1,5})$/.exec(to ?? '') ?? []
    if (host === undefined || Number(port) < 1 || Number(port) > 65_535)
      return command.error('error: send needs --to host:port, such as --to 127.0.0.1:2575')
    const { sendFiles } = await import('./hl7-send.ts')
    await sendFiles(terminal, files, { host: host.replace(/^\[|\]$/g, ''), port: Number(port) })
  })
  withExamples(command, [
    ['ontregel hl7 check day.hl7', 'type, id, character set, and what is odd'],
    ['ontregel hl7 check *.hl7 --json', 'for a program'],
    ['ontregel hl7 send day.hl7 --to 127.0.0.1:2575', 'one after another, until one is not taken'],
  ])
}
