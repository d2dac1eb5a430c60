import { readFlags, type ChaosOptions } from './flags.ts'
import { runNaive, runProtocol } from './phases.ts'
import { naiveLines, protocolLines, stands, wrongLines } from './report.ts'
import { openServers } from './servers.ts'

/** The twin is a quarter of the run, and between these many items: enough to show what it is there for. */
const TWIN = { part: 0.25, least: 80, most: 400 }

const say = (lines: readonly string[]) => void process.stdout.write(`${lines.join('\n')}\n`)

/** Whether all is as it must be. */
async function run(options: ChaosOptions, signal: AbortSignal): Promise<boolean> {
  await using servers = await openServers(options.backend)
  const protocol = options.naive || (await protocolStands({ servers, options, signal }))
  const twin = options.alone || (await twinFails({ servers, options: twinOptions(options), signal }))
  return protocol && twin
}

async function protocolStands(phase: Parameters<typeof runProtocol>[0]): Promise<boolean> {
  const result = await runProtocol(phase)
  say(protocolLines(result))
  const standing = stands(result)
  if (!standing) process.stderr.write(`${wrongLines(result).join('\n')}\n`)
  say([standing ? 'The invariants hold.' : 'The invariants do not hold.'])
  return standing
}

async function twinFails(phase: Parameters<typeof runNaive>[0]): Promise<boolean> {
  const result = await runNaive(phase)
  say(naiveLines(result))
  if (result.duplicates > 0) return true
  process.stderr.write('The naive twin doubled nothing: this run proves nothing. Use more faults or kills.\n')
  return false
}

/** The same seed, faults and kills per item; smaller, unless the twin is all that was asked for. */
function twinOptions(options: ChaosOptions): ChaosOptions {
  if (options.naive) return options
  const items = Math.min(options.items, TWIN.most, Math.max(TWIN.least, options.items * TWIN.part))
  const scaled = (count: number) => Math.ceil((count * items) / options.items)
  return {
    ...options,
    items: Math.ceil(items),
    kills: scaled(options.kills),
    freezes: scaled(options.freezes),
  }
}

const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => stop.abort(new Error('Stopped before the end.')))
try {
  process.exitCode = (await run(readFlags(process.argv.slice(2)), stop.signal)) ? 0 : 1
} catch (error) {
  const reason: unknown = stop.signal.aborted ? stop.signal.reason : error
  process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`)
  process.exitCode = 2
}
