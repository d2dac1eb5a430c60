import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog, silentLog, type Log } from '../../../connectors/log.ts'
import type { Route } from '../../../dashboards/server/route.ts'
import { sessionCookie } from '../../../dashboards/server/door/door-tools.ts'
import { startServer } from '../../../dashboards/server/start-server.ts'
import { readConfig } from '../../../orchestrator/config.ts'
import { openInstallation, type Installation } from '../../../orchestrator/installation.ts'
import type { Role } from '../../../orchestrator/ledger/roles.ts'
import { openSession } from '../../../orchestrator/ledger/sessions.ts'
import { putHospital } from '../../../orchestrator/ledger/setup.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { openDoorLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import { createTestDatabase } from '../../postgres.ts'
import { putTestAccount } from './test-account.ts'
import { clientOf, type TestClient } from './test-client.ts'

export const HOSPITALS = ['noord', 'zuid'] as const
export type TestHospital = (typeof HOSPITALS)[number]

export interface TestServer extends AsyncDisposable {
  readonly address: string
  /** Where it listens on this machine. */
  readonly boundTo: string
  readonly installation: Installation
  /** As the door sees the ledger: accounts, sessions, links. */
  readonly doorDb: LedgerDatabase
  /** A browser of somebody with these roles at a hospital; the same account each time for the same roles. */
  as(roles: Role | readonly Role[], hospital: TestHospital): Promise<TestClient>
  /** A browser in which nobody is signed in. */
  readonly nobody: TestClient
}

export interface TestServerOptions {
  readonly routes?: readonly Route[]
  readonly pages?: string
  /** No limit when left out. */
  readonly requestsAMinute?: number
  readonly settings?: Readonly<Record<string, string>>
  /** Told each line of the log. */
  readonly onLog?: (line: string) => void
}

/** A server with all routes on a database of its own, with two hospitals that have nothing yet. */
export async function openTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { onLog } = options
  const stack = new AsyncDisposableStack()
  const installation = await openTestInstallation(
    stack,
    options,
    onLog ? createLog('info', onLog) : silentLog,
  )
  const doorDb = openDoorLedger({ url: installation.databaseUrl, onError: () => undefined })
  stack.defer(() => doorDb.destroy())
  for (const id of HOSPITALS) await putHospital(installation.db, { id, name: `Ziekenhuis ${id}`, norms: [] })
  const { routes, pages, requestsAMinute = 1_000_000 } = options
  const serving = { installation, requestsAMinute, ...(routes && { routes }), ...(pages && { pages }) }
  const server = stack.use(await startServer(serving))
  return {
    address: server.address,
    boundTo: server.boundTo,
    installation,
    doorDb,
    nobody: clientOf(server.address),
    async as(roles, hospital) {
      const account = await putTestAccount(doorDb, typeof roles === 'string' ? [roles] : roles, hospital)
      const session = { account, way: 'password' as const, address: '127.0.0.1', browser: 'test' }
      const key = await openSession(doorDb, session)
      return clientOf(server.address, { cookie: `${sessionCookie(server.address)}=${key}` })
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function openTestInstallation(
  stack: AsyncDisposableStack,
  { settings = {} }: TestServerOptions,
  log: Log,
): Promise<Installation> {
  const database = stack.use(await createTestDatabase())
  const home = await mkdtemp(join(tmpdir(), 'ontregel-server-'))
  stack.defer(() => rm(home, { recursive: true, force: true }))
  const config = readConfig({
    ONTREGEL_HOME: home,
    DATABASE_URL: database.url,
    ONTREGEL_WEB_PORT: '0',
    ONTREGEL_CONCURRENCY: '1',
    ...settings,
  })
  const installation = await openInstallation({ config, log, say: () => undefined, serves: false })
  stack.defer(() => installation.close())
  return installation
}
