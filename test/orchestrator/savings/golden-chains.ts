import type { GoldenCase } from './golden-case.ts'

const DAY = '2026-03-10'

/** Chained deployments split one baseline. The first deployment has it: 10 minutes, timed 25 times, spread 2. */
export const CHAINS: readonly GoldenCase[] = [
  {
    name: 'two deployments split a baseline; the second needs none of its own',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [{ minutes: 10, n: 25, spreadMinutes: 2 }],
        counts: [[DAY, 'plain', 'done', 100, '100', 0]],
      },
      { baselines: [], counts: [[DAY, 'letter', 'done', 100, '100', 0]] },
    ],
    chains: [
      {
        ...{ baseline: [0, 'plain'], from: '2026-03-01' },
        parts: [
          [0, 'plain', 0.7],
          [1, 'letter', 0.3],
        ],
      },
    ],
    expected: {
      gross: 1000, // 100 × 10 × 0.7 + 100 × 10 × 0.3: as if one robot had done it all
      human: 0,
      netHours: 1000 / 60,
      fte: ((1000 / 60) * 365) / 1440,
      contractFte: ((1000 / 60) * 365) / 1878,
      grade: 'A',
      // One baseline is wrong for both in the same way: (70 + 30) × 2.0638986 × 2 / √25 = 82.555944 min = 1.3759324 h, and not
      // the side of a right angle, √(57.7891608² + 24.7667832²) = 62.8724 min
      margins: [1.3759324, (1.3759324 * 365) / 1440],
    },
  },
  {
    name: 'a chain counts from its first day up to the day before its end',
    period: ['2026-03-01', '2026-03-31'],
    deployments: [
      {
        baselines: [{ minutes: 10 }],
        counts: [
          ['2026-03-01', 'plain', 'done', 1, '1', 0],
          ['2026-03-10', 'plain', 'done', 1, '1', 0],
          ['2026-03-19', 'plain', 'done', 1, '1', 0],
          ['2026-03-20', 'plain', 'done', 1, '1', 0],
        ],
      },
      {
        baselines: [{ variant: 'letter', minutes: 4 }],
        counts: [
          ['2026-03-09', 'letter', 'done', 1, '1', 0],
          ['2026-03-10', 'letter', 'done', 1, '1', 0],
          ['2026-03-20', 'letter', 'done', 1, '1', 0],
        ],
      },
    ],
    chains: [
      {
        ...{ baseline: [0, 'plain'], from: '2026-03-10', until: '2026-03-20' },
        parts: [
          [0, 'plain', 0.75],
          [1, 'letter', 0.25],
        ],
      },
    ],
    expected: {
      gross: 45.5, // 10 + 7.5 + 7.5 + 10 and 4 + 2.5 + 4
      human: 0,
      netHours: 45.5 / 60,
      fte: ((35 / 60) * 365) / 31 / 1440 + ((10.5 / 60) * 365) / 23 / 1440, // the second from the 9th: 23 days
      contractFte: ((35 / 60) * 365) / 31 / 1878 + ((10.5 / 60) * 365) / 23 / 1878,
      grade: 'A',
      noInterval: 'too-few-cases',
    },
  },
  {
    name: 'three deployments with shares of four decimals; a replaced baseline goes on in the chain',
    period: ['2026-03-01', '2026-03-31'],
    deployments: [
      {
        baselines: [{ minutes: 12 }, { minutes: 9, validFrom: '2026-03-16' }],
        counts: [
          ['2026-03-01', 'plain', 'done', 1, '1', 0],
          ['2026-03-16', 'plain', 'done', 1, '1', 0],
        ],
      },
      { baselines: [], counts: [['2026-03-01', 'a', 'done', 1, '1', 0]] },
      {
        baselines: [],
        counts: [
          ['2026-03-01', 'b', 'done', 1, '1', 0],
          ['2026-03-01', 'c', 'by-hand', 1, '0.5', 0],
        ],
      },
    ],
    chains: [
      {
        ...{ baseline: [0, 'plain'], from: '2026-02-01' },
        parts: [
          [0, 'plain', 0.3333],
          [1, 'a', 0.3333],
          [2, 'b', 0.3334],
          [2, 'c', 0.3334],
        ],
      },
    ],
    expected: {
      // 12 × 0.3333 + 9 × 0.3333 = 6.9993; 12 × 0.3333 = 3.9996; 12 × 0.3334 × 1.5 = 6.0012
      gross: 17.0001,
      human: 0,
      netHours: 17.0001 / 60,
      fte: ((17.0001 / 60) * 365) / 31 / 1440,
      contractFte: ((17.0001 / 60) * 365) / 31 / 1878,
      grade: 'A',
    },
  },
  {
    name: 'a deployment in no chain and without a baseline counts nothing and is told',
    period: [DAY, DAY],
    deployments: [
      { baselines: [{ minutes: 10 }, { variant: 'other' }], counts: [[DAY, 'other', 'done', 10, '10', 0]] },
      { baselines: [], counts: [[DAY, 'letter', 'done', 7, '7', 0]] },
    ],
    expected: {
      gross: 60,
      human: 0,
      withoutBaseline: 7, // in no chain
      netHours: 1,
      fte: 365 / 1440,
      contractFte: 365 / 1878,
      grade: 'A',
    },
  },
]
