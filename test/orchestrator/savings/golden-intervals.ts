import type { GoldenCase } from './golden-case.ts'

const DAY = '2026-03-10'

/** 95 % intervals; t(24) = 2.0638986, t(8) = 2.3060041, t(99) = 1.984217. The period is one day: FTE = hours × 365 / norm. */
export const INTERVALS: readonly GoldenCase[] = [
  {
    name: 'one baseline, timed 25 times',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [{ minutes: 10, n: 25, spreadMinutes: 2 }],
        counts: [[DAY, 'plain', 'done', 100, '100', 0]],
      },
    ],
    expected: {
      gross: 1000,
      human: 0,
      netHours: 1000 / 60,
      fte: ((1000 / 60) * 365) / 1440,
      contractFte: ((1000 / 60) * 365) / 1878,
      grade: 'A',
      margins: [1.3759324, (1.3759324 * 365) / 1440], // 100 × 2.0638986 × 2 / √25 = 82.555944 min
    },
  },
  {
    name: 'two variants: the margins as the sides of a right angle; shares weigh, upkeep and human time shift only',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [
          { minutes: 10, n: 25, spreadMinutes: 2 },
          { variant: 'new', minutes: 20, n: 9, spreadMinutes: 3, method: 'log' },
        ],
        counts: [
          [DAY, 'plain', 'done', 100, '100', 0],
          [DAY, 'new', 'by-hand', 40, '20', 0],
          [DAY, '', 'parked', 40, '0', 3600],
        ],
        upkeep: [[DAY, '3']],
      },
    ],
    expected: {
      gross: 1400, // 100 × 10 + 20 × 20
      human: 60,
      netHours: 1340 / 60 - 3,
      fte: ((1340 / 60 - 3) * 365) / 1440,
      contractFte: ((1340 / 60 - 3) * 365) / 1878,
      grade: 'B',
      // 82.555944 min and 20 × 2.3060041 × 3 / √9 = 46.120082 min: √(6815.48389 + 2127.061964) = √8942.545854 = 94.565035 min
      margins: [1.5760839, (1.5760839 * 365) / 1440],
    },
  },
  {
    name: 'two deployments over different days: each margin with its own days',
    period: ['2026-06-01', '2026-06-30'],
    deployments: [
      {
        baselines: [{ minutes: 10, n: 25, spreadMinutes: 2 }],
        counts: [['2026-06-01', 'plain', 'done', 300, '300', 0]],
      },
      {
        baselines: [{ minutes: 10, n: 100, spreadMinutes: 5 }],
        counts: [['2026-06-21', 'plain', 'done', 60, '60', 0]],
      },
    ],
    expected: {
      gross: 3600,
      human: 0,
      netHours: 60, // 50 + 10
      fte: (50 * 365) / 30 / 1440 + (10 * 365) / 10 / 1440,
      contractFte: (50 * 365) / 30 / 1878 + (10 * 365) / 10 / 1878,
      grade: 'A',
      // 300 × 2.0638986 × 2 / 5 = 247.667832 min = 4.1277972 h; 60 × 1.984217 × 5 / 10 = 59.52651 min = 0.9921085 h: √18.022989 h;
      // a year: 4.1277972 × 365 / 30 = 50.2215326 h and 0.9921085 × 365 / 10 = 36.2119603 h: √3833.508338 h
      margins: [4.2453491, 61.915332 / 1440],
    },
  },
  {
    name: 'an estimate has no interval, and makes the sum have none',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [
          { minutes: 10, n: 25, spreadMinutes: 2 },
          { variant: 'new', minutes: 20, n: 25, spreadMinutes: 2, method: 'estimate' },
        ],
        counts: [
          [DAY, 'plain', 'done', 5, '5', 0],
          [DAY, 'new', 'done', 1, '1', 0],
        ],
      },
    ],
    expected: {
      gross: 70, // 5 × 10 + 20
      human: 0,
      netHours: 70 / 60,
      fte: ((70 / 60) * 365) / 1440,
      contractFte: ((70 / 60) * 365) / 1878,
      grade: 'C',
      noInterval: 'estimate',
    },
  },
  {
    // 6 × 10 min = 1 h in 1 day: × 365 / 1 a year. Student’s t has no n − 1 = 0 degrees of freedom.
    name: 'a single case that was timed gives no interval, whatever spread is claimed',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [{ minutes: 10, n: 1, spreadMinutes: 2 }],
        counts: [[DAY, 'plain', 'done', 6, '6', 0]],
      },
    ],
    expected: {
      gross: 60,
      human: 0,
      netHours: 1,
      fte: 365 / 1440,
      contractFte: 365 / 1878,
      grade: 'A',
      noInterval: 'too-few-cases',
    },
  },
  {
    // As above. Of many cases of which only the mean is known, it is not known how far they lie apart.
    name: 'cases of which the spread is not known give no interval, however many they are',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [{ minutes: 10, n: 250 }],
        counts: [[DAY, 'plain', 'done', 6, '6', 0]],
      },
    ],
    expected: {
      gross: 60,
      human: 0,
      netHours: 1,
      fte: 365 / 1440,
      contractFte: 365 / 1878,
      grade: 'A',
      noInterval: 'no-spread',
    },
  },
  {
    name: 'an estimate that is not counted in the period does no harm',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [
          { minutes: 10, method: 'estimate' },
          { minutes: 10, n: 25, spreadMinutes: 2, validFrom: DAY },
        ],
        counts: [
          ['2026-03-09', 'plain', 'done', 5, '5', 0],
          [DAY, 'plain', 'done', 6, '6', 0],
        ],
      },
    ],
    expected: {
      gross: 60,
      human: 0,
      netHours: 1,
      fte: 365 / 1440,
      contractFte: 365 / 1878,
      grade: 'A',
      // 6 × t(24) 2.063899 × 2 / 5 / 60; × 365 / 1440
      margins: [0.0825559, 0.0825559 * (365 / 1440)],
    },
  },
  {
    // As above. 25 times 10 minutes is how somebody rounds, or counts: it is not certain to the second.
    name: 'cases that all took the same give no interval, rather than one without width',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [{ minutes: 10, n: 25, spreadMinutes: 0 }],
        counts: [[DAY, 'plain', 'done', 6, '6', 0]],
      },
      {
        baselines: [{ minutes: 10, n: 25, spreadMinutes: 2 }],
        counts: [[DAY, 'plain', 'done', 6, '6', 0]],
      },
    ],
    expected: {
      gross: 120,
      human: 0,
      netHours: 2,
      fte: (2 * 365) / 1440,
      contractFte: (2 * 365) / 1878,
      grade: 'A',
      noInterval: 'no-spread',
    },
  },
]
