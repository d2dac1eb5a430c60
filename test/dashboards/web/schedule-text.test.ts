import { expect, test } from 'vitest'
import { scheduleText } from '../../../dashboards/web/administer/schedule-text.ts'
import type { Texts } from '../../../dashboards/web/shared/use-texts.ts'

/** The key with what is put into it: which words are chosen, whatever they are. */
const t: Texts = (key, values = {}) => [key, ...Object.values(values)].join(' ')

test.each([
  ['* * * * *', 'administer.when.minutes 1'],
  ['*/10 * * * *', 'administer.when.minutes 10'],
  ['0 * * * *', 'administer.when.hour'],
  ['0 7 * * *', 'administer.when.daily 07:00'],
  ['30 6 * * 1-5', 'administer.when.workdays 06:30'],
  ['0 9 * * 0', 'administer.when.weekly zondag 09:00'],
  ['0 9 * * 6', 'administer.when.weekly zaterdag 09:00'],
  ['0 9 1 * *', 'administer.trigger.schedule 0 9 1 * *'],
])('%s is said as %s', (cron, words) => {
  expect(scheduleText(cron, t, 'nl')).toBe(words)
})
