import type { Command } from 'commander'
import { openDoorLedger } from '../../orchestrator/ledger/open-ledger.ts'
import { rotateKeys } from '../../orchestrator/secrets/rotate.ts'
import { withExamples } from './help-texts.ts'
import { withInstallation, type Terminal } from './terminal.ts'

/** Workers read the keys at each heartbeat; one that was busy may miss a few. */
const HEARTBEATS = 4

/** `secrets`: the key that everything is sealed with. */
export function addSecrets(program: Command, terminal: Terminal): void {
  const secrets = program
    .command('secrets')
    .description('The key that secrets, messages and evidence are sealed with.')
  withExamples(secrets, [['ontregel secrets rotate', 'replace the key']])
  const rotate = secrets
    .command('rotate')
    .description(
      'Replace the key: seals everything in the database anew, while the work goes on. Broken off, it goes on when it is run again. Copy the old key first: backups of before need it.',
    )
    .action(async () => {
      const anew = await withInstallation(terminal, async ({ db, databaseUrl, keys, config, log }) => {
        const onError = (error: Error) =>
          log.warn('connection lost', { code: error.name, system: 'database' })
        const doorDb = openDoorLedger({ url: databaseUrl, onError })
        try {
          const { leaseSeconds, heartbeatSeconds } = config
          const patienceSeconds = heartbeatSeconds * HEARTBEATS
          return await rotateKeys({ db, doorDb, keys, leaseSeconds, patienceSeconds, say: terminal.say })
        } finally {
          await doorDb.destroy()
        }
      })
      terminal.out(`The key was rotated: ${anew} pieces were sealed anew.`)
    })
  withExamples(rotate, [['ontregel secrets rotate', 'after copying the old key to where backups are kept']])
}
