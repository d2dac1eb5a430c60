import { expect, test } from 'vitest'
import { acknowledge } from '../../../connectors/hl7/acknowledge.ts'
import type { Verdict } from '../../../connectors/hl7/acknowledge.ts'
import { readMessage } from '../../../connectors/hl7/message.ts'
import { adt, bytesOf } from './samples.ts'

const tools = { now: () => new Date('2026-11-22T07:30:00Z'), newId: () => 'NEW1' }
const VERDICTS: Record<string, Verdict> = {
  accept: { answer: 'accept' },
  error: { answer: 'error', sentence: 'Not | kept.' },
  reject: { answer: 'reject', sentence: 'Unknown trigger.', code: 201 },
}
const read = (raw: string) => readMessage(bytesOf(raw))

function codes(modes: string, verdict: string): (string | undefined)[] {
  const { accept, application } = acknowledge(
    read(adt({ modes })),
    VERDICTS[verdict] ?? { answer: 'accept' },
    tools,
  )
  return [accept, application].map((bytes) => bytes && readMessage(bytes).get('MSA-1'))
}

test.each<[string, string, string | undefined, string | undefined]>([
  // MSH-15|MSH-16, verdict, accept level, application level
  ['|', 'accept', undefined, 'AA'],
  ['|', 'error', undefined, 'AE'],
  ['|', 'reject', undefined, 'AR'],
  ['AL|NE', 'accept', 'CA', undefined],
  ['AL|NE', 'error', 'CE', undefined],
  ['AL|NE', 'reject', 'CR', undefined],
  ['AL|AL', 'accept', 'CA', 'AA'],
  ['AL|AL', 'error', 'CE', undefined],
  ['AL|', 'accept', 'CA', undefined],
  ['NE|AL', 'accept', undefined, 'AA'],
  ['NE|AL', 'reject', undefined, 'AR'],
  ['|AL', 'accept', undefined, 'AA'],
  ['NE|NE', 'accept', undefined, undefined],
  ['NE|NE', 'error', undefined, undefined],
  ['ER|ER', 'accept', undefined, undefined],
  ['ER|NE', 'error', 'CE', undefined],
  ['ER|AL', 'accept', undefined, 'AA'],
  ['SU|SU', 'accept', 'CA', 'AA'],
  ['SU|NE', 'error', undefined, undefined],
  ['SU|ER', 'reject', undefined, 'AR'],
  ['20261122|8859/1', 'accept', undefined, 'AA'],
  ['al|ne', 'accept', 'CA', undefined],
])('MSH-15|16 "%s" and %s: %s and %s', (modes, verdict, accept, application) => {
  expect(codes(modes, verdict)).toEqual([accept, application])
})

const answerTo = (raw: string, verdict: Verdict) =>
  acknowledge(read(raw), verdict, tools)
    .application?.toString('latin1')
    .replace(/(\d{14})[+-]\d{4}/, '$1') ?? ''

test('sender and receiver are swapped, id, version and character set echoed', () => {
  expect(answerTo(adt(), { answer: 'accept' })).toBe(
    'MSH|^~\\&|ONTREGEL|UMC|ZIS|UMC|20261122083000||ACK^A08|NEW1|P|2.4|||||NLD|8859/1\rMSA|AA|M1\r',
  )
})

test('ERR as 2.5 has it, and as it was before', () => {
  const refused = VERDICTS['reject'] ?? { answer: 'accept' }
  expect(answerTo(adt({ version: '2.5' }), refused)).toContain(
    '\rMSA|AR|M1|Unknown trigger.\rERR|||201^Unsupported event code^HL70357|E||||Unknown trigger.\r',
  )
  expect(answerTo(adt({ version: '2.5' }), refused)).toContain('|ACK^A08^ACK|')
  expect(answerTo(adt(), refused)).toContain(
    '\rMSA|AR|M1|Unknown trigger.\rERR|^^^201&Unsupported event code&HL70357\r',
  )
  expect(answerTo(adt({ version: '2.2' }), refused)).toContain('|ACK|')
})

test('custom delimiters, OIDs behind the names and odd ids come back byte for byte', () => {
  const raw = 'MSH#*!?%#Z?F?IS*1.2*ISO#F\xe9#R#RF###ADT*A01#i?S?d#T#2.3.1*NLD\rPID#1'
  const answer = answerTo(raw, VERDICTS['error'] ?? { answer: 'accept' })
  expect(answer).toMatch(/^MSH#\*!\?%#R#RF#Z\?F\?IS\*1\.2\*ISO#F\xe9#\d{14}##ACK\*A01#NEW1#T#2\.3\.1\*NLD\r/)
  expect(answer).toContain('\rMSA#AE#i?S?d#Not | kept.\rERR#***207%')
})

test('a sentence cannot break out of its field', () => {
  const answer = readMessage(
    bytesOf(answerTo(adt(), { answer: 'error', sentence: 'a|b\rMSA|AA|M1\x1c é €' })),
  )
  expect(answer.segments().map(({ name }) => name)).toEqual(['MSH', 'MSA', 'ERR'])
  expect(answer.get('MSA-3')).toBe('a|b?MSA|AA|M1? e ?')
})

test('what cannot be read is answered with a well-formed AR', () => {
  const { accept, application } = acknowledge(
    undefined,
    { answer: 'reject', sentence: 'No MSH.', code: 100 },
    tools,
  )
  expect(accept).toBeUndefined()
  const answer = readMessage(application ?? Buffer.alloc(0))
  expect([answer.type, answer.controlId, answer.get('MSA-1'), answer.get('ERR-1.4.1')]).toEqual([
    'ACK',
    'NEW1',
    'AR',
    '100',
  ])
})
