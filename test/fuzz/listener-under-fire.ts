import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { startListener } from '../../connectors/hl7/listener.ts'
import { silentLog } from '../../connectors/log.ts'

export interface ListenerUnderFire extends AsyncDisposable {
  /** Sends bytes over a connection of their own. @throws Error when they are neither answered nor the connection ended */
  send(bytes: Buffer): Promise<void>
}

const PATIENCE_MS = 5000
const LARGEST = 256 * 1024

/** A real listener with short patience, that accepts what can be read. */
export async function openListenerUnderFire(): Promise<ListenerUnderFire> {
  const limits = { frameBytes: LARGEST, idleMs: 2000, frameMs: 200, lingerMs: 200 }
  const listener = await startListener(
    { id: 'fuzz', port: 0, limits },
    async (arrivals) => arrivals.map(() => ({ answer: 'accept' })),
    silentLog,
  )
  return {
    send: (bytes) => send(listener.port, bytes),
    [Symbol.asyncDispose]: () => listener.close(),
  }
}

async function send(port: number, bytes: Buffer): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port })
  const received: Buffer[] = []
  socket.on('data', (chunk: Buffer) => received.push(chunk))
  // A connection that the listener ended while we still sent is an end too.
  socket.on('error', () => socket.destroy())
  const ended = once(socket, 'close').then(() => true)
  socket.end(bytes)
  const giveUp = new AbortController()
  const inTime = await Promise.race([ended, pause(PATIENCE_MS, false, { signal: giveUp.signal })])
  giveUp.abort()
  socket.destroy()
  if (!inTime) throw new Error('The connection was neither ended nor answered to its end.')
  const answers = Buffer.concat(received).toString('latin1')
  const isStrange = answers
    .split('\x1c\r')
    .some((answer) => answer !== '' && !/^\x0bMSH[^]*\rMSA.[AC][AER]/.test(answer))
  if (isStrange) throw new Error('Something was sent back that is no acknowledgement.')
}
