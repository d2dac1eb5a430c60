import type { Exchange } from './exchange.ts'

const NOTHING = Buffer.alloc(0)
/** As much as a browser reads of the head of an answer. */
const LONGEST_HEAD = 256 * 1024
const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})/
const STATUS_LENGTH = 'HTTP/1.1 408'.length
const WEB_SOCKET = /^GET [^\r\n]+\r\n(.+\r\n)*upgrade: websocket\r\n/i
/** Answers on which Chromium sends a request again by itself, whatever it was. */
const SENT_AGAIN_ON: readonly number[] = [408, 421]

/**
 * A connection that speaks HTTP/1 in the clear. A request is answered once the whole head of a final answer has come,
 * which is then passed on at once: from there on Chromium does not send it again. After 101 (a web socket) there are
 * no requests any more.
 */
export function watchHttp(): Exchange {
  let asked = false
  let tunnel = false
  let head: Buffer = NOTHING
  return {
    underWay: () => asked,
    sent: (bytes) => {
      if (!asked) tunnel ||= WEB_SOCKET.test(bytes.toString('latin1'))
      asked = !tunnel
    },
    received: (bytes) => {
      if (!asked) return { pass: bytes, broken: false, inDoubt: false }
      head = Buffer.concat([head, bytes])
      const state = readHead(head)
      if (state === 'more' || state === 'again')
        return { pass: NOTHING, broken: state === 'again', inDoubt: false }
      const pass = head
      head = NOTHING
      asked = false
      return { pass, broken: false, inDoubt: false }
    },
    release: () => NOTHING,
  }
}

function readHead(bytes: Buffer): 'more' | 'again' | 'answered' {
  if (bytes.length > LONGEST_HEAD) return 'answered'
  if (bytes.length < STATUS_LENGTH) return 'more'
  const [, digits] = STATUS_LINE.exec(bytes.toString('latin1', 0, STATUS_LENGTH)) ?? []
  // Not the beginning of an answer: the rest of one that came before the whole request was sent.
  if (digits === undefined) return 'answered'
  const status = Number(digits)
  if (SENT_AGAIN_ON.includes(status)) return 'again'
  const [end] = /\r?\n\r?\n/.exec(bytes.toString('latin1')) ?? []
  if (end === undefined) return 'more'
  if (status >= 200) return 'answered'
  return readHead(bytes.subarray(bytes.indexOf(end) + end.length))
}
