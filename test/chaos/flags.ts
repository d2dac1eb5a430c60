import { Command } from 'commander'
import { z } from 'zod'
import { FAULT_KINDS } from '../practice-hospital/faults.ts'
import { GUARDS, LATE_AT_MOST_MS } from './chaos-timing.ts'

const whole = (least: number) =>
  z.coerce
    .number('must be a whole number')
    .int('must be a whole number')
    .min(least, `must be ${least} or more`)
const share = z.coerce
  .number('must be from 0 to 1')
  .min(0, 'must be from 0 to 1')
  .max(1, 'must be from 0 to 1')

const chaosFlags = z.object({
  items: whole(1),
  kills: whole(0),
  freezes: whole(0).optional(),
  longFreezes: share,
  faults: share,
  kinds: z.array(z.enum(FAULT_KINDS, `must be some of ${FAULT_KINDS.join(', ')}`)).optional(),
  seed: whole(0),
  backend: z.enum(['postgres', 'redis'], 'must be postgres or redis'),
  workers: whole(1),
  slowArming: whole(0),
  reading: whole(1),
  late: whole(1).max(LATE_AT_MOST_MS, `must be ${LATE_AT_MOST_MS} or less, well below the quiet period`),
  without: z.enum(GUARDS, `must be ${GUARDS.join(' or ')}`).optional(),
  naive: z.boolean(),
  alone: z.boolean(),
})

export interface ChaosOptions extends Omit<z.output<typeof chaosFlags>, 'freezes'> {
  readonly freezes: number
}

const command = () =>
  new Command('chaos')
    .description(
      'Kills and freezes workers at random while the practice hospital misbehaves, and compares what the ledger says with what really happened there.',
    )
    .option('--items <number>', 'cases to be done', '400')
    .option('--kills <number>', 'workers ended with kill -9, spread over the run', '100')
    .option('--freezes <number>', 'workers frozen for a while; half as many as kills when left out')
    .option('--long-freezes <share>', 'share of the freezes that outlast the quiet period', '0.2')
    .option('--faults <share>', 'share of the requests in which the hospital misbehaves', '0.25')
    .option('--kinds <kinds...>', 'how it misbehaves; in every way when left out')
    .option('--seed <number>', 'decides cases, faults, and who is struck when', '1')
    .option('--backend <name>', 'what the queue runs on: postgres or redis', 'postgres')
    .option('--workers <number>', 'worker processes at the same time', '4')
    .option('--slow-arming <ms>', 'how long the ledger takes to arm an act: a slow database', '0')
    .option('--reading <ms>', 'how long at most a robot reads a case before it submits', '700')
    .option('--late <ms>', 'how late at most the registry applies or shows what it was sent', '1000')
    .option('--without <guard>', `takes a guard away, to see that it is needed: ${GUARDS.join(' or ')}`)
    .option('--naive', 'only the naive twin, at full size', false)
    .option('--alone', 'only the protocol, without its naive twin', false)

/** What was asked for. Prints and ends the process for `--help`. @throws Error that names each wrong flag */
export function readFlags(args: readonly string[]): ChaosOptions {
  const given = command()
    .allowExcessArguments(false)
    .parse([...args], { from: 'user' })
    .opts()
  const result = chaosFlags.safeParse(given)
  if (!result.success)
    throw new Error(
      result.error.issues.map(({ path, message }) => `--${flagName(path)} ${message}`).join('; '),
    )
  const { freezes = Math.round(result.data.kills / 2), ...rest } = result.data
  return { ...rest, freezes }
}

const flagName = (path: readonly PropertyKey[]) =>
  path.join('.').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
