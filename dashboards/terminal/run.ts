import type { Command } from 'commander'
import { fireByHand } from '../../orchestrator/triggers/by-hand.ts'
import { countWorkers } from '../../orchestrator/ledger/reading-progress.ts'
import { withExamples } from './help-texts.ts'
import { listenForStop } from './stopping.ts'
import { withInstallation, type Terminal } from './terminal.ts'
import { watchRun } from './watch-run.ts'

const SIGN_OF_LIFE_SECONDS = 60

/** `run`: fires a deployment by hand. */
export function addRun(program: Command, terminal: Terminal): void {
  const command = program
    .command('run')
    .description('Let a deployment look for work now.')
    .argument('<deployment>', 'its id, as "ontregel deployments" lists it')
    .option('--watch', 'show progress until all items of this run have ended (Ctrl-C leaves it running)')
    .action((deployment: string, options: { watch?: boolean }) => run(terminal, deployment, options))
  withExamples(command, [
    ['ontregel run oost-referral-intake', 'ask for it and go on'],
    ['ontregel run oost-referral-intake --watch', 'and see it through'],
  ])
}

async function run(terminal: Terminal, deployment: string, { watch }: { watch?: boolean }): Promise<void> {
  using stopping = listenForStop()
  await withInstallation(terminal, async ({ db, doorbell }) => {
    const fired = await fireByHand(db, doorbell, deployment)
    terminal.out(`Run ${fired.id} of ${deployment} was asked for.`)
    if ((await countWorkers(db, SIGN_OF_LIFE_SECONDS)) === 0) terminal.say(NO_WORKER)
    if (watch) await watchRun(terminal, db, fired.id, stopping.signal)
  })
}

const NO_WORKER =
  'No worker gave a sign of life in the last minute, so nothing will happen yet: start "ontregel serve" or "ontregel worker".'
