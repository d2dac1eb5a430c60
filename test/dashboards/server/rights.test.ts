import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { rightsTable } from '../../../dashboards/server/rights-table.ts'
import { defineRoute, type Route } from '../../../dashboards/server/route.ts'
import { routes } from '../../../dashboards/server/routes.ts'
import { makeApiToken } from '../../../orchestrator/ledger/api-tokens.ts'
import { ROLES, TOKEN_ROLES, type TokenRole } from '../../../orchestrator/ledger/roles.ts'
import { ROOT } from '../../source-files.ts'
import { HOSPITALS, openTestServer, type TestHospital, type TestServer } from './open-server.ts'
import { clientOf, type TestClient } from './test-client.ts'

/** What the README says of a route: the roles that may use it, `anyone` or `signed in`. */
type Expected = ReadonlyMap<string, readonly string[]>

function expectations(table: string): Expected {
  const [head = '', , ...rows] = table.trim().split('\n')
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  const names = cells(head)
  return new Map(
    rows.map((row) => {
      const [route = '', ...marks] = cells(row)
      return [route.replaceAll('`', ''), names.slice(1).filter((_, place) => marks[place] === 'x')]
    }),
  )
}

const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`

const NOBODYS_ID = '00000000-0000-4000-8000-000000000000'

/** Asks a route with a body that fits nothing: whoever is let in is told so, which is not what is looked at here. */
async function statusOf(client: TestClient, route: Route, hospital: TestHospital): Promise<number> {
  const path = route.path.replace(':hospital', hospital).replaceAll(/:\w+/g, NOBODYS_ID)
  const gone = new AbortController()
  const body = route.method === 'GET' ? {} : { body: {} }
  const { status } = await client.fetch(path, { method: route.method, ...body, signal: gone.signal })
  // A live answer would go on.
  gone.abort()
  return status
}

interface Asking {
  readonly who: string
  readonly client: (server: TestServer) => Promise<TestClient>
  /** The hospital in the path. */
  readonly at: TestHospital
  /** What the README must say for it to be let in. */
  readonly as: readonly string[]
}

async function withToken(server: TestServer, role: TokenRole, hospital: TestHospital) {
  const made = await makeApiToken(server.doorDb, { hospital, name: 'matrix', role, madeBy: 'test', days: 1 })
  return clientOf(server.address, { authorization: `Bearer ${made.token}` })
}

/** A session anew for each request: some routes end it. */
const ASKING: readonly Asking[] = [
  { who: 'nobody', client: (server) => Promise.resolve(server.nobody), at: 'noord', as: ['anyone'] },
  {
    who: 'somebody without a role',
    client: (server) => server.as([], 'noord'),
    at: 'noord',
    as: ['anyone', 'signed in'],
  },
  ...ROLES.flatMap((role) => [
    ...HOSPITALS.map((at) => ({
      who: `${role} of noord`,
      client: (server: TestServer) => server.as(role, 'noord'),
      at,
      as: at === 'noord' ? ['anyone', 'signed in', role] : ['anyone', 'signed in'],
    })),
  ]),
  ...TOKEN_ROLES.flatMap((role) => [
    ...HOSPITALS.map((at) => ({
      who: `token of ${role} of noord`,
      client: (server: TestServer) => withToken(server, role, 'noord'),
      at,
      as: at === 'noord' ? ['anyone', role] : ['anyone'],
    })),
  ]),
]

/** Routes over all hospitals have none in the path: a role at one of them is enough. */
const isElsewhere = (route: Route, { at }: Asking): boolean =>
  at !== 'noord' && !route.path.includes(':hospital')

function mayPass(route: Route, asking: Asking, expected: Expected): boolean {
  const named = expected.get(nameOf(route)) ?? []
  if (named.includes('no token') && asking.who.startsWith('token')) return false
  return named.some((name) => asking.as.includes(name))
}

async function wrongAnswers(server: TestServer, asking: Asking, table: readonly Route[], expected: Expected) {
  const wrong: string[] = []
  for (const route of table) {
    if (isElsewhere(route, asking)) continue
    const status = await statusOf(await asking.client(server), route, asking.at)
    const refused = asking.who === 'nobody' ? [401] : [403]
    const right = mayPass(route, asking, expected)
      ? ![401, 403].includes(status) && status < 500
      : refused.includes(status)
    if (!right) wrong.push(`${asking.who} at ${asking.at}: ${nameOf(route)} gave ${status}`)
  }
  return wrong
}

let server: TestServer
let readme: string

beforeAll(async () => {
  server = await openTestServer()
  const text = await readFile(join(ROOT, 'dashboards/server/README.md'), 'utf8')
  readme = /<!-- rights -->\n([\s\S]*?)<!-- \/rights -->/.exec(text)?.[1]?.trim() ?? ''
})
afterAll(() => server[Symbol.asyncDispose]())

describe('who may use which route', () => {
  test('is in the README: read it, and copy the expected table when it is as it should be', () => {
    expect(readme).toBe(rightsTable(routes))
  })

  test.each(ASKING)('$who, at $at, is let in and refused as the README says', async (asking) => {
    expect(await wrongAnswers(server, asking, routes, expectations(readme))).toEqual([])
  })
})

describe('the test itself', () => {
  const open = defineRoute({
    method: 'GET',
    path: '/api/hospitals/:hospital/open',
    roles: ['administrator', 'programme'],
    summary: 'Lets in more roles than is written down.',
    answer: z.object({}),
    handle: () => Promise.resolve({}),
  })

  test('finds a route that lets in who should not, and one that nobody wrote down', async () => {
    await using other = await openTestServer({ routes: [open] })
    const table = rightsTable([open]).replace('| x |  | x |', '| x |  |  |')
    const asking = ASKING.filter(({ who, at }) => who === 'programme of noord' && at === 'noord')
    for (const one of asking) {
      const wrong = await wrongAnswers(other, one, [open], expectations(table))
      expect(wrong).toEqual(['programme of noord at noord: GET /api/hospitals/:hospital/open gave 200'])
      expect(await wrongAnswers(other, one, [open], new Map())).toHaveLength(1)
    }
    expect(asking).toHaveLength(1)
    expect(rightsTable([...routes, open])).not.toBe(rightsTable(routes))
  })
})
