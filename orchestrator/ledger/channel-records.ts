import { sql } from 'kysely'
import { expiryOf } from '../../connectors/certificates.ts'
import { Failure } from '../../connectors/failure.ts'
import {
  channelKeySecret,
  type PlannedChannel,
  putChannel,
  readLimits,
  type ChannelSetup,
} from './channel-setup.ts'
import { recordChange } from './changes.ts'
import type { ChangedBy } from './closing-days.ts'
import { inTransaction } from './in-transaction.ts'
import type { LedgerDatabase } from './tables.ts'

/** The channels of a hospital as they were described, or one of them; the key of a certificate is not among it. */
export async function readPlannedChannels(
  db: LedgerDatabase,
  hospital: string,
  id?: string,
): Promise<PlannedChannel[]> {
  const rows = await db
    .selectFrom('channel')
    .selectAll()
    .where('hospital', '=', hospital)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy('id')
    .execute()
  return rows.map(
    ({ certificate, client_authorities: authorities, retention_days, host, limits, ...row }) => ({
      ...{ id: row.id, port: row.port, ...(host === null ? {} : { host }), enabled: row.enabled },
      ...(certificate === null
        ? {}
        : { tls: { certificate, ...(authorities === null ? {} : { clientAuthorities: authorities }) } }),
      ...{
        senders: row.senders,
        charset: row.charset,
        retentionDays: retention_days,
        limits: readLimits(limits),
      },
    }),
  )
}

/** @throws business `not-found` */
export async function findChannel(db: LedgerDatabase, hospital: string, id: string): Promise<PlannedChannel> {
  const [found] = await readPlannedChannels(db, hospital, id)
  if (found) return found
  throw new Failure('business', 'not-found', `There is no channel "${id}" at this hospital.`)
}

/**
 * Makes or renews a channel and writes the difference down. The key of a new certificate is entered apart.
 * @throws business: names the field and the remedy
 */
export async function saveChannel(
  db: LedgerDatabase,
  by: ChangedBy,
  setup: Omit<ChannelSetup, 'hospital'>,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [before] = await readPlannedChannels(tx, by.hospital, setup.id)
    await putChannel(tx, { hospital: by.hospital, ...setup })
    const after = await findChannel(tx, by.hospital, setup.id)
    const { certificate } = after.tls ?? {}
    if (certificate !== undefined && certificate !== before?.tls?.certificate) expectHolds(certificate)
    await recordChange(tx, {
      ...by,
      what: 'channel',
      subject: setup.id,
      before: before ? written(before) : null,
      after: written(after),
    })
  })
}

/**
 * Takes a channel away with the key of its certificate.
 * @throws business while it is on, when messages came in over it (what is kept of them names the channel), and while one of
 *   them waits, however old it is
 */
export async function removeChannel(db: LedgerDatabase, by: ChangedBy, id: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await findChannel(tx, by.hospital, id)
    await expectUnused(tx, before)
    const name = channelKeySecret(id)
    await sql`DELETE FROM secret WHERE hospital = ${by.hospital} AND name = ${name}`.execute(tx)
    await tx.deleteFrom('channel').where('hospital', '=', by.hospital).where('id', '=', id).execute()
    await recordChange(tx, { ...by, what: 'channel', subject: id, before: written(before), after: null })
  })
}

async function expectUnused(db: LedgerDatabase, { id, enabled }: PlannedChannel): Promise<void> {
  if (enabled)
    throw new Failure('business', 'channel-on', `Channel ${id} is on: turn it off first, then take it away.`)
  const { rows } = await sql<{ used: boolean; waits: boolean }>`
    SELECT EXISTS (SELECT FROM message_id WHERE channel = ${id}) AS used,
      EXISTS (SELECT FROM message WHERE channel = ${id} AND state IN ('stored', 'aside')) AS waits`.execute(
    db,
  )
  if (rows[0]?.waits)
    throw new Failure(
      'business',
      'channel-waits',
      `Messages of channel ${id} wait or are set aside: replay or skip them first.`,
    )
  if (rows[0]?.used)
    throw new Failure(
      'business',
      'channel-in-use',
      `Messages came in over channel ${id} and are kept: leave it turned off instead.`,
    )
}

/** Without what was left out. */
const written = (channel: PlannedChannel) => JSON.parse(JSON.stringify(channel))

function expectHolds(certificate: string): void {
  const until = expiryOf(certificate)
  if (until.getTime() >= Date.now()) return
  const day = until.toISOString().slice(0, 10)
  const sentence = `Field tls.certificate: it expired on ${day}; have a new one made.`
  throw new Failure('business', 'certificate-expired', sentence)
}
