import { expect, test } from 'vitest'
import { readTimeUseCsv } from '../../../orchestrator/programme/read-time-use-csv.ts'

const HEAD = 'staffGroup,hours,activity,share'
const read = (...lines: string[]) => readTimeUseCsv(Buffer.from([HEAD, ...lines].join('\r\n')))

test('rows become groups, in whatever order they stand; Dutch spreadsheets are read too', () => {
  expect(
    read(
      'Polikliniek,52000,planning,0.085',
      'Apotheek,9000.5,medication,1',
      'Polikliniek,52000.0,reporting,0.24',
    ),
  ).toEqual([
    {
      name: 'Polikliniek',
      hours: '52000',
      shares: [
        { activity: 'planning', share: '0.085' },
        { activity: 'reporting', share: '0.24' },
      ],
    },
    { name: 'Apotheek', hours: '9000.5', shares: [{ activity: 'medication', share: '1' }] },
  ])
  const dutch = 'share;activity;hours;staffGroup\r\n0,21;finance;1200,5;Administratie\r\n'
  expect(readTimeUseCsv(Buffer.from(dutch))).toEqual([
    { name: 'Administratie', hours: '1200.5', shares: [{ activity: 'finance', share: '0.21' }] },
  ])
})

test.each([
  ['a share above 1', ['A,100,planning,1.2'], /row 2: field share must be a share from 0 to 1/],
  ['a share in per cent', ['A,100,planning,21'], /row 2: field share must be/],
  ['no hours', ['A,,planning,0.1'], /row 2: field hours must be filled in/],
  ['hours of 0', ['A,0,planning,0.1'], /row 2: field hours must be more than 0/],
  ['negative hours', ['A,-5,planning,0.1'], /row 2: field hours must be hours/],
  ['an activity that is none', ['A,100,koffie,0.1'], /row 2: field activity must be one of diagnostics/],
  [
    'other hours in one group',
    ['A,100,planning,0.1', 'B,7,planning,0.1', 'A,90,finance,0.1'],
    /row 4: field hours: is 90, while row 2 says 100/,
  ],
  [
    'an activity twice',
    ['A,100,planning,0.1', 'A,100,planning,0.2'],
    /row 3: field activity: "planning" stands in row 2/,
  ],
  [
    'more than all time',
    ['A,100,planning,0.6', 'A,100,finance,0.4001'],
    /row 3: field share: the shares of the group come to 1.0001/,
  ],
  ['too many cells', ['A,100,planning,0.1,extra'], /row 2: has 5 cells for 4 columns/],
  ['no rows', [], /no rows/],
])('%s is refused with its row', (_what, lines, expected) => {
  expect(() => read(...lines)).toThrow(expected)
})

test('every wrong row is named at once', () => {
  const told = () => read('A,100,planning,2', 'A,100,finance,0.1', 'B,x,finance,0.1')
  expect(told).toThrow(/row 2: field share/)
  expect(told).toThrow(/row 4: field hours/)
  expect(told).not.toThrow(/row 3/)
})

test('columns that are missing or unknown are named', () => {
  expect(() => readTimeUseCsv(Buffer.from('staffGroup,hours,share,wie\nA,1,0.1,x'))).toThrow(
    /activity missing; what stands in place 4 is none of them/,
  )
})
