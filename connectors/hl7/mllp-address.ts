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
  const match = /^(mllps?):\/\/([^/?#@]+):(\d{1,5})\/?$/.exec(address)
  const [, scheme = '', name = '', digits = ''] = match ?? []
  // Read as a web address is, so that one host is written in one way.
  const host = URL.parse(`https://${name}/`)?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const port = Number(digits)
  if (host === '' || port < 1 || port > 65_535) {
    const sentence =
      'Field address: write mllp://host:port, or mllps://host:port with TLS, such as mllps://ris.hospital.example:2576.'
    throw new Failure('business', 'address-invalid', sentence)
  }
  return { host, port, tls: scheme === 'mllps' }
}
