import { expect, test } from 'vitest'
import { savingsTable } from '../../../dashboards/terminal/savings-table.ts'
import { MADE_REPORT } from '../../orchestrator/savings/made-report.ts'

test('shows the work of each deployment, hours and FTE of each hospital, and what the figures do not say', () => {
  expect(savingsTable(MADE_REPORT)).toMatchInlineSnapshot(`
    "Savings from 2026-06-01 up to and including 2026-06-30
    ┌────────────────┬──────────┬───────┬────────┬───────────────┬─────────┬────────┬───────────┬───────────┬─────────┬──────┐
    │ Deployment     │ Reported │  Done │ Parked │ Nothing to do │ By hand │ Shadow │ Gross min │ Human min │ Net min │ Days │
    ├────────────────┼──────────┼───────┼────────┼───────────────┼─────────┼────────┼───────────┼───────────┼─────────┼──────┤
    │ oost-intake    │          │ 1,200 │     30 │             4 │      20 │      0 │   7,225.5 │      45.0 │ 7,180.5 │   30 │
    │ west-insurance │ yes      │    12 │      1 │             0 │       0 │      3 │       0.0 │       2.0 │    -2.0 │   10 │
    └────────────────┴──────────┴───────┴────────┴───────────────┴─────────┴────────┴───────────┴───────────┴─────────┴──────┘
    ┌──────────┬───────────┬────────┬──────┬─────────────────────────────────┬────────────────┬─────────────────────────────────┐
    │ Hospital │ Net hours │ Upkeep │  FTE │ Norm                            │ FTE at 1,878 h │ Baselines                       │
    ├──────────┼───────────┼────────┼──────┼─────────────────────────────────┼────────────────┼─────────────────────────────────┤
    │ Oost     │    118.18 │   1.50 │ 1.00 │ 1,440 h (planning)              │           0.77 │ grade A, 95 %: 0.97 to 1.02 FTE │
    │ West     │     -0.03 │   0.00 │ 0.00 │ 1,878 h (=contract, "36 hours") │           0.00 │ grade C, no interval: estimated │
    └──────────┴───────────┴────────┴──────┴─────────────────────────────────┴────────────────┴─────────────────────────────────┘
    Reported: a robot of another make did items of it and reported them.
    west-insurance: 12 items had no baseline on their day and count nothing; measure one.
    west-insurance: measured over 10 days only; its FTE says little yet.
    oost-intake: 2 items were left out: another deployment counts their case for the same activity.
    Oost: a backlog of 100 items gave 10.00 net hours once; these are in none of the figures above.
    Oost: of the net hours 40.00 are signed as realised.
    Net min = gross − human. Net hours are less upkeep too. FTE: net hours as a year of the days measured, by the norm.
    Rounded when shown only: rows may add up to slightly more or less than a total.
    "
  `)
})

test('a report without hospitals still says its period', () => {
  expect(savingsTable({ ...MADE_REPORT, hospitals: [] })).toContain(
    'from 2026-06-01 up to and including 2026-06-30',
  )
})
