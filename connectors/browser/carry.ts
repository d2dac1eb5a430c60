import type { Socket } from 'node:net'
import type { Exchange } from './exchange.ts'
import { watchExchange } from './watch-exchange.ts'

/** How long an end of the connection may follow after what looks like the announcement of one. */
const DOUBT_MS = 2_000

/** What a connection asks and tells while it is carried. */
export interface Carriage {
  /** Asked before bytes of the browser leave; when it says no, the connection is gone. */
  mayLeave(): boolean
  /** Told once that a request that may have been under way was left hanging. */
  broken(): void
}

/**
 * Carries bytes between a browser and a target, and the end of their connection, except when a request may be under
 * way: then the browser is left waiting in silence, for it would send that request again on another connection.
 */
export function carry(client: Socket, target: Socket, { mayLeave, broken }: Carriage): void {
  let exchange: Exchange | undefined
  const answers = passAnswers(client, target, broken)
  client.on('data', (bytes: Buffer) => {
    // An end that is on its way to the browser: what it sends meanwhile reaches nobody, so it may send it again.
    if (target.readableEnded || target.destroyed) return
    if (!mayLeave()) return
    exchange ??= watchExchange(bytes)
    exchange.sent(bytes)
    if (!target.write(bytes)) client.pause()
  })
  target.on('drain', () => client.resume())
  target.on('data', (bytes: Buffer) => answers.pass(bytes, exchange))
  target.once('end', () => answers.end(exchange)).once('close', () => answers.end(exchange))
  client.on('drain', () => target.resume())
  client.once('end', () => target.end())
  client.once('close', () => target.destroy())
}

/** The way back to the browser. */
function passAnswers(client: Socket, target: Socket, onBroken: () => void) {
  let held = false
  let doubt: NodeJS.Timeout | undefined
  client.once('close', () => clearTimeout(doubt))
  const write = (bytes: Buffer) => {
    if (bytes.length > 0 && !client.write(bytes)) target.pause()
  }
  const hold = () => {
    if (held || client.destroyed) return
    held = true
    // What the browser still sends of the request goes nowhere.
    client.removeAllListeners('data').resume()
    target.destroy()
    onBroken()
  }
  return {
    pass: (bytes: Buffer, exchange: Exchange | undefined) => {
      if (held) return
      clearTimeout(doubt)
      const { pass, broken, inDoubt } = exchange?.received(bytes) ?? UNASKED(bytes)
      write(pass)
      if (broken) hold()
      if (inDoubt) doubt = setTimeout(() => exchange && write(exchange.release()), DOUBT_MS)
    },
    end: (exchange: Exchange | undefined) => {
      clearTimeout(doubt)
      if (exchange?.underWay()) hold()
      // Never a reset: it could overtake the answer that was just passed on.
      else if (!held) client.end()
    },
  }
}

const UNASKED = (pass: Buffer) => ({ pass, broken: false, inDoubt: false })
