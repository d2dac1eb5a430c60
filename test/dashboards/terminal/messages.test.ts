import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { momentOf, readSearch } from '../../../dashboards/terminal/message-question.ts'
import { openKeyFile } from '../../../orchestrator/secrets/key-file.ts'
import { routeMessage } from '../../../orchestrator/triggers/hl7.ts'
import { adt, bytesOf } from '../../connectors/hl7/samples.ts'
import {
  messageAbout,
  openMessageBench,
  storeAll,
  type MessageBench,
} from '../../orchestrator/triggers/message-bench.ts'
import { ROOT } from '../../source-files.ts'
import { openCommandLine, type CommandLine } from './run-cli.ts'

let bench: MessageBench
let line: CommandLine
let aside: string
let held: string

beforeAll(async () => {
  bench = await openMessageBench()
  line = await openCommandLine(bench.url)
  const secrets = await openKeyFile(line.home)
  const stored = await storeAll(bench.db, secrets, [
    messageAbout('M-1', ['4001'], 'ZZZ|X'),
    messageAbout('M-2', ['4001']),
    messageAbout('M-3', ['4002']),
  ])
  aside = stored[0]?.id ?? ''
  held = stored[1]?.id ?? ''
  for (const { id } of stored) await routeMessage({ ...bench, secrets }, id)
})

afterAll(async () => {
  await line[Symbol.asyncDispose]()
  await bench[Symbol.asyncDispose]()
})

/** Runs a command that must succeed, and gives its stdout without any patient in it or in stderr. */
async function ask(...args: string[]): Promise<string> {
  const { code, out, err } = await line.run(args)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).not.toMatch(/Vries|4001/)
  return out
}

describe('messages', () => {
  test('are listed with why they wait, without their content', async () => {
    const out = await ask('messages')
    expect(out).toMatch(/aside.*X is not handled/)
    expect(out).toMatch(new RegExp(`held[^]*behind[^]*${aside.slice(0, 18)},`))
    expect(out).toContain('routed')
  })

  test('are searched, for programs', async () => {
    const found: unknown = JSON.parse(
      await ask('messages', '--search', 'type=ADT^A08,sender=ZIS,state=aside,from=2020-01-01', '--json'),
    )
    expect(found).toMatchObject([{ id: aside, controlId: 'M-1', reason: 'X is not handled.' }])
    expect(await ask('messages', '--search', 'to=2020-01-01')).toBe('No such messages.\n')
  })

  test('of a patient are found by a number on standard input, never in the arguments', async () => {
    const cli = join(ROOT, 'dashboards/terminal/cli.ts')
    const child = spawn(process.execPath, [cli, 'messages', '--search', 'patient=-', '--json'], {
      env: { PATH: process.env['PATH'], ONTREGEL_HOME: line.home, DATABASE_URL: bench.url },
    })
    child.stdin.end('4001\n')
    const found: unknown = JSON.parse(await text(child.stdout))
    expect(found).toMatchObject([{ controlId: 'M-2' }, { controlId: 'M-1' }])
    const written = bench.db
      .selectFrom('access_entry')
      .select(['actor', 'patients'])
      .where('action', '=', 'search')
    expect(await written.execute()).toMatchObject([
      { actor: expect.stringMatching(/^terminal\/./), patients: [{}] },
    ])
    const { code, out, err } = await line.run(['messages', '--search', 'patient=4001'])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('patient=-')
    expect(err).not.toContain('4001')
  })

  test('are replayed and skipped by the beginning of their id', async () => {
    expect(await ask('messages', 'replay', aside.slice(0, 18), held, '--account', 'jdv01')).toBe(
      'Messages that are routed once more: 1. 1 waited already.\n',
    )
    expect((await bench.states())['M-1']).toBe('stored')
    await routeMessage({ ...bench, secrets: await openKeyFile(line.home) }, aside)
    const skip = ['messages', 'skip', aside, '--account', 'jdv01', '--reason', 'sent by mistake']
    expect(await ask(...skip)).toContain(`Message ${aside} was skipped`)
    expect(await line.run(skip)).toMatchObject({ code: 1, err: expect.stringContaining('was not set aside') })
    const named = await line.run(['messages', 'replay', aside, '--account', 'Jan de Vries'])
    expect(named).toMatchObject({ code: 1, err: expect.stringContaining('not your name') })
    expect(await line.run(['messages', 'replay', 'ffffffffffff', '--account', 'jdv01'])).toMatchObject({
      code: 1,
    })
  })
})

test('messages that are found are replayed together, to the version that runs now or only to the same', async () => {
  const { db } = bench
  const replay = (...more: string[]) =>
    ask('messages', 'replay', '--account', 'jdv01', '--search', 'type=ADT^A08,state=routed', ...more)
  await db.updateTable('message').set({ state: 'routed', read_by: '{}' }).execute()
  const [one] = await db.selectFrom('message').select('id').orderBy('place', 'desc').limit(1).execute()
  await db
    .updateTable('message')
    .set({ read_by: JSON.stringify({ 'referral-intake': '0.0.1+earlier' }) })
    .where('id', '=', one?.id ?? '')
    .execute()
  expect(await replay('--bot-version', 'same')).toMatch(
    /^Messages that are routed once more: 2\. 1 were left as they are: another version of the robot read them/,
  )
  await db.updateTable('message').set({ state: 'routed' }).execute()
  expect(await replay('--limit', '2')).toBe(
    'Messages that are routed once more: 2. More match: give --limit a higher number.\n',
  )
  expect(await replay()).toBe('Messages that are routed once more: 1.\n')
  expect(await replay()).toBe('No such messages.\n')
  const wrong = await line.run(['messages', 'replay', '--account', 'jdv01'])
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('or --search') })
})

