import type { KeyObject } from 'node:crypto'
import { generateKeyPairSync, sign } from 'node:crypto'

export interface Certificate {
  readonly key: string
  readonly cert: string
}

interface Authority extends Certificate {
  /** A certificate for 127.0.0.1 and localhost, signed by this authority. */
  issue(name: string): Certificate
}

/** An authority of the test's own, without any program but Node: X.509 v3, P-256, SHA-256. */
export function createAuthority(name: string): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const cert = certificate(name, keys.publicKey, name, keys.privateKey, true)
  return {
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert,
    issue: (subject) => {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      return {
        key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        cert: certificate(subject, own.publicKey, name, keys.privateKey, false),
      }
    },
  }
}

function certificate(
  subject: string,
  publicKey: KeyObject,
  issuer: string,
  signer: KeyObject,
  isAuthority: boolean,
): string {
  const algorithm = sequence(oid('2a8648ce3d040302'))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([isAuthority ? 1 : 2])),
    algorithm,
    named(issuer),
    sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z'))),
    named(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(basicConstraints(isAuthority), alternativeNames())),
  )
  const whole = sequence(body, algorithm, bits(sign('sha256', body, signer)))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

function basicConstraints(isAuthority: boolean): Buffer {
  const value = isAuthority ? sequence(der(0x01, Buffer.from([0xff]))) : sequence()
  return sequence(oid('551d13'), der(0x01, Buffer.from([0xff])), der(0x04, value))
}

function alternativeNames(): Buffer {
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])))
  return sequence(oid('551d11'), der(0x04, names))
}

function named(name: string): Buffer {
  return sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))))
}

const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const bits = (value: Buffer) => der(0x03, Buffer.concat([Buffer.from([0]), value]))
const sequence = (...parts: Buffer[]) => der(0x30, ...parts)

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const { length } = body
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), body])
  const size = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}
