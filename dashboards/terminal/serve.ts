import { join } from 'node:path'
import type { Command } from 'commander'
import { createLog } from '../../connectors/log.ts'
import { Failure } from '../../connectors/failure.ts'
import type { Config } from '../../orchestrator/config.ts'
import type { Installation } from '../../orchestrator/installation.ts'
import { readDeployments } from '../../orchestrator/ledger/reading-progress.ts'
import { failureSentence } from './failure-sentence.ts'
import { withExamples } from './help-texts.ts'
import { liveLines, type LiveLines, type TitledDeployment } from './live-lines.ts'
import { endsWithin, listenForStop, untilAborted } from './stopping.ts'
import { settingsOf, type Terminal } from './terminal.ts'

/** A worker ends its browsers after six seconds, so that what is in hand breaks off; all must have stopped within ten. */
const HANDS_FREE_MS = 7_500
const CLOSED_MS = 2_000

/** `serve`: everything of an installation in one process. */
export function addServe(program: Command, terminal: Terminal): void {
  const command = program
    .command('serve')
    .description('Run everything: database, pages, worker, sweeper and HL7 channels, until Ctrl-C.')
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
  const installation = await openInstallation({ ...terminal, config, log, serves })
  const close = await startAll(terminal, installation, serves)
  try {
    lines = await showLines(terminal, installation)
    await untilAborted(stopping.signal)
    await lines.stop()
  } catch (error) {
    terminal.say(failureSentence(error))
    terminal.endWith(1)
  }
  lines = undefined
  terminal.say('Stopping: nothing new is taken, what is in hand may end.')
  if (await hasStopped(close, installation)) terminal.say('Stopped.')
  else await letGo(terminal, installation, serves)
  // Nothing that still waits for something may keep a stopped process.
  process.exit()
}

/** The pages first: who waits for the rest can look already. */
async function startAll(
  terminal: Terminal,
  installation: Installation,
  serves: boolean,
): Promise<() => Promise<void>> {
  if (!serves) return await startWork(terminal, installation, false)
  const { openPages } = await import('./open-pages.ts')
  const closePages = await openPages(terminal, installation)
  const closeWork = await startWork(terminal, installation, true)
  return async () => {
    await closePages()
    await closeWork()
  }
}

async function startWork(
  terminal: Terminal,
  installation: Installation,
  listens: boolean,
): Promise<() => Promise<void>> {
  const { serve } = await import('../../orchestrator/main.ts')
  const { config, doorbell } = installation
  try {
    const serving = await serve(installation, listens)
    const channels = serving.channels.sentences()
    for (const sentence of channels) terminal.out(sentence)
    if (listens && channels.length === 0) terminal.out('There are no HL7 channels to listen on.')
    terminal.out(
      `Working: ${config.concurrency} items at the same time, the queue is on ${doorbell.backend}. Ctrl-C stops.`,
    )
    // A process that only works ends as if it had been asked to from outside; one that serves goes on serving.
    if (!listens) void serving.stopped.then(() => process.emit('SIGTERM', 'SIGTERM'))
    return () => serving.close()
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

async function hasStopped(close: () => Promise<void>, installation: Installation): Promise<boolean> {
  return (await endsWithin(close(), HANDS_FREE_MS)) && (await endsWithin(installation.close(), CLOSED_MS))
}

/** What does not end in time is left: the ledger gives it back when its claim ends, as after any crash. */
async function letGo(terminal: Terminal, { config }: Installation, serves: boolean): Promise<void> {
  if (serves && !config.databaseUrl && (await embeddedRuns(config))) {
    const { startEmbeddedDatabase } = await import('../../orchestrator/ledger/embedded.ts')
    await (await startEmbeddedDatabase({ folder: embeddedFolder(config) })).stop()
  }
  terminal.say('Stopped; items still in hand go on at the next start, after their claim has ended.')
}

const embeddedFolder = ({ home }: Config): string => join(home, 'postgres')

async function embeddedRuns(config: Config): Promise<boolean> {
  const { reachableFolder, serverAccount } = await import('../../orchestrator/ledger/postgres-account.ts')
  const { runningPostmaster } = await import('../../orchestrator/ledger/postmaster-file.ts')
  const folder = await reachableFolder(embeddedFolder(config), serverAccount(), () => undefined)
  return (await runningPostmaster(join(folder, 'cluster', 'data'))) !== undefined
}

/** A worker that started the database itself would take it away from others when it stops. */
async function requireEmbedded(config: Config): Promise<void> {
  if (await embeddedRuns(config)) return
  throw new Failure(
    'business',
    'worker-without-database',
    'A worker needs a database that runs: set DATABASE_URL to it, or start "ontregel serve" on this machine first (it works by itself already).',
  )
}
