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
 * @throws business when messages came in over it: what is kept of them names the channel
 */
export async function removeChannel(db: LedgerDatabase, by: ChangedBy, id: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await findChannel(tx, by.hospital, id)
    const used = await tx
      .selectFrom('message_id')
      .select('channel')
      .where('channel', '=', id)
      .executeTakeFirst()
    if (used) {
      const sentence = `Messages came in over channel ${id} and are kept: turn it off instead.`
      throw new Failure('business', 'channel-in-use', sentence)
    }
    const name = channelKeySecret(id)
    await sql`DELETE FROM secret WHERE hospital = ${by.hospital} AND name = ${name}`.execute(tx)
    await tx.deleteFrom('channel').where('hospital', '=', by.hospital).where('id', '=', id).execute()
    await recordChange(tx, { ...by, what: 'channel', subject: id, before: written(before), after: null })
  })
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
