import { describe, expect, test } from 'vitest'
import { watchExchange } from '../../../connectors/browser/watch-exchange.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const POST = bytes('POST /save HTTP/1.1\r\nhost: epd\r\n\r\n')

/** A TLS record of this kind with this many bytes in it. */
const record = (kind: number, length: number) =>
  Buffer.concat([Buffer.from([kind, 3, 3, length >> 8, length & 255]), Buffer.alloc(length)])
const [CHANGE, ALERT, HANDSHAKE, DATA] = [20, 21, 22, 23]

/** A connection after its first request was sent. */
function asked() {
  const exchange = watchExchange(POST)
  exchange.sent(POST)
  return exchange
}

describe('HTTP in the clear: a request is under way', () => {
  test('until the whole head of the answer has come, which is passed on whole', () => {
    const exchange = asked()
    const parts = ['HT', 'TP/1.1 200 OK\r\ncontent-length: 2\r', '\n\r', '\nok'].map((part) =>
      exchange.received(bytes(part)).pass.toString(),
    )
    expect(parts).toEqual(['', '', '', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'])
    expect(exchange.underWay()).toBe(false)
    expect(exchange.received(bytes('more')).pass.toString()).toBe('more')
    exchange.sent(POST)
    expect(exchange.underWay()).toBe(true)
  })

  test('after a preliminary answer too', () => {
    const exchange = asked()
    exchange.received(bytes('HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n'))
    expect(exchange.underWay()).toBe(true)
    exchange.received(bytes('HTTP/1.0 200 OK\n\n'))
    expect(exchange.underWay()).toBe(false)
  })

  test('until an answer that would make the browser send it again, of which nothing is passed on', () => {
    const { pass, broken } = asked().received(bytes('HTTP/1.1 408 Request Timeout\r\n\r\n'))
    expect({ pass: pass.length, broken }).toEqual({ pass: 0, broken: true })
  })

  test('not when it was answered before it was sent to its end', () => {
    const exchange = asked()
    exchange.received(bytes('HTTP/1.1 413 Too Large\r\ncontent-length: 30\r\n\r\nfirst half '))
    exchange.sent(bytes('rest of the request'))
    expect(exchange.received(bytes('and the second half')).pass.toString()).toBe('and the second half')
    expect(exchange.underWay()).toBe(false)
  })

  test('never on a connection for a web socket', () => {
    const opening = bytes('GET /live HTTP/1.1\r\nHost: epd\r\nUpgrade: websocket\r\n\r\n')
    const exchange = watchExchange(opening)
    exchange.sent(opening)
    exchange.received(bytes('HTTP/1.1 101 Switching Protocols\r\n\r\n'))
    exchange.sent(bytes('message'))
    expect(exchange.underWay()).toBe(false)
  })
})

describe('TLS: a request is under way', () => {
  const shakeHands = (version: '1.2' | '1.3') => {
    const exchange = watchExchange(record(HANDSHAKE, 500))
    exchange.sent(record(HANDSHAKE, 500))
    exchange.received(record(HANDSHAKE, 90))
    if (version === '1.3') exchange.received(record(DATA, 900))
    exchange.sent(Buffer.concat([record(CHANGE, 1), record(version === '1.3' ? DATA : HANDSHAKE, 53)]))
    return exchange
  }

  test.each(['1.2', '1.3'] as const)('from the first data after the handshake of %s', (version) => {
    const exchange = shakeHands(version)
    expect(exchange.underWay()).toBe(false)
    exchange.sent(record(DATA, 600))
    expect(exchange.underWay()).toBe(true)
    exchange.received(record(HANDSHAKE, 250))
    expect(exchange.underWay()).toBe(true)
    exchange.received(record(DATA, 36))
    expect(exchange.underWay()).toBe(false)
  })

  test('also when records come in pieces, or the handshake ends in the same bytes', () => {
    const exchange = watchExchange(record(HANDSHAKE, 500))
    exchange.sent(record(HANDSHAKE, 500))
    exchange.received(Buffer.concat([record(HANDSHAKE, 90), record(DATA, 900)]))
    const both = Buffer.concat([record(DATA, 53), record(DATA, 600)])
    exchange.sent(both.subarray(0, 100))
    expect(exchange.underWay()).toBe(false)
    exchange.sent(both.subarray(100))
    expect(exchange.underWay()).toBe(true)
    const answer = record(DATA, 400)
    expect(exchange.received(answer.subarray(0, 300)).pass).toHaveLength(0)
    expect(exchange.underWay()).toBe(true)
    expect(exchange.received(answer.subarray(300)).pass).toEqual(answer)
    expect(exchange.underWay()).toBe(false)
  })

  test('and an alert is not passed on then, nor what is as long as one, for a while', () => {
    const plain = shakeHands('1.2')
    expect(plain.received(record(ALERT, 26)).pass).toHaveLength(31)
    plain.sent(record(DATA, 600))
    expect(plain.received(record(ALERT, 26))).toMatchObject({ broken: true, pass: Buffer.alloc(0) })

    const hidden = shakeHands('1.3')
    hidden.sent(record(DATA, 600))
    expect(hidden.received(record(DATA, 19))).toMatchObject({ broken: false, inDoubt: true })
    expect(hidden.underWay()).toBe(true)
    expect(hidden.received(record(DATA, 40)).pass).toHaveLength(24 + 45)
    hidden.sent(record(DATA, 600))
    hidden.received(record(DATA, 19))
    expect(hidden.release()).toHaveLength(24)
    expect(hidden.underWay()).toBe(true)
  })
})
