import { describe, expect, test } from 'vitest'
import bot from '../../bots/deceased-appointments/bot.ts'
import { read } from './deceased-appointments-bench.ts'

const PID3 = '123456782^^^NLMINBIZA^NNNLD~4100042^^^ZIS^PI'
const NAME = 'ten Brink-de Vries&de&Vries&ten&Brink^Johanna^J.'

interface Parts {
  readonly event?: string
  readonly ids?: string
  readonly name?: string
  readonly born?: string
  /** PID-29 and PID-30 with the sign between them. */
  readonly death?: string
}

function adt({
  event = 'A08',
  ids = PID3,
  name = NAME,
  born = '19480309',
  death = '20261122011500|Y',
}: Parts = {}) {
  const pid = `PID|1||${ids}||${name}||${born}|F${'|'.repeat(21)}${death}`
  return `MSH|^~\\&|ZIS|PRAKTIJK|ONTREGEL|PRAKTIJK|20261122||ADT^${event}|1|P|2.4|||||NLD|8859/1\rEVN|${event}|20261122\r${pid}\r`
}

const ITEM = { hospitalNumber: '4100042', died: '2026-11-22', birthDate: '1948-03-09', familyName: 'Vries' }

describe('which messages report a death', () => {
  test.each(['A08', 'A31', 'A03'])('%s with a death becomes an item that holds what is compared', (event) => {
    expect(read(adt({ event }))).toEqual([ITEM])
  })

  test('its reference is number and date; no BSN in it or in the item', () => {
    expect(bot.reference(ITEM)).toBe('4100042-2026-11-22')
    expect(JSON.stringify(read(adt()))).not.toContain('123456782')
  })

  test.each([
    ['another event', adt({ event: 'A01' })],
    ['no death', adt({ death: '|' })],
    ['a death that is withdrawn', adt({ death: '""|N' })],
    ['only the date withdrawn', adt({ death: '""|' })],
    ['the indicator N alone', adt({ death: '|N' })],
    ['a message that is no ADT', adt().replace('ADT^A08', 'ORU^A08')],
  ])('%s makes nothing', (_what, message) => {
    expect(read(message)).toEqual([])
  })

  test('without indicator the date says enough, without date the indicator', () => {
    expect(read(adt({ death: '20261122|' }))).toEqual([ITEM])
    const { died: _, ...undated } = ITEM
    expect(read(adt({ death: '|Y' }))).toEqual([undated])
    expect(bot.reference(undated)).toBe('4100042-unknown')
  })

  test('a message that contradicts itself is refused, not dropped', () => {
    expect(() => read(adt({ death: '""|Y' }))).toThrow('PID-29 and PID-30')
    expect(() => read(adt({ death: '20261122|N' }))).toThrow('PID-29 and PID-30')
  })
})

describe('whose death it is', () => {
  test('the number is found by its authority, wherever it stands', () => {
    expect(read(adt({ ids: '^^^NLMINBIZA^NNNLD~9^^^ANDERS^PI~4100042^^^ZIS&1.2.3&ISO^PI' }))).toEqual([ITEM])
  })

  test('a death without our number, or with two, is refused, naming the field', () => {
    expect(() => read(adt({ ids: '123456782^^^NLMINBIZA^NNNLD' }))).toThrow('PID-3 has no number')
    expect(() => read(adt({ ids: '1^^^ZIS~2^^^ZIS' }))).toThrow('PID-3 has more than one number')
  })

  test('a name without parts is taken whole; what is not there is left out', () => {
    expect(read(adt({ name: 'Vries^Jan', born: '1948' }))).toEqual([
      { hospitalNumber: '4100042', died: '2026-11-22', familyName: 'Vries' },
    ])
  })

  test('an item that is not as it should be is refused, naming the field', () => {
    expect(() => bot.readItem({ ...ITEM, died: '22-11-2026' })).toThrow('Field died in the item')
    expect(() => bot.readItem({ ...ITEM, hospitalNumber: '41 00' })).toThrow(
      'Field hospitalNumber in the item',
    )
    expect(() => bot.readItem({ ...ITEM, bsn: '123456782' })).toThrow('in the item of deceased-appointments')
    expect(() => read(adt(), {})).toThrow('Field patientNumberAuthority in the settings')
  })
})
