import { buildMessage } from '../../connectors/hl7/build.ts'
import { addSegment, setValue } from '../../connectors/hl7/edit.ts'
import { examine } from '../../connectors/hl7/examine.ts'
import { readMessage, type Hl7Message } from '../../connectors/hl7/message.ts'
import { splitMessages } from '../../connectors/hl7/split.ts'
import { adt } from '../connectors/hl7/samples.ts'
import type { Random } from '../practice-hospital/random.ts'
import { adtMessage } from '../speed/hl7-messages.ts'
import { valueOrFailure, type Case, type Fuzzing } from './fuzzing.ts'
import { openListenerUnderFire } from './listener-under-fire.ts'
import { mutated, noise } from './mutate.ts'

const text = (raw: string) => Buffer.from(raw, 'latin1')

/** Dutch messages of the tests, in every character set and line end, alone and in batches. */
const CORPUS: readonly Buffer[] = [
  ...['8859/1', '8859/15', 'UNICODE UTF-8', 'ASCII', ''].map((charset) => text(adt({ charset }))),
  ...['2.2', '2.5', '2.8'].map((version) => text(adt({ version, modes: 'AL|AL' }))),
  text(adt({ pid5: '\\X4A\\an\\.br\\\\F\\\\E\\"" ""' })),
  text(adt().replaceAll('\r', '\r\n')),
  text(adt().replaceAll('\r', '\n')),
  text(`FHS|^~\\&\rBHS|^~\\&\r${adt()}${adt({ id: 'M2' })}BTS|2\rFTS|1\r`),
  text(adt().replaceAll('|', '#').replaceAll('^', '*')),
  adtMessage('S1'),
]

const TOKENS: readonly Buffer[] = [
  ...[
    '\x0b',
    '\x1c\r',
    '\x1c',
    '\x0b\x0bMSH|',
    'MSH|^~\\&|',
    'MSH',
    'BHS|^~\\&',
    'PID|',
    '\rPID|',
    '\r',
    '\n',
  ],
  ...[
    '|',
    '^',
    '~',
    '\\',
    '&',
    '""',
    '\\X',
    '\\X00\\',
    '\\F\\',
    '\\.br\\',
    '\xef\xbb\xbf',
    '\x00',
    '\xff\xfe',
    '€',
  ],
  ...['MSA|AA|1', 'ACK^A08', '8859/15', '~'.repeat(12_000), '\r'.repeat(2000), '\n'.repeat(2000)],
].map(text)

const PATHS = [
  'MSH-1',
  'MSH-2',
  'MSH-9.2',
  'MSH-10',
  'PID-3',
  'PID-3[2].1',
  'PID-5.1.2',
  'PID-30',
  'OBX[3]-5',
  'ZZZ-9',
]

/** Messages, read, edited and built; and bytes on the port of a running listener. */
export async function open(): Promise<Fuzzing> {
  const listener = await openListenerUnderFire()
  const checks: Readonly<Record<string, (bytes: Buffer) => Promise<void>>> = {
    'bytes on the port': (bytes) => listener.send(bytes),
    'read a message': readAll,
    'edit a message': edit,
    'build a message': build,
  }
  return {
    make: (random) => make(random, random.pick(Object.keys(checks))),
    check: async ({ what, bytes }) => {
      const check = checks[what]
      if (!check) throw new Error(`There is nothing that does "${what}".`)
      await check(bytes)
    },
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  }
}

function make(random: Random, what: string): Case {
  const corpus = what === 'bytes on the port' ? CORPUS.map(framed) : CORPUS
  return { what, bytes: random.chance(0.05) ? noise(random) : mutated(corpus, TOKENS, random) }
}

const framed = (bytes: Buffer) => Buffer.concat([text('\x0b'), bytes, text('\x1c\r')])

async function readAll(bytes: Buffer): Promise<void> {
  await valueOrFailure(() => splitMessages(bytes))
  const read = await valueOrFailure(() => readMessage(bytes))
  if (!read) return
  const message = read.value
  for (const path of PATHS) {
    await valueOrFailure(() => message.all(path))
    await valueOrFailure(() => [message.get(path), message.isNull(path), message.range(path)])
  }
  await valueOrFailure(() => message.segments().map((segment) => segment.all('3')))
  await valueOrFailure(() => message.groups('PID').map((group) => group.get('PV1-3')))
  await valueOrFailure(() => examine(message))
  if (!message.bytes.equals(bytes)) throw new Error('The bytes of a message were changed.')
}

/** What was written is read back, and all other bytes stay as they were. */
async function edit(bytes: Buffer): Promise<void> {
  const read = await valueOrFailure(() => readMessage(bytes))
  if (!read) return
  const written = read.value.get('PID-5') ?? 'Jan | & ^ ~ \\ Jansen'
  for (const path of ['PID-5.1.2', 'PID-3[2].1', 'MSH-10']) {
    const edited = await valueOrFailure(() => setValue(read.value, path, written))
    if (edited) await expectValue(edited.value, read.value, path, written)
  }
  const added = await valueOrFailure(() => addSegment(read.value, 'NTE', ['1', written], 'PID'))
  if (added) await valueOrFailure(() => readMessage(added.value).all('NTE-2'))
}

async function expectValue(edited: Buffer, before: Hl7Message, path: string, written: string): Promise<void> {
  const after = await valueOrFailure(() => readMessage(edited, { defaultCharset: before.charset }))
  if (!after || (after.value.get(path) ?? '') !== written)
    throw new Error(`${path} is read back differently.`)
  const range = before.range(path)
  if (!range) return
  const tail = before.bytes.subarray(range.end)
  const isKept = edited.subarray(0, range.start).equals(before.bytes.subarray(0, range.start))
  if (!isKept || !edited.subarray(edited.length - tail.length).equals(tail))
    throw new Error(`Setting ${path} changed other bytes.`)
}

/** A text of any signs, written into a new message, is read back as it was. */
async function build(bytes: Buffer): Promise<void> {
  const value = bytes.toString('utf8').slice(0, 2000)
  const party = { application: 'ZIS', facility: 'UMC' }
  const built = await valueOrFailure(() =>
    buildMessage(
      {
        sender: party,
        receiver: party,
        type: 'ADT',
        trigger: 'A08',
        controlId: '1',
        time: new Date(0),
        version: '2.5',
        charset: 'UNICODE UTF-8',
      },
      [['PID', '1', '', [value, [value, value]]]],
    ),
  )
  if (!built) return
  const message = readMessage(built.value)
  if ([message.get('PID-3.1'), message.get('PID-3.2.2')].some((read) => (read ?? '') !== value))
    throw new Error('A built value is read back differently.')
}
