import { execFile } from 'node:child_process'
import type { Account } from './run-as.ts'
import { runAs } from './run-as.ts'

const TRY_LIMIT_MS = 15_000

/**
 * Asks a browser for its version, as the account that will run it. Gives nothing when it starts, else why not:
 * a missing library, no right to read it, another kind of processor.
 */
export async function tryBrowser(
  executablePath: string,
  env: Readonly<Record<string, string>>,
  account: Account | undefined,
): Promise<string | undefined> {
  // On Windows asking for the version opens a window instead.
  if (process.platform === 'win32') return undefined
  const [command, ...args] = [...runAs(account), executablePath, '--version']
  return new Promise((resolve) => {
    execFile(
      command ?? executablePath,
      args,
      { env, cwd: '/', timeout: TRY_LIMIT_MS },
      (error, _out, complaint) => {
        resolve(error ? (complaint.trim().split('\n')[0] || error.message).slice(0, 200) : undefined)
      },
    )
  })
}
