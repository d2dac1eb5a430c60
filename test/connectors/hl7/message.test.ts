import { expect, test } from 'vitest'
import { readMessage } from '../../../connectors/hl7/message.ts'
import { adt, bytesOf } from './samples.ts'

const read = (raw: string) => readMessage(bytesOf(raw))

test('the header of a Dutch ADT', () => {
  const message = read(adt())
  expect(message).toMatchObject({
    type: 'ADT',
    trigger: 'A08',
    controlId: 'M1',
    version: '2.4',
    charset: '8859/1',
    sender: { application: 'ZIS', facility: 'UMC' },
    receiver: { application: 'ONTREGEL', facility: 'UMC' },
    odd: [],
  })
})

test.each<[string, string | undefined]>([
  ['PID-5.1', 'van der Berg&van der&Berg'],
  ['PID-5.1.1', 'van der Berg'],
  ['PID-5.1.2', 'van der'],
  ['PID-5.1.3', 'Berg'],
  ['PID-5.1.4', undefined],
  ['PID-5.2', 'Jans'],
  ['PID-5.2.1', 'Jans'],
  ['PID-5.3', undefined],
  ['PID-5.99', undefined],
  ['PID-3', '4711^^^ZIS^PI'],
  ['PID-3.1', '4711'],
  ['PID-3[2].1', '123456782'],
  ['PID-3[2].4', 'NLMINBIZA'],
  ['PID-3[4]', undefined],
  ['PID-11.1.3', '1'],
  ['PID-29', '20261120'],
  ['PID-30', 'Y'],
  ['PID-31', undefined],
  ['IN1-3.4', 'VEKTIS'],
  ['ZXX-4', 'vierde waarde'],
  ['MSH-1', '|'],
  ['MSH-2', '^~\\&'],
  ['MSH-3', 'ZIS'],
  ['MSH-9.2', 'A08'],
  ['OBX-5', undefined],
  ['PID[2]-5', undefined],
  ['PID[1]-5.2', 'Jans'],
])('get(%s) is %j', (path, value) => expect(read(adt()).get(path)).toBe(value))

test('before MSH-9 named the event, EVN-1 did', () => {
  expect(read('MSH|^~\\&|A||||||ADT|1|P|2.1\rEVN|A03').trigger).toBe('A03')
  expect(read('MSH|^~\\&|A|||||||1\rPID|1\rEVN|A03').trigger).toBe('')
})

test('all gives every repetition, aligned, with an empty one in its place', () => {
  const message = read(adt())
  expect(message.all('PID-3.1')).toEqual(['4711', '123456782', ''])
  expect(message.all('PID-3.5')).toEqual(['PI', 'NNNLD', 'XX'])
  expect(message.all('PID-3[2].1')).toEqual(['123456782'])
  expect(message.all('PID-4')).toEqual([])
})

const report =
  'MSH|^~\\&|LAB||||||ORU^R01|7|P|2.4\rPID|1\rOBR|1|a\rOBX|1|TX|g||x~y\rOBX|2|TX|h||z\rOBR|2|b\rOBX|1|TX|k||w\r'

test('occurrences, segments and groups', () => {
  const message = read(report)
  expect(message.get('OBX[3]-5')).toBe('w')
  expect(message.all('OBX-5')).toEqual(['x', 'y', 'z', 'w'])
  expect(message.all('OBX[2]-5')).toEqual(['z'])
  expect(message.segments('OBX').map((segment) => segment.get('3'))).toEqual(['g', 'h', 'k'])
  expect(message.segments('OBX')[0]?.all('5')).toEqual(['x', 'y'])
  expect(message.segments().map(({ name }) => name)).toEqual([
    'MSH',
    'PID',
    'OBR',
    'OBX',
    'OBX',
    'OBR',
    'OBX',
  ])
  const groups = message.groups('OBR')
  expect(groups.map((group) => [group.get('OBR-2'), group.all('OBX-5')])).toEqual([
    ['a', ['x', 'y', 'z']],
    ['b', ['w']],
  ])
  expect(groups[0]?.get('PID-1')).toBeUndefined()
})

