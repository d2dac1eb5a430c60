import { Command } from 'commander'
import { addAlarms } from './alarms.ts'
import { addAudit } from './audit.ts'
import { addBots } from './bots.ts'
import { addChannels } from './channels.ts'
import { addConfig } from './config.ts'
import { addDeployments } from './deployments.ts'
import { addDoctor } from './doctor.ts'
import { withExamples } from './help-texts.ts'
import { addHl7 } from './hl7.ts'
import { addItem } from './item.ts'
import { addItems } from './items.ts'
import { addLink } from './link.ts'
import { addMessages } from './messages.ts'
import { addRun } from './run.ts'
import { addSavings } from './savings.ts'
import { addSecrets } from './secrets.ts'
import { addServe, addWorker } from './serve.ts'
import type { Terminal } from './terminal.ts'

const ADDERS = [
  addServe,
  addWorker,
  addLink,
  addBots,
  addDeployments,
  addRun,
  addItems,
  addItem,
  addChannels,
  addMessages,
  addHl7,
  addSavings,
  addConfig,
  addAlarms,
  addAudit,
  addSecrets,
  addDoctor,
]

/**
 * The whole command line. Parsing throws a CommanderError after wrong usage (already explained on stderr) and after
 * help was asked for; a command that fails throws what went wrong.
 */
export function buildProgram(terminal: Terminal): Command {
  const program = new Command('ontregel')
    .description(
      'Puts software robots to work on administrative tasks in hospitals, and counts the hours that gives back.',
    )
    .exitOverride()
    // What stands behind a command is its own: commands within commands have options of the same names.
    .enablePositionalOptions()
    .configureOutput({
      writeOut: terminal.write,
      writeErr: (text) => terminal.say(text.trimEnd()),
      getOutHelpWidth: terminal.width,
      getErrHelpWidth: terminal.width,
    })
    .showHelpAfterError('Add --help to see how it is used.')
    .helpCommand(false)
  withExamples(program, [
    ['ontregel doctor', 'what is missing on this machine, and what to do about it'],
    ['ontregel serve', 'database, worker and HL7 channels, until Ctrl-C'],
    ['ontregel items --state parked', 'what waits for a person'],
  ])
  for (const add of ADDERS) add(program, terminal)
  return program
}
