import { describe, expect, test } from 'vitest'
import { checkPeriod, daysIn, daysOfYearUpTo } from '../../../orchestrator/savings/period.ts'

describe('a period', () => {
  test('goes up to today when its end is still to come', () => {
    const period = { from: '2026-01-01', to: '2026-12-31' }
    expect(checkPeriod(period, '2026-03-10')).toEqual({ ...period, until: '2026-03-10' })
    expect(checkPeriod(period, '2027-01-01')).toEqual({ ...period, until: '2026-12-31' })
    expect(checkPeriod({ from: '2026-01-01', to: '2026-01-01' }, '2026-01-01').until).toBe('2026-01-01')
  })

  test.each([
    ['2026-02-30', '2026-03-01', 'Field from: "2026-02-30" is not a date'],
    ['2027-02-29', '2027-03-01', 'Field from: "2027-02-29" is not a date'],
    ['2026-01-01', '2026-13-01', 'Field to: "2026-13-01" is not a date'],
    ['2026-01-01', '2026-00-10', 'Field to: "2026-00-10" is not a date'],
    ['1-1-2026', '2026-03-01', 'Field from: "1-1-2026" is not a date'],
    ['2026-01-01', '', 'Field to: "" is not a date'],
    ['2026-01-01T00:00:00Z', '2026-03-01', 'Field from'],
    ['0000-01-01', '2026-03-01', 'Field from'],
    ['2026-03-02', '2026-03-01', 'Field to: 2026-03-01 lies before 2026-03-02'],
    ['2026-06-02', '2026-06-30', 'Field from: 2026-06-02 is still to come (today is 2026-06-01)'],
  ])('from "%s" to "%s" is refused: the sentence names the field', (from, to, sentence) => {
    expect(() => checkPeriod({ from, to }, '2026-06-01')).toThrow(
      expect.objectContaining({ kind: 'business', message: expect.stringContaining(sentence) }),
    )
  })

  test.each([
    ['2026-03-28', '2026-03-30', 3],
    ['2026-10-24', '2026-10-26', 3],
    ['2026-01-01', '2026-12-31', 365],
    ['2028-01-01', '2028-12-31', 366],
    ['2026-01-01', '2026-01-01', 1],
  ])('%s to %s has %i days, whatever the clock does', (first, last, days) => {
    expect(daysIn(first, last)).toBe(days)
  })

  test.each([
    ['2026-12-31', 365],
    ['2028-02-28', 366], // from 2027-02-28
    ['2028-02-29', 366], // from 2027-03-01
    ['2029-02-28', 365], // from 2028-03-01
    ['2028-12-31', 366],
  ])('the year up to %s has %i days', (last, days) => {
    expect(daysOfYearUpTo(last)).toBe(days)
  })
})
