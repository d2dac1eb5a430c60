import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../../source-files.ts'

/** How a command ended, and what it said. */
export interface Said {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** The command line as a person on a machine of their own has it: a data folder, and nothing else in the environment. */
export interface CommandLine extends AsyncDisposable {
  readonly home: string
  /** Runs a command to its end. */
  run(args: readonly string[], environment?: Record<string, string>): Promise<Said>
  /** Starts a command that goes on; `ended` tells how it ended. */
  start(
    args: readonly string[],
    environment?: Record<string, string>,
  ): { readonly child: ChildProcess; readonly ended: Promise<Said> }
}

/** @param databaseUrl none for the embedded database */
export async function openCommandLine(databaseUrl?: string): Promise<CommandLine> {
  const home = await mkdtemp(join(tmpdir(), 'ontregel-cli-'))
  // PostgreSQL and the browser run as other accounts when we are root.
  await chmod(home, 0o711)
  const children = new Set<ChildProcess>()
  const start = (args: readonly string[], environment: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [join(ROOT, 'dashboards/terminal/cli.ts'), ...args], {
      cwd: tmpdir(),
      env: {
        PATH: process.env['PATH'],
        ONTREGEL_HOME: home,
        ONTREGEL_WEB_PORT: '0',
        ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.add(child)
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => void out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => void err.push(chunk))
    const exit: Promise<unknown[]> = once(child, 'close')
    const said = (chunks: Buffer[]) => Buffer.concat(chunks).toString('utf8')
    const ended = exit.then(() => ({ code: child.exitCode, out: said(out), err: said(err) }))
    return { child, ended }
  }
  return {
    home,
    start,
    run: (args, environment) => start(args, environment).ended,
    async [Symbol.asyncDispose]() {
      for (const child of children) child.kill('SIGKILL')
      await rm(home, { recursive: true, force: true })
    },
  }
}
