import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asOwner } from '../../owner.ts'
import { createAuthority } from '../../connectors/hl7/certificates.ts'
import { connectPeer } from '../../connectors/hl7/peer.ts'
import { openChannelsBench } from './channels-bench.ts'

const authority = createAuthority('practice authority')
const other = createAuthority('another authority')
const server = authority.issue('ontregel')
const client = authority.issue('zis')
const trusted = { ca: authority.cert }

test('a channel with TLS listens with the certificate of its row and the key of its secret', async () => {
  await using with_ = await openChannelsBench()
  await with_.put({ id: 'adt', port: 0, tls: { certificate: server.cert } })
  await with_.enterKey('adt', { key: server.key })
  const channels = await with_.open()
  expect((await with_.send(channels.ports.get('adt'), trusted)).code).toBe('AA')
  expect(await with_.summary('adt')).toMatchObject({ tls: 'tls', problem: null, problemCode: null })
  expect(channels.sentences()[0]).toMatch(/^HL7 channel adt listens on 127\.0\.0\.1:\d+ with TLS\.$/)
  // Twins: without TLS nothing is understood, and who trusts another authority sends nothing.
  await expect(with_.send(channels.ports.get('adt'))).rejects.toMatchObject({ code: 'hl7-connection-lost' })
  await expect(with_.send(channels.ports.get('adt'), { ca: other.cert })).rejects.toMatchObject({
    code: 'hl7-certificate',
  })
  expect(await with_.stored()).toBe(1)
})

test.each([
  ['the right certificate comes in', client, 1],
  ['no certificate does not', undefined, 0],
  ['a certificate of a stranger does not', other.issue('stranger'), 0],
])('mutual TLS: %s', async (_what, own, stored) => {
  await using with_ = await openChannelsBench()
  await with_.put({
    id: 'adt',
    port: 0,
    tls: { certificate: server.cert, clientAuthorities: authority.cert },
  })
  await with_.enterKey('adt', { key: server.key })
  const channels = await with_.open()
  const sent = await with_.send(channels.ports.get('adt'), { ...trusted, ...own }).catch(() => undefined)
  expect(sent?.code).toBe(stored === 1 ? 'AA' : undefined)
  expect(await with_.stored()).toBe(stored)
  expect((await with_.summary('adt')).tls).toBe('mutual')
})

test('a channel whose key is missing or another one stays shut, says so, and keeps no other shut; entered, it opens', async () => {
  await using with_ = await openChannelsBench()
  await with_.put({ id: 'adt', port: 0, tls: { certificate: server.cert } })
  await with_.put({ id: 'oru', port: 0 })
  await with_.bench.db
    .insertInto('secret')
    .values({ hospital: 'oost', name: 'channel/adt/certificate', version: 1, sealed: Buffer.from('-') })
    .execute()
  const channels = await with_.open()
  expect([...channels.ports.keys()]).toEqual(['oru'])
  expect((await with_.summary('adt')).problem).toBe(
    'Secret "channel/adt/certificate-key" is not filled in at hospital oost: enter it.',
  )
  expect((await with_.summary('adt')).problemCode).toBe('secret-missing')
  await with_.enterKey('adt', { key: client.key })
  await channels.look()
  await channels.look()
  expect((await with_.summary('adt')).problemCode).toBe('channel-key')
  expect((await with_.summary('adt')).problem).toContain('is not the key of the certificate of channel adt')
  const alarms = await with_.bench.db.selectFrom('alarm').select('kind').execute()
  expect(alarms).toEqual([{ kind: 'channel-shut' }, { kind: 'channel-shut' }])
  await with_.enterKey('adt', { key: server.key })
  await channels.look()
  expect((await with_.send(channels.ports.get('adt'), trusted)).code).toBe('AA')
  expect(await with_.summary('adt')).toMatchObject({ problem: null, problemCode: null })
})

test('what changes takes effect at the next look, and what does not change keeps its connections', async () => {
  await using with_ = await openChannelsBench()
  await with_.put({ id: 'adt', port: 0 })
  await with_.put({ id: 'oru', port: 0 })
  const channels = await with_.open()
  const [adt = 0, oru] = [channels.ports.get('adt'), channels.ports.get('oru')]
  const peer = await connectPeer(adt)
  await with_.put({ id: 'oru', port: 0, senders: ['LAB|OOST'] })
  await sql`UPDATE channel SET retention_days = 30`.execute(with_.bench.db)
  await channels.look()
  expect(channels.ports.get('adt')).toBe(adt)
  expect(peer.socket.readyState).toBe('open')
  await expect(with_.send(channels.ports.get('oru'))).rejects.toMatchObject({ code: 'hl7-refused' })
  expect(channels.ports.get('oru')).not.toBe(oru)
  await with_.put({ id: 'adt', port: 0, enabled: false })
  await channels.look()
  await peer.closed
  expect([...channels.ports.keys()]).toEqual(['oru'])
  await with_.put({ id: 'adt', port: adt })
  await channels.look()
  expect((await with_.send(adt)).code).toBe('AA')
})

