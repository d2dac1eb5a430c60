import type { FastifyReply, FastifyRequest } from 'fastify'
import type { NewSession } from '../../../orchestrator/ledger/sessions.ts'
import { openSession } from '../../../orchestrator/ledger/sessions.ts'
import type { OidcService } from './oidc-service.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import type { WayIn } from './way-in.ts'

/** What the routes of the door have that others do not need. */
export interface DoorTools {
  /** Sees the tables of the door and the names of hospitals, nothing else. */
  readonly db: LedgerDatabase
  /** How browsers reach this server, such as `https://ontregel.hospital.example`. */
  readonly origin: string
  /** The sign-in service of the organisation; undefined when there is none. */
  readonly oidc: OidcService | undefined
  /** Where the request came from: an address of the network. */
  readonly from: string
  /** What the browser calls itself. */
  readonly browser: string
  /** The session the caller came in with; undefined for machines and for who is not signed in. */
  readonly session: string | undefined
  /** Writes down at the hospitals of an account that a link gave it another way in. */
  recordWayIn(account: string, way: WayIn): Promise<void>
  /** Begins a session for an account in this browser: always under a new key. */
  letIn(account: string, way: NewSession['way']): Promise<void>
  /** Lets this browser forget its session. */
  forget(): void
  /** A note that only this browser has, to recognise it when it comes back from elsewhere; for some minutes. */
  giveNote(note: string): void
  readonly note: string | undefined
}

const NOTE_SECONDS = 600
const BROWSER_LENGTH = 200

/** The cookie's name: with `__Host-` a browser takes it from this host over TLS only. */
export const sessionCookie = (origin: string): string => (isSecure(origin) ? '__Host-ontregel' : 'ontregel')

const noteCookie = (origin: string): string => (isSecure(origin) ? '__Host-ontregel-note' : 'ontregel-note')

const isSecure = (origin: string): boolean => origin.startsWith('https:')

/** The tools for one request. */
export function doorTools(
  { db, origin, oidc, recordWayIn }: Pick<DoorTools, 'db' | 'origin' | 'oidc' | 'recordWayIn'>,
  request: FastifyRequest,
  reply: FastifyReply,
  session: string | undefined,
): DoorTools {
  const shared = { path: '/', httpOnly: true, secure: isSecure(origin) }
  const browser = (request.headers['user-agent'] ?? '').slice(0, BROWSER_LENGTH)
  const from = request.ip
  return {
    db,
    origin,
    oidc,
    recordWayIn,
    from,
    browser,
    session,
    note: request.cookies[noteCookie(origin)],
    async letIn(account, way) {
      const key = await openSession(db, { account, way, address: from, browser }, session)
      void reply.setCookie(sessionCookie(origin), key, { ...shared, sameSite: 'strict' })
    },
    forget() {
      void reply.clearCookie(sessionCookie(origin), { ...shared, sameSite: 'strict' })
    },
    giveNote(note) {
      // Lax: it must come along when a sign-in service sends the browser back.
      void reply.setCookie(noteCookie(origin), note, { ...shared, sameSite: 'lax', maxAge: NOTE_SECONDS })
    },
  }
}
