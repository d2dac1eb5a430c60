import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault, FaultKind } from '../faults.ts'
import type { Hospital } from '../hospital.ts'
import { applyWithFault, type Change } from './change.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { breakOff, sessionGone } from './trouble.ts'
import { readVisit, sendAnswer, type Answer, type Visit } from './visit.ts'

export interface SiteOptions {
  /** As in page titles: `Duinstede EPD`. */
  readonly title: string
  readonly cookie: string
  readonly idleMs: number
  /** The account of a request that brings its own proof, such as a bearer token. */
  readonly bearer?: (request: FastifyRequest) => string | undefined
}

/** A web application of the hospital: pages for who is signed in, with the faults that were asked for. */
export interface Site {
  readonly app: FastifyInstance
  readonly hospital: Hospital
  readonly title: string
  readonly sessions: Sessions
  /** A page that changes nothing in the hospital, asked for or posted to. */
  page(method: 'GET' | 'POST', path: string, answer: Answerer, faults?: PageFaults): void
  /** A post that changes something: checked, then carried out once. */
  change(path: string, change: Change): void
  listen(port: number): Promise<Listening>
}

type Answerer = (visit: Visit) => Answer | Promise<Answer>

export interface Listening {
  /** `http://127.0.0.1:4711` */
  readonly url: string
  readonly close: () => Promise<void>
}

export interface PageFaults {
  readonly endpoint: 'page' | 'read' | 'search'
  readonly kinds: readonly FaultKind[]
}
const ORDINARY: PageFaults = {
  endpoint: 'page',
  kinds: ['slow', 'error-not-applied', 'session-expired', 'page-changed'],
}
/** A page that shows a patient can also show another one. */
export const SHOWS_PATIENT: PageFaults = { endpoint: 'page', kinds: [...ORDINARY.kinds, 'other-patient'] }
export const SEARCHES: PageFaults = {
  endpoint: 'search',
  kinds: ['slow', 'error-not-applied', 'session-expired'],
}

/** Makes an application without pages; it listens when told to. */
export async function createSite(hospital: Hospital, options: SiteOptions): Promise<Site> {
  const app = fastify({ logger: false, forceCloseConnections: true })
  await app.register(cookie)
  await app.register(formbody)
  await app.register(multipart, { limits: { fileSize: 10_000_000 } })
  const sessions = createSessions(options.cookie, options.idleMs, hospital.clock)
  const site: Site = {
    app,
    hospital,
    title: options.title,
    sessions,
    page: (method, url, answer, faults = ORDINARY) => {
      app.route({ method, url, handler: signedIn(site, options, pageHandler(site, answer, faults)) })
    },
    change: (url, change) => {
      const handler: SignedIn = (request, reply, visit) =>
        applyWithFault({ site, request, reply, visit, change })
      app.route({ method: 'POST', url, handler: signedIn(site, options, handler) })
    },
    listen: async (port) => {
      const url = await app.listen({ port, host: '127.0.0.1' })
      return { url, close: () => app.close() }
    },
  }
  return site
}

type SignedIn = (request: FastifyRequest, reply: FastifyReply, visit: Visit) => Promise<FastifyReply>

function signedIn(site: Site, { bearer }: SiteOptions, handle: SignedIn) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const account = bearer?.(request) ?? site.sessions.account(request)
    if (account === undefined) return sessionGone(request, reply)
    return handle(request, reply, await readVisit(request, account))
  }
}

function pageHandler(site: Site, answer: Answerer, { endpoint, kinds }: PageFaults): SignedIn {
  return async (request, reply, visit) => {
    const fault = site.hospital.faults.draw(endpoint, kinds)
    if (fault?.kind === 'error-not-applied') return breakOff(site.title, request, reply, fault)
    if (fault?.kind === 'session-expired') {
      site.sessions.end(request)
      return sessionGone(request, reply)
    }
    if (fault?.kind === 'slow') await wait(fault.ms)
    const seen = { ...visit, ...seenThrough(fault) }
    return sendAnswer(reply, await answer(seen), seen.change === 0)
  }
}

function seenThrough(fault: Fault | undefined): Pick<Visit, 'change' | 'other'> {
  if (fault?.kind === 'page-changed') return { change: fault.variant }
  return fault?.kind === 'other-patient' ? { other: true } : {}
}
