import { expect, test } from 'vitest'
import { freeDays } from '../../../orchestrator/triggers/free-days.ts'
import { nextFirings } from '../../../orchestrator/triggers/preview.ts'

const ZONE = 'Europe/Amsterdam'
const words = (cron: string, after: string, count: number, skips = false) =>
  nextFirings(cron, ZONE, new Date(after), { count, free: skips ? freeDays([]) : undefined })

test('the next firings are told in words, with the holidays that they leave out', () => {
  const told = words('0 7 * * 1-5', '2026-12-23T12:00:00Z', 3, true)
  expect(told.map(({ words: { nl } }) => nl)).toEqual([
    'donderdag 24 december 2026 om 07:00',
    'maandag 28 december 2026 om 07:00',
    'dinsdag 29 december 2026 om 07:00',
  ])
  expect(told.map(({ skipped }) => skipped.map(({ day }) => day))).toEqual([[], ['2026-12-25'], []])
  expect(told[0]?.words.en).toBe('Thursday, 24 December 2026 at 07:00')
})

test('over both changes of the clock the hour on the wall stays, and the hour that comes twice says which', () => {
  expect(words('30 2 * * *', '2026-03-28T00:00:00Z', 3).map(({ words: { nl } }) => nl)).toEqual([
    'zaterdag 28 maart 2026 om 02:30',
    'zondag 29 maart 2026 om 03:30',
    'maandag 30 maart 2026 om 02:30',
  ])
  const autumn = words('30 * * * *', '2026-10-24T23:45:00Z', 3)
  expect(autumn.map(({ at }) => at.toISOString().slice(11, 16))).toEqual(['00:30', '01:30', '02:30'])
  expect(autumn.map(({ words: { nl } }) => nl.replace('zondag 25 oktober 2026 om ', ''))).toEqual([
    expect.stringMatching(/^02:30 (CEST|GMT\+2)$/),
    expect.stringMatching(/^02:30 (CET|GMT\+1)$/),
    '03:30',
  ])
})
