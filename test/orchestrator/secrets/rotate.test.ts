import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { keepEvidence, readEvidence } from '../../../orchestrator/ledger/evidence.ts'
import { openDoorLedger } from '../../../orchestrator/ledger/open-ledger.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { keyFile } from '../../../orchestrator/secrets/key-file.ts'
import { keySetting } from '../../../orchestrator/secrets/key-source.ts'
import { takeLastingKey } from '../../../orchestrator/secrets/lasting-key.ts'
import { openKeys, type Keys } from '../../../orchestrator/secrets/open-keys.ts'
import { rotateKeys } from '../../../orchestrator/secrets/rotate.ts'
import { putSecret, readSecret } from '../../../orchestrator/secrets/secrets.ts'
import { openTotp, sealTotp } from '../../../orchestrator/secrets/totp.ts'
import { messagePurpose } from '../../../orchestrator/triggers/sort-left-behind.ts'
import { addChannel, messageAbout, storeAll } from '../triggers/message-bench.ts'
import { openBench, WORKER, type Bench } from '../work/bench.ts'

let bench: Bench
let doorDb: LedgerDatabase
let folder: string

beforeAll(async () => {
  bench = await openBench()
  doorDb = openDoorLedger({ url: bench.url, onError: () => undefined })
  folder = await mkdtemp(join(tmpdir(), 'ontregel-keys-'))
})
afterAll(async () => {
  await doorDb.destroy()
  await bench[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const account = { id: 'jdv01', name: 'Test', language: 'nl' as const, state: 'active' as const }
const EMPTY = { password: null, totp_step: null, issuer: null, subject: null, signed_in_at: null }
const MESSAGES = Array.from({ length: 250 }, (_, number) => messageAbout(`M-${number}`, [`${4000 + number}`]))

let item: string

/** One of everything that is sealed, and messages for several turns. */
async function fill({ secrets }: Keys): Promise<void> {
  await putSecret(bench.db, secrets, { hospital: 'oost', name: 'system/epd', value: 'geheim' })
  item = await bench.addItem('R-1')
  const evidence = { item, attempt: 1, label: 'one', mediaType: 'text/plain', content: Buffer.from('bewijs') }
  await keepEvidence(bench.db, secrets, evidence)
  const totp = sealTotp(secrets, account.id, 'JBSWY3DP')
  await doorDb
    .insertInto('account')
    .values({ ...account, ...EMPTY, totp })
    .execute()
  await addChannel(bench.db, 'adt')
  await storeAll(bench.db, secrets, MESSAGES)
}

async function expectAllOpens({ secrets }: Keys): Promise<void> {
  expect(await readSecret(bench.db, secrets, 'oost', 'system/epd')).toBe('geheim')
  expect((await readEvidence(bench.db, secrets, item))[0]?.content.toString()).toBe('bewijs')
  const row = await doorDb
    .selectFrom('account')
    .select('totp')
    .where('id', '=', account.id)
    .executeTakeFirst()
  expect(openTotp(secrets, account.id, row?.totp ?? Buffer.alloc(0))).toBe('JBSWY3DP')
  const rows = await bench.db.selectFrom('message').select(['channel', 'sealed']).orderBy('place').execute()
  const messages = rows.map(({ channel, sealed }) => secrets.open(messagePurpose('oost', channel), sealed))
  expect(messages).toEqual(MESSAGES)
}

const rotation = (keys: Keys, say: (sentence: string) => void = () => undefined) => ({
  ...{ db: bench.db, doorDb, keys, leaseSeconds: 60, patienceSeconds: 0.1, say },
})

describe('rotating the key', () => {
  test('seals everything anew while it breaks off and goes on; fingerprints stay as they were', async () => {
    const keys = await openKeys(keyFile(folder))
    await takeLastingKey(bench.db, keys)
    await fill(keys)
    const fingerprint = keys.secrets.fingerprint('patient', '4001')
    const old = (await readFile(join(folder, 'secret.key'), 'utf8')).trim()

    // As a kill does: what is told half-way throws, and nothing after it runs.
    const half = (sentence: string) => {
      if (sentence.startsWith('message: 100 of')) throw new Error('killed')
    }
    await expect(rotateKeys(rotation(keys, half))).rejects.toThrow('killed')
    const restarted = await openKeys(keyFile(folder))
    await takeLastingKey(bench.db, restarted)
    expect(restarted.kept()).toHaveLength(2)
    await expectAllOpens(restarted)

    const said = vi.fn<(sentence: string) => void>()
    expect(await rotateKeys(rotation(restarted, said))).toBe(150)
    expect(said.mock.calls.flat()).toContainEqual(expect.stringContaining('An earlier rotation goes on'))
    const file = (await readFile(join(folder, 'secret.key'), 'utf8')).trim()
    expect(file).not.toContain(old)
    expect(file.split('\n')).toHaveLength(1)

    const after = await openKeys(keyFile(folder))
    await takeLastingKey(bench.db, after)
    await expectAllOpens(after)
    expect(after.secrets.fingerprint('patient', '4001')).toBe(fingerprint)
    const oldOnly = await openKeys(keySetting(old, []))
    await expect(readSecret(bench.db, oldOnly.secrets, 'oost', 'system/epd')).rejects.toThrow('another key')
  })

  test('waits for workers that have the old key, and says which; nothing was sealed anew by then', async () => {
    const keys = await openKeys(keyFile(folder))
    const values = { id: WORKER, host: 'ward-1', pid: 7, concurrency: 1, wanted_by: null, wanted_at: null }
    await bench.db
      .insertInto('worker')
      .values({ ...values, key_head: keys.secrets.head() })
      .execute()
    await expect(rotateKeys(rotation(keys))).rejects.toThrow('ward-1 (process 7)')
    await expectAllOpens(keys)
    await bench.db.updateTable('worker').set({ key_head: keys.secrets.head() }).execute()
    expect(await rotateKeys(rotation(keys))).toBeGreaterThan(250)
    await bench.db.deleteFrom('worker').execute()
  })

  test('with the key in the settings tells what a person does first', async () => {
    const [current = ''] = (await readFile(join(folder, 'secret.key'), 'utf8')).split('\n')
    const alone = await openKeys(keySetting(current, []))
    await expect(rotateKeys(rotation(alone))).rejects.toThrow('ONTREGEL_SECRET_KEY_OLD')
    const fresh = Buffer.alloc(32, 9).toString('base64')
    const both = await openKeys(keySetting(fresh, [current]))
    expect(await rotateKeys(rotation(both))).toBeGreaterThan(250)
    await writeFile(join(folder, 'secret.key'), fresh)
    await expectAllOpens(await openKeys(keySetting(fresh, [])))
  })
})

test.each(['', 'geheim', Buffer.alloc(31).toString('base64')])(
  'key %j is refused without being shown',
  async (key) => {
    const opened = openKeys(keySetting(key, []))
    await expect(opened).rejects.toMatchObject({ code: 'key-invalid' })
    if (key !== '') await expect(opened).rejects.not.toThrow(key)
  },
)
