import { CommanderError } from 'commander'
import { buildProgram } from './program.ts'
import { failureSentence, placesOf } from './failure-sentence.ts'
import type { Terminal } from './terminal.ts'

const DEFAULT_WIDTH = 100

const terminal: Terminal = {
  environment: process.env,
  out: (text) => void process.stdout.write(`${text}\n`),
  write: (text) => void process.stdout.write(text),
  say: (sentence) => void process.stderr.write(`${sentence}\n`),
  width: () => process.stdout.columns ?? DEFAULT_WIDTH,
  height: () => process.stdout.rows,
  isTerminal: process.stdout.isTTY === true,
  endWith: (code) => void (process.exitCode = code),
}

/** Who reads us may leave early, as `head` does: that ends us, without complaint. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

try {
  await buildProgram(terminal).parseAsync(process.argv)
} catch (error) {
  terminal.endWith(exitCodeOf(error))
}

/** Wrong usage has been explained by then; everything else is explained here. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  terminal.say(failureSentence(error))
  if (process.env['ONTREGEL_LOG_LEVEL'] === 'debug') terminal.say(placesOf(error))
  return 1
}
