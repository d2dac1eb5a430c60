import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { silentLog } from '../../../../connectors/log.ts'
import { createSender } from '../../../../connectors/hl7/sender.ts'
import type { SenderTls } from '../../../../connectors/hl7/dial.ts'
import { Channels, OneChannel } from '../../../../dashboards/server/operate/channel-schemas.ts'
import { channelKeySecret } from '../../../../orchestrator/ledger/channel-setup.ts'
import { readSecret } from '../../../../orchestrator/secrets/secrets.ts'
import { openChannels, type Channels as OpenChannels } from '../../../../orchestrator/triggers/channels.ts'
import { createAuthority } from '../../../connectors/hl7/certificates.ts'
import { openTestServer, type TestServer } from '../open-server.ts'
import type { TestClient } from '../test-client.ts'

const authority = createAuthority('practice authority')
const server = authority.issue('ontregel')
const client = authority.issue('zis')
const trusted = { ca: authority.cert }

let api: TestServer
let it: TestClient
let listening: OpenChannels

beforeAll(async () => {
  api = await openTestServer()
  it = await api.as('it', 'noord')
  const { db, doorbell, secrets } = api.installation
  const channels = { db, doorbell, secrets, host: '127.0.0.1', log: silentLog, everyMs: 100 }
  listening = await openChannels(channels)
})
afterAll(async () => {
  await listening.close()
  await api[Symbol.asyncDispose]()
})

const CHANNELS = '/api/hospitals/noord/channels'
const put = (id: string, body: object, who = it) => who.fetch(`${CHANNELS}/${id}`, { method: 'PUT', body })
const summary = async (id: string) => (await it.ask(Channels, CHANNELS)).find((one) => one.id === id)

/** The port once a running process listens there: nothing is started again. */
async function portOf(channel: string): Promise<number> {
  return await vi.waitFor(() => z.number().parse(listening.ports.get(channel)), { timeout: 20_000 })
}

async function send(port: number, tls: SenderTls | undefined, controlId: string) {
  const settings = { id: 'zis', host: '127.0.0.1', port, answerMs: 20_000, ...(tls ? { tls } : {}) }
  const sender = createSender(settings, silentLog, () => undefined)
  const text = `MSH|^~\\&|ZIS|NOORD|ONTREGEL|NOORD|20261121120000||ADT^A08|${controlId}|P|2.4\rPID|1||4001^^^ZIS^PI`
  try {
    return (await sender.send(Buffer.from(text, 'latin1'))).code
  } finally {
    await sender.close()
  }
}

const mutual = { certificate: server.cert, clientAuthorities: authority.cert }

test('mutual TLS set up over the API holds in a running process, and the key does not come out again', async () => {
  expect((await put('adt', { port: 0 })).status).toBe(200)
  expect(await send(await portOf('adt'), undefined, 'plain')).toBe('AA')
  const body = { port: 0, tls: mutual, key: { key: server.key } }
  expect((await put('adt', body)).status).toBe(200)
  await vi.waitFor(() => expect(listening.sentences().join()).toContain('with mutual TLS'), {
    timeout: 20_000,
  })
  const port = await portOf('adt')
  expect(await send(port, { ...trusted, ...client }, 'mutual')).toBe('AA')
  await expect(send(port, trusted, 'none')).rejects.toThrow()
  const stranger = createAuthority('another authority').issue('zis')
  await expect(send(port, { ...trusted, ...stranger }, 'stranger')).rejects.toThrow()
  await expect(send(port, undefined, 'no tls')).rejects.toThrow()
  expect(await summary('adt')).toMatchObject({ tls: 'mutual', problem: null })
  expect((await summary('adt'))?.keyEnteredAt).not.toBeNull()

  const { db, secrets } = api.installation
  const shown = await it.ask(OneChannel, `${CHANNELS}/adt`)
  expect(shown).toMatchObject({ ...mutual, port: 0 })
  const changes = await db.selectFrom('change').selectAll().where('subject', '=', 'adt').execute()
  expect(changes.map(({ what, account }) => [what, account])).toEqual([
    ['channel', 'it.noord'],
    ['channel', 'it.noord'],
    ['channel-key', 'it.noord'],
  ])
  const kept = await db.selectFrom('secret').selectAll().execute()
  for (const text of [JSON.stringify(shown), JSON.stringify(changes), String(kept.map((one) => one.sealed))])
    expect(text).not.toContain('PRIVATE KEY')
  expect(await readSecret(db, secrets, 'noord', channelKeySecret('adt'))).toContain('PRIVATE KEY')
})

