import { expect, test } from 'vitest'
import {
  comparePatients,
  plainName,
  readAgb,
  readBsn,
  readUzi,
  readUzovi,
  scrubBsn,
} from '../../connectors/identity.ts'

test('a BSN passes the eleven test, eight digits are padded', () => {
  expect(['123456782', '111222333', ' 123456782 '].map(readBsn)).toEqual([
    '123456782',
    '111222333',
    '123456782',
  ])
  expect(['123456789', '000000000', '12345678', '1234567820', '12345678a', ''].map(readBsn)).toEqual(
    Array.from({ length: 6 }),
  )
  expect(readBsn('10000008')).toBe('010000008')
})

test('AGB, UZOVI and UZI are padded and never all zeros', () => {
  expect([readAgb('1123456'), readAgb('01123456'), readAgb('112345'), readAgb('00000000')]).toEqual([
    '01123456',
    '01123456',
    undefined,
    undefined,
  ])
  expect([readUzovi('1'), readUzovi('3313'), readUzovi('33130'), readUzovi('0000')]).toEqual([
    '0001',
    '3313',
    undefined,
    undefined,
  ])
  expect([readUzi('12345678'), readUzi('123456789'), readUzi('1234567')]).toEqual([
    '012345678',
    '123456789',
    undefined,
  ])
})

test.each([
  ['bsn 123456782.', 'bsn [bsn].'],
  ['BSN123456782x', 'BSN[bsn]x'],
  ['_123456782_', '_[bsn]_'],
  ['1234.56.782 en 123.456.782 en 1234 56 782', '[bsn] en [bsn] en [bsn]'],
  ['10000008', '[bsn]'],
  ['patient|123456782|x', 'patient|[bsn]|x'],
])('scrubs %s', (text, scrubbed) => expect(scrubBsn(text)).toBe(scrubbed))

test.each([
  '123456789',
  '1234567820',
  '1732180000000',
  '3f123456-1234-1234-1234-a123456782bc',
  '10000008-0000-4000-8000-123456782000',
  '1.123.456.782.1',
  '123.456.782.1',
])('leaves %s, which is no BSN', (text) => expect(scrubBsn(text)).toBe(text))

const JAN = { bsn: '123456782', birthDate: '1948-03-09', familyName: 'van der Berg' }

test('two equal attributes and none that differ are the same patient', () => {
  expect(comparePatients(JAN, { ...JAN, familyName: 'Van der  Bérg' })).toBe('same')
  expect(comparePatients(JAN, { birthDate: '1948-03-09', familyName: 'van-der-berg' })).toBe('same')
  expect(comparePatients(JAN, { bsn: '123456782' })).toBe('uncertain')
  expect(comparePatients(JAN, {})).toBe('uncertain')
  expect(comparePatients(JAN, { ...JAN, birthDate: '1948-03-10' })).toBe('different')
  expect(comparePatients({ ...JAN, bsn: '10000008' }, { ...JAN, bsn: '010000008' })).toBe('same')
})

test('a placeholder in place of a BSN proves nothing', () => {
  const unknown = { bsn: '000000000', birthDate: '1948-03-09' }
  expect(comparePatients(unknown, unknown)).toBe('uncertain')
  expect(comparePatients(unknown, { ...unknown, bsn: '123456782' })).toBe('different')
})

test('twins differ in their first names; twin of the test: without those they are taken for one', () => {
  const twins = { birthDate: '2001-05-05', familyName: 'Jansen' }
  expect(comparePatients({ ...twins, firstNames: 'Anna' }, { ...twins, firstNames: 'Anne' })).toBe(
    'different',
  )
  expect(comparePatients(twins, twins)).toBe('same')
})

test('names are compared without case, marks, hyphens, kinds of apostrophe and the ligature ij', () => {
  expect(plainName('Ĳssel-’t  Hóen')).toBe("ijssel 't hoen")
})
