import { expect, test } from 'vitest'
import { savingsCsv } from '../../../orchestrator/savings/savings-csv.ts'
import { savingsJson } from '../../../orchestrator/savings/savings-json.ts'
import { MADE_REPORT } from './made-report.ts'

test('JSON has every figure as it is, FTE by hours of the norm', () => {
  const json = savingsJson(MADE_REPORT)
  expect(JSON.parse(JSON.stringify(json))).toEqual(json)
  expect(json.period).toEqual({ from: '2026-06-01', to: '2026-06-30', until: '2026-06-30' })
  expect(json.hospitals).toEqual([
    {
      ...{ id: 'oost', netHours: 118.175, upkeepHours: 1.5, grade: 'A' },
      fte: { '1440': 0.998469328703704, '1878': 0.7656 },
      norm: { name: 'planning', hoursPerYear: 1440 },
      interval: { netHours: { low: 115.175, high: 121.175 }, fte: { low: 0.973, high: 1.024 } },
      ...{ noInterval: null, grossHours: 120.425, humanHours: 0.75, leftOut: 2, realisedHours: 40 },
      oneOff: { items: 100, netHours: 10, interval: null },
    },
    {
      ...{ id: 'west', netHours: -0.0334, upkeepHours: 0, grade: 'C', interval: null },
      fte: { '1878': -0.000649148 },
      norm: { name: '=contract, "36 hours"', hoursPerYear: 1878 },
      ...{ noInterval: 'estimate', grossHours: 0, humanHours: 0.0334, leftOut: 0, realisedHours: 0 },
      oneOff: { items: 0, netHours: 0, interval: null },
    },
  ])
  expect(json.deployments[0]).toEqual({
    ...{ id: 'oost-intake', hospital: 'oost', bot: 'referral-intake', withoutBaseline: 0, measuredDays: 30 },
    items: { done: 1200, parked: 30, nothing: 4, 'by-hand': 20, shadow: 0 },
    minutes: { gross: 7225.5, human: 45, net: 7180.5 },
    ...{ activity: 'reporting', reported: false, leftOut: 2 },
    oneOff: { items: 100, minutes: { gross: 600, human: 0, net: 600 }, netHours: 10 },
  })
})

test('CSV has a line for each deployment, figures unrounded, text quoted and never a formula', () => {
  const [head = '', first = '', second = '', ...rest] = savingsCsv(MADE_REPORT).split('\r\n')
  expect(rest).toEqual([''])
  expect(head.split(',')).toHaveLength(40)
  const cells = first.split(',')
  expect(cells.slice(0, 20).join(',')).toBe(
    '2026-06-01,2026-06-30,oost,oost-intake,referral-intake,1200,30,4,20,0,0,7225.5,45,7180.5,1.5,118.175,30,1437.7958333333333,planning,1440',
  )
  expect(cells.slice(20, 22).map(Number)).toEqual([
    expect.closeTo(1437.7958333333333 / 1440, 14),
    expect.closeTo(1437.7958333333333 / 1878, 14),
  ])
  expect(cells.slice(22, 29)).toEqual(['A', '3', 'reporting', 'no', '2', '100', '10'])
  const hospital = ['118.175', '115.175', '121.175', '0.998469328703704', '0.973', '1.024']
  expect(cells.slice(29)).toEqual([...hospital, '0.7656', '0.7461', '0.7851', '', '40'])
  expect(second).toMatch(/,-0\.0334,,,-0\.000649148,,,-0\.000649148,,,estimate,0$/)
  expect(second).toContain(',12,0,2.004,-2.004,0,-0.0334,10,-1.2191,"\'=contract, ""36 hours""",1878,')
})
