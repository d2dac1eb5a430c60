import type { Exchange } from './exchange.ts'
import { watchHttp } from './http-exchange.ts'
import { watchTls } from './tls-exchange.ts'

const TLS_HANDSHAKE = 22

/** Watches a connection whose browser side begins with these bytes: TLS, else HTTP in the clear. */
export function watchExchange(first: Buffer): Exchange {
  return first[0] === TLS_HANDSHAKE ? watchTls() : watchHttp()
}
