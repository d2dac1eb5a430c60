import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildMessage } from '../../../connectors/hl7/build.ts'
import { examine } from '../../../connectors/hl7/examine.ts'
import { readMessage } from '../../../connectors/hl7/message.ts'
import { readDifferently } from '../../../connectors/hl7/second-reading.ts'
import { adt, bytesOf } from './samples.ts'

const read = (raw: string) => readMessage(bytesOf(raw))

test('a good message has nothing odd', () => expect(examine(read(adt()))).toEqual([]))

test.each([
  [adt({ pid5: 'Jos\xc3\xa9' }), /bytes are UTF-8/],
  [adt() + adt({ id: 'M2' }), /more than one message/],
  [`${adt()}vrije tekst\r`, /do not begin with the name of a segment: 1/],
  [adt().replace('\rPV1', '\r\nPV1'), /different ways/],
  [`\xef\xbb\xbf${adt()}`, /cannot read it/],
  [adt().replace('|V|', '|V|').replace('\rPID', '\nPID'), /something else in PID-7/],
])('oddity %#', (raw, expected) => {
  const found = examine(read(raw)).join('; ')
  expect(found).toMatch(expected)
  expect(found).not.toMatch(/Berg|Jans|123456782/)
})

test('hl7-standard and we read the same in simple messages', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9 .-]{0,12}$/)
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 6, maxLength: 6 }),
      ([id = '', name, given, birth, sex, death]) => {
        const party = { application: 'A', facility: 'B' }
        const header = {
          sender: party,
          receiver: party,
          type: 'ADT',
          trigger: 'A08',
          controlId: 'C1',
          version: '2.4',
        } as const
        const message = readMessage(
          buildMessage({ ...header, time: new Date(0), charset: '8859/1' }, [
            ['PID', '1', '', [id, '', '', 'ZIS'], '', [name, given], '', birth, sex],
            ['MRG', [death]],
          ]),
        )
        expect(readDifferently(message)).toEqual([])
      },
    ),
  )
})
