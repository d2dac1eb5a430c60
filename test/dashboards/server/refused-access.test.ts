import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { patientsTable } from '../../../dashboards/server/rights-table.ts'
import type { Route } from '../../../dashboards/server/route.ts'
import { routes } from '../../../dashboards/server/routes.ts'
import { linkAccess } from '../../../orchestrator/ledger/access-chain.ts'
import { verifyAccess } from '../../../orchestrator/ledger/access-verify.ts'
import { makeApiToken } from '../../../orchestrator/ledger/api-tokens.ts'
import { notePatients } from '../../../orchestrator/ledger/robot-access.ts'
import { ROLES } from '../../../orchestrator/ledger/roles.ts'
import { ROOT } from '../../source-files.ts'
import { addParked, putItems } from './items/practice-items.ts'
import { openTestServer, type TestServer } from './open-server.ts'
import { clientOf, type TestClient } from './test-client.ts'

const NOORD = '/api/hospitals/noord'
const ZUID = '/api/hospitals/zuid'
/** Keyed hash of a number of the patient that the item is about. */
const PATIENT = Buffer.alloc(32, 7)

let server: TestServer
let item: string

beforeAll(async () => {
  server = await openTestServer()
  await putItems(server)
  item = await addParked(server.installation.db, 'refused-1')
  await notePatients(server.installation.db, item, [PATIENT])
})
afterAll(() => server[Symbol.asyncDispose]())

/** What was written down of refusals while this was done, the oldest first. */
async function refusedBy({ installation: { db } }: TestServer, ask: () => Promise<unknown>) {
  const before = await db
    .selectFrom('access_entry')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  await ask()
  return await db
    .selectFrom('access_entry')
    .select([
      'hospital',
      'actor_kind',
      'actor',
      'responsible',
      'action',
      'subject_kind',
      'subject',
      'patients',
    ])
    .where('outcome', '=', 'refused')
    .where('id', '>', before?.id ?? 0)
    .orderBy('id')
    .execute()
}

const refusals = (ask: () => Promise<unknown>) => refusedBy(server, ask)

async function statusOf(client: TestClient, path: string, method: Route['method'] = 'GET') {
  return (await client.fetch(path, { method, ...(method !== 'GET' && { body: {} }) })).status
}

describe('a request for data of patients that is refused', () => {
  test('of a role that may not see them is in the access log, without content', async () => {
    const programme = await server.as('programme', 'noord')
    const rows = await refusals(async () =>
      expect(await statusOf(programme, `${NOORD}/items/${item}`)).toBe(403),
    )
    expect(rows).toEqual([
      {
        ...{
          hospital: 'noord',
          actor_kind: 'person',
          actor: 'programme.noord',
          responsible: 'programme.noord',
        },
        ...{ action: 'read', subject_kind: 'item', subject: item, patients: [PATIENT] },
      },
    ])
  })

  test('of somebody of another hospital is in the chain of the hospital that was aimed at', async () => {
    const stranger = await server.as('administrator', 'zuid')
    const path = `${NOORD}/items/${item}/reveal`
    const rows = await refusals(async () => expect(await statusOf(stranger, path, 'POST')).toBe(403))
    expect(rows).toMatchObject([
      { hospital: 'noord', actor: 'administrator.zuid', action: 'reveal', subject: item },
    ])
  })

  test('by one’s own hospital for what is another’s, as not found, is in both chains', async () => {
    const stranger = await server.as('administrator', 'zuid')
    const path = `${ZUID}/items/${item}`
    const rows = await refusals(async () => expect(await statusOf(stranger, path)).toBe(404))
    expect(rows).toMatchObject([
      { hospital: 'zuid', action: 'read', subject: item, patients: [] },
      { hospital: 'noord', action: 'read', subject: item, patients: [PATIENT] },
    ])
  })

  test('under whatever words it fails there', async () => {
    const stranger = await server.as('administrator', 'zuid')
    const path = `${ZUID}/worklist/${item}/take`
    const rows = await refusals(async () => expect(await statusOf(stranger, path, 'POST')).toBe(400))
    expect(rows.map(({ hospital }) => hospital)).toEqual(['zuid', 'noord'])
  })

  test('of a token is in it under the token', async () => {
    const asked = { hospital: 'noord', name: 'test', role: 'programme', madeBy: 'test', days: 1 } as const
    const { id, token } = await makeApiToken(server.doorDb, asked)
    const machine = clientOf(server.address, { authorization: `Bearer ${token}` })
    const rows = await refusals(() => statusOf(machine, `${NOORD}/messages/search`, 'POST'))
    expect(rows).toMatchObject([{ actor_kind: 'machine', actor: id, action: 'search', subject: '' }])
  })

  test('from a page of another site is in it, when the browser sent who is signed in', async () => {
    const { headers } = await server.as('administrator', 'noord')
    const foreign = clientOf(server.address, { ...headers, origin: 'https://elders.example' })
    const rows = await refusals(async () =>
      expect(await statusOf(foreign, `${NOORD}/items/${item}/reveal`, 'POST')).toBe(403),
    )
    expect(rows).toMatchObject([{ hospital: 'noord', actor: 'administrator.noord', action: 'reveal' }])
  })

  test('keeps nothing of what was typed in the path that is no id, and makes no log for a hospital that is none', async () => {
    const programme = await server.as('programme', 'noord')
    const typed = await refusals(() => statusOf(programme, `${NOORD}/items/999990019`))
    expect(typed).toMatchObject([{ hospital: 'noord', subject: '' }])
    expect(await refusals(() => statusOf(programme, '/api/hospitals/nergens/items/x'))).toEqual([])
  })

  test('is not made of a mistake in what was sent, nor of what shows no patient, nor of nobody', async () => {
    const administrator = await server.as('administrator', 'noord')
    const programme = await server.as('programme', 'noord')
    const path = `${NOORD}/worklist/${item}/assign`
    const rows = await refusals(async () => {
      expect(await statusOf(administrator, path, 'POST')).toBe(400)
      expect(await statusOf(programme, `${NOORD}/workers`)).toBe(403)
      expect(await statusOf(server.nobody, `${NOORD}/items/${item}`)).toBe(401)
    })
    expect(rows).toEqual([])
  })

  test('where a second factor is required and was not given', async () => {
    await using strict = await openTestServer({ settings: { ONTREGEL_WEB_SECOND_FACTOR: 'required' } })
    const administrator = await strict.as('administrator', 'noord')
    const rows = await refusedBy(strict, async () =>
      expect(await statusOf(administrator, `${NOORD}/worklist`)).toBe(403),
    )
    expect(rows).toMatchObject([{ hospital: 'noord', actor: 'administrator.noord', action: 'read' }])
  })

  test('has its place in the chain, which fits', async () => {
    const { db, secrets } = server.installation
    await statusOf(await server.as('programme', 'noord'), `${NOORD}/items/${item}`)
    while ((await linkAccess(db, secrets)) > 0);
    const verdict = await verifyAccess(db, secrets, 'noord')
    expect(verdict.wrong).toBeUndefined()
    expect(verdict.waiting).toBe(0)
    expect(verdict.rows).toBeGreaterThan(1)
  })
})

