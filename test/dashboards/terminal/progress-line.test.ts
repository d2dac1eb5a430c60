import { describe, expect, test } from 'vitest'
import {
  bar,
  plainProgress,
  progressLines,
  type TitledProgress,
} from '../../../dashboards/terminal/progress-line.ts'

const idle: TitledProgress = {
  id: 'oost-referral-intake',
  title: 'Referral intake',
  mode: 'live',
  stopped: false,
  doneToday: 0,
  parked: 0,
  waiting: 0,
  busy: 0,
  collecting: null,
  reference: null,
  eventKind: null,
  eventName: null,
}

const morning: TitledProgress[] = [
  {
    ...idle,
    ...{ doneToday: 118, parked: 3, waiting: 60, busy: 4 },
    ...{ reference: 'V-2026-0118', eventKind: 'step', eventName: 'read the referral in the portal' },
  },
  { ...idle, title: 'Insurance check', doneToday: 7, waiting: 12, collecting: 19 },
  { ...idle, title: 'Cancel appointments of the deceased', doneToday: 2, parked: 1 },
  { ...idle, title: 'Stopped robot', stopped: true, waiting: 5 },
]

describe('the lines of a terminal', () => {
  test('fit in 80 columns', () => {
    expect(progressLines(morning, { width: 80 })).toEqual([
      'Referral intake      ██████░░░░ 118 done  3 parked  64 waiting  V-2026-0118: re…',
      'Insurance check      ███░░░░░░░   7 done  0 parked  12 waiting  looks for work,…',
      'Cancel appointments… ██████████   2 done  1 parked   0 waiting  nothing to do',
      'Stopped robot        ░░░░░░░░░░   0 done  0 parked   5 waiting  stopped: see "o…',
    ])
  })

  test('use 120 columns', () => {
    expect(progressLines(morning, { width: 120 })).toEqual([
      'Referral intake              ██████░░░░ 118 done  3 parked  64 waiting  V-2026-0118: read the referral in the portal',
      'Insurance check              ███░░░░░░░   7 done  0 parked  12 waiting  looks for work, 19 found',
      'Cancel appointments of the … ██████████   2 done  1 parked   0 waiting  nothing to do',
      'Stopped robot                ░░░░░░░░░░   0 done  0 parked   5 waiting  stopped: see "ontregel deployments"',
    ])
  })

  test.each([20, 40, 60, 79, 200])('are never wider than %i columns', (width) => {
    for (const text of progressLines(morning, { width })) expect(text.length).toBeLessThanOrEqual(width)
  })

  test('leave out what does not fit in the height, and say so', () => {
    const lines = progressLines(morning, { width: 80, height: 4 })
    expect(lines).toHaveLength(3)
    expect(lines[2]).toBe('and 2 more: see "ontregel deployments"')
  })

  test.each([
    ['claimed', null, 'begins'],
    ['armed', 'register it', 'about to register it'],
    ['pressed', 'register it', 'register it, looking whether it is there'],
    ['act-done', 'register it', 'register it: done'],
    ['step-failed', 'read it', 'read it failed'],
  ])('say what %s means', (eventKind, eventName, said) => {
    const [text] = progressLines([{ ...idle, reference: 'V-1', eventKind, eventName }], { width: 120 })
    expect(text).toContain(`V-1: ${said}`)
  })
})

test('a bar is full only when all is done', () => {
  expect([0, 0.05, 0.5, 0.999, 1].map(bar)).toEqual([
    '░░░░░░░░░░',
    '░░░░░░░░░░',
    '█████░░░░░',
    '█████████░',
    '██████████',
  ])
})

test('a plain line has it all in words', () => {
  const [first = idle] = morning
  expect(plainProgress(first)).toBe(
    'oost-referral-intake: 118 done, 3 parked, 64 waiting; V-2026-0118: read the referral in the portal',
  )
})
