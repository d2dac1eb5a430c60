import { expect, test } from 'vitest'
import { changeWords } from '../../../dashboards/server/administer/change-words.ts'
import { tellChange } from '../../../dashboards/web/administer/change-words.ts'
import type { Texts } from '../../../dashboards/web/shared/use-texts.ts'
import { texts } from '../../../dashboards/web/texts.ts'
import { differencesBetween } from '../../../orchestrator/ledger/differences.ts'
import type { Json } from '../../../bots/bot.ts'

const wordsOf = (language: 'nl' | 'en'): Texts => {
  const all: Readonly<Record<string, string>> = texts[language]
  return (key, values = {}) =>
    (all[key] ?? key).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))
}

const DEPLOYMENTS = new Map([['noord-insurance-check', 'insurance-check']])

/** A change as it is read on the page: its subject, and each place with what stands there now. */
function told(what: string, subject: string, after: Json, language: 'nl' | 'en' = 'nl') {
  const differences = differencesBetween(null, after)
  const words = changeWords({ subject, before: null, after }, differences, DEPLOYMENTS)
  const called = (code: string) => (Object.hasOwn(words, code) ? words[code]?.[language] : undefined)
  const telling = tellChange({ what, subject, called }, wordsOf(language), language)
  const shown = (value: Json) =>
    typeof value === 'string' || typeof value === 'number' ? telling.value('', value) : value
  return [
    telling.subject,
    ...differences.map(({ path, after: now }) =>
      path === ''
        ? shown(now)
        : `${telling.place(path)}: ${typeof now === 'string' || typeof now === 'number' ? telling.value(path, now) : String(now)}`,
    ),
  ]
}

test.each([
  ['adoption', 'referral-intake 2026-02-01', 'live', ['Verwijzing verwerken 1 februari 2026', 'In gebruik']],
  ['deployment-mode', 'noord-insurance-check', 'shadow', ['noord-insurance-check', 'schaduw']],
  ['round', '2026-2 insurance-check', true, ['Juli tot en met december 2026 Verzekering controleren', true]],
  [
    'pleasure',
    'Polikliniek referral-intake after',
    { score: '7.9', measured_on: '2026-06-01' },
    ['Polikliniek Verwijzing verwerken Achteraf', 'cijfer: 7,9', 'gemeten op: 1 juni 2026'],
  ],
  // A system has a short name, and what is booked a number.
  [
    'upkeep',
    'noord-insurance-check',
    { id: 7, hours: '0.50' },
    ['noord-insurance-check', 'nummer: 7', 'uren: 0,5'],
  ],
  ['system', 'epd', { id: 'epd' }, ['epd', 'korte naam: epd']],
  [
    'import-withdrawn',
    '2',
    { leftOut: 1, countAgain: 3 },
    ['2', 'niet meer meegeteld: 1', 'tellen weer mee: 3'],
  ],
  ['idea', '673ed953-e542-4668-8401-38b23bfbc5ad', { reply: 'Ja.' }, ['673ed953', 'toelichting: Ja.']],
  [
    'cost',
    '673ed953-e542-4668-8401-38b23bfbc5ad',
    { kind: 'hosting', euros: '1250.50', year: 2026 },
    ['673ed953', 'soort: Hosting', 'euro: € 1.250,50', 'jaar: 2026'],
  ],
  [
    'time-use',
    '2026',
    { groups: [{ hours: '52000', shares: [{ share: '0.0850', activity: 'planning' }] }] },
    [
      '2026',
      'groepen › 1 › uren: 52.000',
      'groepen › 1 › aandelen › 1 › aandeel: 8,5 %',
      'groepen › 1 › aandelen › 1 › activiteit: Planning',
    ],
  ],
  [
    'deployment',
    'noord-insurance-check',
    {
      bot: 'insurance-check',
      settings: { workingDays: 10, insurers: ['0104'] },
      systems: { portal: 'portaal' },
      baselines: [{ variant: 'renewed', validFrom: '2025-01-13', minutes: 2.5, method: 'stopwatch' }],
    },
    [
      'noord-insurance-check',
      'robot: Verzekering controleren',
      'instellingen › Werkdagen vooruit: 10',
      'instellingen › Bekende verzekeraars › 1: 0104',
      'systemen › Portaal van de verzekeraars: portaal',
      'nulmetingen › Polis was bekend en is bevestigd 13 januari 2025 › variant: Polis was bekend en is bevestigd',
      'nulmetingen › Polis was bekend en is bevestigd 13 januari 2025 › geldig vanaf: 13 januari 2025',
      'nulmetingen › Polis was bekend en is bevestigd 13 januari 2025 › minuten: 2,5',
      'nulmetingen › Polis was bekend en is bevestigd 13 januari 2025 › manier van meten: stopwatch',
    ],
  ],
  [
    'system',
    'epd',
    { kind: 'web', address: 'https://epd.example', settings: { signIn: { user: { label: 'Naam' } } } },
    [
      'epd',
      'soort: webtoepassing',
      'adres: https://epd.example',
      expect.stringMatching(/^instellingen › Inloggen › .*: Naam$/),
    ],
  ],
] as const)('a change of kind %s is told in words', (what, subject, after, words) => {
  const copy: Json = JSON.parse(JSON.stringify(after))
  expect(
    told(what, subject, copy).map((line) =>
      typeof line === 'string' ? line.replaceAll('\u00a0', ' ') : line,
    ),
  ).toEqual(words)
})

test('it is told in English too', () => {
  expect(told('adoption', 'referral-intake 2026-02-01', 'live', 'en')).toEqual([
    'Referral intake 1 February 2026',
    'In use',
  ])
})

test('what people wrote themselves stays as they wrote it', () => {
  const reason = 'live hosting 2026-13-45'
  expect(told('system-held', 'portaal', { reason })).toEqual(['portaal', `reden: ${reason}`])
})
