import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import { isKeyOf, expiryOf, type CertificateKey } from '../../connectors/certificates.ts'
import { asFailure, Failure } from '../../connectors/failure.ts'
import { readCharset } from '../../connectors/hl7/charset.ts'
import type { ChannelSettings, ListenerTls } from '../../connectors/hl7/listener.ts'
import { channelKeySecret, readLimits } from '../ledger/channel-setup.ts'
import type { MessageTables } from '../ledger/message-tables.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { readSecret } from '../secrets/secrets.ts'

export type ChannelRow = Selectable<MessageTables['channel']>

interface Opening {
  readonly db: LedgerDatabase
  readonly secrets: SecretBox
  /** Where channels listen that name no address of their own. */
  readonly host: string
}

const Key = z.object({ key: z.string().min(1), passphrase: z.string().optional() })

/**
 * What a listener needs to know, the key of its certificate among it.
 * @throws {Failure} `business`: names the field or the secret that is wrong
 */
export async function channelSettings(opening: Opening, row: ChannelRow): Promise<ChannelSettings> {
  const { id, port, senders, certificate } = row
  const charset = readCharset(row.charset)
  return {
    id,
    port,
    host: row.host ?? opening.host,
    limits: readLimits(row.limits),
    ...(senders.length > 0 ? { senders } : {}),
    ...(charset ? { charset } : {}),
    ...(certificate === null ? {} : { tls: await tlsOf(opening, row, certificate) }),
  }
}

async function tlsOf({ db, secrets }: Opening, row: ChannelRow, cert: string): Promise<ListenerTls> {
  const { id, hospital, client_authorities: ca } = row
  const key = asKey(await readSecret(db, secrets, hospital, channelKeySecret(id)))
  if (!key || !isKeyOf(cert, key))
    throw wrong(
      `Secret ${channelKeySecret(id)} is not the key of the certificate of channel ${id}: enter {"key", "passphrase"} that belong to it, the key as PEM.`,
    )
  if (expiryOf(cert).getTime() < Date.now())
    throw wrong(
      `Field tls.certificate of channel ${id}: it expired on ${expiryOf(cert).toISOString().slice(0, 10)}; have a new one made.`,
    )
  const { passphrase } = key
  const own = { key: key.key, cert, ...(passphrase === undefined ? {} : { passphrase }) }
  return ca === null ? own : { ...own, ca, requireClient: true }
}

/**
 * What tells that a channel is still the one that was opened: all of its row but what is no matter of the listener, and the
 * version of its key.
 */
export async function channelStamps(
  db: LedgerDatabase,
  rows: readonly ChannelRow[],
): Promise<Map<string, string>> {
  const names = rows.map(({ id }) => channelKeySecret(id))
  const { rows: keys } = await sql<{ hospital: string; name: string; version: number }>`
    SELECT hospital, name, max(version)::int AS version FROM secret WHERE name = ANY (${names}::text[])
    GROUP BY hospital, name`.execute(db)
  return new Map(
    rows.map(({ retention_days: _days, problem: _problem, problem_code: _code, ...row }) => {
      const key = keys.find(
        ({ hospital, name }) => hospital === row.hospital && name === channelKeySecret(row.id),
      )
      return [row.id, JSON.stringify([row, key?.version ?? 0])]
    }),
  )
}

/** The key that was entered for the certificate of a channel; undefined when none was, or it cannot be read. */
export async function readChannelKey(
  { db, secrets }: Pick<Opening, 'db' | 'secrets'>,
  hospital: string,
  channel: string,
): Promise<CertificateKey | undefined> {
  try {
    return asKey(await readSecret(db, secrets, hospital, channelKeySecret(channel)))
  } catch (error) {
    if (asFailure(error).code === 'secret-missing') return undefined
    throw error
  }
}

function asKey(text: string): CertificateKey | undefined {
  return Key.safeParse(parsed(text)).data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // Its message would quote the key.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const wrong = (sentence: string) => new Failure('business', 'channel-key', sentence)
