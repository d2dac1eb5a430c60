import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { Failure } from '../../connectors/failure.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import { newKey } from './key-ring.ts'
import type { Keys } from './open-keys.ts'
import { countOlder, resealNext, SEALED_TABLES, type SealedTable } from './sealed-tables.ts'

export interface Rotation {
  readonly db: LedgerDatabase
  /** With the role of the door, for the second factors of accounts. */
  readonly doorDb: LedgerDatabase
  readonly keys: Keys
  /** Workers whose last sign of life is older than this are gone. */
  readonly leaseSeconds: number
  /** How long workers may take to read the new key, which they do at each heartbeat. */
  readonly patienceSeconds: number
  /** Told what is being done, in a sentence. */
  readonly say: (sentence: string) => void
}

const MOST_AT_ONCE = 100
const LOOK_MS = 500

/**
 * Replaces the key that everything is sealed with. The new key is put before the old one; when every worker has it, all that
 * is sealed is sealed anew, some rows at a time; when nothing is sealed with the old key any more, that goes. Broken off
 * anywhere, everything still opens, and the next call goes on where it was: what is sealed tells by which key.
 * Gives how much was sealed anew.
 * @throws business when a worker does not take the new key, or the keys are where only a person can change them
 */
export async function rotateKeys(rotation: Rotation): Promise<number> {
  await begin(rotation)
  await untilWorkersHave(rotation)
  let anew = 0
  for (const table of SEALED_TABLES) anew += await resealTable(rotation, table)
  await finish(rotation)
  return anew
}

async function begin({ keys, say }: Rotation): Promise<void> {
  const { source, kept, refresh } = keys
  await refresh()
  const before = kept()
  if (before.length > 1) return say(`An earlier rotation goes on: ${source.place} has ${before.length} keys.`)
  if (!source.write)
    throw new Failure(
      'business',
      'key-by-hand',
      `The key is in ${source.place}: put the present one in ONTREGEL_SECRET_KEY_OLD and a new one ("openssl rand -base64 32") in ONTREGEL_SECRET_KEY, everywhere Ontregel runs, restart, and run this command again.`,
    )
  await source.write([newKey(), ...before], before)
  await refresh()
  say(`A new key is in ${source.place}, before the old one.`)
}

/** One that still seals with the old key would leave something behind that nobody opens. */
async function untilWorkersHave({ db, keys, leaseSeconds, patienceSeconds, say }: Rotation): Promise<void> {
  const until = performance.now() + patienceSeconds * 1000
  for (let said = false; ; said = true) {
    const { rows } = await sql<{ host: string; pid: number }>`
      SELECT host, pid FROM worker WHERE heartbeat_at > clock_timestamp() - ${leaseSeconds} * interval '1 second'
        AND key_head <> ${keys.secrets.head()} ORDER BY host, pid`.execute(db)
    if (rows.length === 0) return
    const which = rows.map(({ host, pid }) => `${host} (process ${pid})`).join(', ')
    if (performance.now() > until)
      throw new Failure(
        'business',
        'key-not-taken',
        `These workers do not have the new key: ${which}. See that they read the same place, or stop them; then run this command again. Nothing is lost meanwhile.`,
      )
    if (!said) say(`Waits until the workers have the new key: ${which}.`)
    await wait(LOOK_MS)
  }
}

async function resealTable({ db, doorDb, keys, say }: Rotation, table: SealedTable): Promise<number> {
  const { secrets } = keys
  const from = table.door ? doorDb : db
  const of = await countOlder(from, table, secrets.head())
  if (of > 0) say(`${table.name}: ${of} to be sealed anew.`)
  let anew = 0
  // What was added behind while it was walked through with an older key is found by walking once more.
  while ((await countOlder(from, table, secrets.head())) > 0) {
    let after: string | undefined
    for (;;) {
      const walked = await resealNext(from, secrets, table, { after, most: MOST_AT_ONCE })
      if (!walked) break
      after = walked.after
      anew += walked.anew
      if (walked.anew > 0) say(`${table.name}: ${anew} of ${Math.max(of, anew)} sealed anew.`)
    }
  }
  return anew
}

async function finish({ keys, say }: Rotation): Promise<void> {
  const { source, kept, refresh } = keys
  await refresh()
  const before = kept()
  if (!source.write) return say('ONTREGEL_SECRET_KEY_OLD is not needed any more: leave it out from now on.')
  await source.write([before[0]], before)
  await refresh()
  say('The old key is gone. Backups of the database of before need it: keep a copy of it with those.')
}
