import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import type { Installation } from '../../orchestrator/installation.ts'
import { seenBy, type Scope } from '../../orchestrator/ledger/scope.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import type { FigureMemory } from '../../orchestrator/savings/read-figures.ts'
import { admit, NOBODY, recognise, requireSecondFactor, type Known } from './admit.ts'
import { doorTools, sessionCookie } from './door/door-tools.ts'
import type { OidcService } from './door/oidc-service.ts'
import { recordWayIn } from './door/way-in.ts'
import { fileHeaders } from './file-answer.ts'
import { liveAnswer } from './live-answer.ts'
import { noteRefusal } from './refused-access.ts'
import type { Reply, Route, RouteContext } from './route.ts'
import { requireSameOrigin } from './same-origin.ts'

export interface Mounting {
  readonly installation: Installation
  /** Connections with the role `ontregel_web`. */
  readonly webPool: Pool
  /** With the role `ontregel_door`. */
  readonly doorDb: LedgerDatabase
  readonly oidc: OidcService | undefined
  /** What reports were made of, for those who see these hospitals. */
  readonly figures: (hospitals: readonly string[]) => FigureMemory
  /** How browsers reach this server; the first is the one that is told to others. */
  readonly origins: () => readonly string[]
}

interface Admitted {
  readonly known: Known | undefined
  readonly scope: Scope
}

/** After so long a live answer ends, so that who lost a role or signed out sees nothing new. */
const LIVE_MS = 5 * 60_000

/** Puts the table of routes on a server: who asks is known and admitted before the body is read. */
export function mountRoutes(server: FastifyInstance, routes: readonly Route[], mounting: Mounting): void {
  const admitted = new WeakMap<FastifyRequest, Admitted>()
  for (const route of routes) {
    server.route({
      method: route.method,
      url: route.path,
      onRequest: async (request) => {
        admitted.set(request, await atTheDoor(route, request, mounting))
      },
      handler: async (request, reply) => {
        const found = admitted.get(request)
        if (!found) throw new Error('A request came past the door.')
        const context = contextOf(request, reply, found, mounting, route)
        const { params, query, body } = request
        try {
          return send(await route.run({ params, query, body }, context), reply, context)
        } catch (error) {
          await noteRefusal(mounting.installation.db, error, { route, known: found.known, params })
          throw error
        }
      },
    })
  }
}

async function atTheDoor(route: Route, request: FastifyRequest, mounting: Mounting): Promise<Admitted> {
  const { authorization } = request.headers
  const { params } = request
  const sessionKey = request.cookies[sessionCookie(originOf(mounting))]
  const known = await recognise(mounting.doorDb, { sessionKey, authorization })
  try {
    // A browser sends no token by itself, so a request with one is nobody else's doing.
    if (authorization === undefined) requireSameOrigin(request, mounting.origins())
    if (mounting.installation.config.webSecondFactor === 'required') requireSecondFactor(route, known)
    return { known, scope: admit(route, known, hospitalOf(params)) }
  } catch (error) {
    await noteRefusal(mounting.installation.db, error, { route, known, params })
    throw error
  }
}

function hospitalOf(params: unknown): string | undefined {
  const named =
    typeof params === 'object' && params !== null && 'hospital' in params ? params.hospital : undefined
  return typeof named === 'string' ? named : undefined
}

const originOf = ({ origins }: Mounting): string => origins()[0] ?? ''

function contextOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { known, scope }: Admitted,
  mounting: Mounting,
  { access, answer }: Route,
): RouteContext {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return {
    db: seenBy(mounting.webPool, scope),
    caller: known?.caller ?? NOBODY,
    hospitals: [...new Set([...scope.hospitals, ...(scope.colleague?.hospitals ?? [])])].toSorted(),
    seesAsColleague: (hospital) => !scope.hospitals.includes(hospital),
    installation: mounting.installation,
    figures: mounting.figures(scope.hospitals),
    access,
    signal: answer === 'live' ? AbortSignal.any([gone.signal, AbortSignal.timeout(LIVE_MS)]) : gone.signal,
    door: doorTools(
      {
        ...{ db: mounting.doorDb, origin: originOf(mounting), oidc: mounting.oidc },
        recordWayIn: (...changed) => recordWayIn(mounting.doorDb, mounting.installation.db, ...changed),
      },
      ...([request, reply, known?.session] as const),
    ),
  }
}

function send(answer: Reply, reply: FastifyReply, context: RouteContext): FastifyReply {
  switch (answer.kind) {
    case 'json':
      return reply.send(answer.data)
    case 'file':
      return reply.headers(fileHeaders(answer.file)).send(Buffer.from(answer.file.bytes))
    case 'redirect':
      return reply.redirect(answer.location)
    case 'live': {
      const failed = (error: unknown) =>
        context.installation.log.warn('live answer ended', {
          code: error instanceof Error ? error.name : 'unknown',
        })
      return reply
        .headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
        .send(liveAnswer(answer.events, context.signal, failed))
    }
  }
}
