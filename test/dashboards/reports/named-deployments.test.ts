import { expect, test } from 'vitest'
import { namedDeployments } from '../../../dashboards/reports/named-deployments.ts'

const rows = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ name: `d${place + 1}`, hoursPerYear: place + 1 }))

test.each([
  [2, 2, 'd2, d1', 'd2, d1'],
  [8, 8, 'd8, d7, d6, d5, d4, d3, d2, d1', 'd8, d7, d6, d5, d4, d3, d2, d1'],
  [
    9,
    9,
    'd9, d8, d7, d6, d5, d4, d3, d2 en nog 1 inzet',
    'd9, d8, d7, d6, d5, d4, d3, d2 and 1 deployment more',
  ],
  // Some that may not be named are counted.
  [2, 5, 'd2, d1 en nog 3 inzetten', 'd2, d1 and 3 deployments more'],
  [0, 1, '1 inzet', '1 deployment'],
])('of %d that may be named of %d: %s', (may, all, nl, en) => {
  expect(namedDeployments(rows(may), all, 'nl')).toBe(nl)
  expect(namedDeployments(rows(may), all, 'en')).toBe(en)
})

test('hours that were lost matter as much as hours that were won', () => {
  const lost = { name: 'lost', hoursPerYear: -100 }
  expect(namedDeployments([...rows(8), lost], 9, 'nl')).toMatch(/^lost, d8, .* en nog 1 inzet$/)
})
