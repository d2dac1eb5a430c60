import { join } from 'node:path'
import { Client } from 'pg'
import { z } from 'zod'
import type { Config } from '../../orchestrator/config.ts'
import { startEmbeddedDatabase } from '../../orchestrator/ledger/embedded.ts'
import { openDoorbell } from '../../orchestrator/queue/open-doorbell.ts'
import type { Finding } from './doctor-findings.ts'

type Found = readonly Omit<Finding, 'about'>[]

/** More than this and times on screen differ visibly from those in the ledger. */
const CLOCK_SECONDS = 5

/** The database: the embedded one starts, or the hospital's own answers and keeps what it has confirmed. */
export async function findDatabase(config: Config): Promise<Found> {
  if (config.databaseUrl) {
    await openAndClose(config.databaseUrl, undefined)
    return [
      { status: 'ok', sentence: 'DATABASE_URL answers and keeps what it has confirmed.' },
      ...(await findClock(config.databaseUrl)),
    ]
  }
  const moved: string[] = []
  const said = (sentence: string) => void (sentence.includes('may not enter') && moved.push(sentence))
  const database = await startEmbeddedDatabase({ folder: join(config.home, 'postgres'), log: said })
  try {
    await openAndClose(database.url, undefined)
    return [
      { status: 'ok', sentence: `The embedded PostgreSQL ${database.attached ? 'runs' : 'starts'}.` },
      ...moved.map((sentence) => ({ status: 'note' as const, sentence })),
      ...(await findClock(database.url)),
    ]
  } finally {
    if (!database.attached) await database.stop()
  }
}

/** The queue: a Redis that loses nothing, or the database, which was looked at before. */
export async function findQueue(config: Config, database: readonly Finding[]): Promise<Found> {
  if (config.redisUrl) {
    await openAndClose(config.databaseUrl ?? '', config.redisUrl)
    return [{ status: 'ok', sentence: 'REDIS_URL answers and drops nothing.' }]
  }
  if (database.some(({ status }) => status === 'problem'))
    return [{ status: 'note', sentence: 'The queue is on the database: mend that first.' }]
  return [{ status: 'ok', sentence: 'The queue is on the database.' }]
}

/** Opening refuses, with the remedy, what is away or could lose what it confirmed. */
async function openAndClose(databaseUrl: string, redisUrl: string | undefined): Promise<void> {
  const doorbell = await openDoorbell({ databaseUrl, redisUrl, onError: () => undefined })
  await doorbell.close()
}

const ClockRow = z.object({ summer: z.literal('12'), seconds: z.number() })

/** The ledger's clock decides leases and days: does it know the zone, and does it go with ours. */
async function findClock(url: string): Promise<Found> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(
      `SELECT to_char('2026-07-01 10:00Z'::timestamptz AT TIME ZONE 'Europe/Amsterdam', 'HH24') AS summer,
        (extract(epoch FROM clock_timestamp()) - $1)::float8 AS seconds`,
      [Date.now() / 1000],
    )
    const row = ClockRow.safeParse(rows[0])
    if (!row.success)
      return [
        {
          status: 'problem',
          sentence: 'The database does not know the clock of Europe/Amsterdam.',
          remedy: 'Give its server the time zone data (tzdata).',
        },
      ]
    const seconds = Math.round(Math.abs(row.data.seconds))
    if (seconds <= CLOCK_SECONDS) return []
    const sentence = `The clocks of the database and this machine differ ${seconds} seconds.`
    return [{ status: 'note', sentence, remedy: 'Keep both with a time server.' }]
  } finally {
    await client.end()
  }
}
