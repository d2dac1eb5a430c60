import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

export interface Sessions {
  open(reply: FastifyReply, account: string): void
  /** The account of a session that is still alive; being asked keeps it alive. */
  account(request: FastifyRequest): string | undefined
  end(request: FastifyRequest): void
  endAll(): void
}

/**
 * Sessions that end after `idleMs` without a request, and with the process. `cookie` differs per application,
 * because cookies on one host are shared between its ports.
 */
export function createSessions(cookie: string, idleMs: number, clock: () => Date): Sessions {
  const live = new Map<string, { readonly account: string; until: number }>()
  const id = (request: FastifyRequest) => request.cookies[cookie] ?? ''
  return {
    open: (reply, account) => {
      const session = randomUUID()
      live.set(session, { account, until: clock().getTime() + idleMs })
      reply.setCookie(cookie, session, { path: '/', httpOnly: true, sameSite: 'lax' })
    },
    account: (request) => {
      const session = live.get(id(request))
      if (!session || session.until < clock().getTime()) return undefined
      session.until = clock().getTime() + idleMs
      return session.account
    },
    end: (request) => void live.delete(id(request)),
    endAll: () => live.clear(),
  }
}
