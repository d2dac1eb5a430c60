import { describe, expect, test } from 'vitest'
import { readMessage } from '../../../connectors/hl7/message.ts'
import { meetsAll, readConditions } from '../../../orchestrator/ledger/message-conditions.ts'
import { putDeployment } from '../../../orchestrator/ledger/setup.ts'
import { routeMessage } from '../../../orchestrator/triggers/hl7.ts'
import { openBench, PLAIN_DEPLOYMENT } from '../work/bench.ts'
import { messageAbout, openMessageBench } from './message-bench.ts'

const message = readMessage(
  Buffer.from(
    [
      'MSH|^~\\&|ZIS|OOST|||20261121||ADT^A08|M-1|P|2.5',
      'PID|1||9^^^LAB~4001^^^ZIS||de Vries||""|M',
      'PV1|1|I|CAR\\T\\CHI^12',
      'OBX|1|ST|A',
      'OBX|2|NM|B',
    ].join('\r'),
    'latin1',
  ),
)

const meets = (...raw: unknown[]) => meetsAll(message, readConditions(raw, 'trigger t'))

describe('a condition holds or not', () => {
  test.each([
    [{ field: 'PV1-2', is: 'equals', value: 'I' }, true],
    [{ field: 'PV1-2', is: 'equals', value: 'i' }, false],
    [{ field: 'PV1-2', is: 'one-of', values: ['O', 'I'] }, true],
    [{ field: 'PV1-2', is: 'one-of', values: ['O', 'E'] }, false],
    [{ field: 'PV1-3.1', is: 'equals', value: 'CAR&CHI' }, true],
    [{ field: 'PV1-3.1', is: 'starts-with', value: 'CAR' }, true],
    [{ field: 'PV1-3.1', is: 'starts-with', value: 'AR' }, false],
    [{ field: 'PID-8', is: 'present' }, true],
    [{ field: 'PID-8', is: 'absent' }, false],
    [{ field: 'PID-7', is: 'present' }, false],
    [{ field: 'PID-7', is: 'absent' }, true],
    [{ field: 'PID-30', is: 'absent' }, true],
    [{ field: 'ZZZ-1', is: 'present' }, false],
    [{ field: 'PID-3.4', is: 'equals', value: 'ZIS' }, true],
    [{ field: 'PID-3[1].4', is: 'equals', value: 'ZIS' }, false],
    [{ field: 'OBX-2', is: 'equals', value: 'NM' }, true],
    [{ field: 'OBX[1]-2', is: 'equals', value: 'NM' }, false],
  ])('%j: %s', (condition, holds) => {
    expect(meets(condition)).toBe(holds)
  })

  test('none always hold; of several, all must', () => {
    const [yes, no] = [
      { field: 'PID-8', is: 'present' },
      { field: 'PID-8', is: 'absent' },
    ]
    expect(meets()).toBe(true)
    expect(meets(yes, yes)).toBe(true)
    expect(meets(yes, no)).toBe(false)
  })
})

test.each([
  [{ field: 'PID30', is: 'present' }, 'Field conditions.0.field of trigger t: write a place such as PID-30'],
  [
    { field: 'PID-30', is: 'matches', value: '.*' },
    'Field conditions.0.is of trigger t: write one of equals',
  ],
  [{ field: 'PID-30', is: 'equals' }, 'Field conditions.0.value of trigger t'],
  [{ field: 'PID-30', is: 'equals', value: '' }, 'for an empty field use "is": "absent"'],
  [
    { field: 'PID-30', is: 'one-of', values: [] },
    'Field conditions.0.values of trigger t: write at least one value',
  ],
  [{ field: 'PID-30', is: 'present', value: 'Y' }, 'Field conditions.0 of trigger t'],
  ['PID-30 == "Y"', 'Field conditions.0 of trigger t'],
])('%j is refused with its field and the remedy', (raw, sentence) => {
  expect(() => readConditions([raw], 'trigger t')).toThrow(sentence)
})

test('wrong conditions are refused when a deployment is set up, and nothing of it is kept', async () => {
  await using bench = await openBench()
  const conditions = [{ field: 'PID', is: 'present' as const }]
  const triggers = [{ id: 'oost-adt', messageTypes: ['ADT^A08'], conditions }]
  const put = putDeployment(bench.db, { ...PLAIN_DEPLOYMENT, id: 'oost-other', triggers })
  await expect(put).rejects.toThrow('Field conditions.0.field of trigger oost-adt')
  expect(
    await bench.db.selectFrom('deployment').where('id', '=', 'oost-other').selectAll().execute(),
  ).toEqual([])
})

test('a message goes where its fields say', async () => {
  await using bench = await openMessageBench({
    conditions: [{ field: 'ZZZ-1', is: 'one-of', values: ['A', 'B'] }],
  })
  const ids = await bench.ids(
    ...['A', 'B', 'C'].map((sign) => messageAbout(`M-${sign}`, ['4001'], `ZZZ|${sign}`)),
  )
  for (const id of ids) await routeMessage(bench, id)
  expect(await bench.states()).toEqual({ 'M-A': 'routed', 'M-B': 'routed', 'M-C': 'ignored' })
})

test('a deployment that two of its triggers choose gets the message once', async () => {
  await using bench = await openMessageBench()
  const triggers = [{ id: 'oost-adt-more', messageTypes: ['ADT^A08'] }]
  await putDeployment(bench.db, { ...PLAIN_DEPLOYMENT, id: 'oost-test', triggers })
  const [id = ''] = await bench.ids(messageAbout('M-1', ['4001']))
  expect(await routeMessage(bench, id)).toHaveLength(1)
  expect(await bench.db.selectFrom('run').selectAll().execute()).toHaveLength(1)
})
