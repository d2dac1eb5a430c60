import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import type { WebSystemSettings } from './web-system-settings.ts'

/** What was done on a page and what it looked like, for who mends a robot. It shows patients, so it is kept sealed and lives shortly. */
export interface FinishedTrace {
  readonly system: string
  /** A zip file for Playwright's trace viewer. */
  readonly content: Buffer
  /** From then on it must be gone. */
  readonly expires: Date
}

/** Where a trace goes; without one none is made, whatever the settings ask. */
export interface TraceKeeper {
  /** Seals it before it is kept. */
  readonly keep: (trace: FinishedTrace) => Promise<void>
}

/** A trace under way. */
export interface Trace {
  /** Hands it over, once; nothing of it stays behind. */
  finish(): Promise<void>
}

const LIVES_MS = 3 * 24 * 60 * 60_000

/**
 * Begins a trace when the settings ask for one at this moment. Steps and pictures only: the requests of a page, which
 * Playwright would record with its snapshots, hold the cookies that make somebody signed in. Signing in is never
 * recorded, for it happens in a context of its own.
 * @param now milliseconds since 1970
 */
export async function beginTrace(
  page: Page,
  { id: system, traceUntil }: Pick<WebSystemSettings, 'id' | 'traceUntil'>,
  keeper: TraceKeeper | undefined,
  now: number,
): Promise<Trace | undefined> {
  if (!keeper || traceUntil === undefined || now >= Date.parse(traceUntil)) return undefined
  const { tracing } = page.context()
  await tracing.start({ screenshots: true, snapshots: false })
  let finished: Promise<void> | undefined
  const finish = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ontregel-trace-'))
    try {
      const path = join(folder, 'trace.zip')
      await tracing.stop({ path })
      await keeper.keep({ system, content: await readFile(path), expires: new Date(now + LIVES_MS) })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return { finish: () => (finished ??= finish()) }
}
