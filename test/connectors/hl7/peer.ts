import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'

/** The other side of a socket, written apart from the product's own framing. */
export interface Peer {
  readonly socket: Socket
  /** Sends a text as one MLLP frame, one byte per character. */
  send(text: string): void
  /** Waits until so many frames have come and gives all of them, without their envelope. */
  answers(count: number): Promise<string[]>
  /** All that came, as it came. */
  received(): string
  readonly closed: Promise<unknown>
}

export async function connectPeer(port: number): Promise<Peer> {
  const socket = connect({ host: '127.0.0.1', port })
  await once(socket, 'connect')
  return watch(socket)
}

export function watch(socket: Socket): Peer {
  const chunks: string[] = []
  const frames: string[] = []
  let rest = ''
  const waiting = new Set<() => void>()
  const wake = () => waiting.forEach((look) => look())
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk.toString('latin1'))
    const pieces = (rest + chunks.at(-1)).split('\x1c\r')
    rest = pieces.pop() ?? ''
    frames.push(...pieces.map((piece) => piece.slice(piece.indexOf('\x0b') + 1)))
    wake()
  })
  socket.on('error', wake)
  socket.on('close', wake)
  const answers = (count: number) =>
    new Promise<string[]>((resolve, reject) => {
      const look = () => {
        const isThere = frames.length >= count
        if (!isThere && !socket.closed) return
        waiting.delete(look)
        if (isThere) resolve([...frames])
        else reject(new Error(`closed after ${frames.length} of ${count} answers`))
      }
      waiting.add(look)
      look()
    })
  const send = (text: string) => void socket.write(Buffer.from(`\x0b${text}\x1c\r`, 'latin1'))
  return { socket, send, answers, received: () => chunks.join(''), closed }
}

/** A condition with a name, looked at again after each turn of the event loop. */
export async function until(what: string, isTrue: () => boolean, ms = 5000): Promise<void> {
  const started = performance.now()
  while (!isTrue()) {
    if (performance.now() - started > ms) throw new Error(`waited ${ms} ms for: ${what}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Waits until a number stays the same for 300 turns of the event loop. */
export async function untilStill(what: string, value: () => number): Promise<void> {
  let [last, turns] = [value(), 0]
  await until(what, () => {
    turns = value() === last ? turns + 1 : 0
    last = value()
    return turns > 300
  })
}
