import type { GoldenCase } from './golden-case.ts'

const DAY = '2026-03-10'

/** What becomes of counts; the period is one day, a day is a 365th of the year: FTE = hours × 365 / norm. */
export const MINUTES: readonly GoldenCase[] = [
  {
    name: 'done and parked',
    period: [DAY, DAY],
    deployments: [
      {
        counts: [
          [DAY, 'plain', 'done', 10, '10', 0],
          [DAY, '', 'parked', 2, '0', 180],
        ],
      },
    ],
    expected: {
      gross: 60, // 10 × 6 min
      human: 3, // 2 × 90 s = 180 s
      netHours: 0.95, // (60 − 3) / 60
      fte: 346.75 / 1440, // 0.95 × 365 = 346.75 hours a year
      contractFte: 346.75 / 1878,
      grade: 'A',
    },
  },
  {
    name: 'a share for what the robot prepared, less what people did in the worklist and outside',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [{ minutes: 12 }],
        counts: [
          [DAY, 'plain', 'by-hand', 4, '1', 0], // 4 × 0.25
          [DAY, '', 'parked', 4, '0', 240],
          [DAY, '', 'worklist', 0, '0', 300],
        ],
      },
    ],
    expected: {
      gross: 12, // 1 × 12 min
      human: 9, // 240 s + 300 s = 540 s
      netHours: 0.05, // 3 / 60
      fte: 18.25 / 1440, // 0.05 × 365
      contractFte: 18.25 / 1878,
      grade: 'A',
    },
  },
  {
    name: 'nothing to do and shadow count for nothing, also without a baseline',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [{ minutes: 8, method: 'log' }],
        counts: [
          [DAY, 'plain', 'done', 1, '1', 0],
          [DAY, 'plain', 'nothing', 5, '0', 0],
          [DAY, 'strange', 'nothing', 5, '0', 0],
          [DAY, 'plain', 'shadow', 7, '0', 0],
        ],
      },
    ],
    expected: {
      gross: 8, // 1 × 8 min
      human: 0,
      netHours: 8 / 60,
      fte: ((8 / 60) * 365) / 1440,
      contractFte: ((8 / 60) * 365) / 1878,
      grade: 'B',
    },
  },
  {
    name: 'more human time than gain stays negative',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [{ minutes: 2 }],
        counts: [
          [DAY, 'plain', 'done', 1, '1', 0],
          [DAY, '', 'parked', 3, '0', 480],
        ],
      },
    ],
    expected: {
      gross: 2,
      human: 8, // 3 × 160 s
      netHours: -0.1, // −6 / 60
      fte: -36.5 / 1440, // −0.1 × 365
      contractFte: -36.5 / 1878,
      grade: 'A',
    },
  },
  {
    name: 'a variant without a baseline counts nothing and is told',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [{ minutes: 5 }],
        counts: [
          [DAY, 'plain', 'done', 2, '2', 0],
          [DAY, 'other', 'done', 3, '3', 0],
        ],
      },
    ],
    expected: {
      gross: 10, // 2 × 5 min; the 3 others are not guessed
      human: 0,
      withoutBaseline: 3,
      netHours: 10 / 60,
      fte: ((10 / 60) * 365) / 1440,
      contractFte: ((10 / 60) * 365) / 1878,
      grade: 'A',
    },
  },
  {
    name: 'nothing but items without a baseline: human time still counts',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [{ validFrom: '2026-03-11' }],
        counts: [
          [DAY, 'plain', 'done', 2, '2', 0],
          [DAY, '', 'parked', 1, '0', 60],
        ],
      },
    ],
    expected: {
      gross: 0, // the baseline begins a day later
      human: 1,
      withoutBaseline: 2,
      netHours: -1 / 60,
      fte: (-1 / 60) * (365 / 1440),
      contractFte: (-1 / 60) * (365 / 1878),
      grade: null,
    },
  },
  {
    name: 'thirds of a minute keep their seconds',
    period: [DAY, DAY],
    deployments: [
      {
        baselines: [{ minutes: 0.333 }],
        counts: [
          [DAY, 'plain', 'done', 3000, '3000', 0],
          [DAY, 'plain', 'by-hand', 1, '0.0001', 0],
          [DAY, '', 'worklist', 0, '0', 7],
        ],
      },
    ],
    expected: {
      gross: 999.0000333, // 3000 × 0.333 + 0.0001 × 0.333
      human: 7 / 60,
      netHours: (999.0000333 - 7 / 60) / 60,
      fte: ((999.0000333 - 7 / 60) / 60) * (365 / 1440),
      contractFte: ((999.0000333 - 7 / 60) / 60) * (365 / 1878),
      grade: 'A',
    },
  },
  {
    name: 'upkeep is subtracted on the days of the period',
    period: ['2026-03-09', '2026-03-10'],
    deployments: [
      {
        counts: [
          ['2026-03-09', 'plain', 'done', 100, '100', 0],
          ['2026-03-10', 'plain', 'done', 100, '100', 0],
        ],
        upkeep: [
          ['2026-03-08', '40'],
          ['2026-03-09', '1.50'],
          ['2026-03-10', '0.25'],
          ['2026-03-11', '40'],
        ],
      },
    ],
    expected: {
      gross: 1200, // 200 × 6 min
      human: 0,
      netHours: 18.25, // 20 − 1.5 − 0.25
      fte: 3330.625 / 1440, // 18.25 × 365 / 2 days
      contractFte: 3330.625 / 1878,
      grade: 'A',
    },
  },
]
