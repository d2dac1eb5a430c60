import { createPrivateKey, X509Certificate } from 'node:crypto'

/** The key of a certificate as PEM, and the passphrase that opens it if it has one. */
export interface CertificateKey {
  readonly key: string
  readonly passphrase?: string | undefined
}

/** The certificates of a PEM text, one text each. */
export function splitCertificates(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
}

/** Whether a text is one or more certificates as PEM, and nothing else: a key among them is refused. */
export function areCertificates(pem: string): boolean {
  const each = splitCertificates(pem)
  if (each.length === 0 || each.length !== pem.split('-----BEGIN').length - 1) return false
  try {
    return each.map((one) => new X509Certificate(one)).length > 0
  } catch {
    return false
  }
}

/** Whether a key is that of the first certificate of a PEM text. False for what is no key: its text must not be repeated. */
export function isKeyOf(pem: string, { key, passphrase }: CertificateKey): boolean {
  try {
    const read = createPrivateKey({ key, ...(passphrase === undefined ? {} : { passphrase }) })
    return firstOf(pem).checkPrivateKey(read)
  } catch {
    return false
  }
}

/** The last moment at which the first certificate of a PEM text holds. */
export const expiryOf = (pem: string): Date => firstOf(pem).validToDate

const firstOf = (pem: string) => new X509Certificate(splitCertificates(pem)[0] ?? '')
