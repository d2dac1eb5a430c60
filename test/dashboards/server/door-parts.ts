import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { keepPassword } from '../../../orchestrator/ledger/accounts.ts'
import type { Role } from '../../../orchestrator/ledger/roles.ts'
import { hashPassword } from '../../../orchestrator/secrets/password.ts'
import type { TestServer } from './open-server.ts'
import { clientOf, type TestClient } from './test-client.ts'

export const PASSWORD = 'drie woorden en een koe'

/** An active account with this password; roles at noord. */
export async function putAccount(
  { doorDb }: TestServer,
  account: string,
  roles: readonly Role[] = ['administrator'],
): Promise<void> {
  await sql`INSERT INTO account (id, name, language, state) VALUES (${account}, 'Test', 'nl', 'active')`.execute(
    doorDb,
  )
  await keepPassword(doorDb, account, await hashPassword(PASSWORD))
  for (const role of roles)
    await sql`INSERT INTO account_role (account, hospital, role, given_by) VALUES (${account}, 'noord', ${role}, 'test')`.execute(
      doorDb,
    )
}

export interface SignedIn {
  readonly status: number
  /** With the cookie that came back, if any. */
  readonly client: TestClient
  /** What the server said about its cookie. */
  readonly cookie: string
  readonly code: string | undefined
}

/** Signs in as a page does. */
export async function signIn(
  server: TestServer,
  body: { readonly account: string; readonly password: string; readonly code?: string },
): Promise<SignedIn> {
  return await come(server, '/api/sign-in/password', body)
}

/** Asks a way in and keeps the cookie that it gives. */
export async function come(server: TestServer, path: string, body: unknown): Promise<SignedIn> {
  const response = await server.nobody.fetch(path, { method: 'POST', body })
  const cookie = response.headers.getSetCookie()[0] ?? ''
  const answer: unknown = await response.json()
  return {
    status: response.status,
    cookie,
    client: clientOf(server.address, cookie ? { cookie: cookie.split(';')[0] ?? '' } : {}),
    code: /"code":"([\w-]+)"/.exec(JSON.stringify(answer))?.[1],
  }
}

/** What the app of a second factor shows at a time, in milliseconds since 1970. */
export function codeAt(secret: string, timestamp: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp })
}
