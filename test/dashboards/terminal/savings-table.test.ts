import { expect, test } from 'vitest'
import { savingsTable } from '../../../dashboards/terminal/savings-table.ts'
import { MADE_REPORT, RECOUNTED } from '../../orchestrator/savings/made-report.ts'

test('shows the work of each deployment, hours and FTE of each hospital, and what the figures do not say', () => {
  expect(savingsTable(MADE_REPORT, RECOUNTED)).toMatchInlineSnapshot(`
    "Savings from 2026-06-01 up to and including 2026-06-30
    ┌────────────────┬──────────┬───────┬────────┬───────────────┬─────────┬────────┬───────────┬───────────┬─────────┬──────┬────────────┐
    │ Deployment     │ Reported │  Done │ Parked │ Nothing to do │ By hand │ Shadow │ Gross min │ Human min │ Net min │ Days │ Since      │
    ├────────────────┼──────────┼───────┼────────┼───────────────┼─────────┼────────┼───────────┼───────────┼─────────┼──────┼────────────┤
    │ oost-intake    │          │ 1,200 │     30 │             4 │      20 │      0 │   7,225.5 │      45.0 │ 7,180.5 │   30 │ 2026-05-04 │
    │ west-insurance │ yes      │    12 │      1 │             0 │       0 │      3 │       0.0 │       2.0 │    -2.0 │   10 │ 2026-06-20 │
    └────────────────┴──────────┴───────┴────────┴───────────────┴─────────┴────────┴───────────┴───────────┴─────────┴──────┴────────────┘
    ┌──────────┬───────────┬────────┬──────┬─────────────────────────────────┬────────────────┬─────────────────────────────────┐
    │ Hospital │ Net hours │ Upkeep │  FTE │ Norm                            │ FTE at 1,878 h │ Baselines                       │
    ├──────────┼───────────┼────────┼──────┼─────────────────────────────────┼────────────────┼─────────────────────────────────┤
    │ Oost     │    118.18 │   1.50 │ 1.00 │ 1,440 h (planning)              │           0.77 │ grade A, 95 %: 0.97 to 1.02 FTE │
    │ West     │     -0.03 │   0.00 │ 0.00 │ 1,878 h (=contract, "36 hours") │           0.00 │ grade C, no interval: estimated │
    └──────────┴───────────┴────────┴──────┴─────────────────────────────────┴────────────────┴─────────────────────────────────┘
    Reported: a robot of another make did items of it and reported them.
    west-insurance: 12 items had no baseline on their day and count nothing; measure one.
    west-insurance: 1 day of a backlog apart; the 10 days measured are the others since 2026-06-20.
    west-insurance: measured over 10 days only; its FTE says little yet.
    oost-intake: 2 items were left out: they belong to a case that another item claimed for the same activity.
    Oost: a backlog of 100 items gave 10.00 net hours once; these are in none of the figures above.
    Oost: of the net hours 40.00 are signed as realised.
    Oost: 12.50 hours more are signed as realised for periods that lie partly outside this one.
    Net min = gross − human. Net hours are less upkeep too. FTE: net hours as a year of the days measured, by the norm.
    Rounded when shown only: rows may add up to slightly more or less than a total.
    Derived again from the events themselves on 1 July 2026, over 31 May 2026 – 1 July 2026; 1 March 2026 – 31 March 2026: 2 places differ, see the alarms.
    "
  `)
})

test('a report without hospitals still says its period', () => {
  expect(savingsTable({ ...MADE_REPORT, hospitals: [] }, null)).toContain(
    'from 2026-06-01 up to and including 2026-06-30',
  )
})
