import { setTimeout as wait } from 'node:timers/promises'
import { asFailure } from '../../connectors/failure.ts'
import type { Log } from '../../connectors/log.ts'
import { anchorAccess, anchorBefore, linkAccess } from '../ledger/access-chain.ts'
import { tendAccessYears } from '../ledger/access-retention.ts'
import { verifyAccess } from '../ledger/access-verify.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'

export interface KeepAccessOptions {
  readonly db: LedgerDatabase
  readonly secrets: SecretBox
  readonly log: Log
  /** The local date by which a day begins. */
  readonly today: () => string
  /** Between two looks for entries without a place in their chain, in milliseconds. */
  readonly everyMs?: number
}

const EVERY_MS = 1000

/**
 * Keeps the access log: gives new entries their place in the chain about every second. Once a day over all processes it
 * writes where each chain ends to the log, which is kept elsewhere than the database, and checks what came since the day
 * before. Safe to run in several processes.
 */
export function keepAccessLog(options: KeepAccessOptions): { close(): Promise<void> } {
  const stop = new AbortController()
  const running = keepOn(options, stop.signal)
  return {
    async close() {
      stop.abort()
      await running
    },
  }
}

async function keepOn(options: KeepAccessOptions, stopped: AbortSignal): Promise<void> {
  let day = ''
  while (!stopped.aborted) {
    try {
      while ((await linkAccess(options.db, options.secrets)) > 0 && !stopped.aborted);
      if (day !== options.today()) day = await beginDay(options)
    } catch (error) {
      const { code, message } = asFailure(error)
      options.log.error('access log not kept', { code, sentence: message })
    }
    await wait(options.everyMs ?? EVERY_MS, undefined, { signal: stopped }).catch(() => undefined)
  }
}

async function beginDay({ db, secrets, log, today }: KeepAccessOptions): Promise<string> {
  const day = today()
  await tendAccessYears(db)
  for (const { hospital, number, hash } of await anchorAccess(db, day)) {
    log.info('access log ends', { hospital, count: number, code: writtenHash(hash.toString('hex')) })
    const { wrong } = await verifyAccess(db, secrets, hospital, {
      since: await anchorBefore(db, hospital, day),
    })
    if (wrong) await raiseAlarm(db, hospital, `${wrong.sentence} (number ${wrong.number} of its chain)`)
  }
  return day
}

/** Somebody must know at once: whoever changes this log hides something. */
async function raiseAlarm(db: LedgerDatabase, hospital: string, what: string): Promise<void> {
  const sentence = `The access log is not as it was written: ${what} Keep the database as it is, and see who could change it.`
  await db.insertInto('alarm').values({ hospital, kind: 'access-log-changed', sentence }).execute()
}

/** In groups, so that nothing in it can be taken for a number of a person. */
export const writtenHash = (hash: string): string => hash.match(/.{1,8}/g)?.join('-') ?? ''
