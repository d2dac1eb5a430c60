import { connect, type Socket } from 'node:net'
import { createDeframer, frame, readAcknowledgement } from './mllp.ts'

/** A connection to the receiver that is made when needed and made anew after any trouble. */
export interface Line {
  /** Sends a message and waits for the answer with its control id: MSA-1. Rejects on a time-out or a broken line. */
  exchange(message: Buffer, controlId: string): Promise<string>
  close(): void
}

/** A line to one receiver; an answer may take `timeoutMs`. */
export function createLine(host: string, port: number, timeoutMs: number): Line {
  let socket: Socket | undefined
  const close = () => {
    socket?.destroy()
    socket = undefined
  }
  return {
    close,
    exchange: async (message, controlId) => {
      socket ??= await open(host, port, timeoutMs)
      try {
        return await answerTo(socket, message, controlId, timeoutMs)
      } catch (error) {
        close()
        throw error
      }
    },
  }
}

function open(host: string, port: number, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('The line could not be opened in time.')))
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.setTimeout(0)
      socket.off('error', reject)
      // A line that breaks between two messages is noticed by the next one.
      socket.on('error', () => socket.destroy())
      resolve(socket)
    })
  })
}

function answerTo(socket: Socket, message: Buffer, controlId: string, timeoutMs: number): Promise<string> {
  const deframe = createDeframer()
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      clearTimeout(timer)
      socket.off('data', heard).off('close', broken)
      settle()
    }
    const heard = (chunk: Buffer) => {
      // An answer to an earlier message may come late: only the one with our control id counts.
      const answers = deframe(chunk).map(readAcknowledgement)
      const ours = answers.find((answer) => answer?.controlId === controlId)
      if (ours) done(() => resolve(ours.code))
    }
    const broken = () => done(() => reject(new Error('The line broke before the answer.')))
    const timer = setTimeout(() => done(() => reject(new Error('No answer in time.'))), timeoutMs)
    if (socket.destroyed) return broken()
    socket.on('data', heard).on('close', broken)
    socket.write(frame(message))
  })
}