test('empty, absent and the HL7 null are told apart', () => {
  const message = read('MSH|^~\\&|A|||||||1|P|2.4\rPID|1||""|x^""|')
  expect([message.get('PID-2'), message.isNull('PID-2')]).toEqual([undefined, false])
  expect([message.get('PID-3'), message.isNull('PID-3')]).toEqual(['', true])
  expect([message.get('PID-4.2'), message.isNull('PID-4.2'), message.isNull('PID-4')]).toEqual([
    '',
    true,
    false,
  ])
  expect(message.segments('PID')[0]?.isNull('3')).toBe(true)
})

test.each([
  ['a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f', 'a|b^c&d~e\\f'],
  ['eerste\\.br\\tweede\\.BR\\derde', 'eerste\ntweede\nderde'],
  ['\\X41\\\\X0D0A\\b', 'A\r\nb'],
  ['\\H\\vet\\N\\ gewoon', 'vet gewoon'],
  ['C:\\temp\\file\\F\\x', 'C:\\temp\\file|x'],
  ['half \\F', 'half \\F'],
  ['\\X4\\ \\XZZ\\ \\Z9\\ \\\\', '\\X4\\ \\XZZ\\ \\Z9\\ \\\\'],
  ['a\\.sp2\\b\\.sk 3\\c\\.in+4\\d', 'a\n\nb   cd'],
])('%j is read as %j', (raw, text) =>
  expect(read(`MSH|^~\\&|A|||||||1\rNTE|1||${raw}`).get('NTE-3')).toBe(text),
)

test.each([
  ['8859/15', 'caf\xe9 \xa4 12', 'café € 12'],
  ['8859/1', 'caf\xe9 \xa4 12', 'café ¤ 12'],
  ['UNICODE UTF-8', 'caf\xc3\xa9 \xe2\x82\xac', 'café €'],
  ['UNICODE UTF-8', '\\XE282AC\\ 12', '€ 12'],
  ['ASCII', 'caf\xe9', 'caf\ufffd'],
])('in %s %j is %j', (charset, raw, text) => {
  expect(read(`MSH|^~\\&|A|||||||1|P|2.4||||||${charset}\rNTE|1||${raw}`).get('NTE-3')).toBe(text)
})

test('an empty MSH-18 means the default of the channel', () => {
  const bytes = bytesOf('MSH|^~\\&|A|||||ADT|1|P|2.4\rNTE|1||\xa4')
  expect(readMessage(bytes, { defaultCharset: '8859/15' }).get('NTE-3')).toBe('€')
  expect(readMessage(bytes).get('NTE-3')).toBe('¤')
})

test('a wrong or unknown declaration is reported and the bytes are kept', () => {
  const wrong = bytesOf(adt({ pid5: 'Jos\xc3\xa9' }))
  expect(readMessage(wrong).odd).toEqual(['MSH-18 says 8859/1, but the bytes are UTF-8'])
  expect(readMessage(wrong).bytes).toBe(wrong)
  expect(read(adt({ charset: 'UNICODE UTF-16' })).odd[0]).toMatch(/not known here/)
  expect(read(adt({ charset: '8859/1~ISO IR87' })).odd[0]).toMatch(/only the first/)
})

test('custom delimiters, also of 2.7 with its truncation sign', () => {
  const message = read('MSH#*!?%$#APP#FAC#####ADT*A01#9#P#2.7\rPID#1##A%b*c!D##x?F?y?P?z|^~')
  expect(message).toMatchObject({ type: 'ADT', trigger: 'A01', controlId: '9', version: '2.7' })
  expect(message.get('PID-3[2]')).toBe('D')
  expect(message.get('PID-3.1.2')).toBe('b')
  expect(message.get('PID-5')).toBe('x#y$z|^~')
})

test.each(['\r', '\n', '\r\n', '\r\r\n'])('segments end in %j', (end) => {
  const message = read(adt().replaceAll('\r', end))
  expect(message.get('PID-5.2')).toBe('Jans')
  expect(message.segments().length).toBe(6)
})

