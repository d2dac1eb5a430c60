import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { placeName } from '../../../dashboards/web/administer/change-place.ts'
import { browserName } from '../../../dashboards/web/door/browser-name.ts'
import { durationText } from '../../../dashboards/web/shared/duration.tsx'
import { localTime } from '../../../dashboards/web/shared/local-time.tsx'
import { mayOpen } from '../../../dashboards/web/shared/me.ts'
import { formProblems } from '../../../dashboards/web/shared/form-problems.ts'
import { nextSorting, sortRows } from '../../../dashboards/web/shared/sort-rows.ts'
import { askKey } from '../../../dashboards/web/shared/use-ask.ts'
import { texts } from '../../../dashboards/web/texts.ts'
import type { Texts } from '../../../dashboards/web/shared/use-texts.ts'

const t: Texts = (key, values = {}) => {
  const text: Readonly<Record<string, string>> = texts.nl
  return (text[key] ?? key).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))
}

test.each([
  ['baselines[cancelled 2026-11-22].measuredOn', 'nulmetingen › cancelled 2026-11-22 › gemeten op'],
  ['groups[0].shares[1].activity', 'groepen › 1 › aandelen › 2 › activiteit'],
  ['function_group', 'functiegroep'],
  ['triggers.0.cron', 'aanleidingen › 1 › rooster (cron)'],
  ['settings.patientNumberSystem', 'instellingen › patientNumberSystem'],
])('a change of %s is told as one of %s', (path, words) => {
  expect(placeName(path, t)).toBe(words)
})

test('times are those of the Netherlands, in summer and winter', () => {
  expect(localTime('2026-11-22T03:04:05Z', 'nl')).toBe('22 nov, 04:04')
  expect(localTime('2026-07-01T22:30:00Z', 'nl', 'day')).toBe('2 juli 2026')
  expect(localTime('2026-07-01T22:30:00Z', 'en', 'clock')).toBe('00:30:00')
})

test.each([
  [0.85, '850 ms'],
  [12.4, '12 s'],
  [200, '3 min 20 s'],
  [180, '3 min'],
  [14_700, '4 u 5 min'],
  [59.7, '1 min'],
])('%d seconds is %s', (seconds, text) => {
  expect(durationText(seconds, t)).toBe(text)
})

test('rows sort by figures as figures, with what is unknown last either way', () => {
  const columns = [{ key: 'n', sortBy: ({ n }: { n: number | string | null }) => n }]
  const rows = [{ n: 10 }, { n: null }, { n: 9 }]
  const sorted = (descending: boolean) => sortRows(rows, columns, { key: 'n', descending }).map(({ n }) => n)
  expect(sorted(false)).toEqual([9, 10, null])
  expect(sorted(true)).toEqual([10, 9, null])
  expect(sortRows([{ n: 'b10' }, { n: 'b9' }], columns, { key: 'n', descending: false })).toEqual([
    { n: 'b9' },
    { n: 'b10' },
  ])
  expect(nextSorting('n', undefined)).toEqual({ key: 'n', descending: false })
  expect(nextSorting('n', { key: 'n', descending: true })).toBeUndefined()
})

test('what is asked is remembered so that a path touches all below it', () => {
  expect(askKey('/api/hospitals/oost/items?state=parked')).toEqual([
    'api',
    'hospitals',
    'oost',
    'items',
    { query: 'state=parked' },
  ])
  expect(askKey('/api/hospitals/oost')).toEqual(['api', 'hospitals', 'oost'])
})

describe('who may open a page', () => {
  const me = {
    ...{
      account: 'a',
      name: 'A',
      language: 'nl' as const,
      hasPassword: true,
      hasTotp: false,
      hasOidc: false,
    },
    hospitals: [{ id: 'noord', name: 'Noord', roles: ['it' as const] }],
  }
  test.each([
    [{ path: '/hospitals/$hospital/x', roles: ['it'] as const }, 'noord', true],
    [{ path: '/hospitals/$hospital/x', roles: ['it'] as const }, 'zuid', false],
    [{ path: '/hospitals/$hospital/x', roles: ['administrator'] as const }, 'noord', false],
    [{ path: '/programme', roles: ['it'] as const }, undefined, true],
    [{ path: '/programme', roles: ['programme'] as const }, undefined, false],
    [{ path: '/account', roles: 'signed-in' as const }, undefined, true],
  ])('%j at %s', (page, hospital, may) => {
    expect(mayOpen(page, me, hospital)).toBe(may)
    expect(mayOpen(page, null, hospital)).toBe(false)
  })
})

describe('the check of a generated form', () => {
  const schema = z.toJSONSchema(
    z.object({
      days: z.int().min(1).max(60),
      name: z.string().min(1),
      codes: z.array(z.string().regex(/^\d{4}$/)).min(1),
      way: z
        .union([z.object({ kind: z.literal('a'), size: z.number() }), z.object({ kind: z.literal('b') })])
        .optional(),
    }),
    { io: 'input', target: 'draft-07' },
  )
  const found = (data: unknown) =>
    Object.fromEntries(formProblems(JSON.parse(JSON.stringify(schema)), data, t))

  test('finds nothing in what is right, also when an optional part is left out', () => {
    expect(found({ days: 3, name: 'x', codes: ['0104'], way: undefined })).toEqual({})
  })

  test('says of each field what to do, in the language of the reader', () => {
    expect(found({ days: 0, name: '', codes: ['abc'] })).toEqual({
      days: 'Dit moet ten minste 1 zijn.',
      name: 'Dit moet ingevuld zijn.',
      'codes.0': 'Dit klopt nog niet: kijk wat de toelichting vraagt.',
    })
    expect(found({})).toEqual({
      days: 'Dit moet ingevuld zijn.',
      name: 'Dit moet ingevuld zijn.',
      codes: 'Dit moet ingevuld zijn.',
    })
  })

  test('says what is wrong in the shape of a choice that it is, and once that it is none of them', () => {
    expect(found({ days: 3, name: 'x', codes: ['0104'], way: { kind: 'a' } })).toEqual({
      'way.size': 'Dit moet ingevuld zijn.',
    })
    expect(found({ days: 3, name: 'x', codes: ['0104'], way: { kind: 'c' } })).toEqual({
      way: 'Dit klopt nog niet: kijk wat de toelichting vraagt.',
    })
  })
})

test('a browser is called by its name and system', () => {
  const edge =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0'
  expect(browserName(edge)).toBe('Edge, Windows')
  expect(browserName('curl/8')).toBe('curl/8')
  expect(browserName('')).toBe('–')
})
