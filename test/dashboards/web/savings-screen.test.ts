import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NOT_SAID } from '../../../dashboards/reports/report-definitions.ts'
import { readReportContent, type ReportContent } from '../../../dashboards/reports/report-content.ts'
import { putDeployment, putHospital } from '../../../orchestrator/ledger/setup.ts'
import { today } from '../../../dashboards/server/savings/figure-routes.ts'
import { bots } from '../../../bots/index.ts'
import { noteActivities } from '../../../orchestrator/savings/activities.ts'
import { BASELINE } from '../../orchestrator/savings/golden-case.ts'
import { written } from '../reports/written.ts'
import { seedSavings } from '../server/savings/seed-savings.ts'
import { putTestAccount } from '../server/test-account.ts'
import { expectAccessible, expectNoSidewaysScrolling } from './expect-accessible.ts'
import { openPages, type Pages } from './open-pages.ts'

let pages: Pages

const TIMED = { ...BASELINE, method: 'stopwatch', n: 25, spreadMinutes: 1.5 } as const

/** Two hospitals with a norm each, of which `zuid` timed its baselines, and has a robot of too few items to be told apart. */
beforeAll(async () => {
  pages = await openPages()
  const { db } = pages.server.installation
  await seedSavings(db)
  await noteActivities(db, bots.values())
  const norms = [{ validFrom: '2025-01-01', name: 'overheid', hoursPerYear: 1363 }]
  await putHospital(db, { id: 'zuid', name: 'Ziekenhuis zuid', norms })
  for (const [id, bot] of [
    ['zuid-rare', 'insurance-check'],
    ['zuid-timed', 'referral-intake'],
  ] as const)
    await putDeployment(db, {
      ...{ id, hospital: 'zuid', bot, mode: 'live', settings: {}, systems: {}, responsible: 'u-1' },
      ...{ outsideSeconds: 0, parkedShare: 0, triggers: [], baselines: [TIMED] },
    })
  for (const [deployment, day, items] of [
    ['zuid-rare', '2026-03-10', 3],
    ['zuid-timed', '2026-03-10', 12_345],
  ] as const) {
    const count = { deployment, day, items, counting: items, shares: String(items), human_seconds: 600 }
    await db
      .insertInto('day_count')
      .values({ ...count, variant: 'plain', outcome: 'done' })
      .execute()
  }
  const lead = { day: '2026-03-10', deployment: 'noord-counted' }
  await db
    .insertInto('lead_time')
    .values({ ...lead, items: 29 + 11, seconds: String(212_345 + 1_987_654), within_a_day: 29 })
    .execute()
  for (const role of ['auditor', 'programme'] as const) {
    const account = await putTestAccount(pages.server.doorDb, [role], 'noord')
    await pages.server.doorDb
      .insertInto('account_role')
      .values({ account, hospital: 'zuid', role, given_by: 'test' })
      .execute()
  }
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

const MARCH = { from: '2026-03-01', to: '2026-03-31' } as const
const WORDS = {
  nl: {
    ...{ headline: 'Netto opbrengst', robots: 'Per robot', activities: 'Per activiteit' },
    ...{
      notSaid: 'Wat dit niet zegt',
      parts: 'Tonen',
      withheld: 'niet getoond',
      none: 'niet ingedeeld',
      to: 'tot',
    },
    ...{ heads: ['Netto uren', 'FTE volgens de norm', 'FTE bij 1.878 uur'] as const },
    tooFew: 'geen interval: te weinig gevallen gemeten',
    norms: 'elk ziekenhuis bij zijn eigen norm',
    activity: new Map([
      ['reporting', 'Verslaglegging en communicatie'],
      ['finance', 'Financiën'],
      ['planning', 'Planning'],
    ]),
  },
  en: {
    ...{ headline: 'Net result', robots: 'By robot', activities: 'By activity' },
    ...{
      notSaid: 'What this does not say',
      parts: 'Show',
      withheld: 'not shown',
      none: 'not assigned',
      to: 'to',
    },
    ...{ heads: ['Net hours', 'FTE by the norm', 'FTE at 1,878 hours'] as const },
    tooFew: 'no interval: too few cases were timed',
    norms: 'each hospital at its own norm',
    activity: new Map([
      ['reporting', 'Reporting and communication'],
      ['finance', 'Finance'],
      ['planning', 'Planning'],
    ]),
  },
} as const
type Language = keyof typeof WORDS

const contentFor = async (role: 'auditor' | 'programme', hospitals: readonly string[] = ['noord', 'zuid']) =>
  await readReportContent(pages.server.installation.db, {
    ...{ ...MARCH, today: today(), hospitals, lists: false },
    seesItemsOf: role === 'auditor' ? hospitals : [],
  })

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
/** What stands there, a line each. */
const linesOf = (text: string) => text.split('\n').flatMap((line) => line.trim() || [])

async function rowsOf(page: Page, name: string): Promise<string[][]> {
  const rows = await region(page, name).locator('tbody tr').all()
  return await Promise.all(rows.map(async (row) => await row.locator('td').allInnerTexts()))
}

/** The three figures of the headline, each with what stands beneath it. */
function headlineOf({ total }: ReportContent, norm: string, language: Language): string[] {
  const [hours, atNorm, atContract] = WORDS[language].heads
  const word = WORDS[language]
  const figure = (value: number) => written(language, value, 2)
  const beneath = (range: { low: number; high: number } | undefined) =>
    range ? `95 %: ${figure(range.low)} ${word.to} ${figure(range.high)}` : word.tooFew
  const { interval } = total
  return [
    ...[hours, figure(total.netHours), beneath(interval?.netHours)],
    ...[atNorm, figure(total.fte), norm, beneath(interval?.fte)],
    ...[atContract, figure(total.contractFte), beneath(interval?.contractFte)],
  ]
}

const byNet = (a: { netHours: number | null }, b: { netHours: number | null }) =>
  (b.netHours ?? -Infinity) - (a.netHours ?? -Infinity)

function robotsOf({ robots }: ReportContent, language: Language): string[][] {
  const { withheld, parts } = WORDS[language]
  const share = (value: number) => `${written(language, value * 100, 1)} %`
  const count = (value: number | null) => (value === null ? withheld : written(language, value, 0))
  return robots.toSorted(byNet).map((robot) => {
    const { bot, hospitals, done, parked, parkedShare, leadTime, netHours } = robot
    const lead = leadTime
      ? [
          written(language, leadTime.meanSeconds / 3600, 1),
          leadTime.withinADay === null ? withheld : share(leadTime.withinADay / leadTime.items),
        ]
      : [done === null ? withheld : '–', done === null ? withheld : '–']
    const out = done === null || parked === null ? withheld : '–'
    return [
      ...[bots.get(bot)?.title[language] ?? bot, String(hospitals), count(done)],
      ...[parkedShare === null ? out : share(parkedShare), ...lead],
      netHours === null ? withheld : written(language, netHours, 2),
      parts,
    ]
  })
}

function activitiesOf({ activities }: ReportContent, language: Language): string[][] {
  const { withheld, none, parts, activity: names } = WORDS[language]
  return activities
    .toSorted(byNet)
    .map(({ activity, netHours }) => [
      activity === null ? none : (names.get(activity) ?? activity),
      netHours === null ? withheld : written(language, netHours, 2),
      parts,
    ])
}

describe.each(['nl', 'en'] as const)('the report on the screen in %s', (language) => {
  const word = WORDS[language]
  const address = `/programme/savings?from=${MARCH.from}&to=${MARCH.to}`

  test.each(['auditor', 'programme'] as const)(
    'says to %s the figures of headline, robots and activities that the files say',
    async (role) => {
      const report = await contentFor(role)
      await using opened = await pages.openPage({ role, language }, address)
      const { page } = opened
      const headline = linesOf(await region(page, word.headline).locator('dl').innerText())
      expect(headline).toEqual(headlineOf(report, word.norms, language))
      expect(await rowsOf(page, word.robots)).toEqual(robotsOf(report, language))
      expect(await rowsOf(page, word.activities)).toEqual(activitiesOf(report, language))
      // What is compared tells something: a robot with a time, or with what is withheld.
      expect(report.robots.some(({ leadTime }) => leadTime !== null)).toBe(role === 'auditor')
      expect(report.robots.some(({ netHours }) => netHours === null)).toBe(role === 'programme')
      await expectAccessible(page)
      await page.setViewportSize({ width: 390, height: 900 })
      await expectAccessible(page)
      await expectNoSidewaysScrolling(page)
      expect(opened.watched).toEqual({ errors: [], foreign: [] })
    },
  )

  test('says of one hospital its own figures and its norm', async () => {
    const report = await contentFor('auditor', ['zuid'])
    await using opened = await pages.openPage({ role: 'auditor', language }, `${address}&hospital=zuid`)
    const { page } = opened
    const headline = linesOf(await region(page, word.headline).locator('dl').innerText())
    const norm = language === 'nl' ? 'bij 1.363 uur (overheid)' : 'at 1,363 hours (overheid)'
    expect(headline).toEqual(headlineOf(report, norm, language))
    expect(report.total.interval).not.toBeNull()
    expect(await rowsOf(page, word.robots)).toEqual(robotsOf(report, language))
  })

  test('says what it does not say in the sentences of the files', async () => {
    await using opened = await pages.openPage({ role: 'auditor', language }, address)
    const sentences = await region(opened.page, word.notSaid).getByRole('listitem').allInnerTexts()
    expect(sentences.map((sentence) => sentence.trim())).toEqual(NOT_SAID[language])
  })
})