test('a bare line feed inside a text does not end its segment', () => {
  const message = read('MSH|^~\\&|A|||||||1\rNTE|1||regel een\nregel twee|x\rPID|1||5')
  expect(message.get('NTE-3')).toBe('regel een\nregel twee')
  expect(message.get('PID-3')).toBe('5')
})

test.each(['2.2', '2.3', '2.3.1', '2.4', '2.5', '2.5.1', '2.6', '2.7', '2.8'])(
  'version %s is text',
  (version) => {
    expect(read(adt({ version })).version).toBe(version)
    expect(read(adt({ version })).get('PID-3[2].1')).toBe('123456782')
  },
)

test('a byte order mark and blank lines before MSH do not matter', () => {
  expect(read(`\xef\xbb\xbf\r\n${adt()}`).get('PID-5.2')).toBe('Jans')
})

test.each(['', 'hello', 'PID|1', 'MSH', 'MSH|', 'MSHA^~\\&A', 'MSH|abc|x', '\x00\x01', 'MSH "^~\\&"'])(
  '%j is not a readable message, and the sentence does not quote it',
  (raw) =>
    expect(() => read(raw)).toThrow(/^This is not a readable HL7 message: (it does not begin|MSH-1 and)/),
)

test.each([
  'PID',
  'PID-',
  'PID-0',
  'PID-5.',
  'PID-5.0',
  'pid-5',
  'PID-3[0]',
  'PID-3[1',
  'PID-5.1.2.3',
  'PID-5x',
  'PID-9999999',
  '',
  '1AB-3',
])('path %j is refused', (path) => expect(() => read(adt()).get(path)).toThrow(/is not a place/))

test('limits hold where something is read beyond them', () => {
  const limits = { segments: 100, repetitions: 50 }
  const many = readMessage(bytesOf(`MSH|^~\\&|A|||||||1\r${'NTE|1\r'.repeat(200)}`), { limits })
  expect(many.controlId).toBe('1')
  expect(() => many.get('ZZZ-1')).toThrow(/more than 100 segments/)
  const repeated = readMessage(bytesOf(`MSH|^~\\&|A|||||||1\rPID|1||${'x~'.repeat(60)}`), { limits })
  expect(() => repeated.all('PID-3')).toThrow(/more than 50 times/)
  expect(repeated.get('PID-3[50]')).toBe('x')
})

test('a million components cost no memory and hardly time', () => {
  const message = read(`MSH|^~\\&|A|||||||1\rPID|1||${'^'.repeat(1_000_000)}x`)
  expect(message.get('PID-3.99999')).toBeUndefined()
  expect(message.get('PID-4')).toBeUndefined()
})

test('line feeds in masses, and one that comes only at the end, cost hardly time', () => {
  const head = 'MSH|^~\\&|A|||||||1\r'
  const masses = read(`${head}NTE|1||a${'\n'.repeat(1_000_000)}b\rPID|1||5`)
  expect(masses.get('PID-3')).toBe('5')
  const late = read(`${head}${'NTE|1\r'.repeat(90_000)}NTE|2||a\nb\rPID|1||5`)
  expect([late.get('NTE[90001]-3'), late.get('PID-3')]).toEqual(['a\nb', '5'])
})

test('what stands beyond the head of a message is read as well as what stands in it', () => {
  const lines = Array.from({ length: 400 }, (_, n) => `OBX|${n}|TX|${'x'.repeat(n)}||value ${n}`)
  const message = read(`MSH|^~\\&|LAB||||||ORU^R01|7|P|2.4\r${lines.join('\r')}\r`)
  expect(message.all('OBX-5')).toEqual(lines.map((_, n) => `value ${n}`))
  expect(message.get('OBX[399]-3')).toBe('x'.repeat(398))
  const { start = 0, end = 0 } = message.range('OBX[300]-5') ?? {}
  expect(message.bytes.toString('latin1', start, end)).toBe('value 299')
})