describe('every route', () => {
  const nameOf = ({ method, path }: Route) => `${method} ${path}`
  const withAccess = routes.filter(({ access }) => access)
  const asked = (route: Route) => route.path.replace(':hospital', 'noord').replaceAll(/:\w+/g, item)

  /** Each route with a role that it does not let in, or a stranger when it lets in all. */
  async function refusedOf(of: TestServer, table: readonly Route[]): Promise<string[]> {
    const without: string[] = []
    for (const route of table) {
      const role = ROLES.find((one) => Array.isArray(route.roles) && !route.roles.includes(one))
      const client = await of.as(role ?? [], 'noord')
      const rows = await refusedBy(of, () => statusOf(client, asked(route), route.method))
      if (rows.length !== 1 || rows[0]?.action !== route.access?.action) without.push(nameOf(route))
    }
    return without
  }

  test('that shows data of patients writes down whom it refuses', async () => {
    expect(withAccess.length).toBeGreaterThan(30)
    expect(await refusedOf(server, withAccess)).toEqual([])
  })

  test('that does not say so writes nothing down: the twin of the test above', async () => {
    const silent = withAccess.map((route) => ({ ...route, access: undefined }))
    await using other = await openTestServer({ routes: silent })
    expect(await refusedOf(other, withAccess)).toEqual(withAccess.map(nameOf))
  })

  test('that does is in the README: copy the expected table when it is as it should be', async () => {
    const text = await readFile(join(ROOT, 'dashboards/server/README.md'), 'utf8')
    const table = /<!-- patients -->\n([\s\S]*?)<!-- \/patients -->/.exec(text)?.[1]?.trim()
    expect(table).toBe(patientsTable(routes))
  })

  test('about one item, one message or the access log says so', () => {
    const about = routes.filter(({ path }) => /:item\b|:message\b|access-log/.test(path))
    expect(about.filter(({ access }) => !access).map(nameOf)).toEqual([])
    expect(withAccess.filter(({ path }) => !path.includes(':hospital'))).toEqual([])
  })

  test('that hands them over without having said so fails, and hands over nothing', async () => {
    const search = routes.find(({ path }) => path.endsWith('/items/:item'))
    await using other = await openTestServer({ routes: search ? [{ ...search, access: undefined }] : [] })
    await putItems(other)
    const one = await addParked(other.installation.db, 'undeclared')
    const administrator = await other.as('administrator', 'noord')
    expect(await statusOf(administrator, `${NOORD}/items/${one}`)).toBe(500)
  })
})
