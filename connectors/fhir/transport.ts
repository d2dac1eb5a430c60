import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import { asFailure, Failure } from '../failure.ts'
import { interrupted, Interruption } from './interruption.ts'

/** Certificates as PEM text: the hospital's own authority, and ours for mutual TLS. */
export interface Tls {
  readonly ca?: string
  readonly certificate?: string
  readonly key?: string
  readonly passphrase?: string
}

/** How the network is reached; `proxy` as `http://proxy.example:8080`, with user and password where it asks for them. */
export interface Connection {
  readonly tls?: Tls
  readonly proxy?: string
}

export interface Outgoing {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** A write goes over a connection of its own: one that was kept open may be gone, and then nobody knows what happened. */
  readonly writes: boolean
  /** Called when the connection is ready, just before the first byte leaves; what it throws ends the exchange. */
  readonly lastCheck?: (() => void) | undefined
}

export interface Incoming {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly bytes: Buffer
}

export interface SendLimits {
  readonly connectMs: number
  readonly answerMs: number
  readonly bytes: number
}

export interface Transport {
  /**
   * One attempt, no redirect followed. @throws Interruption, which tells whether anything can have been sent, or what
   * `lastCheck` threw: then nothing was.
   */
  send(request: Outgoing, limits: SendLimits): Promise<Incoming>
  close(): void
}

/**
 * HTTP over node:http(s), for the built-in fetch takes no client certificate and tells too little about a failure;
 * the environment's proxy and TLS switches are deliberately not looked at.
 */
export function openTransport(connection: Connection = {}): Transport {
  const stop = new AbortController()
  const agents = [true, false].flatMap((keepAlive) => [
    new http.Agent({ keepAlive, ...proxyOf(connection) }),
    new https.Agent({ keepAlive, ...proxyOf(connection), ...tlsOf(connection.tls) }),
  ])
  const agentFor = ({ url, writes }: Outgoing) =>
    agents[(writes ? 2 : 0) + (url.protocol === 'https:' ? 1 : 0)]
  return {
    send: (request, limits) => exchange(request, agentFor(request), limits, stop.signal),
    close: () => {
      stop.abort()
      for (const agent of agents) agent.destroy()
    },
  }
}

function proxyOf({ proxy }: Connection): http.AgentOptions {
  return { proxyEnv: proxy === undefined ? {} : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy } }
}

function tlsOf(tls: Tls = {}): https.AgentOptions {
  return {
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.certificate === undefined ? {} : { cert: tls.certificate }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
    ...(tls.passphrase === undefined ? {} : { passphrase: tls.passphrase }),
  }
}

async function exchange(
  request: Outgoing,
  agent: http.Agent | undefined,
  limits: SendLimits,
  stop: AbortSignal,
): Promise<Incoming> {
  const late = new AbortController()
  const connecting = setTimeout(() => late.abort(), limits.connectMs)
  const answering = setTimeout(() => late.abort(), limits.answerMs)
  const progress = { sent: false }
  const connected = () => {
    progress.sent = true
    clearTimeout(connecting)
  }
  try {
    if (stop.aborted) throw new Interruption('stopped', false)
    const outgoing = begin(request, agent, AbortSignal.any([late.signal, stop]), connected)
    return await receive(outgoing, limits.bytes)
  } catch (error) {
    if (error instanceof Failure) throw error
    throw interrupted(error, { ...progress, late: late.signal.aborted, stopped: stop.aborted })
  } finally {
    clearTimeout(connecting)
    clearTimeout(answering)
  }
}

function begin(
  { method, url, headers, body, lastCheck }: Outgoing,
  agent: http.Agent | undefined,
  signal: AbortSignal,
  connected: () => void,
): http.ClientRequest {
  const secure = url.protocol === 'https:'
  const { request } = secure ? https : http
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const outgoing = request(url, {
    method,
    headers: { ...headers, ...length, 'accept-encoding': 'identity' },
    signal,
    ...(agent ? { agent } : {}),
  })
  const leave = () => {
    try {
      lastCheck?.()
    } catch (error) {
      outgoing.destroy(asFailure(error))
      return
    }
    connected()
    outgoing.end(body)
  }
  outgoing.once('socket', (socket) => {
    // Nothing is handed to a connection that is still being made: between the last check and the bytes lies no wait.
    if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', leave)
    else leave()
  })
  return outgoing
}

async function receive(outgoing: http.ClientRequest, most: number): Promise<Incoming> {
  const answered = once(outgoing, 'response')
  // An error after the answer's head also reaches whoever reads the body; here it only must not end the process.
  outgoing.on('error', () => undefined)
  const [answer]: http.IncomingMessage[] = await answered
  if (!answer) throw new Interruption('lost', true)
  try {
    return { status: answer.statusCode ?? 0, headers: answer.headers, bytes: await readBody(answer, most) }
  } finally {
    if (!answer.complete) outgoing.destroy()
  }
}

async function readBody(answer: http.IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = Number(answer.headers['content-length'] ?? 0)
  if (size > most) throw new Interruption('too-large', true)
  size = 0
  for await (const chunk of answer) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > most) throw new Interruption('too-large', true)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
