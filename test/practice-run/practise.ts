import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { bots } from '../../bots/index.ts'
import { liveLines } from '../../dashboards/terminal/live-lines.ts'
import type { Log } from '../../connectors/log.ts'
import type { Config } from '../../orchestrator/config.ts'
import { openInstallation, type Installation } from '../../orchestrator/installation.ts'
import { serve, type Serving } from '../../orchestrator/main.ts'
import { fireByHand } from '../../orchestrator/triggers/by-hand.ts'
import { startPracticeProcess, type PracticeProcess } from '../practice/practice-process.ts'
import { underWay } from './all-ended.ts'
import { openPracticePages } from './practice-pages.ts'
import { CHANNEL, DEPLOYMENTS, putPracticeWork } from './practice-work.ts'
import { readResult, resultTable, type Result } from './result.ts'

export interface PractiseOptions {
  readonly config: Config
  readonly log: Log
  /** Ends when all work is done, instead of staying up. */
  readonly once: boolean
  /** How long `once` may take. */
  readonly limitSeconds: number
  readonly json: boolean
  /** Share of the practice hospital's answers that go wrong. */
  readonly faults: number
  readonly seed: number
  readonly practiceFolder: string
  /** Ctrl-C. */
  readonly stop: AbortSignal
}

const LOOK_EVERY_MS = 500
/** While it stays up, something new arrives this often. */
const ARRIVAL_MS = 30_000

/** Starts everything, lets the robots work, shows it, and prints what came of it. Gives the exit code. */
export async function practise(options: PractiseOptions): Promise<number> {
  const say = (sentence: string) => void process.stderr.write(`${sentence}\n`)
  say('Starting the database …')
  const installation = await openInstallation({ config: options.config, log: options.log, say, serves: true })
  try {
    await using pages = options.once ? undefined : await openPracticePages(installation)
    if (pages && !options.json) process.stdout.write(pages.sentence)
    say('Opening the practice hospital …')
    await using practice = await openPractice(options)
    await putPracticeWork(installation, practice)
    const serving = await serve(installation, true)
    try {
      return await letWork(options, installation, practice, serving)
    } finally {
      say('Stopping …')
      await serving.close()
    }
  } finally {
    await installation.close()
    say('Stopped.')
  }
}

async function openPractice({ practiceFolder, seed, faults }: PractiseOptions): Promise<PracticeProcess> {
  const practice = await startPracticeProcess(practiceFolder, '--seed', String(seed))
  const kinds = ['slow', 'error-but-applied', 'error-not-applied', 'applied-late']
  await practice.control('/faults', { rate: faults, kinds, seed, lateMs: 1500 })
  return practice
}

async function letWork(
  options: PractiseOptions,
  installation: Installation,
  practice: PracticeProcess,
  serving: Serving,
): Promise<number> {
  const { db, doorbell } = installation
  await practice.control('/hl7/connect', { host: '127.0.0.1', port: serving.channels.ports.get(CHANNEL) })
  for (const { id, triggers } of DEPLOYMENTS) {
    if (triggers.some((trigger) => 'cron' in trigger)) await fireByHand(db, doorbell, id)
  }
  const shown = options.json ? process.stderr : process.stdout
  const lines = liveLines(
    db,
    DEPLOYMENTS.map(({ id, bot }) => ({ id, title: bots.get(bot)?.title.en ?? bot })),
    (text) => void shown.write(text),
    { width: () => shown.columns ?? 100, isTerminal: shown.isTTY ?? false },
  )
  const late = await untilEnded(options, installation, practice)
  await lines.stop()
  if (options.stop.aborted) return 0
  const result = await readResult(db, practice)
  const wrong = late
    ? [`After ${options.limitSeconds} s there were still ${late}.`, ...result.wrong]
    : result.wrong
  print(options, { ...result, wrong })
  if (!options.once) await stayUp(options, practice)
  return options.once && wrong.length > 0 ? 1 : 0
}

/** Waits until nothing is under way; gives what still was when the time of --once is over. */
async function untilEnded(
  { once: limited, limitSeconds, stop }: PractiseOptions,
  { db }: Installation,
  practice: PracticeProcess,
): Promise<string> {
  const began = performance.now()
  for (;;) {
    const left = await underWay(db, practice)
    if (left === '' || stop.aborted) return ''
    if (limited && performance.now() - began > limitSeconds * 1000) return left
    await wait(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined)
  }
}

function print({ json, once: limited }: PractiseOptions, result: Result): void {
  if (json) process.stdout.write(`${JSON.stringify(result.json)}\n`)
  else process.stdout.write(resultTable(result))
  for (const sentence of result.wrong) process.stderr.write(`Not right: ${sentence}\n`)
  if (result.wrong.length === 0)
    process.stderr.write('Every item ended as it should, and the counts agree.\n')
  if (!limited) process.stderr.write('Now and then new work arrives. Press Ctrl-C to stop.\n')
}

async function stayUp({ stop }: PractiseOptions, practice: PracticeProcess): Promise<void> {
  const timer = setInterval(() => {
    practice
      .control('/arrivals', { referrals: 1 })
      .catch((error: unknown) =>
        process.stderr.write(`The practice hospital does not answer: ${String(error)}\n`),
      )
  }, ARRIVAL_MS)
  if (!stop.aborted) await once(stop, 'abort')
  clearInterval(timer)
}
