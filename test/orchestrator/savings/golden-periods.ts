import type { GoldenCase } from './golden-case.ts'

/** Days, norms and what is annualised. 10 items of 6 minutes are an hour. */
export const PERIODS: readonly GoldenCase[] = [
  {
    name: 'the first and the last day are in it, their neighbours are not',
    period: ['2026-04-01', '2026-04-30'],
    deployments: [
      {
        counts: [
          ['2026-03-31', 'plain', 'done', 1000, '1000', 0],
          ['2026-04-01', 'plain', 'done', 10, '10', 0],
          ['2026-04-30', 'plain', 'done', 10, '10', 0],
          ['2026-05-01', 'plain', 'done', 1000, '1000', 0],
        ],
      },
    ],
    expected: {
      gross: 120, // 20 × 6 min
      human: 0,
      netHours: 2,
      fte: (2 * 365) / 30 / 1440, // measured from the period's first day: 30 days
      contractFte: (2 * 365) / 30 / 1878,
      grade: 'A',
    },
  },
  {
    name: 'a baseline replaced in mid-period counts up to the day before',
    period: ['2026-03-01', '2026-03-31'],
    deployments: [
      {
        baselines: [
          { minutes: 10, method: 'log' },
          { minutes: 7.5, validFrom: '2026-03-15' },
        ],
        counts: [
          ['2026-03-01', 'plain', 'nothing', 1, '0', 0],
          ['2026-03-14', 'plain', 'done', 3, '3', 0],
          ['2026-03-15', 'plain', 'done', 4, '4', 0],
        ],
      },
    ],
    expected: {
      gross: 60, // 3 × 10 + 4 × 7.5
      human: 0,
      netHours: 1,
      fte: 365 / 31 / 1440, // measured from 1 March: 31 days
      contractFte: 365 / 31 / 1878,
      grade: 'B', // the worse of log and stopwatch
    },
  },
  {
    name: 'a deployment that starts in mid-period is measured from its first day',
    period: ['2026-06-01', '2026-06-30'],
    deployments: [
      {
        counts: [
          ['2026-06-10', 'plain', 'shadow', 9, '0', 0],
          ['2026-06-16', 'plain', 'done', 150, '150', 0],
        ],
      },
    ],
    expected: {
      gross: 900, // 150 × 6 min
      human: 0,
      netHours: 15,
      fte: 365 / 1440, // 16 to 30 June are 15 days: 15 × 365 / 15; shadow mode does not begin it
      contractFte: 365 / 1878,
      grade: 'A',
    },
  },
  {
    name: 'two deployments are each annualised over their own days',
    period: ['2026-06-01', '2026-06-30'],
    deployments: [
      { counts: [['2026-06-01', 'plain', 'done', 300, '300', 0]] },
      { counts: [['2026-06-21', 'plain', 'done', 300, '300', 0]], upkeep: [['2026-06-30', '20']] },
    ],
    expected: {
      gross: 3600, // 2 × 300 × 6 min
      human: 0,
      netHours: 40, // 30 + (30 − 20)
      fte: 730 / 1440, // 30 × 365 / 30 days + 10 × 365 / 10 days
      contractFte: 730 / 1878,
      grade: 'A',
    },
  },
  {
    name: 'today is in mid-period: what is still to come is not measured',
    period: ['2026-01-01', '2026-12-31', '2026-01-10'],
    deployments: [
      { counts: [['2026-01-01', 'plain', 'done', 100, '100', 0]], upkeep: [['2026-01-11', '5']] },
    ],
    expected: {
      gross: 600,
      human: 0,
      netHours: 10, // the upkeep is booked for tomorrow
      fte: 365 / 1440, // 10 × 365 / 10 days
      contractFte: 365 / 1878,
      grade: 'A',
    },
  },
  {
    name: '29 February is a day, and its year has 366',
    period: ['2028-02-01', '2028-02-29'],
    deployments: [
      {
        counts: [
          ['2028-02-01', 'plain', 'done', 10, '10', 0],
          ['2028-02-29', 'plain', 'done', 280, '280', 0],
        ],
      },
    ],
    expected: {
      gross: 1740, // 290 × 6 min
      human: 0,
      netHours: 29,
      fte: 366 / 1440, // 29 × 366 / 29 days
      contractFte: 366 / 1878,
      grade: 'A',
    },
  },
  {
    // 14,400 × 6 min = 86,400 min = 1,440 h; × 366 / 366 days a year; 1,440 / 1,440 = 1.
    name: 'a full leap year stands for itself',
    period: ['2028-01-01', '2028-12-31'],
    deployments: [{ counts: [['2028-01-01', 'plain', 'done', 14400, '14400', 0]] }],
    expected: { gross: 86400, human: 0, netHours: 1440, fte: 1, contractFte: 1440 / 1878, grade: 'A' },
  },
  {
    name: '10,000 hours in a full year at 1,440 and 1,878',
    period: ['2026-01-01', '2026-12-31'],
    deployments: [{ counts: [['2026-01-01', 'plain', 'done', 100000, '100000', 0]] }],
    expected: {
      gross: 600000, // 100,000 × 6 min
      human: 0,
      netHours: 10000,
      fte: 6.944444444444445, // 10,000 / 1,440
      contractFte: 5.324813631522897, // 10,000 / 1,878
      grade: 'A',
    },
  },
  {
    name: 'a norm replaced in mid-period: the one of the last day counts',
    period: ['2026-01-01', '2026-12-31'],
    norms: [
      ['2025-01-01', 1440],
      ['2026-12-31', 1363],
      ['2027-01-01', 1720],
    ],
    deployments: [{ counts: [['2026-01-01', 'plain', 'done', 100000, '100000', 0]] }],
    expected: {
      gross: 600000,
      human: 0,
      netHours: 10000,
      fte: 7.336757153338224, // 10,000 / 1,363
      contractFte: 5.324813631522897,
      grade: 'A',
    },
  },
  {
    // Up to 22 November: 100 × 6 min = 10 h, of 326 days; the norm of 31 December is still to come.
    name: 'a norm that is still to come is not used: the one of the last day that counts',
    period: ['2026-01-01', '2026-12-31', '2026-11-22'],
    norms: [
      ['2025-01-01', 1440],
      ['2026-12-31', 1000],
    ],
    deployments: [{ counts: [['2026-01-01', 'plain', 'done', 100, '100', 0]] }],
    expected: {
      gross: 600,
      human: 0,
      netHours: 10,
      fte: (10 * 365) / 326 / 1440,
      contractFte: (10 * 365) / 326 / 1878,
      grade: 'A',
    },
  },
  {
    // 14,400 × 6 min = 1,440 h; the norm of 1,878 is valid from 2027 only, so 1,440 / 1,440 = 1.
    name: 'a hospital that chose no norm yet gets 1,440',
    period: ['2026-01-01', '2026-12-31'],
    norms: [['2027-01-01', 1878]],
    deployments: [{ counts: [['2026-01-01', 'plain', 'done', 14400, '14400', 0]] }],
    expected: { gross: 86400, human: 0, netHours: 1440, fte: 1, contractFte: 1440 / 1878, grade: 'A' },
  },
  {
    name: 'upkeep alone: measured from its first booking',
    period: ['2026-06-01', '2026-06-30'],
    deployments: [{ counts: [], upkeep: [['2026-06-21', '2']] }],
    expected: {
      gross: 0,
      human: 0,
      netHours: -2,
      fte: -73 / 1440, // −2 × 365 / 10 days
      contractFte: -73 / 1878,
      grade: null,
    },
  },
  {
    // The 10 × 6 min are of July, no day of June: 0 min, 0 measured days.
    name: 'a deployment that has not begun adds nothing',
    period: ['2026-06-01', '2026-06-30'],
    deployments: [{ counts: [['2026-07-01', 'plain', 'done', 10, '10', 0]] }],
    expected: { gross: 0, human: 0, netHours: 0, fte: 0, contractFte: 0, grade: null },
  },
]
