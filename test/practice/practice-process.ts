import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const MAIN = new URL('../practice-hospital/main.ts', import.meta.url).pathname
const addressesSchema = z.object({
  epd: z.string(),
  portal: z.string(),
  insurer: z.string(),
  registry: z.string(),
  fhir: z.string(),
  control: z.string(),
  hl7: z.string(),
})
const accountsSchema = z.object({
  epd: z.object({ user: z.string(), password: z.string(), totpSecret: z.string() }),
  portal: z.object({ user: z.string(), password: z.string() }),
  insurer: z.object({ user: z.string(), password: z.string() }),
  registry: z.object({ user: z.string(), password: z.string(), token: z.string() }),
  fhir: z.object({ account: z.string(), token: z.string() }),
})

/** A practice hospital in a process of its own. */
export interface PracticeProcess extends AsyncDisposable {
  readonly at: z.output<typeof addressesSchema>
  readonly process: ChildProcess
  readonly accounts: z.output<typeof accountsSchema>
  /** Asks the control API; with a body it posts. */
  control(path: string, body?: object): Promise<unknown>
}

/** Starts one on free ports and waits until it is ready; what it says goes to `practice.log` there. Disposing ends it with SIGTERM. */
export async function startPracticeProcess(data: string, ...flags: string[]): Promise<PracticeProcess> {
  mkdirSync(data, { recursive: true })
  const child = spawn(process.execPath, [MAIN, '--data', data, '--end-with-stdin', ...flags], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Ctrl-C is for who started it: what still works there needs the hospital until it stopped.
    detached: process.platform !== 'win32',
  })
  child.stderr.pipe(createWriteStream(join(data, 'practice.log'), { flags: 'a' }))
  const first = await Promise.race([once(createInterface(child.stdout), 'line'), once(child, 'exit')])
  const at = addressesSchema.parse(JSON.parse(String(first[0])))
  const control = async (path: string, body?: object) => {
    const post = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }
    const answer = await fetch(`${at.control}${path}`, body ? post : {})
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    return answer.json()
  }
  return {
    at,
    process: child,
    control,
    accounts: accountsSchema.parse(await control('/accounts')),
    [Symbol.asyncDispose]: () => end(child, 'SIGTERM'),
  }
}

/** Ends the process by this signal and waits until it is gone. */
export async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

/** A folder that is removed with the test. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'practice-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
