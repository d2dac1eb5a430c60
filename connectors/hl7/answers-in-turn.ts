import type { Socket } from 'node:net'
import { asFailure } from '../failure.ts'
import type { Log } from '../log.ts'
import { encodeFrame } from './framing.ts'
import { splitMessages } from './split.ts'

/** The answers of one connection, sent in the order of what they answer. */
export interface AnswersInTurn {
  /** Keeps a place among the answers; what is given back fills it, and sends it once all before it are sent. */
  keepPlace(): (write: () => Buffer) => void
  /** Places kept whose answer is not sent. */
  unsent(): number
}

/** @param afterSent Called each time that a place was filled. */
export function answersInTurn(socket: Socket, log: Log, afterSent: () => void): AnswersInTurn {
  const places: { bytes: Buffer | undefined }[] = []
  const send = () => {
    for (let bytes = places[0]?.bytes; bytes; bytes = places[0]?.bytes) {
      places.shift()
      write(socket, bytes)
    }
  }
  return {
    unsent: () => places.length,
    keepPlace() {
      const place: (typeof places)[number] = { bytes: undefined }
      places.push(place)
      return (writeAnswer) => {
        try {
          place.bytes = writeAnswer()
          send()
        } catch (error) {
          // Without an answer the sender would take the next one for it: better no connection than a wrong answer.
          log.error('hl7-cannot-answer', { code: asFailure(error).code })
          socket.destroy()
        }
        afterSent()
      }
    },
  }
}

/** Answers of the same turn leave in one packet. */
function write(socket: Socket, bytes: Buffer): void {
  if (bytes.length === 0 || !socket.writable) return
  if (socket.writableCorked === 0) {
    socket.cork()
    process.nextTick(() => socket.uncork())
  }
  for (const { start, end } of splitMessages(bytes).messages)
    socket.write(encodeFrame(bytes.subarray(start, end)))
}
