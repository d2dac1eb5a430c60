import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readMessage } from '../../../connectors/hl7/message.ts'
import { secretBox } from '../../../orchestrator/secrets/secret-box.ts'
import { routeMessage } from '../../../orchestrator/triggers/hl7.ts'
import {
  patientKeys,
  patientNumbers,
  typedNumberKey,
} from '../../../orchestrator/triggers/patient-numbers.ts'
import { messageAbout, openMessageBench } from './message-bench.ts'

const BSN = '123456782'

const read = (...segments: string[]) =>
  readMessage(
    Buffer.from(['MSH|^~\\&|ZIS|OOST|||20261121||ADT^A08|M-1|P|2.5', ...segments].join('\r'), 'latin1'),
  )

const numbersOf = (pid3: string) =>
  patientNumbers(read(`PID|1||${pid3}||de Vries`)).map(({ authority, number }) => `${authority}:${number}`)

describe('the numbers of PID-3', () => {
  test.each([
    ['a local number', '4001^^^ZIS^PI', ['ZIS:4001']],
    [
      'a BSN beside it, whichever comes first',
      `${BSN}^^^NLMINBIZA^NNNLD~4001^^^ZIS^PI`,
      [`BSN:${BSN}`, 'ZIS:4001'],
    ],
    ['a BSN by its OID', `${BSN}^^^&2.16.840.1.113883.2.4.6.3&ISO`, [`BSN:${BSN}`]],
    ['eight digits that are no BSN', '11122238^^^NLMINBIZA', []],
    ['a BSN without its zero', '10000008^^^NLMINBIZA', ['BSN:010000008']],
    ['an authority by its OID only', '4001^^^&1.2.3&ISO^PI', ['1.2.3:4001']],
    ['an authority with name and OID', '4001^^^ZIS&1.2.3&ISO^PI', ['ZIS:4001']],
    ['an empty first repetition', '~4001^^^ZIS', ['ZIS:4001']],
    ['an empty first component', '^^^ZIS~4002^^^LAB', ['LAB:4002']],
    ['the same number twice', '4001^^^ZIS^PI~4001^^^ZIS^MR', ['ZIS:4001']],
    ['spaces and case', ' a4001 ^^^ zis ', ['ZIS:A4001']],
    ['nobody who gave it out, as in 2.2', '4001', [':4001']],
    ['a number without authority beside one with', '4001~4002^^^ZIS', ['ZIS:4002']],
    [
      'what stands in for a number',
      '0000000^^^ZIS~999999999^^^NLMINBIZA~ONBEKEND^^^ZIS~""^^^ZIS~99999^^^LAB',
      [],
    ],
    ['a BSN that is none', '123456789^^^NLMINBIZA', []],
    ['an escaped sign', '4\\T\\001^^^ZIS', ['ZIS:4&001']],
    ['nothing', '', []],
  ])('%s', (_what, pid3, numbers) => {
    expect(numbersOf(pid3)).toEqual(numbers)
  })
})

describe('a message about several patients names them all', () => {
  test.each([
    ...[
      'A18',
      'A30',
      'A34',
      'A35',
      'A36',
      'A39',
      'A40',
      'A41',
      'A42',
      'A43',
      'A44',
      'A45',
      'A46',
      'A47',
      'A49',
    ].map((event) => [event, 'PID|1||4001^^^ZIS', 'MRG|4002^^^ZIS'] as const),
    ...['A17', 'A24', 'A37'].map((event) => [event, 'PID|1||4001^^^ZIS', 'PID|2||4002^^^ZIS'] as const),
  ])('%s', (_event, ...segments) => {
    expect(patientNumbers(read(...segments)).map(({ number }) => number)).toEqual(['4001', '4002'])
  })

  test('every group of a merge of several', () => {
    const groups = ['PID|1||1^^^ZIS', 'MRG|2^^^ZIS~3^^^LAB', 'PID|2||4^^^ZIS', 'MRG|5^^^ZIS']
    expect(patientNumbers(read(...groups)).map(({ number }) => number)).toEqual(['1', '4', '2', '3', '5'])
  })
})

test('a key says nothing without the hospital’s key, and differs by hospital and authority', () => {
  const secrets = secretBox(randomBytes(32))
  const keys = (box: typeof secrets, hospital: string, pid3: string) =>
    patientKeys(box, hospital, read(`PID|1||${pid3}`)).map(({ key }) => key.toString('hex'))
  const all = [
    ...keys(secrets, 'oost', `4001^^^ZIS~${BSN}^^^NLMINBIZA`),
    ...keys(secrets, 'oost', '4001^^^LAB'),
    ...keys(secrets, 'west', '4001^^^ZIS'),
    ...keys(secretBox(randomBytes(32)), 'oost', '4001^^^ZIS'),
  ]
  expect(new Set(all).size).toBe(5)
  expect(keys(secrets, 'oost', '4001^^^ZIS^MR')).toEqual(all.slice(0, 1))
})

test('a typed number finds what any authority gave out, a BSN with or without its zero', () => {
  const secrets = secretBox(randomBytes(32))
  const found = (pid3: string) => patientKeys(secrets, 'oost', read(`PID|1||${pid3}`))[0]?.number
  expect(typedNumberKey(secrets, 'oost', ' 4001 ')).toEqual(found('4001^^^LAB'))
  expect(typedNumberKey(secrets, 'oost', '10000008')).toEqual(found('010000008^^^NLMINBIZA'))
  expect(typedNumberKey(secrets, 'west', '4001')).not.toEqual(found('4001^^^LAB'))
})

test.each([101, 20_000])('a message that names %i patients is set aside and holds nobody', async (count) => {
  await using bench = await openMessageBench()
  const crowd = Array.from({ length: count }, (_, at) => `${4001 + at}^^^ZIS`).join('~')
  const pid = Buffer.from(
    messageAbout('M-1', ['4001']).toString('latin1').replace('4001^^^ZIS^PI', crowd),
    'latin1',
  )
  const [odd = '', next = ''] = await bench.ids(pid, messageAbout('M-2', ['4001']))
  expect(await routeMessage(bench, odd)).toEqual([])
  expect(await routeMessage(bench, next)).toHaveLength(1)
  expect(await bench.states()).toEqual({ 'M-1': 'aside', 'M-2': 'routed' })
})

test('messages without a patient number do not wait for each other', async () => {
  await using bench = await openMessageBench()
  const [first = '', second = ''] = await bench.ids(messageAbout('M-1', [], 'ZZZ|X'), messageAbout('M-2', []))
  expect(await routeMessage(bench, first)).toEqual([])
  expect(await routeMessage(bench, second)).toHaveLength(1)
})
