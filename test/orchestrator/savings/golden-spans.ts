import type { GoldenCase } from './golden-case.ts'

/** Long periods are read from months and years: what begins and ends inside one must be seen all the same. */
export const SPANS: readonly GoldenCase[] = [
  {
    name: 'two whole years and a part of a third, over a leap day',
    period: ['2027-01-01', '2029-01-15', '2030-01-01'],
    deployments: [
      {
        counts: [
          ['2026-12-31', 'plain', 'done', 1000, '1000', 0],
          ['2027-01-01', 'plain', 'done', 10, '10', 0],
          ['2028-02-29', 'plain', 'done', 20, '20', 60],
          ['2028-12-31', 'plain', 'done', 30, '30', 0],
          ['2029-01-01', 'plain', 'done', 40, '40', 0],
          ['2029-01-15', 'plain', 'done', 50, '50', 0],
          ['2029-01-16', 'plain', 'done', 1000, '1000', 0],
        ],
      },
    ],
    expected: {
      gross: 900, // 150 × 6 min
      human: 1,
      netHours: 899 / 60,
      // 746 days (365 + 366 + 15); the year up to 15 January 2029 has 366
      fte: ((899 / 60) * 366) / 746 / 1440,
      contractFte: ((899 / 60) * 366) / 746 / 1878,
      grade: 'A',
    },
  },
  {
    name: 'a baseline replaced inside a month of a long period: that month is read by day, the others are not',
    period: ['2026-01-01', '2026-12-31'],
    deployments: [
      {
        baselines: [{ minutes: 10 }, { minutes: 5, validFrom: '2026-07-15' }],
        counts: [
          ['2026-01-01', 'plain', 'done', 6, '6', 0],
          ['2026-07-01', 'plain', 'done', 6, '6', 0],
          ['2026-07-14', 'plain', 'done', 6, '6', 0],
          ['2026-07-15', 'plain', 'done', 12, '12', 0],
          ['2026-07-31', 'plain', 'done', 12, '12', 0],
          ['2026-12-31', 'plain', 'done', 12, '12', 0],
        ],
      },
    ],
    expected: {
      gross: 360, // 18 × 10 + 36 × 5
      human: 0,
      netHours: 6,
      fte: 6 / 1440, // a whole year stands for itself
      contractFte: 6 / 1878,
      grade: 'A',
    },
  },
  {
    name: 'a baseline replaced on the first of a month, and another variant that goes on',
    period: ['2026-01-01', '2026-12-31'],
    deployments: [
      {
        baselines: [
          { minutes: 10 },
          { minutes: 5, validFrom: '2026-07-01' },
          { variant: 'new', minutes: 20 },
        ],
        counts: [
          ['2026-06-30', 'plain', 'done', 6, '6', 0],
          ['2026-07-01', 'plain', 'done', 12, '12', 0],
          ['2026-02-03', 'new', 'done', 3, '3', 0],
          ['2026-11-30', 'new', 'by-hand', 6, '3', 0],
        ],
      },
    ],
    expected: {
      gross: 240, // 60 + 60 + 60 + 60
      human: 0,
      netHours: 4,
      fte: (4 * 365) / 332 / 1440, // from 3 February: 332 days
      contractFte: (4 * 365) / 332 / 1878,
      grade: 'A',
    },
  },
  {
    name: 'both changes of the clock in one year, and a hospital that joined in the autumn',
    period: ['2026-01-01', '2026-12-31'],
    deployments: [
      {
        counts: [
          ['2026-03-28', 'plain', 'done', 5, '5', 0],
          ['2026-03-29', 'plain', 'done', 5, '5', 0], // 23 hours
          ['2026-10-25', 'plain', 'done', 5, '5', 0], // 25 hours
          ['2026-10-26', 'plain', 'done', 5, '5', 0],
        ],
      },
      { counts: [['2026-10-25', 'plain', 'done', 10, '10', 0]] },
    ],
    expected: {
      gross: 180, // 30 × 6 min
      human: 0,
      netHours: 3,
      // from 28 March 279 days, from 25 October 68
      fte: (2 * 365) / 279 / 1440 + 365 / 68 / 1440,
      contractFte: (2 * 365) / 279 / 1878 + 365 / 68 / 1878,
      grade: 'A',
    },
  },
]
