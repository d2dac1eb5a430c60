import { connect } from 'node:net'

/** Writes bytes as they are over a connection of their own; gives what came back until an answer's end, the close or the time is up. */
export function sendBytes(host: string, port: number, bytes: Buffer, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const received: Buffer[] = []
    const socket = connect({ host, port }, () => socket.write(bytes))
    const finish = () => {
      clearTimeout(timer)
      socket.destroy()
      resolve(Buffer.concat(received))
    }
    const timer = setTimeout(finish, timeoutMs)
    socket.on('data', (chunk) => {
      received.push(chunk)
      if (Buffer.concat(received).includes(Buffer.from([0x1c, 0x0d]))) finish()
    })
    socket.on('close', finish)
    socket.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}
