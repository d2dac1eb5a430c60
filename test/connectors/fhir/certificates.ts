import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

export interface Certified {
  readonly name: string
  /** PEM. */
  readonly certificate: string
  readonly key: string
  readonly privateKey: KeyObject
}

/** Makes a certificate for 127.0.0.1, signed by `issuer` or by itself as an authority: no key lies in the repository. */
export function certify(name: string, issuer?: Certified): Certified {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = seq(oid([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]))
  const body = seq(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from(Array.from(name, (letter) => letter.charCodeAt(0) & 0x7f))),
    algorithm,
    nameOf(issuer?.name ?? name),
    seq(der(0x18, Buffer.from('20200101000000Z')), der(0x18, Buffer.from('22000101000000Z'))),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, seq(issuer ? alternativeName() : authority())),
  )
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey)
  const whole = seq(body, algorithm, der(0x03, Buffer.from([0]), signature))
  const certificate = `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`
  return { name, certificate, key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })), privateKey }
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const seq = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const oid = (bytes: readonly number[]) => der(0x06, Buffer.from(bytes))
const nameOf = (name: string) => seq(der(0x31, seq(oid([0x55, 0x04, 0x03]), der(0x0c, Buffer.from(name)))))
const authority = () => seq(oid([0x55, 0x1d, 0x13]), der(0x04, seq(der(0x01, Buffer.from([0xff])))))
const alternativeName = () =>
  seq(oid([0x55, 0x1d, 0x11]), der(0x04, seq(der(0x87, Buffer.from([127, 0, 0, 1])))))
