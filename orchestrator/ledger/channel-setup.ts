import { isIP } from 'node:net'
import { z } from 'zod'
import { areCertificates } from '../../connectors/certificates.ts'
import { readCharset } from '../../connectors/hl7/charset.ts'
import type { ListenerLimits } from '../../connectors/hl7/listener.ts'
import { Failure } from '../../connectors/failure.ts'
import { inTransaction } from './in-transaction.ts'
import type { LedgerDatabase } from './tables.ts'

const wholeBetween = (least: number, most: number) => {
  const sentence = `write a whole number from ${least} to ${most}`
  return z.int(sentence).min(least, sentence).max(most, sentence).exactOptional()
}

const pem = z
  .string()
  .max(200_000)
  .refine(
    areCertificates,
    'write certificates as PEM text, each from BEGIN CERTIFICATE to END CERTIFICATE, and no key',
  )

/** What a channel may ask of memory and patience; left out, it is what the listener has. Bytes and milliseconds. */
const Limits: z.ZodType<Partial<ListenerLimits>> = z.strictObject({
  frameBytes: wholeBetween(1000, 100_000_000),
  connections: wholeBetween(1, 10_000),
  unfinishedBytes: wholeBetween(1000, 4_000_000_000),
  idleMs: wholeBetween(1000, 86_400_000),
  frameMs: wholeBetween(100, 600_000),
  frameAgeMs: wholeBetween(100, 86_400_000),
  lingerMs: wholeBetween(0, 60_000),
})

/** With authorities of clients only who has a certificate signed by one of them comes in (mutual TLS). */
const Tls = z.strictObject({ certificate: pem, clientAuthorities: pem.optional() })

const sender = /^[^|^~\\&\r\n]{0,199}\|[^|^~\\&\r\n]{0,199}$/

/** A channel as an administrator describes it. The key of its certificate is a secret: see `channelKeySecret`. */
export const PlannedChannel = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,80}$/, 'write small letters, digits and hyphens, at most 80'),
  port: z
    .int('write a whole number')
    .min(0, 'write 0 for any free port, or 1 to 65535')
    .max(65_535, 'write 65535 at most'),
  /** The address of this machine to listen on; left out, that of the settings. */
  host: z
    .string()
    .refine(isOwnAddress, 'write an address of this machine, such as 10.0.4.17, or 0.0.0.0 for all of them')
    .optional(),
  enabled: z.boolean('write true or false').default(true),
  tls: Tls.optional(),
  /** As `application|facility` of MSH-3 and MSH-4; everyone when empty. */
  senders: z
    .array(z.string().regex(sender, 'write it as application|facility, such as ZIS|OOST'))
    .max(1000)
    .default([]),
  /** What an empty MSH-18 means. */
  charset: z
    .string()
    .refine((name) => readCharset(name) !== undefined, 'write ASCII, 8859/1, 8859/15 or UNICODE UTF-8')
    .default('8859/1'),
  retentionDays: wholeBetween(1, 3650),
  limits: Limits.default({}),
})
export type PlannedChannel = z.output<typeof PlannedChannel>
export type ChannelSetup = z.input<typeof PlannedChannel> & { readonly hospital: string }

/** The secret with the key of a channel's certificate. JSON: `{key,passphrase?}`, the key as PEM. */
export const channelKeySecret = (channel: string): string => `channel/${channel}/certificate-key`

/**
 * Makes or renews a channel; who listens sees it at its next look. Left out, the days that messages are kept stay.
 * @throws {Failure} `business`: names the field and the remedy
 */
export async function putChannel(db: LedgerDatabase, setup: ChannelSetup): Promise<void> {
  const { hospital, ...planned } = setup
  const channel = read(planned)
  const { id, port, enabled, senders, charset, retentionDays } = channel
  const values = {
    ...{ port, enabled, senders, charset },
    host: channel.host ?? null,
    certificate: channel.tls?.certificate ?? null,
    client_authorities: channel.tls?.clientAuthorities ?? null,
    limits: JSON.stringify(channel.limits),
    ...(retentionDays === undefined ? {} : { retention_days: retentionDays }),
  }
  await inTransaction(db, async (tx) => {
    await expectFree(tx, hospital, channel)
    await tx
      .insertInto('channel')
      .values({ id, hospital, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute()
      .catch((error: unknown) => {
        throw isHidden(error) ? ofAnother(id) : error
      })
  })
}

/** What the column of limits holds. */
export const readLimits = (limits: unknown): Partial<ListenerLimits> => Limits.parse(limits)

function read(planned: unknown): PlannedChannel {
  const result = PlannedChannel.safeParse(planned)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const field = [...(issue?.path ?? []), ...extra].join('.') || 'id'
  throw invalid(
    field,
    extra.length > 0 ? 'is not known here; leave it out' : (issue?.message ?? 'is not right'),
  )
}

async function expectFree(tx: LedgerDatabase, hospital: string, { id, port, enabled, host }: PlannedChannel) {
  const others = await tx
    .selectFrom('channel')
    .select(['id', 'hospital', 'port', 'host', 'enabled'])
    .execute()
  if (others.some((other) => other.id === id && other.hospital !== hospital)) throw ofAnother(id)
  if (!enabled || port === 0) return
  const sameDoor = others.find(
    (other) => other.id !== id && other.enabled && other.port === port && (other.host ?? '') === (host ?? ''),
  )
  if (!sameDoor) return
  const sentence = `Field port: channel ${sameDoor.id} listens on ${port} already; choose another port.`
  throw new Failure('business', 'port-taken', sentence)
}

const ofAnother = (id: string) =>
  new Failure(
    'business',
    'id-taken',
    `Field id: "${id}" is a channel of another hospital; choose another name.`,
  )

/** Row-level security hides the channels of other hospitals, but not that a name is taken. */
const isHidden = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '42501'

function isOwnAddress(host: string): boolean {
  return host === 'localhost' || isIP(host) > 0
}

const invalid = (field: string, why: string) =>
  new Failure('business', 'channel-invalid', `Field ${field}: ${why}.`)
