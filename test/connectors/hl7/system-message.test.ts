import { afterEach, describe, expect, test } from 'vitest'
import { readMessage } from '../../../connectors/hl7/message.ts'
import { readMllpAddress } from '../../../connectors/hl7/mllp-address.ts'
import type { Hl7Content, Hl7SystemSettings } from '../../../connectors/hl7/system.ts'
import { closeAll } from './channel-under-test.ts'
import { BOOKING, endpoint, HOLDER } from './system-under-test.ts'

afterEach(closeAll)

describe('the message', () => {
  const build = (content: Partial<Hl7Content>, change: Partial<Hl7SystemSettings> = {}) =>
    endpoint(1, change)
      .hold(HOLDER)
      .system.message({ ...BOOKING, ...content })

  test('is the same to the byte at another attempt', () => {
    expect(build({}).bytes).toEqual(build({}).bytes)
    expect(readMessage(build({}).bytes).get('MSH-7')).toMatch(/^20261120/)
    expect(build({ time: new Date('2026-01-05T00:00:00Z') }).bytes).not.toEqual(build({}).bytes)
  })

  test('has a control id of its own for each key, of 20 signs at most', () => {
    const ids = [build({}), build({ key: 'a' }), build({ key: 'b' }), build({ marker: 'OR-x', key: 'a' })]
    expect(new Set(ids.map(({ controlId }) => controlId)).size).toBe(4)
    for (const { controlId } of ids) expect(controlId).toMatch(/^[A-Z0-9]{1,20}$/)
  })

  test('is only repeatable where duplicates are recognised', () => {
    const repeatable = (recognisesDuplicates: boolean) => {
      const { system } = endpoint(1, { recognisesDuplicates }).hold(HOLDER)
      return system.sending(system.message(BOOKING)).repeatable
    }
    expect([repeatable(false), repeatable(true)]).toEqual([false, true])
  })

  test.each([
    ['no segment', { segments: [] }],
    ['a second MSH', { segments: [['MSH', 'x']] }],
    ['a name that ends the segment', { segments: [['PV\r', 'x']] }],
  ] as const)('with %s is the fault of the bot', (_what, content) => {
    expect(() => build(content)).toThrow(
      expect.objectContaining({ kind: 'unexpected', code: 'hl7-unbuildable' }),
    )
  })

  test('with a letter that the character set lacks is not sent with another', () => {
    expect(() => build({ segments: [['NTE', 'Šarić']] })).toThrow(
      expect.objectContaining({ kind: 'business' }),
    )
    const utf8 = build({ segments: [['NTE', 'Šarić']] }, { charset: 'UNICODE UTF-8' })
    expect(readMessage(utf8.bytes).get('NTE-1')).toBe('Šarić')
  })
})

describe('an address', () => {
  test.each([
    ['mllp://ris.oost.example:2575', { host: 'ris.oost.example', port: 2575, tls: false }],
    ['mllps://RIS.oost.example:2576/', { host: 'ris.oost.example', port: 2576, tls: true }],
    ['mllp://[::1]:2575', { host: '::1', port: 2575, tls: false }],
    ['mllp://2852039166:1', { host: '169.254.169.254', port: 1, tls: false }],
  ])('%s', (address, read) => {
    expect(readMllpAddress(address)).toEqual(read)
  })

  test.each([
    'ris.oost.example:2575',
    'http://ris.oost.example:2575',
    'mllp://ris.oost.example',
    'mllp://ris.oost.example:0',
    'mllp://ris.oost.example:65536',
    'mllp://rob:geheim@ris.oost.example:2575',
    'mllp://ris.oost.example:2575/path',
    'mllp://ris oost:2575',
  ])('%s is refused with its field', (address) => {
    expect(() => readMllpAddress(address)).toThrow(/^Field address: write mllp:/)
  })
})
