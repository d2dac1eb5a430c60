import { Failure } from '../../connectors/failure.ts'

/** The header that our pages send with each change. A form of another site cannot set it, and no other site is allowed to ask. */
export const PAGE_HEADER = 'x-ontregel'

interface Asking {
  readonly method: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/**
 * Refuses a change that a page of another site could have made with the cookie of who is signed in here. A browser says
 * with each change which page it comes from, and that must be ours.
 * @param origins of this server
 * @throws business `other-origin`
 */
export function requireSameOrigin({ method, headers }: Asking, origins: readonly string[]): void {
  if (READING.has(method)) return
  const { origin } = headers
  const fromUs = typeof origin === 'string' && origins.includes(origin)
  if (fromUs && headers[PAGE_HEADER] !== undefined) return
  const sentence = `A change must come from a page of ours: with a session, send Origin and the header ${PAGE_HEADER}; a program uses a token.`
  throw new Failure('business', 'other-origin', sentence)
}