test('limits are those of the row', async () => {
  await using with_ = await openChannelsBench()
  await with_.put({ id: 'adt', port: 0, limits: { connections: 1, frameBytes: 1000 } })
  const channels = await with_.open()
  const port = channels.ports.get('adt') ?? 0
  const first = await connectPeer(port)
  first.send(`MSH|^~\\&|ZIS|OOST|||20261121||ADT^A08|M-0|P|2.4\rNTE|${'x'.repeat(1000)}`)
  expect((await first.answers(1))[0]).toMatch(/MSA\|A[ER]/)
  expect(await with_.stored()).toBe(0)
  const second = await connectPeer(port)
  await second.closed
  expect(second.received()).toContain('as many connections as it takes')
  first.socket.destroy()
})

test('a channel listens on its own address, or else on that of the settings', async () => {
  await using with_ = await openChannelsBench()
  await with_.put({ id: 'adt', port: 0 })
  await with_.put({ id: 'oru', port: 0, host: '127.0.0.2' })
  const channels = await with_.open()
  const [adt, oru] = channels.sentences().toSorted()
  expect(adt).toContain('127.0.0.1:')
  expect(oru).toContain('127.0.0.2:')
  await expect(connectPeer(channels.ports.get('oru') ?? 0)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test.each([
  ['id', { id: 'A B', port: 0 }],
  ['port', { id: 'oru', port: 70_000 }],
  ['port', { id: 'oru', port: 2575 }],
  ['host', { id: 'oru', port: 0, host: 'epd.hospital.example' }],
  ['senders.0', { id: 'oru', port: 0, senders: ['ZIS'] }],
  ['charset', { id: 'oru', port: 0, charset: 'KOI8-R' }],
  ['retentionDays', { id: 'oru', port: 0, retentionDays: 0 }],
  ['limits.frameBytes', { id: 'oru', port: 0, limits: { frameBytes: 5 } }],
  ['limits.speed', { id: 'oru', port: 0, limits: { speed: 5 } as object }],
  ['tls.certificate', { id: 'oru', port: 0, tls: { certificate: server.key } }],
  ['tls.certificate', { id: 'oru', port: 0, tls: { certificate: server.cert + server.key } }],
  [
    'tls.clientAuthorities',
    { id: 'oru', port: 0, tls: { certificate: server.cert, clientAuthorities: 'PEM' } },
  ],
])('a channel that is not right is refused by its field: %s', async (field, setup) => {
  await using with_ = await openChannelsBench()
  await with_.put({ id: 'adt', port: 2575 })
  const refused = await with_.put(setup).catch((error: unknown) => String(error))
  expect(refused).toContain(`Field ${field}: `)
  expect(refused).not.toContain('PRIVATE KEY')
  expect((await with_.bench.db.selectFrom('channel').select('id').execute()).length).toBe(1)
})

test('a channel of another hospital is not taken over', async () => {
  await using with_ = await openChannelsBench()
  await with_.put({ id: 'adt', port: 0 })
  await with_.bench.db.insertInto('hospital').values({ id: 'west', name: 'West' }).execute()
  const { putChannel } = await import('../../../orchestrator/ledger/channel-setup.ts')
  await expect(putChannel(with_.bench.db, { hospital: 'west', id: 'adt', port: 0 })).rejects.toThrow(
    'Field id: ',
  )
})

test('a channel that opens while its problem cannot be cleared is closed like any other, and cleared later', async () => {
  await using with_ = await openChannelsBench()
  const { db, url } = with_.bench
  const channels = await with_.open()
  await asOwner(
    url,
    sql`CREATE FUNCTION refuse_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full'; END $$`,
    sql`CREATE TRIGGER refuse_it BEFORE UPDATE ON channel FOR EACH ROW
      WHEN (NEW.problem IS NULL AND OLD.problem IS NOT NULL) EXECUTE FUNCTION refuse_it()`,
  )
  await with_.put({ id: 'adt', port: 0 })
  const problem = { problem: 'Shut.', problem_code: 'secret-missing' }
  await db.updateTable('channel').set(problem).execute()
  await expect(channels.look()).rejects.toThrow('disk full')
  const port = channels.ports.get('adt')
  expect((await with_.send(port)).code).toBe('AA')
  await channels.close()
  await expect(with_.send(port)).rejects.toMatchObject({ code: 'hl7-unreachable' })

  // Nor does one stay behind when opening fails as a whole, for nobody could close it.
  await db
    .updateTable('channel')
    .set({ ...problem, port: port ?? 0 })
    .execute()
  await expect(with_.open()).rejects.toThrow('disk full')
  await expect(with_.send(port)).rejects.toMatchObject({ code: 'hl7-unreachable' })
  await asOwner(url, sql`DROP TRIGGER refuse_it ON channel`)
  const again = await with_.open()
  expect((await with_.send(again.ports.get('adt'))).code).toBe('AA')
  expect(await with_.summary('adt')).toMatchObject({ problem: null, problemCode: null })
})
