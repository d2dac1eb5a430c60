import type { Command } from 'commander'
import { Failure } from '../../connectors/failure.ts'
import { withExamples } from './help-texts.ts'
import { settingsOf, withInstallation, type Terminal } from './terminal.ts'

/** `link`: for who cannot come in any more and whom no administrator can help. */
export function addLink(program: Command, terminal: Terminal): void {
  const command = program
    .command('link')
    .description('Print a link with which an account gets a new password, once, within a day.')
    .requiredOption('--account <name>', 'the account, as it signs in')
    .action(({ account }: { account: string }) => printLink(terminal, account))
  withExamples(command, [
    ['ontregel link --account beheerder', 'the first administrator forgot the password'],
  ])
}

async function printLink(terminal: Terminal, account: string): Promise<void> {
  const { webAddress, webHost, webPort } = await settingsOf(terminal)
  const { openDoorLedger } = await import('../../orchestrator/ledger/open-ledger.ts')
  const { readAccount } = await import('../../orchestrator/ledger/accounts.ts')
  const { makeLink } = await import('../../orchestrator/ledger/one-time-links.ts')
  const { linkAddress } = await import('../server/door/link-sign-in.ts')
  await withInstallation(terminal, async ({ databaseUrl }) => {
    const db = openDoorLedger({ url: databaseUrl, onError: () => undefined })
    try {
      const found = await readAccount(db, account)
      if (!found || found.state === 'disabled') throw noAccount()
      const { key } = await makeLink(db, { account, purpose: 'new-password', madeBy: 'ontregel' })
      terminal.out(linkAddress(webAddress ?? `http://${webHost}:${webPort}`, key))
    } finally {
      await db.destroy()
    }
  })
}

const noAccount = () =>
  new Failure(
    'business',
    'no-account',
    'Option --account: there is no such account that may come in; write it as it signs in.',
  )
