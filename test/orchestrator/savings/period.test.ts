import { describe, expect, test } from 'vitest'
import {
  checkDate,
  checkPeriod,
  checkOneYear,
  checkWholeMonths,
  daysIn,
  daysOfYearUpTo,
} from '../../../orchestrator/savings/period.ts'

test.each(['1999-12-31', '2100-01-01', '9999-12-31', '1000-01-01'])(
  'nobody enters %s: its year is mistyped',
  (day) => {
    for (const near of ['2000-01-01', '2099-12-31']) expect(() => checkDate('day', near)).not.toThrow()
    expect(() => checkDate('day', day)).toThrow(
      `Field day: ${day} is not a day from 2000-01-01 to 2099-12-31; correct the year.`,
    )
  },
)

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
    ['1000-01-01', '2026-05-31', 'Field from: 1000-01-01 to 2026-05-31 is more than 10 years'],
    ['2016-06-01', '9999-12-31', 'Field from: 2016-06-01 to 2026-06-01 is more than 10 years'],
    ['2016-02-29', '2026-03-01', 'Field from: 2016-02-29 to 2026-03-01 is more than 10 years'],
    ['2026-06-02', '2026-06-30', 'Field from: 2026-06-02 is still to come (today is 2026-06-01)'],
  ])('from "%s" to "%s" is refused: the sentence names the field', (from, to, sentence) => {
    expect(() => checkPeriod({ from, to }, '2026-06-01')).toThrow(
      expect.objectContaining({ kind: 'business', message: expect.stringContaining(sentence) }),
    )
  })

  test.each([
    ['2016-06-02', '2026-06-01'],
    ['2016-06-02', '9999-12-31'],
    ['2016-02-29', '2026-02-28'],
  ])('from %s to %s may be ten years', (from, to) => {
    expect(checkPeriod({ from, to }, '2026-06-01')).toMatchObject({ from, to })
  })

  test.each([
    ['2026-03-01', '2026-03-31'],
    ['2026-11-01', '2027-02-28'],
    ['2028-02-01', '2028-02-29'],
  ])('%s to %s are whole months', (from, to) => {
    expect(() => checkWholeMonths({ from, to })).not.toThrow()
  })

  test.each([
    [
      '2026-03-10',
      '2026-03-10',
      'Field from: 2026-03-10 up to and including 2026-03-10 are not whole months',
    ],
    ['2026-03-02', '2026-03-31', 'Field from'],
    ['2026-03-01', '2026-03-30', 'Field to'],
    ['2028-02-01', '2028-02-28', 'Field to'],
  ])('%s to %s are no whole months: the sentence names the field', (from, to, sentence) => {
    expect(() => checkWholeMonths({ from, to })).toThrow(
      expect.objectContaining({ code: 'period-not-months', message: expect.stringContaining(sentence) }),
    )
  })

  test('days of one year are told from those over New Year, with what to give instead', () => {
    expect(() => checkOneYear({ from: '2026-01-01', to: '2026-12-31' })).not.toThrow()
    expect(() => checkOneYear({ from: '2026-12-01', to: '2027-01-31' })).toThrow(
      expect.objectContaining({
        code: 'period-over-years',
        message: expect.stringMatching(/^Field to: .* give 2026-12-31 at most/),
      }),
    )
    expect(() => checkOneYear({ from: '2025-12-01', to: '2027-12-31' })).toThrow('give 2025-12-31 at most')
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
    ['2028-02-28', 365], // from 2027-03-01
    ['2028-02-29', 366], // from 2027-03-01
    ['2029-02-28', 365], // from 2028-03-01
    ['2028-12-31', 366],
  ])('the year up to %s has %i days', (last, days) => {
    expect(daysOfYearUpTo(last)).toBe(days)
  })
})
