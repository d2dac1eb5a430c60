import { createServer, connect } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import type { AllowedHosts } from './allowed-hosts.ts'
import { NO_PRESS } from '../press-guard.ts'
import type { PressGuard } from '../press-guard.ts'
import { carry } from './carry.ts'
import { readGreeting, readRequest, reply } from './socks.ts'
import { watchStandstill } from './standstill.ts'

/** The only way out of a browser context: a SOCKS5 proxy on loopback that opens the system's hosts and nothing else. */
export interface Gate {
  readonly port: number
  /** From now on nothing leaves once this process stood still during a change that this guards. */
  watch(guard: PressGuard): void
  /** Ends every connection at once and takes no more: nothing that was not yet sent leaves after this. */
  cut(): void
}

/** What a gate tells, with the host and never the path. */
export interface GateEvents {
  /** A host that is not allowed was asked for, and refused. */
  denied(host: string): void
  /** A connection broke while a request may have been under way; the browser is left waiting for the answer. */
  broken(host: string): void
  /** This process stood still during a change, and bytes were to leave after it: the gate has cut itself instead. */
  stoodStill(): void
}

/** What the connections of a gate share. */
interface Passage {
  readonly allowed: AllowedHosts
  readonly told: GateEvents
  readonly keep: (socket: Socket) => Socket
  /** Asked before each byte that is to leave; when it says no, everything is cut. */
  readonly mayLeave: () => boolean
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
  let standstill = watchStandstill(NO_PRESS)
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.setNoDelay(true).once('close', () => sockets.delete(socket))
    return socket
  }
  const cut = () => {
    standstill.stop()
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  const mayLeave = () => {
    if (!standstill.stoodStill()) return true
    if (server.listening) told.stoodStill()
    cut()
    return false
  }
  const server = createServer((client) => greet(keep(client), { allowed, told, keep, mayLeave }))
  const port = await listen(server)
  const watch = (guard: PressGuard) => {
    standstill.stop()
    standstill = watchStandstill(guard)
  }
  return { port, watch, cut }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}

function greet(client: Socket, passage: Passage): void {
  const { allowed, told, keep, mayLeave } = passage
  // A broken connection has nobody left to tell; both ends are closed together.
  client.on('error', () => client.destroy())
  collect(client, readGreeting, () => {
    client.write(reply.noSignIn)
    collect(client, readRequest, ({ host, port }) => {
      if (!mayLeave()) return
      if (allowed(host, port)) return join(client, keep(connect({ host, port })), host, passage)
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

function join(client: Socket, target: Socket, host: string, { told, mayLeave }: Passage): void {
  client.pause()
  target.setTimeout(CONNECT_LIMIT_MS, () => target.destroy())
  const unreachable = () => client.end(reply.unreachable)
  target.once('close', unreachable)
  target.once('connect', () => {
    target.off('close', unreachable).setTimeout(0)
    client.write(reply.connected)
    carry(client, target, { mayLeave, broken: () => told.broken(host) })
    client.resume()
  })
  target.on('error', () => target.destroy())
  client.once('close', () => target.destroy())
}
