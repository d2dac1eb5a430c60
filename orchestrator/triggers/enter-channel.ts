import { isKeyOf, type CertificateKey } from '../../connectors/certificates.ts'
import { Failure } from '../../connectors/failure.ts'
import { findChannel, saveChannel } from '../ledger/channel-records.ts'
import { channelKeySecret, type ChannelSetup } from '../ledger/channel-setup.ts'
import { recordChange } from '../ledger/changes.ts'
import type { ChangedBy } from '../ledger/closing-days.ts'
import { inTransaction } from '../ledger/in-transaction.ts'
import type { LedgerDatabase } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { putSecret } from '../secrets/secrets.ts'
import { readChannelKey } from './channel-settings.ts'

/**
 * Makes or renews a channel together with the key of its certificate, so that a certificate and its key change at once.
 * The key is sealed; of what it is nothing is written down. Left out, the one that was entered stays and must fit.
 * @throws {Failure} `business`: names the field and the remedy, and never quotes the key
 */
export async function enterChannel(
  { db, secrets }: { readonly db: LedgerDatabase; readonly secrets: SecretBox },
  by: ChangedBy,
  setup: Omit<ChannelSetup, 'hospital'>,
  key: CertificateKey | undefined,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await saveChannel(tx, by, setup)
    const { id, tls } = await findChannel(tx, by.hospital, setup.id)
    if (!tls && key) throw wrong('key', 'there is no certificate that it could be of; enter that too')
    if (!tls) return
    if (!key) return await expectFits(tx, secrets, by.hospital, id, tls.certificate)
    if (!isKeyOf(tls.certificate, key))
      throw wrong(
        'key',
        'this is not the key of the certificate; enter the one it was asked for with, as PEM',
      )
    const { hospital } = by
    const name = channelKeySecret(id)
    const value = JSON.stringify(key)
    const version = await putSecret(tx, secrets, { hospital, name, value })
    const before = version > 1 ? `key ${version - 1}` : null
    await recordChange(tx, { ...by, what: 'channel-key', subject: id, before, after: `key ${version}` })
  })
}

async function expectFits(
  db: LedgerDatabase,
  secrets: SecretBox,
  hospital: string,
  id: string,
  certificate: string,
): Promise<void> {
  const key = await readChannelKey({ db, secrets }, hospital, id)
  if (key && isKeyOf(certificate, key)) return
  throw wrong(
    'key',
    key ? 'the certificate is another one: enter its key too' : 'enter the key of the certificate, as PEM',
  )
}

const wrong = (field: string, why: string) =>
  new Failure('business', 'channel-key', `Field ${field}: ${why}.`)
