import { expect, test } from 'vitest'
import { readReportContent, type ReportContent } from '../../../dashboards/reports/report-content.ts'
import { reportPage } from '../../../dashboards/reports/report-page.ts'
import type { ReportLanguage } from '../../../dashboards/reports/report-words.ts'
import type { LedgerDatabase } from '../../../orchestrator/ledger/tables.ts'
import { openSeededReport } from './seeded-report.ts'

/** What stands beneath the figure of each card. */
function cardsOf(report: ReportContent, language: ReportLanguage): string[][] {
  const cards = reportPage(report, language).split('<div class="card">').slice(1)
  return cards.map((card) =>
    [...card.matchAll(/<p class="beneath">(.*?)<\/p>/g)].map(([, text = '']) => text),
  )
}

/** Another variant at one hospital, measured like this and counted. */
async function measure(
  db: LedgerDatabase,
  how: { readonly method: 'stopwatch' | 'estimate'; readonly n: number | null },
): Promise<void> {
  const own = { deployment: 'west-check', variant: 'other' }
  const days = { measured_on: '2025-01-01', valid_from: '2025-01-01', remeasure_on: '2030-01-01' }
  await db
    .insertInto('baseline')
    .values({ ...own, ...how, ...days, minutes: '4.000', spread_minutes: null, measured_by: 'account-1' })
    .execute()
  const count = {
    day: '2026-03-03',
    outcome: 'done',
    human_seconds: 0,
    items: 8,
    counting: 8,
    shares: '8.0000',
  }
  await db
    .insertInto('day_count')
    .values({ ...own, ...count })
    .execute()
}

const CARDS = {
  nl: ['1.440 uur per jaar (planning)', 'Geen interval: een nulmeting is een schatting'],
  en: ['1,440 hours a year (planning)', 'No interval: a baseline is an estimate'],
} as const

test.each(['nl', 'en'] as const)(
  'the cards in %s name the one norm of all hospitals, and why the total has no interval',
  async (language) => {
    await using ledger = await openSeededReport()
    const report = await ledger.read()
    const [norm, none] = CARDS[language]
    const [oost] = report.savings.hospitals
    const one = { ...report, savings: { ...report.savings, hospitals: oost ? [oost] : [] } }
    expect(cardsOf(one, language)[1]?.[0]).toBe(norm)
    await measure(ledger.db, { method: 'estimate', n: null })
    const estimated = await ledger.read()
    expect(estimated.total).toMatchObject({ interval: null, noInterval: 'estimate' })
    const cards = cardsOf(estimated, language)
    expect(cards.map((beneath) => beneath.at(-1))).toEqual([none, none, none])
    expect(cards[1]?.[0]).toBe(
      language === 'nl' ? 'elk ziekenhuis bij zijn eigen norm' : 'each hospital at its own norm',
    )
  },
)

test.each([
  ['nl', 'Geen interval: van een nulmeting is de spreiding nul of niet bekend'],
  ['en', 'No interval: the spread of a baseline is zero or not known'],
] as const)(
  'a total in %s has no interval because the spread of many cases is not known',
  async (language, said) => {
    await using ledger = await openSeededReport()
    await measure(ledger.db, { method: 'stopwatch', n: 250 })
    const report = await ledger.read()
    expect(report.total.noInterval).toBe('no-spread')
    expect(cardsOf(report, language).map((beneath) => beneath.at(-1))).toEqual([said, said, said])
  },
)

test('a total has no interval because too few cases were timed, or nothing was counted', async () => {
  await using ledger = await openSeededReport()
  await measure(ledger.db, { method: 'stopwatch', n: 1 })
  expect((await ledger.read()).total.noInterval).toBe('too-few-cases')
  const early = { from: '2025-03-01', to: '2025-03-31', today: '2026-03-31', lists: false }
  const places = { hospitals: ['oost', 'west'], seesItemsOf: ['oost', 'west'] }
  expect((await readReportContent(ledger.db, { ...early, ...places })).total.noInterval).toBe(
    'nothing-counted',
  )
})

test('hours of a norm are printed with their decimal', async () => {
  await using ledger = await openSeededReport()
  await ledger.db.updateTable('norm').set({ hours_per_year: '1487.5' }).execute()
  const page = reportPage(await ledger.read(), 'nl')
  expect(page).toContain('bij\u00A01.487,5\u00A0uur')
  expect(page).toContain('1.487,5 uur per jaar: planning (norm van het ziekenhuis zelf).')
})
