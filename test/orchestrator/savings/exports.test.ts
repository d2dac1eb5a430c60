import { expect, test } from 'vitest'
import { csvRows } from '../../../orchestrator/triggers/list/csv-rows.ts'
import { savingsCsv } from '../../../orchestrator/savings/savings-csv.ts'
import { savingsJson } from '../../../orchestrator/savings/savings-json.ts'
import { MADE_REPORT, RECOUNTED } from './made-report.ts'

const OVER = { hospital: 'oost', from: '2026-06-01', to: '2026-06-30', netHours: 118.175, signedHours: 120 }
const WITHDRAWN = { hospital: 'oost', import: 7, on: '2026-07-02', items: 12 }

test('JSON has every figure as it is, FTE by hours of the norm', () => {
  const beside = { recounted: RECOUNTED, withdrawnImports: [WITHDRAWN], overSigned: [OVER], months: [] }
  const json = savingsJson(MADE_REPORT, beside)
  expect(JSON.parse(JSON.stringify(json))).toEqual(json)
  expect(json.period).toEqual({ from: '2026-06-01', to: '2026-06-30', until: '2026-06-30' })
  expect(json).toMatchObject(beside)
  expect(savingsJson(MADE_REPORT, { ...beside, recounted: null }).recounted).toBeNull()
  expect(json.hospitals).toEqual([
    {
      ...{ id: 'oost', netHours: 118.175, upkeepHours: 1.5, grade: 'A' },
      fte: { '1440': 0.998469328703704, '1878': 0.7656 },
      norm: { name: 'planning', hoursPerYear: 1440 },
      interval: { netHours: { low: 115.175, high: 121.175 }, fte: { low: 0.973, high: 1.024 } },
      ...{
        noInterval: null,
        grossHours: 120.425,
        humanHours: 0.75,
        leftOut: 2,
        realisedHours: 40,
        realisedAcrossHours: 12.5,
      },
      oneOff: { items: 100, netHours: 10, interval: null },
    },
    {
      ...{ id: 'west', netHours: -0.0334, upkeepHours: 0, grade: 'C', interval: null },
      fte: { '1878': -0.000649148 },
      norm: { name: '=contract, "36 hours"', hoursPerYear: 1878 },
      ...{
        noInterval: 'estimate',
        grossHours: 0,
        humanHours: 0.0334,
        leftOut: 0,
        realisedHours: 0,
        realisedAcrossHours: 0,
      },
      oneOff: { items: 0, netHours: 0, interval: null },
    },
  ])
  expect(json.deployments[0]).toEqual({
    ...{ id: 'oost-intake', hospital: 'oost', bot: 'referral-intake', withoutBaseline: 0, measuredDays: 30 },
    ...{ firstDay: '2026-05-04', backlogDays: 0 },
    items: { done: 1200, parked: 30, nothing: 4, 'by-hand': 20, shadow: 0 },
    minutes: { gross: 7225.5, human: 45, net: 7180.5 },
    ...{ activity: 'reporting', reported: false, leftOut: 2 },
    oneOff: { items: 100, minutes: { gross: 600, human: 0, net: 600 }, netHours: 10 },
  })
})

test('CSV has a line for each deployment, figures unrounded, text quoted and never a formula', () => {
  const [head = '', first = '', second = '', ...rest] = savingsCsv(MADE_REPORT, RECOUNTED).split('\r\n')
  expect(rest).toEqual([''])
  expect(head.split(',')).toHaveLength(53)
  const cells = first.split(',')
  expect(cells.slice(0, 22).join(',')).toBe(
    '2026-06-01,2026-06-30,oost,oost-intake,referral-intake,1200,30,4,20,0,0,7225.5,45,7180.5,1.5,118.175,30,no,1437.7958333333333,planning,1440,2026-01-01',
  )
  expect(cells.slice(22, 24).map(Number)).toEqual([
    expect.closeTo(1437.7958333333333 / 1440, 14),
    expect.closeTo(1437.7958333333333 / 1878, 14),
  ])
  expect(cells.slice(24, 31)).toEqual(['A', '3', 'reporting', 'no', '2', '100', '10'])
  const hospital = ['118.175', '115.175', '121.175', '0.998469328703704', '0.973', '1.024']
  expect(cells.slice(31, 44)).toEqual([...hospital, '0.7656', '0.7461', '0.7851', '0', '', '40', '12.5'])
  expect(cells.slice(-5, -3)).toEqual(['2026-05-04', '0'])
  expect(second).toContain(',2026-06-20,1,2026-07-01,')
  expect(head.endsWith(',recountedOn,recountedDays,recountDifferences')).toBe(true)
  for (const line of [first, second])
    expect(line.endsWith(',2026-07-01,2026-05-31/2026-07-01 2026-03-01/2026-03-31,2')).toBe(true)
  expect(savingsCsv(MADE_REPORT, null).split('\r\n')[1]?.endsWith(',never,,')).toBe(true)
  expect(second).toMatch(
    /,-0\.0334,,,-0\.000649148,,,-0\.000649148,,,1,estimate,0,0,norm of the hospital’s own,"Collective agreement of the hospitals, article 6\.1/,
  )
  expect(second).toContain(',12,0,2.004,-2.004,0,-0.0334,10,yes,-1.2191,"\'=contract, ""36 hours""",1878,,')
})

test('CSV says on each line of a hospital of which days more is signed than is left net', () => {
  const beside = { withdrawnImports: [], overSigned: [OVER] }
  const text = savingsCsv(MADE_REPORT, RECOUNTED, undefined, beside)
  const [head, ...lines] = csvRows(Buffer.from(text)).map(({ cells }) => cells)
  const place = head?.indexOf('hospitalOverSigned') ?? -1
  const told = '2026-06-01 to 2026-06-30: 120.00 hours signed, 118.17 net'
  expect(lines.map((cells) => [cells[2], cells[place]])).toEqual([
    ['oost', told],
    ['west', ''],
  ])
})
