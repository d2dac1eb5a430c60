import { randomInt } from 'node:crypto'
import { Command, InvalidArgumentError, Option } from 'commander'
import { report } from './report.ts'
import { supervise } from './supervise.ts'

/** What can be fuzzed, and the module that knows how. */
const CONNECTORS: Readonly<Record<string, string>> = {
  hl7: './hl7-fuzzing.ts',
  fhir: './fhir-fuzzing.ts',
}

interface Flags {
  readonly connector: string
  readonly minutes: number
  readonly seed: number
  readonly from: number
  readonly cases: number
}

function atLeast(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!(value >= least)) throw new InvalidArgumentError(`must be a number, ${least} or more`)
    return value
  }
}

const command = new Command('fuzz')
  .description('Throws random and damaged bytes at a connector: each must end in a value or a Failure, soon.')
  .addOption(new Option('--connector <name>').choices(Object.keys(CONNECTORS)).makeOptionMandatory())
  .option('--minutes <number>', 'how long', atLeast(0.01), 1)
  .option(
    '--seed <number>',
    'decides every case; another one each time when left out',
    atLeast(0),
    randomInt(1_000_000),
  )
  .option('--from <number>', 'the case to begin with', atLeast(0), 0)
  .option('--cases <number>', 'stop after so many', atLeast(1), Number.MAX_SAFE_INTEGER)

const tell = (line: string) => void process.stderr.write(`${line}\n`)

const flags = command.parse().opts<Flags>()
const { connector, seed, from, cases, minutes } = flags
tell(`${connector}, seed ${seed}`)
const module = CONNECTORS[connector] ?? ''
const outcome = await supervise({ module, seed, from, cases, milliseconds: minutes * 60_000, tell })
process.stdout.write(await report(connector, seed, outcome))
if (outcome.wrong) process.exitCode = 1
