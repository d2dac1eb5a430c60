import type { Command } from 'commander'
import { readChannels, type ChannelSummary } from '../../orchestrator/ledger/message-search.ts'
import { drawnTable } from './drawn-table.ts'
import { withExamples } from './help-texts.ts'
import { localMinute } from './local-time.ts'
import { outJson, withInstallation, type Terminal } from './terminal.ts'

/** `channels`: where HL7 messages come in, and how they stand. */
export function addChannels(program: Command, terminal: Terminal): void {
  const command = program
    .command('channels')
    .description('List the HL7 channels: where messages come in, what waits, and what was set aside.')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const channels = await withInstallation(terminal, ({ db }) => readChannels(db))
      if (json) outJson(terminal, channels)
      else
        terminal.out(
          channels.length > 0 ? channelTable(channels, terminal.width()) : 'There are no HL7 channels.',
        )
    })
  withExamples(command, [
    ['ontregel channels', 'address, TLS, senders, what waits, what was set aside'],
    ['ontregel channels --json', 'for a program'],
  ])
}

function channelTable(channels: readonly ChannelSummary[], width: number): string {
  const number = (head: string) => ({ head, align: 'right' as const })
  const columns = [
    { head: 'Channel' },
    { head: 'Hospital' },
    { head: 'Address' },
    { head: 'TLS' },
    { head: 'Charset' },
    number('Days kept'),
    number('Waiting'),
    number('Aside'),
    { head: 'Last message' },
    { head: 'Senders', wraps: true },
  ]
  const rows = channels.map((channel) => [
    channel.id,
    channel.hospital,
    addressOf(channel),
    { none: 'no', tls: 'yes', mutual: 'mutual' }[channel.tls],
    channel.charset,
    `${channel.retentionDays}`,
    `${channel.waiting}`,
    `${channel.aside}`,
    localMinute(channel.lastReceivedAt, channel.timeZone),
    channel.senders.join(', ') || 'any',
  ])
  const wrong = channels.flatMap(({ id, enabled, problem }) =>
    enabled && problem !== null ? [`\nChannel ${id} does not listen. ${problem}`] : [],
  )
  return drawnTable(columns, rows, width) + wrong.join('')
}

/** Where it listens; a channel that names no address has that of ONTREGEL_HL7_HOST. */
function addressOf({ enabled, host, port }: ChannelSummary): string {
  const place = port === 0 ? 'any port' : `${port}`
  return enabled ? (host === null ? place : `${host}:${place}`) : 'off'
}
