import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { Failure } from '../../connectors/failure.ts'

/** Asked by machines that know no name of ours. */
const WITHOUT_NAME: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

export interface Guarding {
  /** Whether browsers reach us over TLS. */
  readonly secure: boolean
  /** The names that are answered, with port. */
  readonly hosts: () => readonly string[]
  /** Of one address: a whole hospital may be behind it. */
  readonly requestsAMinute: number
}

/**
 * What holds for each request, whatever it asks: the name it asks under is ours (else a page of another site could
 * reach us under its own name), what browsers may load, and how much.
 */
export async function guard(
  server: FastifyInstance,
  { secure, hosts, requestsAMinute }: Guarding,
): Promise<void> {
  server.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    if (path.startsWith('/api')) void reply.header('cache-control', 'no-store')
    if (WITHOUT_NAME.has(path) || hosts().includes(request.headers.host ?? '')) return
    const sentence =
      'This server is not reached under this name: use the address that ONTREGEL_WEB_ADDRESS sets.'
    throw new Failure('business', 'other-host', sentence)
  })
  await server.register(cookie)
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Mantine puts sizes and colours in style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  await server.register(rateLimit, { global: false, max: requestsAMinute, timeWindow: '1 minute' })
  // Not per route: there it would stand behind the door, and what the door refuses, with what is written down of it, would never end.
  server.addHook('onRequest', server.rateLimit())
}
