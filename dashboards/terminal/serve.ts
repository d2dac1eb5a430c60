import { join } from 'node:path'
import type { Command } from 'commander'
import { createLog } from '../../connectors/log.ts'
import { Failure } from '../../connectors/failure.ts'
import type { Config } from '../../orchestrator/config.ts'
import type { Installation } from '../../orchestrator/installation.ts'
import { readDeployments } from '../../orchestrator/ledger/reading-progress.ts'
import { withExamples } from './help-texts.ts'
import { liveLines, type LiveLines, type TitledDeployment } from './live-lines.ts'
import { endsWithin, listenForStop, untilAborted } from './stopping.ts'
import { settingsOf, type Terminal } from './terminal.ts'

/** Together less than the ten seconds in which Ctrl-C must have stopped everything. */
const HANDS_FREE_MS = 6_000
const CLOSED_MS = 3_000

/** `serve`: everything of an installation in one process. */
export function addServe(program: Command, terminal: Terminal): void {
  const command = program
    .command('serve')
    .description('Run everything: database, worker, sweeper and HL7 channels, until Ctrl-C.')
    .action(() => work(terminal, true))
  withExamples(command, [
    ['ontregel serve', 'with the embedded PostgreSQL'],
    ['DATABASE_URL=postgres://… ontregel serve', 'with a PostgreSQL of your own'],
  ])
}

/** `worker`: one more worker beside `serve`. */
export function addWorker(program: Command, terminal: Terminal): void {
  const command = program
    .command('worker')
    .description(
      'Run one more worker, without HL7 channels. It needs DATABASE_URL, or on the machine of "ontregel serve" its embedded database.',
    )
    .action(() => work(terminal, false))
  withExamples(command, [
    ['DATABASE_URL=postgres://… ontregel worker', 'on any machine that reaches the database'],
    ['ONTREGEL_CONCURRENCY=8 ontregel worker', 'eight items at the same time'],
  ])
}

async function work(terminal: Terminal, serves: boolean): Promise<void> {
  using stopping = listenForStop()
  const config = await settingsOf(terminal)
  if (!serves && !config.databaseUrl) await requireEmbedded(config)
  let lines: LiveLines | undefined
  const print = (line: string) =>
    lines ? lines.interrupt(() => terminal.say(line.trimEnd())) : terminal.say(line.trimEnd())
  const log = createLog(config.logLevel, print)
  const { openInstallation } = await import('../../orchestrator/installation.ts')
  const installation = await openInstallation({ config, log, say: terminal.say, serves })
  const closing = await startWork(terminal, installation, serves, stopping.signal)
  if (closing.started) {
    lines = await showLines(terminal, installation)
    await untilAborted(stopping.signal)
    await lines.stop()
    lines = undefined
  }
  terminal.say('Stopping: nothing new is taken, what is in hand may end.')
  await stop(terminal, closing.close, installation)
}

interface Started {
  readonly started: boolean
  close(): Promise<void>
}

async function startWork(
  terminal: Terminal,
  installation: Installation,
  listens: boolean,
  signal: AbortSignal,
): Promise<Started> {
  if (signal.aborted) return { started: false, close: () => Promise.resolve() }
  const { serve } = await import('../../orchestrator/main.ts')
  const { config, doorbell } = installation
  try {
    const serving = await serve(installation, listens)
    for (const [channel, port] of serving.channels.ports)
      terminal.out(`HL7 channel ${channel} listens on ${config.hl7Host}:${port}.`)
    if (listens && serving.channels.ports.size === 0) terminal.out('There are no HL7 channels to listen on.')
    terminal.out(
      `Working: ${config.concurrency} items at the same time, the queue is on ${doorbell.backend}. Ctrl-C stops.`,
    )
    return { started: true, close: () => serving.close() }
  } catch (error) {
    await installation.close()
    throw error
  }
}

async function showLines(terminal: Terminal, { db }: Installation): Promise<LiveLines> {
  const { bots } = await import('../../bots/index.ts')
  const deployments = await readDeployments(db)
  const hospitals = new Set(deployments.map(({ hospital }) => hospital))
  const titled = deployments.map(({ id, hospital, bot }): TitledDeployment => {
    const title = bots.get(bot)?.title.en ?? bot
    return { id, title: hospitals.size > 1 ? `${hospital} ${title}` : title }
  })
  return liveLines(db, titled, terminal.write, terminal)
}

/** What does not end in time is let go: the ledger gives it back when its claim ends, as after any crash. */
async function stop(
  terminal: Terminal,
  close: () => Promise<void>,
  installation: Installation,
): Promise<void> {
  const free = await endsWithin(close(), HANDS_FREE_MS)
  if (free && (await endsWithin(installation.close(), CLOSED_MS))) return terminal.say('Stopped.')
  terminal.say('Stopped; items still in hand go on at the next start, after their claim has ended.')
  if (!installation.config.databaseUrl) await stopEmbedded(installation.config)
  process.exit(0)
}

const embeddedFolder = ({ home }: Config): string => join(home, 'postgres')

async function stopEmbedded(config: Config): Promise<void> {
  const { startEmbeddedDatabase } = await import('../../orchestrator/ledger/embedded.ts')
  await (await startEmbeddedDatabase({ folder: embeddedFolder(config) })).stop()
}

/** A worker that started the database itself would take it away from others when it stops. */
async function requireEmbedded(config: Config): Promise<void> {
  const { reachableFolder, serverAccount } = await import('../../orchestrator/ledger/postgres-account.ts')
  const { runningPostmaster } = await import('../../orchestrator/ledger/postmaster-file.ts')
  const folder = await reachableFolder(embeddedFolder(config), serverAccount(), () => undefined)
  if (await runningPostmaster(join(folder, 'cluster', 'data'))) return
  throw new Failure(
    'business',
    'worker-without-database',
    'A worker needs a database that runs: set DATABASE_URL to it, or start "ontregel serve" on this machine first (it works by itself already).',
  )
}
