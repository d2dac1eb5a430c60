import multipart from '@fastify/multipart'
import { fastify, type FastifyInstance } from 'fastify'
import { serveApiPages } from './api-page.ts'
import { answerTo, errorNumber } from './error-answer.ts'
import { guard } from './guard.ts'
import { leanAnswers } from './lean-answers.ts'
import { mountRoutes, type Mounting } from './mount-routes.ts'
import { mountHealth } from './operate/health.ts'
import { servePages } from './page-files.ts'
import { countRefused } from './refused-requests.ts'
import type { Route } from './route.ts'

export interface AppOptions extends Mounting {
  readonly routes: readonly Route[]
  /** The folder of the built pages. */
  readonly pages: string
  /** Of one address. */
  readonly requestsAMinute: number
}

const BODY_BYTES = 1024 ** 2
const FILE_BYTES = 10 * 1024 ** 2

/** The server with everything on it, not listening yet. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, log } = options.installation
  const server = fastify({
    logger: false,
    genReqId: errorNumber,
    bodyLimit: BODY_BYTES,
    trustProxy: config.webProxies.length > 0 ? [...config.webProxies] : false,
    forceCloseConnections: true,
    return503OnClosing: false,
  })
  server.setErrorHandler((error, request, reply) => {
    const { status, error: told } = answerTo(error, request.id)
    countRefused(status, told.code)
    if (status === 500)
      log.error('a request failed', { number: told.number, route: routeOf(request), ...whatOf(error) })
    return reply.code(status).send({ error: told })
  })
  const secure = config.webAddress?.startsWith('https:') ?? false
  const hosts = () => options.origins().map((origin) => new URL(origin).host)
  await guard(server, { secure, hosts, requestsAMinute: options.requestsAMinute })
  leanAnswers(server)
  await server.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { fileSize: FILE_BYTES, files: 1, fields: 20 },
    async onFile(part) {
      Object.assign(part, { value: await part.toBuffer() })
    },
  })
  mountHealth(server, options.installation)
  mountRoutes(server, options.routes, options)
  serveApiPages(server, options.routes)
  await servePages(server, options.pages)
  return server
}

const routeOf = (request: { method: string; routeOptions: { url?: string | undefined } }): string =>
  `${request.method} ${request.routeOptions.url ?? ''}`

/** An error's class, and where in our code it was thrown: its own text may quote a patient. */
function whatOf(error: unknown): { code: string; sentence: string } {
  if (!(error instanceof Error)) return { code: typeof error, sentence: '' }
  const place = error.stack
    ?.split('\n')
    .find((line) => line.includes('/dashboards/') || line.includes('/orchestrator/'))
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  return {
    code,
    sentence: place?.replace(/^.*\/(?=(dashboards|orchestrator)\/)/, '').replace(/\)$/, '') ?? '',
  }
}
