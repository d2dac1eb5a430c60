import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AccessPage, AccessVerdict } from '../../../../dashboards/server/operate/access-schemas.ts'
import { LogPage } from '../../../../dashboards/server/operate/log-schemas.ts'
import { Channels } from '../../../../dashboards/server/operate/channel-schemas.ts'
import {
  MessagePage,
  OneMessage,
  Replayed,
  RevealedMessage,
} from '../../../../dashboards/server/operate/message-schemas.ts'
import { Storage, Versions } from '../../../../dashboards/server/operate/storage-schemas.ts'
import { Queue, Workers } from '../../../../dashboards/server/operate/worker-schemas.ts'
import { linkAccess } from '../../../../orchestrator/ledger/access-chain.ts'
import { noteSweep } from '../../../../orchestrator/ledger/sweeps.ts'
import { sortLeftBehind } from '../../../../orchestrator/triggers/sort-left-behind.ts'
import { seedPages, type SeededExamples } from '../../web/seed-pages.ts'
import { openTestServer, type TestServer } from '../open-server.ts'
import type { TestClient } from '../test-client.ts'

let server: TestServer
let seeded: SeededExamples
let it: TestClient
let auditor: TestClient

beforeAll(async () => {
  server = await openTestServer()
  seeded = await seedPages(server.installation)
  const { db, secrets } = server.installation
  await sortLeftBehind(db, secrets)
  const aside = { state: 'aside' as const, reason: 'The robot could not read it.' }
  await db.updateTable('message').set(aside).where('control_id', '=', 'noord-2').execute()
  it = await server.as('it', 'noord')
  auditor = await server.as('auditor', 'noord')
})
afterAll(() => server[Symbol.asyncDispose]())

const NOORD = '/api/hospitals/noord'
/** The newest accesses, that of this question first. */
const newest = async (limit: number) =>
  (await auditor.ask(AccessPage, `${NOORD}/access-log/search`, { method: 'POST', body: { limit } })).rows

describe('workers and queue', () => {
  test('a worker is seen with what it has in hand, and told what is wanted of it', async () => {
    const [worker] = await it.ask(Workers, `${NOORD}/workers`)
    expect(worker).toMatchObject({ id: seeded.worker, wanted: 'work' })
    const told = await it.fetch(`${NOORD}/workers/${seeded.worker}`, {
      method: 'PUT',
      body: { wanted: 'drain' },
    })
    expect(told.status).toBe(200)
    const again = await it.ask(Workers, `${NOORD}/workers`)
    expect(again.find(({ id }) => id === seeded.worker)).toMatchObject({
      wanted: 'drain',
      wantedBy: 'it.noord',
    })
    const change = await server.installation.db
      .selectFrom('change')
      .selectAll()
      .where('what', '=', 'worker')
      .execute()
    expect(change).toMatchObject([{ account: 'it.noord', before: 'work', after: 'drain' }])
    const unknown = `${NOORD}/workers/00000000-0000-4000-8000-00000000ffff`
    expect((await it.fetch(unknown, { method: 'PUT', body: { wanted: 'drain' } })).status).toBe(404)
  })

  test('the queue of each deployment of the hospital, and why nothing of it is taken', async () => {
    const { deployments, doorbell } = await it.ask(Queue, `${NOORD}/queue`)
    expect(deployments.map(({ deployment }) => deployment).toSorted()).toEqual([
      'noord-deceased-appointments',
      'noord-insurance-check',
      'noord-referral-intake',
    ])
    expect(deployments.find(({ deployment }) => deployment.endsWith('appointments'))?.heldBy).toBe('off')
    expect(doorbell.backend).toBe('postgres')
  })
})