test('a certificate and its key are renewed at once; the key stays when only something else changes', async () => {
  const first = authority.issue('ontregel')
  const body = { port: 0, tls: { certificate: first.cert }, key: { key: first.key } }
  expect((await put('oru', body)).status).toBe(200)
  expect(await send(await portOf('oru'), trusted, 'oru-1')).toBe('AA')
  const again = authority.issue('ontregel')
  const refused = await put('oru', { port: 0, tls: { certificate: again.cert } })
  expect([refused.status, await refused.text()]).toEqual([
    400,
    expect.stringContaining('Field key: the cert'),
  ])
  const renewed = { port: 0, tls: { certificate: again.cert }, key: { key: again.key } }
  expect((await put('oru', renewed)).status).toBe(200)
  expect((await put('oru', { port: 0, senders: ['ZIS|NOORD'], tls: renewed.tls })).status).toBe(200)
  await listening.look()
  expect(await send(await portOf('oru'), trusted, 'oru-2')).toBe('AA')
  expect(await it.ask(OneChannel, `${CHANNELS}/oru`)).toMatchObject({ senders: ['ZIS|NOORD'] })
})

test.each([
  ['port', { port: 70_000 }],
  ['port', {}],
  ['host', { port: 0, host: 'epd.hospital.example' }],
  ['senders.0', { port: 0, senders: ['ZIS'] }],
  ['charset', { port: 0, charset: 'KOI8-R' }],
  ['limits.frameBytes', { port: 0, limits: { frameBytes: 5 } }],
  ['tls.certificate', { port: 0, tls: { certificate: 'PEM' } }],
  ['tls.clientAuthorities', { port: 0, tls: { certificate: server.cert, clientAuthorities: server.key } }],
  ['key', { port: 0, tls: { certificate: server.cert } }],
  ['key', { port: 0, tls: { certificate: server.cert }, key: { key: client.key } }],
  ['key', { port: 0, key: { key: server.key } }],
  ['key.key', { port: 0, tls: { certificate: server.cert }, key: { key: '' } }],
])('what is not right is refused by its field, and nothing of it is kept: %s', async (field, body) => {
  const refused = await put('wrong', body)
  const answer = z
    .object({ error: z.object({ field: z.string(), sentence: z.string() }) })
    .parse(await refused.json())
  expect([refused.status, answer.error.field]).toEqual([400, field])
  expect(answer.error.sentence).toMatch(/^Field [\w.]+: .{10,}\.$/)
  expect(answer.error.sentence).not.toContain('PRIVATE KEY')
  expect(await summary('wrong')).toBeUndefined()
})

test('the name of a channel of another hospital is refused, and that channel stays as it was', async () => {
  const zuid = await api.as('it', 'zuid')
  const path = '/api/hospitals/zuid/channels/zuid-adt'
  expect((await zuid.fetch(path, { method: 'PUT', body: { port: 0 } })).status).toBe(200)
  const refused = await put('zuid-adt', { port: 0, enabled: false })
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('Field id: ')])
  expect((await it.fetch(`${CHANNELS}/zuid-adt`)).status).toBe(404)
  expect(await zuid.ask(OneChannel, path)).toMatchObject({ enabled: true })
})

test('a channel without messages is taken away with its key; one over which messages came is turned off', async () => {
  const body = { port: 0, tls: { certificate: server.cert }, key: { key: server.key, passphrase: '' } }
  expect((await put('mistake', { ...body, enabled: false })).status).toBe(200)
  const remove = (id: string) => it.fetch(`${CHANNELS}/${id}`, { method: 'DELETE', body: {} })
  expect((await remove('mistake')).status).toBe(200)
  expect((await remove('mistake')).status).toBe(404)
  const secret = api.installation.db.selectFrom('secret').select('name')
  expect(await secret.where('name', '=', channelKeySecret('mistake')).execute()).toEqual([])
  expect((await put('used', { port: 0 })).status).toBe(200)
  expect(await send(await portOf('used'), undefined, 'used-1')).toBe('AA')
  const refused = async () => {
    const answer = await remove('used')
    return [answer.status, await answer.text()]
  }
  expect(await refused()).toEqual([400, expect.stringContaining('turn it off first')])
  expect((await put('used', { port: 0, enabled: false })).status).toBe(200)
  await api.installation.db
    .updateTable('message')
    .set({ state: 'routed' })
    .where('channel', '=', 'used')
    .execute()
  expect(await refused()).toEqual([400, expect.stringContaining('leave it turned off instead')])
  await vi.waitFor(() => expect([...listening.ports.keys()]).not.toContain('used'), { timeout: 20_000 })
})

test('a change of a channel is put back by an administrator', async () => {
  expect((await put('back', { port: 2601, senders: ['LAB|NOORD'], enabled: false })).status).toBe(200)
  expect((await put('back', { port: 2602, senders: [], enabled: false })).status).toBe(200)
  const [last] = await api.installation.db
    .selectFrom('change')
    .select('id')
    .where('subject', '=', 'back')
    .orderBy('id', 'desc')
    .execute()
  const administrator = await api.as('administrator', 'noord')
  const undo = `/api/hospitals/noord/changes/${last?.id}/undo`
  expect((await administrator.fetch(undo, { method: 'POST', body: {} })).status).toBe(200)
  expect(await it.ask(OneChannel, `${CHANNELS}/back`)).toMatchObject({ port: 2601, senders: ['LAB|NOORD'] })
})
