import { Failure } from '../failure.ts'

/** What Chromium says when no connection came about: the target saw nothing of the request. */
const NOT_REACHED =
  /net::ERR_(SOCKS_CONNECTION_FAILED|CONNECTION_REFUSED|NAME_NOT_RESOLVED|ADDRESS_UNREACHABLE|INTERNET_DISCONNECTED|PROXY_CONNECTION_FAILED|CONNECTION_TIMED_OUT)/
const BROKEN_OFF =
  /net::ERR_(CONNECTION_RESET|CONNECTION_CLOSED|EMPTY_RESPONSE|CONNECTION_ABORTED|HTTP2_PROTOCOL_ERROR|TIMED_OUT|ABORTED|NETWORK_CHANGED)/
const CERTIFICATE = /net::ERR_(CERT|SSL)/
const SEVERAL = /strict mode violation/
const GONE =
  /(Target page, context or browser has been closed|Target crashed|Page crashed|browser has disconnected)/

/**
 * What an error of the browser means as long as nothing was pressed: in a step, in `find`, `prepare` or `confirm`.
 * After a press the runner makes of any of these what the protocol asks, `unsure`. An error that is not the
 * browser's own stays what it is: `unsure`.
 * @param context.system the system it happened at, as the hospital named it.
 */
export function asBrowserFailure(error: unknown, context: { readonly system?: string } = {}): Failure {
  if (error instanceof Failure) return error
  const options = { ...context, cause: error }
  const at = context.system ?? 'the system'
  const text = error instanceof Error ? error.message : ''
  const transient = (code: string, sentence: string) => new Failure('transient', code, sentence, options)
  const unexpected = (code: string, sentence: string) => new Failure('unexpected', code, sentence, options)

  if (NOT_REACHED.test(text))
    return transient('unreachable', `No connection to ${at}: see whether it is up and its address is right.`)
  if (CERTIFICATE.test(text))
    return unexpected(
      'certificate-refused',
      `The certificate of ${at} is not trusted on this machine: have it renewed, or its issuer installed.`,
    )
  if (BROKEN_OFF.test(text))
    return transient('connection-lost', `The connection to ${at} broke off while a page was read.`)
  if (SEVERAL.test(text))
    return unexpected(
      'element-ambiguous',
      `A page of ${at} shows more than one element where the robot knows one: look at the page.`,
    )
  if (GONE.test(text)) return transient('browser-gone', `The browser ended while it worked at ${at}.`)
  if (error instanceof Error && error.name === 'TimeoutError') {
    return transient('timeout', `A page of ${at} did not do in time what the robot waited for.`)
  }
  const name = error instanceof Error ? error.name : typeof error
  return new Failure(
    'unsure',
    'unforeseen',
    `Something unforeseen happened in the browser at ${at} (${name}).`,
    options,
  )
}
