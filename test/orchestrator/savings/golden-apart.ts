import type { GoldenCase } from './golden-case.ts'

const DAY = '2026-03-10'

/** What is counted apart: backlogs that are cleared once, and cases that another deployment counts. */
export const APART: readonly GoldenCase[] = [
  {
    name: 'items of a run that clears a backlog are apart, with what they took from people, and not annualised',
    period: [DAY, DAY],
    deployments: [
      {
        counts: [
          [DAY, 'plain', 'done', 10, '10', 0],
          [DAY, 'plain', 'done', 500, '500', 0, 'one-off'],
          [DAY, '', 'parked', 3, '0', 1800, 'one-off'],
        ],
      },
    ],
    expected: {
      gross: 60, // 10 × 6 min
      human: 0,
      oneOff: [500, 49.5], // 500 × 6 min − 1800 s = 3000 − 30 = 2970 min
      netHours: 1,
      fte: 365 / 1440, // of the regular hour only
      contractFte: 365 / 1878,
      grade: 'A',
    },
  },
  {
    name: 'days on which a backlog took items are apart with their upkeep, and are no measured days',
    period: ['2026-06-01', '2026-06-30'],
    deployments: [
      {
        counts: [
          ['2026-06-01', 'plain', 'done', 100, '100', 0],
          ['2026-06-11', 'plain', 'done', 900, '900', 0],
          ['2026-06-20', 'plain', 'done', 100, '100', 360],
          ['2026-06-21', 'plain', 'done', 100, '100', 0],
        ],
        upkeep: [
          ['2026-06-11', '4'],
          ['2026-06-21', '1'],
        ],
        oneOff: [['2026-06-11', '2026-06-20']],
      },
    ],
    expected: {
      gross: 1200, // the 1st and the 21st: 200 × 6 min
      human: 0,
      oneOff: [1000, 95.9], // 1000 × 6 − 6 min = 99.9 h, − 4 h of upkeep
      netHours: 19, // 20 − 1
      fte: (19 * 365) / 28 / 1440, // the 11th and the 20th were cleared: 30 − 2 days were measured
      contractFte: (19 * 365) / 28 / 1878,
      grade: 'A',
    },
  },
  {
    // 2 × 100 × 6 min = 20 h in 30 days. Marked: a day without items, one with nothing to do, one of a marked run, one in
    // shadow mode and one whose case counts elsewhere: the mark takes no regular item from any, so all stay measured.
    name: 'days on which a backlog took nothing from the regular work stay measured',
    period: ['2026-06-01', '2026-06-30'],
    deployments: [
      {
        counts: [
          ['2026-06-01', 'plain', 'done', 100, '100', 0],
          ['2026-06-14', 'plain', 'nothing', 9, '0', 0],
          ['2026-06-15', 'plain', 'done', 50, '50', 0, 'one-off'],
          ['2026-06-16', 'plain', 'shadow', 9, '0', 0],
          ['2026-06-17', 'plain', 'done', 9, '9', 0, 'left-out'],
          ['2026-06-21', 'plain', 'done', 100, '100', 0],
        ],
        oneOff: [
          ['2026-06-13', '2026-06-17'],
          ['2026-06-13', '2026-06-14'],
        ],
      },
    ],
    expected: {
      gross: 1200,
      human: 0,
      leftOut: 9,
      oneOff: [50, 5], // 50 × 6 min, of the run
      netHours: 20,
      fte: (20 * 365) / 30 / 1440,
      contractFte: (20 * 365) / 30 / 1878,
      grade: 'A',
    },
  },
  {
    // 2 × 100 × 6 min = 20 h in 29 days. Booked on marked days: where the backlog took items, 2 h go with it; on the days
    // before the first item, without any, with nothing to do, and of a marked run they stay, for these stay measured.
    name: 'upkeep on marked days of which a backlog took nothing is regular, and begins the measured days',
    period: ['2026-06-01', '2026-06-30'],
    deployments: [
      {
        counts: [
          ['2026-06-10', 'plain', 'done', 100, '100', 0],
          ['2026-06-14', 'plain', 'nothing', 9, '0', 0],
          ['2026-06-15', 'plain', 'done', 50, '50', 0, 'one-off'],
          ['2026-06-16', 'plain', 'done', 80, '80', 0],
          ['2026-06-21', 'plain', 'done', 100, '100', 0],
        ],
        upkeep: [
          ['2026-06-01', '0.25'],
          ['2026-06-13', '0.5'],
          ['2026-06-14', '1'],
          ['2026-06-15', '1.25'],
          ['2026-06-16', '2'],
        ],
        oneOff: [
          ['2026-06-01', '2026-06-03'],
          ['2026-06-13', '2026-06-16'],
        ],
      },
    ],
    expected: {
      gross: 1200,
      human: 0,
      oneOff: [130, 11], // 130 × 6 min = 13 h, − 2 h of the 16th
      netHours: 17, // 20 − 3
      fte: (17 * 365) / 29 / 1440, // from the 1st, but for the 16th
      contractFte: (17 * 365) / 29 / 1878,
      grade: 'A',
    },
  },
  {
    name: 'a deployment that began with its backlog is measured from the day after it',
    period: ['2026-06-01', '2026-06-30'],
    deployments: [
      {
        counts: [
          ['2026-06-01', 'plain', 'done', 900, '900', 0],
          ['2026-06-21', 'plain', 'done', 100, '100', 0],
        ],
        oneOff: [['2026-05-20', '2026-06-05']],
      },
    ],
    expected: {
      gross: 600,
      human: 0,
      oneOff: [900, 90],
      netHours: 10,
      fte: 365 / 1440, // from the 21st: 10 × 365 / 10
      contractFte: 365 / 1878,
      grade: 'A',
    },
  },
  {
    // 60 × 10 min = 10 h, all one-off; regular work 0 min in 30 − 30 = 0 measured days.
    name: 'nothing but a backlog: hours apart, no FTE, and no interval to speak of',
    period: ['2026-06-01', '2026-06-30'],
    deployments: [
      {
        baselines: [{ minutes: 10, n: 25, spreadMinutes: 2 }],
        counts: [['2026-06-05', 'plain', 'done', 60, '60', 0]],
        oneOff: [['2026-06-01', '2026-06-30']],
      },
    ],
    expected: {
      gross: 0,
      human: 0,
      oneOff: [60, 10],
      netHours: 0,
      fte: 0,
      contractFte: 0,
      grade: null,
      noInterval: 'nothing-counted',
    },
  },
  {
    name: 'a case that another deployment counts is left out and told; what people spent on it still counts',
    period: [DAY, DAY],
    deployments: [
      { counts: [[DAY, 'plain', 'done', 20, '20', 0]] },
      {
        counts: [
          [DAY, 'plain', 'done', 5, '5', 0],
          [DAY, 'plain', 'done', 15, '15', 0, 'left-out'],
          [DAY, 'plain', 'by-hand', 2, '1', 0, 'left-out'],
          [DAY, '', 'worklist', 0, '0', 600],
        ],
      },
    ],
    expected: {
      gross: 150, // 25 × 6 min; 17 are left out
      human: 10, // 600 s
      leftOut: 17,
      netHours: 140 / 60,
      fte: ((140 / 60) * 365) / 1440,
      contractFte: ((140 / 60) * 365) / 1878,
      grade: 'A',
    },
  },
  {
    // 3 left out give 0 min by the rule, the 4 of the other deployment 0 min for want of a baseline.
    name: 'a left-out item needs no baseline',
    period: [DAY, DAY],
    deployments: [
      { baselines: [], counts: [[DAY, 'plain', 'done', 3, '3', 0, 'left-out']] },
      { baselines: [], counts: [[DAY, 'plain', 'done', 4, '4', 0]] },
    ],
    expected: {
      gross: 0,
      human: 0,
      leftOut: 3,
      withoutBaseline: 4,
      netHours: 0,
      fte: 0,
      contractFte: 0,
      grade: null,
      noInterval: 'nothing-counted',
    },
  },
]