describe('messages', () => {
  test('are listed, read masked, and revealed; each is in the access log', async () => {
    expect((await it.ask(Channels, `${NOORD}/channels`)).length).toBeGreaterThan(0)
    const { rows } = await it.ask(MessagePage, `${NOORD}/messages/search`, { method: 'POST', body: {} })
    expect(rows.map(({ id }) => id)).toContain(seeded.message)
    const masked = await it.ask(OneMessage, `${NOORD}/messages/${seeded.message}`)
    const revealed = await it.ask(RevealedMessage, `${NOORD}/messages/${seeded.message}/reveal`, {
      method: 'POST',
    })
    const person = revealed.segments.find((segment) => segment.startsWith('PID')) ?? ''
    const hidden = masked.segments.find((segment) => segment.startsWith('PID')) ?? ''
    expect(person).toMatch(/^PID\|.*[0-9]/)
    expect(hidden).toMatch(/^PID[|^~&•]*$/)
    expect(hidden.split('|')).toHaveLength(person.split('|').length)
    expect(await newest(3)).toMatchObject([
      { action: 'read', subjectKind: 'log' },
      { action: 'reveal', subjectKind: 'message', subject: seeded.message, actor: 'it.noord' },
      { action: 'read', subjectKind: 'message', subject: seeded.message, actor: 'it.noord' },
    ])
  })

  test('one that was set aside is replayed by who is IT there, and skipped with a reason', async () => {
    const aside = await it.ask(MessagePage, `${NOORD}/messages/search`, {
      method: 'POST',
      body: { state: 'aside' },
    })
    const id = aside.rows[0]?.id ?? ''
    const skip = (reason: string) =>
      it.fetch(`${NOORD}/messages/${id}/skip`, { method: 'POST', body: { reason } })
    expect((await skip(' ')).status).toBe(400)
    const replay = { method: 'POST', body: { messages: [id] } } as const
    const zuid = await server.as('it', 'zuid')
    expect((await zuid.fetch('/api/hospitals/zuid/messages/replay', replay)).status).toBe(404)
    expect(await it.ask(Replayed, `${NOORD}/messages/replay`, replay)).toEqual({
      again: 1,
      waited: 0,
      otherVersion: 0,
    })
    expect(await it.ask(Replayed, `${NOORD}/messages/replay`, replay)).toEqual({
      again: 0,
      waited: 1,
      otherVersion: 0,
    })
    expect((await skip('not needed')).status).toBe(400)
  })

  test('are kept as long as is set', async () => {
    const [channel] = await it.ask(Channels, `${NOORD}/channels`)
    const path = `${NOORD}/channels/${channel?.id}/retention`
    expect((await it.fetch(path, { method: 'PUT', body: { days: 0 } })).status).toBe(400)
    expect((await it.fetch(path, { method: 'PUT', body: { days: 31 } })).status).toBe(200)
    expect((await it.ask(Channels, `${NOORD}/channels`))[0]?.retentionDays).toBe(31)
  })
})

test('the run log is filtered and paged', async () => {
  const { rows, next } = await it.ask(LogPage, `${NOORD}/run-log?limit=2`)
  expect(rows).toHaveLength(2)
  const older = await it.ask(LogPage, `${NOORD}/run-log?limit=2&cursor=${next}`)
  expect(older.rows[0]?.id).toBeLessThan(rows[1]?.id ?? 0)
  const parked = await it.ask(LogPage, `${NOORD}/run-log?kind=parked`)
  expect(parked.rows.length).toBeGreaterThan(0)
  expect(new Set(parked.rows.map(({ kind }) => kind))).toEqual(new Set(['parked']))
})

test('versions, sizes and retention', async () => {
  expect(await it.ask(Versions, `${NOORD}/versions`)).toMatchObject({
    node: process.version,
    queue: 'postgres',
  })
  const path = `${NOORD}/retention/evidence`
  expect((await it.fetch(path, { method: 'PUT', body: { days: 7 } })).status).toBe(400)
  expect((await it.fetch(path, { method: 'PUT', body: { days: 400 } })).status).toBe(200)
  const { groups, retention, accessYears } = await it.ask(Storage, `${NOORD}/storage`)
  expect(retention).toContainEqual({ what: 'evidence', days: 400 })
  expect(groups.find(({ group }) => group === 'items')?.bytes).toBeGreaterThan(0)
  expect(accessYears).toBe(5)
})

