import { Failure } from '../../connectors/failure.ts'

/** A queue that must not be used as it is. The sentence says what is wrong and what to do about it. */
export function refusal(sentence: string): Failure {
  return new Failure('business', 'queue-unsafe', sentence)
}

/** `host:port` of a server's URL, without account and password; undefined when it is no URL of one of these schemes. */
export function serverAddress(url: string, schemes: readonly string[], port: number): string | undefined {
  if (!URL.canParse(url)) return undefined
  const parsed = new URL(url)
  if (!schemes.includes(parsed.protocol)) return undefined
  const host = parsed.hostname || parsed.searchParams.get('host') || '127.0.0.1'
  return `${decodeURIComponent(host)}:${parsed.port || port}`
}

/** What kind of error it was, as a code: an error's own text may quote a URL with its password. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  if ('code' in error && typeof error.code === 'string') return error.code
  return /^[A-Z]{4,}\b/.exec(error.message)?.[0] ?? error.name
}
