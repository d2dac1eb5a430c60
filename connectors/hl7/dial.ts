import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Failure } from '../failure.ts'

/** PEM texts: whom we trust, and our own certificate where the receiver asks for one. */
export interface SenderTls {
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  /** Opens the key, when it is locked. */
  readonly passphrase?: string
  /** The name in the receiver's certificate, when it is not its address. */
  readonly servername?: string
}

export interface Address {
  readonly id: string
  readonly host: string
  readonly port: number
  readonly tls?: SenderTls
  readonly connectMs?: number
}

/**
 * Connects, TLS handshake included.
 * @throws {Failure} `transient` `hl7-unreachable` or `hl7-certificate`: nothing was sent.
 */
export function dial(address: Address): Promise<Socket> {
  const { id, host, port, tls, connectMs = 5000 } = address
  return new Promise((resolve, reject) => {
    const socket = tls ? connectTls({ host, port, ...tls }) : connect({ host, port })
    const timer = setTimeout(
      () => socket.destroy(unreachable(id, `no connection within ${connectMs} ms`)),
      connectMs,
    )
    socket.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      reject(asDialFailure(id, error))
    })
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer)
      socket.setNoDelay(true)
      socket.setKeepAlive(true, 60_000)
      resolve(socket)
    })
  })
}

function asDialFailure(id: string, error: NodeJS.ErrnoException): Failure {
  if (error instanceof Failure) return error
  const code = error.code ?? error.name
  if (!/CERT|TLS|SSL|SIGNED|UNABLE_TO|EPROTO/.test(code)) return unreachable(id, code, error)
  const sentence = `The TLS connection to ${id} was not made (${code}): check its certificate and ours.`
  return new Failure('transient', 'hl7-certificate', sentence, { system: id, cause: error, notDone: true })
}

function unreachable(id: string, why: string, cause?: unknown): Failure {
  const sentence = `${id} cannot be reached (${why}): check its address and whether it is up. Nothing was sent.`
  return new Failure('transient', 'hl7-unreachable', sentence, { system: id, cause, notDone: true })
}
