import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLog } from '../../connectors/log.ts'
import { readConfig } from '../../orchestrator/config.ts'
import { asFailure, Failure } from '../../connectors/failure.ts'
import { practise } from './practise.ts'

/**
 * Waits that fit a practice hospital, which misbehaves for seconds and not for minutes: what is unsure is looked up
 * within the run. A hospital keeps the defaults.
 */
const PRACTICE_WAITS = {
  ONTREGEL_LEASE_SECONDS: '10',
  ONTREGEL_HEARTBEAT_SECONDS: '3',
  ONTREGEL_ARM_MARGIN_SECONDS: '3',
  ONTREGEL_QUIET_SECONDS: '13',
  ONTREGEL_SETTLE_SECONDS: '1',
  ONTREGEL_SWEEP_SECONDS: '2',
  ONTREGEL_BACKOFF_SECONDS: '1',
  ONTREGEL_LOG_LEVEL: 'error',
}

const USAGE = `npm start -- [--once [--limit S]] [--json] [--faults RATE] [--seed N]
  --once         end when all work is done: 0 when everything is right, 1 with the reasons when not
  --json         print the result as JSON on stdout, and nothing else
  --limit S      with --once: give up after this many seconds; 170 when left out
  --faults RATE  let the practice hospital misbehave at this share of its answers, 0 to 0.2
  --seed N       another practice hospital; for a data folder that has none yet
`

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    limit: { type: 'string', default: '170' },
    faults: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
})

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())

if (values.help) process.stdout.write(USAGE)
else process.exitCode = await run()

function numberOf(flag: 'limit' | 'faults' | 'seed', least: number, most: number): number {
  const number = Number(values[flag])
  if (number >= least && number <= most) return number
  throw new Failure('business', 'flag', `--${flag} takes a number from ${least} to ${most}.`)
}

/** The exit code: 0 when all is right, 1 when not. */
async function run(): Promise<number> {
  try {
    const config = readConfig({ ...PRACTICE_WAITS, ...process.env })
    const log = createLog(config.logLevel, (line) => process.stderr.write(line))
    return await practise({
      config,
      log,
      once: values.once,
      json: values.json,
      limitSeconds: numberOf('limit', 1, 86_400),
      faults: numberOf('faults', 0, 0.2),
      seed: numberOf('seed', 0, 2 ** 31),
      practiceFolder: join(config.home, 'practice-hospital'),
      stop: stop.signal,
    })
  } catch (error) {
    process.stderr.write(`${asFailure(error).message}\n`)
    if (process.env['ONTREGEL_LOG_LEVEL'] === 'debug') process.stderr.write(`${String(error)}\n`)
    return 1
  }
}
