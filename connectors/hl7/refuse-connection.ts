import type { Socket } from 'node:net'
import { answerBytes } from './arrival.ts'
import type { Channel } from './channel.ts'
import { encodeFrame } from './framing.ts'

/** A peer that must not stay: one answer that says why, and the end. */
export function refuseConnection({ tools, limits }: Channel, socket: Socket, sentence: string): void {
  socket.on('error', () => socket.destroy())
  closeSoon(socket, limits.lingerMs)
  socket.end(encodeFrame(answerBytes(undefined, { answer: 'reject', code: 207, sentence }, tools)))
  socket.resume()
}

/** A peer that goes on sending, or never closes, does not keep its connection. */
export function closeSoon(socket: Socket, lingerMs: number): void {
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(timer))
}
