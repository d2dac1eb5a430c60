import type { BrowserContextOptions } from 'playwright'
import { Failure } from '../failure.ts'
import type { WebSystemSettings } from './web-system-settings.ts'

/** The secret part of a certificate. */
export interface CertificateKey {
  /** PEM. */
  readonly key: string
  readonly passphrase?: string | undefined
}

/**
 * What a context is given to show the system's certificate, from memory and never through a file; nothing for a system
 * that asks for none. Fails with `certificate-key` when Playwright could not use it.
 */
export async function certificateOptions(
  { id: system, address, clientCertificate }: WebSystemSettings,
  key: (() => Promise<CertificateKey>) | undefined,
): Promise<Pick<BrowserContextOptions, 'clientCertificates'>> {
  if (!clientCertificate) return {}
  if (!key) {
    const sentence = `System ${system} asks for a certificate: enter the key that belongs to it.`
    throw new Failure('unexpected', 'certificate-key', sentence, { system })
  }
  const { key: pem, passphrase } = await key()
  const origins = [address, ...(clientCertificate.origins ?? [])].map((url) => new URL(url).origin)
  const clientCertificates = origins.map((origin) => ({
    origin,
    cert: Buffer.from(clientCertificate.certificate),
    key: Buffer.from(pem),
    ...(passphrase === undefined ? {} : { passphrase }),
  }))
  return { clientCertificates }
}
