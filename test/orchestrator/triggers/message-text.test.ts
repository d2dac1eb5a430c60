import { expect, test } from 'vitest'
import { maskSegments, readSegments } from '../../../orchestrator/triggers/message-text.ts'
import { openMessageBench } from './message-bench.ts'

test('every text is masked, whatever its length, and every separator stays', () => {
  const header = 'MSH|^~\\&|ZIS|OOST|ONTREGEL|OOST|20261121120000|geheim|ADT^A08|M-1|P|2.4'
  const masked = maskSegments([
    header,
    'PID|1||4001^^^ZIS~999990019^^^NLMINBIZA||de Vries\\T\\Zn^A|""',
    'ZZZ|Ontslag naar huis, zie brief',
    'geen segment',
  ])
  expect(masked).toEqual([
    header.replace('geheim', '•••'),
    'PID|•••||•••^^^•••~•••^^^•••||•••^•••|•••',
    'ZZZ|•••',
    '•••',
  ])
})

test('a line of a text that begins like a segment shows nothing', () => {
  const header = 'MSH|^~\\&|ZIS|OOST'
  const lines = ['OBX|1|TX|||Brief over', 'VOS, P.', 'BOS^', 'JANSEN', 'KOK']
  expect(maskSegments([header, ...lines]).slice(1)).toEqual([
    'OBX|•••|•••|||•••',
    '•••',
    '•••^',
    '•••',
    '•••',
  ])
})

test('where segments end in a CR, a line feed begins no segment, not even one with separators behind it', async () => {
  await using bench = await openMessageBench()
  const text =
    'MSH|^~\\&|ZIS|OOST|ONTREGEL|OOST|20261121120000||ADT^A08|M-1|P|2.4\nVOS|A\rOBX|1|TX|||Geachte\nMOL|||F\r\nPID|1||4001'
  const [id = ''] = await bench.ids(Buffer.from(text))
  const segments = (await readSegments(bench.db, bench.secrets, 'oost', id)) ?? []
  expect(maskSegments(segments).slice(1)).toEqual([
    '•••|•••',
    'OBX|•••|•••|||•••',
    '•••|||•••',
    'PID|•••||•••',
  ])
  expect(maskSegments(segments)[0]).not.toContain('VOS')
})

test('other separators, as the header says, are those', () => {
  expect(maskSegments(['MSH#*~\\&#ZIS', 'PID#1##4001*a|b'])).toEqual(['MSH#*~\\&#ZIS', 'PID#•••##•••*•••'])
})

test('without a header nothing is shown', () => {
  expect(maskSegments(['Geachte heer de Vries'])).toEqual(['•••'])
  expect(maskSegments(['PID|1||4001'])).toEqual(['PID|•••||•••'])
})

test('a message is read in its own character set, at its own hospital', async () => {
  await using bench = await openMessageBench()
  const text =
    'MSH|^~\\&|ZIS|OOST|ONTREGEL|OOST|20261121120000||ADT^A08|M-1|P|2.4||||||UNICODE UTF-8\rPID|1||4001||Müller^A'
  const [id = ''] = await bench.ids(Buffer.from(text))
  expect((await readSegments(bench.db, bench.secrets, 'oost', id))?.[1]).toBe('PID|1||4001||Müller^A')
  expect(await readSegments(bench.db, bench.secrets, 'west', id)).toBeUndefined()
})
