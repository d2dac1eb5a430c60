import { Failure } from '../../connectors/failure.ts'
import type { Installation } from '../../orchestrator/installation.ts'
import { openDoorLedger, openWebPool } from '../../orchestrator/ledger/open-ledger.ts'
import type { LedgerDatabase } from '../../orchestrator/ledger/tables.ts'
import { figureMemories } from '../../orchestrator/savings/read-figures.ts'
import { buildApp } from './app.ts'
import { oidcService } from './door/oidc-service.ts'
import { BUILT_PAGES } from './page-files.ts'
import type { Route } from './route.ts'
import { routes as allRoutes } from './routes.ts'

/** A server that answers. */
export interface RunningServer extends AsyncDisposable {
  /** How browsers reach it, without a path. */
  readonly address: string
  /** Where it listens on this machine. */
  readonly boundTo: string
  /** For who starts it, to let the first person in. */
  readonly doorDb: LedgerDatabase
  close(): Promise<void>
}

export interface ServerOptions {
  readonly installation: Installation
  readonly routes?: readonly Route[]
  readonly pages?: string
  readonly requestsAMinute?: number
}

/** More than the pages of a hospital behind one address ask, less than a flood. */
const REQUESTS_A_MINUTE = 6000

/**
 * Starts the pages and the API.
 * @throws business `web-port` when its port is taken
 */
export async function startServer({
  installation,
  routes = allRoutes,
  pages = BUILT_PAGES,
  requestsAMinute = REQUESTS_A_MINUTE,
}: ServerOptions): Promise<RunningServer> {
  const { config, databaseUrl, log } = installation
  const onError = (error: Error) => log.warn('connection lost', { code: error.name, system: 'database' })
  const webPool = openWebPool({ url: databaseUrl, onError })
  const doorDb = openDoorLedger({ url: databaseUrl, onError })
  let origins: readonly string[] = []
  const server = await buildApp({
    ...{ installation, webPool, doorDb, routes, pages, requestsAMinute, figures: figureMemories() },
    oidc: oidcService(config),
    origins: () => origins,
  })
  const close = async () => {
    await server.close()
    await Promise.all([webPool.end(), doorDb.destroy()])
  }
  try {
    await server.listen({ host: config.webHost, port: config.webPort })
  } catch (error) {
    await close()
    throw portFailure(config.webPort, error)
  }
  const bound = server.server.address()
  const port = typeof bound === 'object' && bound ? bound.port : config.webPort
  origins = originsOf(config.webAddress, port)
  const boundTo = `http://${config.webHost.includes(':') ? `[${config.webHost}]` : config.webHost}:${port}`
  return { address: origins[0] ?? '', boundTo, doorDb, close, [Symbol.asyncDispose]: close }
}

/** Without a configured address it is for browsers on this machine, which have three names for it. */
function originsOf(configured: string | undefined, port: number): readonly string[] {
  if (configured !== undefined) return [configured]
  return [`http://127.0.0.1:${port}`, `http://localhost:${port}`, `http://[::1]:${port}`]
}

function portFailure(port: number, cause: unknown): Failure {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  const sentence = `The pages cannot be served on port ${port} (${code}): stop what uses it, or set ONTREGEL_WEB_PORT to another or to 0 for a free one.`
  return new Failure('business', 'web-port', sentence, { cause })
}
