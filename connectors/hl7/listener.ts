import { randomUUID } from 'node:crypto'
import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { AcknowledgeTools } from './acknowledge.ts'
import type { AcceptBatch } from './batches.ts'
import { createBatches } from './batches.ts'
import type { Charset } from './charset.ts'
import type { Channel, ConnectionLimits, Counts } from './channel.ts'
import { noCounts } from './channel.ts'
import type { Connection } from './connection.ts'
import { serveConnection } from './connection.ts'
import { Failure } from '../failure.ts'
import { DEFAULT_FRAME_BYTES } from './framing.ts'
import type { Log } from '../log.ts'
import { refuseConnection } from './refuse-connection.ts'
import { boundUnfinished } from './unfinished.ts'

/** A door for HL7 messages, as data. */
export interface ChannelSettings {
  readonly id: string
  /** `127.0.0.1` when not given. */
  readonly host?: string
  /** 0 takes a free one. */
  readonly port: number
  readonly tls?: ListenerTls
  /** Who may send, as `application|facility` of MSH-3 and MSH-4; everyone when not given. */
  readonly senders?: readonly string[]
  /** What an empty MSH-18 means; `8859/1` when not given. */
  readonly charset?: Charset
  readonly limits?: Partial<ListenerLimits>
}

/** PEM texts. With `requireClient` only peers with a certificate signed by `ca` come in (mutual TLS). */
export interface ListenerTls {
  readonly key: string
  /** Opens the key, when it is locked. */
  readonly passphrase?: string
  readonly cert: string
  readonly ca?: string
  readonly requireClient?: boolean
}

export interface ListenerLimits extends ConnectionLimits {
  readonly connections: number
  /** What the unfinished frames of all connections may hold in memory together; one frame of the largest size always may. */
  readonly unfinishedBytes: number
}

/** What a channel has when it does not say otherwise. */
export const DEFAULT_LIMITS: ListenerLimits = {
  frameBytes: DEFAULT_FRAME_BYTES,
  connections: 256,
  unfinishedBytes: 4 * DEFAULT_FRAME_BYTES,
  idleMs: 3_600_000,
  frameMs: 60_000,
  // 50 MB over a line of 1 Mbit/s.
  frameAgeMs: 600_000,
  lingerMs: 5000,
}

export interface ListenerStats extends Readonly<Counts> {
  readonly connections: number
  /** Messages taken and not answered yet. */
  readonly waiting: number
}

export interface Listener {
  readonly port: number
  /** Takes nothing more, answers what was taken, and closes; resolves when all sockets are closed. */
  close(): Promise<void>
  stats(): ListenerStats
}

/** The clock and ids of the answers. */
export const SYSTEM_TOOLS: AcknowledgeTools = {
  now: () => new Date(),
  // Of Node's random ids, for it makes many of them at once.
  newId: () => randomUUID().replaceAll('-', '').slice(0, 20),
}

/**
 * Opens a channel. Messages are handed to `accept` in order and in batches, and answered when it resolves.
 * @throws {Failure} `business`, `hl7-channel-cannot-open`, when the address is taken or the certificate cannot be used.
 */
export async function startListener(
  settings: ChannelSettings,
  accept: AcceptBatch,
  log: Log,
  tools: AcknowledgeTools = SYSTEM_TOOLS,
): Promise<Listener> {
  const limits = { ...DEFAULT_LIMITS, ...settings.limits }
  const open = new Set<Connection>()
  const channel = openChannel(settings, limits, accept, log.scoped({ channel: settings.id }), tools, open)
  const server = createServerFor(settings, channel)
  const arrived = settings.tls ? 'secureConnection' : 'connection'
  server.on(arrived, (socket: Socket) => onConnection(channel, limits.connections, open, socket))
  // Room for those that are being refused; beyond it the operating system's own refusal.
  server.maxConnections = limits.connections + 64
  server.on('drop', () => channel.counts.refusedConnections++)
  const sockets = keepSockets(server)
  const port = await listen(server, channel.log, settings)
  channel.log.info('hl7-channel-open', { port })
  return {
    port,
    close: () => close(server, open, sockets),
    stats: () => statsOf(channel, open),
  }
}

function openChannel(
  settings: ChannelSettings,
  limits: ListenerLimits,
  accept: AcceptBatch,
  log: Log,
  tools: AcknowledgeTools,
  open: ReadonlySet<Connection>,
): Channel {
  const relieveAll = () => open.forEach((connection) => connection.relieve())
  return {
    id: settings.id,
    defaultCharset: settings.charset,
    senders: settings.senders && new Set(settings.senders),
    limits,
    batches: createBatches(accept, 2 * limits.frameBytes, log, relieveAll),
    unfinished: boundUnfinished(Math.max(limits.unfinishedBytes, limits.frameBytes)),
    counts: noCounts(),
    tools,
    log,
  }
}

function createServerFor({ tls }: ChannelSettings, channel: Channel): Server {
  // Half open, so that a peer that has sent its last message still gets its answers.
  if (!tls) return createServer({ allowHalfOpen: true, noDelay: true })
  const mutual = tls.requireClient ?? false
  const options = { ...tls, requestCert: mutual, rejectUnauthorized: mutual }
  try {
    const server = createTlsServer({ ...options, allowHalfOpen: true, handshakeTimeout: 10_000 })
    server.on('tlsClientError', (error: NodeJS.ErrnoException) => {
      channel.counts.failedHandshakes++
      channel.log.warn('hl7-handshake-failed', { code: error.code ?? error.name })
    })
    return server
  } catch (cause) {
    throw cannotOpen(channel.id, 'its certificate or key cannot be used', cause)
  }
}

function onConnection(channel: Channel, most: number, open: Set<Connection>, socket: Socket): void {
  if (open.size >= most) {
    channel.counts.refusedConnections++
    refuseConnection(
      channel,
      socket,
      'This channel has as many connections as it takes: close some, or try later.',
    )
    return
  }
  const connection = serveConnection(channel, socket)
  open.add(connection)
  socket.once('close', () => open.delete(connection))
}

function listen(
  server: Server,
  log: Log,
  { id, host = '127.0.0.1', port }: ChannelSettings,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', (cause: NodeJS.ErrnoException) => {
      log.error('hl7-channel-failed', { code: cause.code ?? cause.name })
      reject(cannotOpen(id, `${host}:${port} cannot be listened on (${cause.code ?? cause.name})`, cause))
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function cannotOpen(id: string, why: string, cause: unknown): Failure {
  const sentence = `HL7 channel ${id} cannot be opened: ${why}. Correct the channel's settings.`
  return new Failure('business', 'hl7-channel-cannot-open', sentence, { system: id, cause })
}

function statsOf({ counts }: Channel, open: ReadonlySet<Connection>): ListenerStats {
  const waiting = [...open].reduce((sum, connection) => sum + connection.waiting(), 0)
  return { ...counts, connections: open.size, waiting }
}

/** All sockets, those in a handshake and those being refused too: closing must not wait for them. */
function keepSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

async function close(
  server: Server,
  open: ReadonlySet<Connection>,
  sockets: ReadonlySet<Socket>,
): Promise<void> {
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()))
  await Promise.all([...open].map((connection) => connection.finish()))
  for (const socket of sockets) socket.destroy()
  await stopped
}
