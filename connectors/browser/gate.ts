import { createServer, connect } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import type { AllowedHosts } from './allowed-hosts.ts'
import { carry } from './carry.ts'
import { readGreeting, readRequest, reply } from './socks.ts'

/** The only way out of a browser context: a SOCKS5 proxy on loopback that opens the system's hosts and nothing else. */
export interface Gate {
  readonly port: number
  /** Ends every connection at once and takes no more: nothing that was not yet sent leaves after this. */
  cut(): void
}

/** What a gate tells, with the host and never the path. */
export interface GateEvents {
  /** A host that is not allowed was asked for, and refused. */
  denied(host: string): void
  /** A connection broke while a request may have been under way; the browser is left waiting for the answer. */
  broken(host: string): void
}

const CONNECT_LIMIT_MS = 15_000

/**
 * Opens a gate on a free loopback port. Every connection of the context passes here, whatever made it (redirect,
 * frame, fetch, web socket, worker, prefetch), which routes inside the browser do not: those see only the first
 * request of a chain of redirects. Names are looked up here, so the browser needs no DNS at all.
 * A connection that breaks while a request is under way stays open and silent at the browser's side, see `carry`.
 */
export async function openGate(allowed: AllowedHosts, told: GateEvents): Promise<Gate> {
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.setNoDelay(true).once('close', () => sockets.delete(socket))
    return socket
  }
  const server = createServer((client) => greet(keep(client), allowed, told, keep))
  const port = await listen(server)
  return {
    port,
    cut: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}

function greet(
  client: Socket,
  allowed: AllowedHosts,
  told: GateEvents,
  keep: (socket: Socket) => Socket,
): void {
  // A broken connection has nobody left to tell; both ends are closed together.
  client.on('error', () => client.destroy())
  collect(client, readGreeting, () => {
    client.write(reply.noSignIn)
    collect(client, readRequest, ({ host, port }) => {
      if (allowed(host, port)) return join(client, keep(connect({ host, port })), () => told.broken(host))
      told.denied(host)
      client.end(reply.denied)
    })
  })
}

/** Gathers bytes until `read` understands them; a client that speaks something else is cut off. */
function collect<T>(
  client: Socket,
  read: (bytes: Buffer) => T | 'more' | 'refuse',
  then: (value: T) => void,
): void {
  let bytes = Buffer.alloc(0)
  const more = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    const value = read(bytes)
    if (value === 'more') return
    client.off('data', more)
    if (value === 'refuse') client.destroy()
    else then(value)
  }
  client.on('data', more)
}

function join(client: Socket, target: Socket, onBroken: () => void): void {
  client.pause()
  target.setTimeout(CONNECT_LIMIT_MS, () => target.destroy())
  const unreachable = () => client.end(reply.unreachable)
  target.once('close', unreachable)
  target.once('connect', () => {
    target.off('close', unreachable).setTimeout(0)
    client.write(reply.connected)
    carry(client, target, onBroken)
    client.resume()
  })
  target.on('error', () => target.destroy())
  client.once('close', () => target.destroy())
}