test('channels are listed, for people and for programs', async () => {
  expect(await ask('channels')).toMatch(/adt.*oost.*any.*8859\/1.*90/)
  expect(JSON.parse(await ask('channels', '--json'))).toMatchObject([{ id: 'adt', retentionDays: 90 }])
})

test.each([
  ['colour=red', 'choose from type, sender, control, state, channel, patient, from, to'],
  ['state=lost', 'Option --search: state'],
  ['type=adt', 'write ADT or ADT^A08'],
  ['from=yesterday', 'write a date or a time'],
  ['aside', 'write it as name=value'],
])('--search %s is refused with what is right', (search, sentence) => {
  expect(() => readSearch(search)).toThrow(sentence)
})

test('a moment is on the clock of the hospital', () => {
  expect(momentOf('2026-07-01T10:00', 'Europe/Amsterdam')).toEqual(new Date('2026-07-01T08:00:00Z'))
  expect(momentOf('2026-12-01', 'Europe/Amsterdam')).toEqual(new Date('2026-11-30T23:00:00Z'))
  expect(() => momentOf('2026-02-31', 'Europe/Amsterdam')).toThrow('no 2026-02-31')
})

describe('hl7 check', () => {
  test('tells what is odd, and whether every byte would be the same', async () => {
    const file = join(line.home, 'day.hl7')
    const odd = adt({ id: 'M2', charset: 'KOI8', pid5: 'van \\X41\\ken&van&Aken^Jans' })
    await writeFile(file, bytesOf(adt({ id: 'M1' }) + odd))
    const out = await ask('hl7', 'check', file)
    expect(out.split('\n')[0]).toBe(`${file} 1: ADT^A08 M1 2.4 8859/1, every byte unchanged, nothing odd`)
    expect(out.split('\n')[1]).toContain('written otherwise: PID-5.1')
    expect(JSON.parse(await ask('hl7', 'check', file, '--json'))).toMatchObject([
      {
        number: 1,
        readable: true,
        type: 'ADT^A08',
        controlId: 'M1',
        charset: '8859/1',
        odd: [],
        unchanged: true,
      },
      { number: 2, unchanged: false, changed: ['PID-5.1'], odd: [expect.stringContaining('MSH-18')] },
    ])
  })

  test('ends with 1 at what is no message, and says nothing of it', async () => {
    const file = join(line.home, 'letter.hl7')
    await writeFile(file, 'Geachte heer de Vries')
    const { code, out } = await line.run(['hl7', 'check', file])
    expect(code).toBe(1)
    expect(out).toBe(`${file} 1: cannot be read: it is no HL7 message: it does not begin with MSH\n`)
    expect(await line.run(['hl7', 'check', `${file}.gone`])).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be read: check its name'),
    })
  })
})

describe('hl7 send', () => {
  /** Answers each message with the next of these codes. */
  async function openReceiver(codes: string[]) {
    const server = createServer((socket) => {
      socket.on('data', (chunk) => {
        for (const [, id] of chunk.toString('latin1').matchAll(/\|(M\d)\|P\|/g)) {
          const answer = `MSH|^~\\&|R|R|Z|Z|20261122||ACK|A${id}|P|2.4\rMSA|${codes.shift()}|${id}\r`
          socket.write(`\x0b${answer}\x1c\r`)
        }
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    return {
      to: `127.0.0.1:${port}`,
      [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
    }
  }

  test('sends one after another and tells each answer', async () => {
    await using receiver = await openReceiver(['AA', 'AA'])
    const file = join(line.home, 'two.hl7')
    await writeFile(file, bytesOf(adt({ id: 'M1' }) + adt({ id: 'M2' })))
    expect(await ask('hl7', 'send', file, '--to', receiver.to)).toBe(
      `${file} 1: ADT^A08 M1 AA\n${file} 2: ADT^A08 M2 AA\n`,
    )
  })

  test('stops at the first that is not taken', async () => {
    await using receiver = await openReceiver(['AA', 'AE', 'AA'])
    const file = join(line.home, 'three.hl7')
    await writeFile(file, bytesOf(['M1', 'M2', 'M3'].map((id) => adt({ id })).join('')))
    const { code, out, err } = await line.run(['hl7', 'send', file, '--to', receiver.to])
    expect({ code, err }).toEqual({ code: 1, err: 'Not sent, because the one before was not taken: 1.\n' })
    expect(out.split('\n').slice(0, 2)).toEqual([
      `${file} 1: ADT^A08 M1 AA`,
      expect.stringContaining(`${file} 2: ${receiver.to} refused the HL7 message (AE)`),
    ])
  })

  test('says so when nobody listens', async () => {
    const receiver = await openReceiver([])
    await receiver[Symbol.asyncDispose]()
    const file = join(line.home, 'one.hl7')
    await writeFile(file, bytesOf(adt()))
    const { code, out } = await line.run(['hl7', 'send', file, '--to', receiver.to])
    expect(code).toBe(1)
    expect(out).toContain('cannot be reached')
  })
})
