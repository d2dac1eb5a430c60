import { describe, expect, test } from 'vitest'
import {
  asPattern,
  readSchedule,
  writeSchedule,
  type Schedule,
} from '../../../dashboards/web/administer/schedule-words.ts'

const USUAL: readonly (readonly [string, Schedule])[] = [
  ['0 7 * * *', { pattern: 'daily', time: '07:00' }],
  ['5 23 * * 1-5', { pattern: 'workdays', time: '23:05' }],
  ['30 6 * * 0', { pattern: 'weekly', time: '06:30', day: 0 }],
  ['*/15 * * * *', { pattern: 'minutes', every: 15 }],
  ['0 * * * *', { pattern: 'minutes', every: 60 }],
]

describe('a schedule in the words of a calendar', () => {
  test.each(USUAL)('%s is read and written as it was', (cron, schedule) => {
    expect(readSchedule(cron)).toEqual(schedule)
    expect(writeSchedule(schedule)).toBe(cron)
  })

  test.each([
    '0 7 1 * *',
    '0 7 * 12 *',
    '0 7 * * 1,3',
    '*/7 * * * *',
    '0 25 * * *',
    '0 7 * * * *',
    'at noon',
    '',
  ])('"%s" stays a cron of its own', (cron) => {
    expect(readSchedule(cron)).toEqual({ pattern: 'own', cron })
    expect(writeSchedule(readSchedule(cron))).toBe(cron)
  })

  test('another pattern keeps what it can', () => {
    const weekly: Schedule = { pattern: 'weekly', time: '06:30', day: 3 }
    expect(asPattern(weekly, 'workdays')).toEqual({ pattern: 'workdays', time: '06:30' })
    expect(asPattern(weekly, 'own')).toEqual({ pattern: 'own', cron: '30 6 * * 3' })
    expect(asPattern({ pattern: 'minutes', every: 5 }, 'daily')).toEqual({ pattern: 'daily', time: '07:00' })
  })
})
