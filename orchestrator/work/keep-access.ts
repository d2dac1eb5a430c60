import { setTimeout as wait } from 'node:timers/promises'
import { asFailure } from '../../connectors/failure.ts'
import type { Log } from '../../connectors/log.ts'
import { anchorAccess, anchorBefore, linkAccess } from '../ledger/access-chain.ts'
import { checkNextPart } from '../ledger/access-rounds.ts'
import { tendAccessYears } from '../ledger/access-retention.ts'
import { verifyAccess, type AccessVerdict } from '../ledger/access-verify.ts'
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
 * before. The whole log is looked at in rounds, a part each second until that is enough for the day. Safe to run in several processes.
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
      await checkPart(options)
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
    if (wrong) await raiseAlarm(db, hospital, placeOf(wrong))
  }
  return day
}

/** A part of the whole log, whose alarm is raised in the round that finds it and not again in the next. */
async function checkPart({ db, secrets, today }: KeepAccessOptions): Promise<void> {
  const part = await checkNextPart(db, secrets, { today: today() })
  if (part?.wrong) await raiseAlarm(db, part.hospital, placeOf(part.wrong))
}

const placeOf = ({ number, entry, sentence }: NonNullable<AccessVerdict['wrong']>): string =>
  `${sentence} (${number === 0 ? `row ${entry}` : `number ${number} of its chain`})`

/** Somebody must know at once: whoever changes this log hides something. */
async function raiseAlarm(db: LedgerDatabase, hospital: string, what: string): Promise<void> {
  const sentence = `The access log is not as it was written: ${what} Keep the database as it is, and see who could change it.`
  const told = { hospital, kind: 'access-log-changed', sentence } as const
  const before = db.selectFrom('alarm').select('id').where('hospital', '=', hospital)
  const same = await before.where('kind', '=', told.kind).where('sentence', '=', sentence).executeTakeFirst()
  if (!same) await db.insertInto('alarm').values(told).execute()
}

/** In groups, so that nothing in it can be taken for a number of a person. */
export const writtenHash = (hash: string): string => hash.match(/.{1,8}/g)?.join('-') ?? ''
