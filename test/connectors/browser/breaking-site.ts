import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect, createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { readGreeting, readRequest, reply } from '../../../connectors/browser/socks.ts'
import { certify } from '../fhir/certificates.ts'

export type Scheme = 'http' | 'https TLS 1.2' | 'https TLS 1.3'
export type End = 'reset' | 'close'

/** A server that does what a request asks and then breaks the connection instead of answering. */
export interface BreakingSite extends AsyncDisposable {
  readonly origin: string
  readonly port: number
  /** `METHOD /path` of every request that arrived, in order. */
  readonly arrived: readonly string[]
  /** The connections that are open now. */
  readonly connections: ReadonlySet<Socket>
  readonly server: Server
}

export const FORM =
  '<h1>Formulier</h1><form action=/break method=post><button>Opslaan</button></form><a href=/break>Verder</a>'

/** `/break` breaks the connection; any other path is for `answer`, and gets the form when that gives false. */
export async function openBreakingSite(
  scheme: Scheme,
  end: End,
  answer: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<BreakingSite> {
  const arrived: string[] = []
  const connections = new Set<Socket>()
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    request.resume().on('end', () => {
      if (request.url === '/favicon.ico') return void response.end()
      arrived.push(`${request.method} ${request.url}`)
      if (request.url === '/break') return breakOff(request.socket, connections, end)
      response.setHeader('content-type', 'text/html; charset=utf-8')
      if (!answer(request, response)) response.end(FORM)
    })
  }
  const server = serve(scheme, listener)
  server.on('connection', (socket: Socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const dispose = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of connections) socket.destroy()
    await closed
  }
  const origin = `${scheme === 'http' ? 'http' : 'https'}://127.0.0.1:${port}`
  return { origin, port, arrived, connections, server, [Symbol.asyncDispose]: dispose }
}

/** With TLS, `close` says so first (close_notify), as a server does that stops in good order; `reset` does not. */
function breakOff(socket: Socket, connections: ReadonlySet<Socket>, end: End): void {
  if (end === 'close') return void socket.end()
  for (const connection of connections) {
    if (connection.remotePort === socket.remotePort) connection.resetAndDestroy()
  }
}

function serve(
  scheme: Scheme,
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  const keepAliveTimeout = 60_000
  if (scheme === 'http') return createServer({ keepAliveTimeout }, listener)
  const { certificate: cert, key } = certify('127.0.0.1')
  const version = scheme === 'https TLS 1.2' ? 'TLSv1.2' : 'TLSv1.3'
  return createSecureServer(
    { cert, key, minVersion: version, maxVersion: version, keepAliveTimeout },
    listener,
  )
}

/** A gate without the guard: passes every end on, as any proxy does. */
export async function openPlainProxy(): Promise<{ readonly port: number } & AsyncDisposable> {
  const sockets = new Set<Socket>()
  const server = createTcpServer((client) => {
    sockets.add(client)
    let greeted = false
    client.on('error', () => client.destroy())
    client.on('data', function more(bytes: Buffer) {
      if (!greeted) {
        greeted = readGreeting(bytes) === 'greeted'
        return void client.write(reply.noSignIn)
      }
      client.off('data', more)
      const request = readRequest(bytes)
      if (typeof request === 'string') return void client.destroy()
      const target = connect(request, () => {
        client.write(reply.connected)
        client.pipe(target).pipe(client)
      })
      target.on('error', () => client.destroy())
      client.once('close', () => target.destroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const dispose = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: dispose }
}
