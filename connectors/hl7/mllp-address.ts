import { Failure } from '../failure.ts'

/** Where HL7 messages go. */
export interface MllpAddress {
  readonly host: string
  readonly port: number
  readonly tls: boolean
}

/**
 * `mllp://host:port`, or `mllps://host:port` with TLS, and nothing more.
 * @throws {Failure} `business`: names the field and the remedy
 */
export function readMllpAddress(address: string): MllpAddress {
  const [, scheme, name = '', digits] = /^(mllps?):\/\/([^/?#@\s]+):(\d{1,5})\/?$/.exec(address) ?? []
  // Read as web addresses are: one host is then written in one way, also by those who look whether it may be gone to.
  const host = URL.parse(`https://${name}/`)?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const port = Number(digits)
  if (host !== '' && port >= 1 && port <= 65_535) return { host, port, tls: scheme === 'mllps' }
  const sentence =
    'Field address: write mllp://host:port, or mllps://host:port with TLS, such as mllps://ris.hospital.example:2576.'
  throw new Failure('business', 'address-invalid', sentence)
}
