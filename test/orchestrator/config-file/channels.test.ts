import { expect, test } from 'vitest'
import { bots } from '../../../bots/index.ts'
import { applyConfig } from '../../../orchestrator/config-file/apply-config.ts'
import { configText, exportConfig } from '../../../orchestrator/config-file/export-config.ts'
import { readConfigFile } from '../../../orchestrator/config-file/read-config.ts'
import { createAuthority } from '../../connectors/hl7/certificates.ts'
import { openChannelsBench } from '../triggers/channels-bench.ts'
import { openBench, type Bench } from '../work/bench.ts'

const authority = createAuthority('practice authority')
const server = authority.issue('ontregel')
const indented = (pem: string) => pem.trimEnd().replaceAll('\n', '\n            ')

const FILE = `ontregel: 1
hospitals:
  - id: oost
    name: Ziekenhuis Oost
    channels:
      - id: adt
        port: 0
        host: 127.0.0.1
        tls:
          certificate: |
            ${indented(server.cert)}
          clientAuthorities: |
            ${indented(authority.cert)}
        senders: ["ZIS|OOST"]
        charset: 8859/15
        retentionDays: 30
        limits: { frameBytes: 60000000, connections: 4 }
      - { id: oru, port: 0, enabled: false }
`

const apply = async ({ db }: Pick<Bench, 'db'>, text: string) =>
  (await applyConfig(db, readConfigFile(text), { bots, account: 'ada', today: '2026-11-21', dryRun: false }))
    .changes

test('a file sets up channels whole; who listens takes them over once the key is entered', async () => {
  await using with_ = await openChannelsBench()
  const channels = await with_.open()
  const applied = await apply(with_.bench, FILE)
  expect(applied.filter(({ what }) => what === 'channel').map(({ subject }) => subject)).toEqual([
    'adt',
    'oru',
  ])
  await channels.look()
  expect((await with_.summary('adt')).problem).toContain('is not filled in at hospital oost: enter it.')
  await with_.enterKey('adt', { key: server.key })
  await channels.look()
  const peer = { ca: authority.cert, ...authority.issue('zis') }
  expect((await with_.send(channels.ports.get('adt'), peer)).code).toBe('AA')
  expect(await with_.summary('adt')).toMatchObject({
    ...{ tls: 'mutual', problem: null, senders: ['ZIS|OOST'], charset: '8859/15', retentionDays: 30 },
    limits: { frameBytes: 60_000_000, connections: 4 },
  })
  expect(await with_.summary('oru')).toMatchObject({ enabled: false, tls: 'none', retentionDays: 90 })
})

test('what is exported has no key, sets up the same elsewhere, and changes nothing where it came from', async () => {
  await using with_ = await openChannelsBench()
  await using elsewhere = await openBench()
  await apply(with_.bench, FILE)
  await with_.enterKey('adt', { key: server.key, passphrase: 'open-sesame' })
  const text = configText(await exportConfig(with_.bench.db, 'oost'))
  expect(text).toContain('BEGIN CERTIFICATE')
  expect(text).not.toMatch(/PRIVATE KEY|open-sesame/)
  expect(await apply(with_.bench, text)).toEqual([])
  await apply(elsewhere, text)
  const [there] = (await exportConfig(elsewhere.db, 'oost')).hospitals
  expect(there?.channels).toEqual((await exportConfig(with_.bench.db, 'oost')).hospitals[0]?.channels)
})

test.each([
  [
    'line 7, hospitals[0].channels[0].port: write 65535 at most',
    { 'port: 0\n        host': 'port: 70000\n        host' },
  ],
  ['line 8, hospitals[0].channels[0].host: write an address', { '127.0.0.1': 'epd.example' }],
  ['hospitals[0].channels[0].charset: write ASCII', { '8859/15': 'KOI8-R' }],
  ['hospitals[0].channels[0].tls.certificate: write certificates', { 'BEGIN CERTIFICATE': 'BEGIN NOTHING' }],
  ['hospitals[0].channels[1].key: is not known here', { 'enabled: false': 'key: secret' }],
  [
    'hospitals[0].channels[1].port: channel adt listens on 2575',
    { 'port: 0\n        host: 127.0.0.1': 'port: 2575', 'port: 0, enabled: false': 'port: 2575' },
  ],
])('a file that is not right changes nothing and says where: %s', async (sentence, changes) => {
  await using bench = await openBench()
  const broken = Object.entries(changes).reduce((text, [from, to]) => text.replace(from, to), FILE)
  await expect(apply(bench, broken)).rejects.toThrow(sentence)
  expect(await bench.db.selectFrom('channel').select('id').execute()).toEqual([])
})
