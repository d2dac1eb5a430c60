import type { Config } from '../../orchestrator/config.ts'
import type { Installation } from '../../orchestrator/installation.ts'

/** Where a command reads its settings, says what it has to say, and how it ends. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** A result, on stdout, with a line ending. */
  readonly out: (text: string) => void
  /** Text as it is, on stdout. */
  readonly write: (text: string) => void
  /** What a person waits for or should know, on stderr: never part of a result. */
  readonly say: (sentence: string) => void
  /** Columns, asked each time: a window changes. */
  readonly width: () => number
  /** Rows; undefined when it is no terminal. */
  readonly height: () => number | undefined
  /** Whether stdout is a terminal. */
  readonly isTerminal: boolean
  /** The code to exit with: 0 until said otherwise. */
  readonly endWith: (code: number) => void
}

/** Reads the settings, or fails with all that is wrong with them. */
export async function settingsOf(terminal: Terminal): Promise<Config> {
  const { readConfig } = await import('../../orchestrator/config.ts')
  return readConfig(terminal.environment)
}

/** Runs a command on an opened installation and closes it again, whatever came of it. */
export async function withInstallation<Result>(
  terminal: Terminal,
  use: (installation: Installation) => Promise<Result>,
): Promise<Result> {
  const config = await settingsOf(terminal)
  const { openInstallation } = await import('../../orchestrator/installation.ts')
  const { createLog } = await import('../../connectors/log.ts')
  const log = createLog(config.logLevel, (line) => terminal.say(line.trimEnd()))
  const installation = await openInstallation({ ...terminal, config, log, serves: false })
  try {
    return await use(installation)
  } finally {
    await installation.close()
  }
}

/** Prints plain data for programs. */
export function outJson(terminal: Terminal, data: unknown): void {
  terminal.out(JSON.stringify(data, null, 2))
}