describe('the access log', () => {
  test('is exported of a patient or an employee, typed in the body; the export is in it', async () => {
    const both = { method: 'POST', body: {} } as const
    expect((await auditor.fetch(`${NOORD}/access-log/export`, both)).status).toBe(400)
    const found = await auditor.fetch(`${NOORD}/access-log/export`, {
      method: 'POST',
      body: { actor: 'it.noord' },
    })
    const lines = (await found.text()).trim().split('\r\n')
    expect(lines[0]).toContain('Datum en tijd;Soort gebruiker;Gebruiker')
    expect(lines.some((line) => line.includes('it.noord;it.noord;getoond;HL7-bericht'))).toBe(true)
    expect(await newest(2)).toMatchObject([
      { action: 'read' },
      { action: 'export', actor: 'auditor.noord', hasPatient: false },
    ])
    const patient = { method: 'POST', body: { patient: '4001' } } as const
    expect((await auditor.fetch(`${NOORD}/access-log/export`, patient)).status).toBe(200)
    expect(await newest(2)).toMatchObject([
      {},
      { action: 'export', actor: 'auditor.noord', hasPatient: true },
    ])
  })

  test('is verified', async () => {
    const { db, secrets } = server.installation
    while ((await linkAccess(db, secrets)) > 0);
    const verdict = await auditor.ask(AccessVerdict, `${NOORD}/access-log/verify`, { method: 'POST' })
    expect(verdict).toMatchObject({ wrong: null, waiting: 1 })
    expect(verdict.rows).toBeGreaterThan(5)
  })
})

describe('health', () => {
  test('readyz says why it is not ready, and healthz that the process answers', async () => {
    expect((await server.nobody.fetch('/healthz')).status).toBe(200)
    const early = await server.nobody.fetch('/readyz')
    expect(early.status).toBe(503)
    expect(await early.json()).toMatchObject({
      ready: false,
      reasons: expect.arrayContaining(['sweeper-stands-still']),
    })
    const { db } = server.installation
    await noteSweep(db, 'takeBack')
    await db.updateTable('item').set({ due_at: new Date() }).where('state', '=', 'queued').execute()
    expect(await (await server.nobody.fetch('/readyz')).json()).toEqual({ ready: true, reasons: [] })
  })

  test('metrics are of the hospitals where one is IT, without items or patients in the labels', async () => {
    expect((await server.nobody.fetch('/metrics')).status).toBe(401)
    expect((await auditor.fetch('/metrics')).status).toBe(403)
    const answer = await it.fetch('/metrics')
    expect(answer.headers.get('content-type')).toContain('text/plain')
    const text = await answer.text()
    expect(text).toMatch(
      /^ontregel_items\{hospital="noord",deployment="noord-insurance-check",state="queued"\} \d/m,
    )
    expect(text).toMatch(/^ontregel_worker_capacity \d/m)
    expect(text).not.toContain('zuid')
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
  })

  test('metrics count who was turned away, by why and not by whom', async () => {
    const counted = async (code: string) =>
      Number(
        new RegExp(`^ontregel_requests_refused_total\\{code="${code}"\\} (\\d+)$`, 'm').exec(
          await (await it.fetch('/metrics')).text(),
        )?.[1] ?? 0,
      )
    const before = { nobody: await counted('not-signed-in'), right: await counted('not-allowed') }
    expect((await server.nobody.fetch('/api/hospitals/noord/queue')).status).toBe(401)
    expect((await it.fetch('/api/hospitals/zuid/queue')).status).toBe(403)
    expect((await it.fetch('/api/hospitals/noord/queue')).status).toBe(200)
    expect(await counted('not-signed-in')).toBe(before.nobody + 1)
    expect(await counted('not-allowed')).toBe(before.right + 1)
  })
})
