import { expect, test } from 'vitest'
import { workingDayAfter } from '../../bots/insurance-check/working-days.ts'

test('weekends and public holidays are no working days', () => {
  expect(workingDayAfter('2026-11-20', 1)).toBe('2026-11-23')
  expect(workingDayAfter('2026-11-23', 10)).toBe('2026-12-07')
  // Christmas is on Friday and Saturday, New Year's Day on the Friday after.
  expect(workingDayAfter('2026-12-24', 1)).toBe('2026-12-28')
  expect(workingDayAfter('2026-12-24', 5)).toBe('2027-01-04')
})

test('Good Friday and Liberation Day are working days; King’s Day and Easter Monday are not', () => {
  expect(workingDayAfter('2026-04-02', 1)).toBe('2026-04-03')
  expect(workingDayAfter('2026-04-03', 1)).toBe('2026-04-07')
  expect(workingDayAfter('2026-04-24', 1)).toBe('2026-04-28')
  expect(workingDayAfter('2026-05-04', 1)).toBe('2026-05-05')
})
