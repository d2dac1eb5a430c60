import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineBot, type Bot } from '../../../bots/bot.ts'
import { Failure } from '../../../connectors/failure.ts'
import { createSender, type Sender } from '../../../connectors/hl7/sender.ts'
import { silentLog } from '../../../connectors/log.ts'
import type { Bell, Doorbell } from '../../../orchestrator/queue/doorbell.ts'
import { secretBox, type SecretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { openChannels } from '../../../orchestrator/triggers/channels.ts'
import { routeMessage } from '../../../orchestrator/triggers/hl7.ts'
import { connectPeer } from '../../connectors/hl7/peer.ts'
import { asOwner } from '../../owner.ts'
import { openBench, PLAIN_DEPLOYMENT, type Bench } from '../work/bench.ts'

const listening: Bot = defineBot({
  name: 'test-bot',
  title: { nl: 'Proef', en: 'Test' },
  purpose: { nl: 'Proef.', en: 'Test.' },
  activity: 'reporting',
  variants: { plain: { nl: 'gewoon', en: 'plain' } },
  settings: z.object({}),
  systems: {},
  item: z.object({ reference: z.string().min(1, 'must be filled in') }),
  reference: (item) => item.reference,
  hl7(message) {
    if (message.get('PID-30') === 'X') throw new Failure('business', 'no-x', 'X is not a death indicator.')
    return message.get('PID-30') === 'Y' ? [{ reference: message.get('PID-3.1') ?? '' }] : []
  },
  process: () => Promise.resolve({ variant: 'plain' as const }),
})

interface Door extends AsyncDisposable {
  readonly port: number
  readonly sender: Sender
  readonly rung: Bell[]
  /** All that was acknowledged is sorted and rung for. */
  idle(): Promise<void>
  route(): Promise<string[]>
}

const message = (controlId: string, patient: string, dead = 'Y', type = 'ADT^A08') =>
  Buffer.from(
    [
      `MSH|^~\\&|ZIS|OOST|ONTREGEL|OOST|20261121120000||${type}|${controlId}|P|2.4|||||NLD|8859/1`,
      `PID|1||${patient}^^^ZIS^PI||de Vries^A||19480309|F${'|'.repeat(22)}${dead}`,
    ].join('\r'),
    'latin1',
  )

/** A channel on a free port, and a sender that reaches it. */
async function openDoor(bench: Bench, secrets: SecretBox): Promise<Door> {
  await putDeployment(bench.db, {
    ...PLAIN_DEPLOYMENT,
    id: 'oost-test',
    triggers: [{ id: 'oost-adt', messageTypes: ['ADT^A08'] }],
  })
  await bench.db.insertInto('channel').values({ id: 'adt', hospital: 'oost', port: 0, senders: [] }).execute()
  const rung: Bell[] = []
  const doorbell: Doorbell = {
    backend: 'postgres',
    ring: (bells) => Promise.resolve(void rung.push(...bells)),
    answer: () => Promise.reject(new Error('Nobody answers here.')),
    counts: () => Promise.resolve({ waiting: 0, delayed: 0, active: 0 }),
    close: () => Promise.resolve(),
  }
  const channels = await openChannels({ db: bench.db, doorbell, secrets, host: '127.0.0.1', log: silentLog })
  const port = channels.ports.get('adt') ?? 0
  const sender = createSender({ id: 'zis', host: '127.0.0.1', port }, silentLog, () =>
    expect.fail('An answer came late.'),
  )
  const bots = new Map([[listening.name, listening]])
  return {
    port,
    sender,
    rung,
    idle: () => channels.idle(),
    async route() {
      await channels.idle()
      const stored = await bench.db
        .selectFrom('message')
        .select('id')
        .where('state', '=', 'stored')
        .orderBy('place')
        .execute()
      const items = []
      for (const { id } of stored) items.push(await routeMessage({ db: bench.db, bots, secrets }, id))
      return items.flat()
    },
    async [Symbol.asyncDispose]() {
      await sender.close()
      await channels.close()
    },
  }
}

const states = async (bench: Bench) =>
  (await bench.db.selectFrom('message').select('state').orderBy('received_at').execute()).map(
    (row) => row.state,
  )

test('a message is in the ledger, sealed, when it is acknowledged, and then becomes an item of its deployment', async () => {
  await using bench = await openBench()
  const secrets = secretBox(randomBytes(32))
  await using door = await openDoor(bench, secrets)
  expect((await door.sender.send(message('M-1', '4001'))).code).toBe('AA')
  const stored = await bench.db.selectFrom('message').selectAll().executeTakeFirstOrThrow()
  expect(stored).toMatchObject({ control_id: 'M-1', sender: 'ZIS|OOST', state: 'stored' })
  expect(stored.sealed.includes(Buffer.from('Vries'))).toBe(false)
  expect(secrets.open('message|oost|adt', stored.sealed)).toEqual(message('M-1', '4001'))
  await door.idle()
  expect(door.rung).toMatchObject([{ kind: 'message', id: stored.id }])
  expect(await door.route()).toHaveLength(1)
  expect(await bench.db.selectFrom('run').select(['kind', 'found', 'added']).execute()).toEqual([
    { kind: 'hl7', found: 1, added: 1 },
  ])
})

test('the same message again gets the same answer and makes nothing; other content under its id gets AE and an alarm', async () => {
  await using bench = await openBench()
  await using door = await openDoor(bench, secretBox(randomBytes(32)))
  const first = await door.sender.send(message('M-1', '4001'))
  const again = await door.sender.send(message('M-1', '4001'))
  expect(again.message.bytes).toEqual(first.message.bytes)
  await expect(door.sender.send(message('M-1', '4002'))).rejects.toMatchObject({ code: 'hl7-refused' })
  expect(await states(bench)).toEqual(['stored'])
  expect(await bench.db.selectFrom('alarm').select('kind').execute()).toEqual([{ kind: 'message-differs' }])
  expect(await door.route()).toHaveLength(1)
})

test('when the ledger cannot be written the sender is told so and may send again', async () => {
  await using bench = await openBench()
  await using door = await openDoor(bench, secretBox(randomBytes(32)))
  await asOwner(bench.url, sql`ALTER TABLE message RENAME TO message_away`)
  await expect(door.sender.send(message('M-1', '4001'))).rejects.toMatchObject({ code: 'hl7-refused' })
  await asOwner(bench.url, sql`ALTER TABLE message_away RENAME TO message`)
  expect((await door.sender.send(message('M-1', '4001'))).code).toBe('AA')
})

test('a message of another type, or without work in it, is kept and does nothing', async () => {
  await using bench = await openBench()
  await using door = await openDoor(bench, secretBox(randomBytes(32)))
  await door.sender.send(message('M-1', '4001', 'Y', 'ADT^A01'))
  await door.sender.send(message('M-2', '4001', 'N'))
  expect(await door.route()).toEqual([])
  expect(await states(bench)).toEqual(['ignored', 'ignored'])
})

test('a message that cannot be handled is set aside with its reason, and the rest flows', async () => {
  await using bench = await openBench()
  await using door = await openDoor(bench, secretBox(randomBytes(32)))
  await door.sender.send(message('M-1', '4001', 'X'))
  await door.sender.send(message('M-2', '4002'))
  expect(await door.route()).toHaveLength(1)
  expect(await states(bench)).toEqual(['aside', 'routed'])
  const alarm = await bench.db.selectFrom('alarm').selectAll().executeTakeFirstOrThrow()
  expect(alarm.sentence).toBe('Channel adt: a message was set aside: X is not a death indicator.')
  const row = await bench.db
    .selectFrom('message')
    .select(['reason', 'reason_code'])
    .where('state', '=', 'aside')
    .executeTakeFirst()
  expect(row).toEqual({
    reason: 'X is not a death indicator.',
    reason_code: expect.stringMatching(/^[a-z-]+$/),
  })
})

test('an item that its message leaves incomplete is parked, not lost', async () => {
  await using bench = await openBench()
  await using door = await openDoor(bench, secretBox(randomBytes(32)))
  await door.sender.send(message('M-1', ''))
  expect(await door.route()).toEqual([])
  const item = await bench.db.selectFrom('item').selectAll().executeTakeFirstOrThrow()
  expect(item).toMatchObject({
    state: 'parked',
    sentence: 'Field reference in the item of test-bot: must be filled in.',
  })
})

test('a message that is routed by two workers at once makes its items once', async () => {
  await using bench = await openBench()
  await using door = await openDoor(bench, secretBox(randomBytes(32)))
  await door.sender.send(message('M-1', '4001'))
  const routed = await Promise.all([door.route(), door.route(), door.route()])
  expect(routed.flat()).toHaveLength(1)
})

test.each([
  ['a NUL', 'M\\X00\\1'],
  ['more signs than a name may have', randomBytes(4000).toString('hex')],
])('a header with %s is refused and does not take its neighbours along', async (_what, controlId) => {
  await using bench = await openBench()
  await using door = await openDoor(bench, secretBox(randomBytes(32)))
  const both = Buffer.concat([message(controlId, '4001'), Buffer.from('\r'), message('M-2', '4002')])
  const peer = await connectPeer(door.port)
  peer.send(both.toString('latin1'))
  const codes = (await peer.answers(2)).map((answer) => /MSA\|(\w\w)/.exec(answer)?.[1])
  peer.socket.destroy()
  expect(codes).toEqual(['AR', 'AA'])
  expect(await states(bench)).toEqual(['stored'])
})
