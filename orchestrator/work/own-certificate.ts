import { z } from 'zod'
import { expiryOf, isKeyOf, type CertificateKey } from '../../connectors/certificates.ts'
import { Failure } from '../../connectors/failure.ts'
import type { LedgerDatabase, SystemRow } from '../ledger/tables.ts'
import type { SecretBox } from '../secrets/secret-box.ts'
import { certificateKeyOf, readCredentials } from './system-settings.ts'

const Key = z.object({ key: z.string().min(1), passphrase: z.string().optional() })

/**
 * The key of our certificate at a system, out of the system's secrets.
 * @param field where the certificate stands, as `network.certificate`
 * @throws {Failure} `business` when they do not belong together, or the certificate has expired
 */
export async function keyOfOurs(
  options: { readonly db: LedgerDatabase; readonly secrets: SecretBox },
  row: SystemRow,
  { field, certificate }: { readonly field: string; readonly certificate: string },
): Promise<CertificateKey> {
  const { id } = row
  const secret = certificateKeyOf(id)
  const { key, passphrase } = await readCredentials(options, Key, row, secret)
  if (!isKeyOf(certificate, { key, passphrase })) {
    const sentence = `Secret ${secret} is not the key of the certificate in field ${field} of system ${id}: enter the key that belongs to it, as PEM, with its passphrase if it has one.`
    throw new Failure('business', 'certificate-key', sentence, { system: id })
  }
  const expiry = expiryOf(certificate)
  if (expiry.getTime() < Date.now()) {
    const sentence = `Field ${field} of system ${id}: it expired on ${expiry.toISOString().slice(0, 10)}; have a new one made.`
    throw new Failure('business', 'certificate-expired', sentence, { system: id })
  }
  return { key, ...(passphrase === undefined ? {} : { passphrase }) }
}
