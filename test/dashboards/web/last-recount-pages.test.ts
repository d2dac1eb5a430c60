import { afterAll, beforeAll, expect, test } from 'vitest'
import { recountedSentence } from '../../../dashboards/reports/last-recount.ts'
import { readLastRecount } from '../../../orchestrator/savings/last-recount.ts'
import { expectAccessible, expectNoSidewaysScrolling } from './expect-accessible.ts'
import { openPages, type Pages } from './open-pages.ts'

let pages: Pages

beforeAll(async () => {
  pages = await openPages()
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

const PERIODS = [
  { from: '2026-02-28', to: '2026-03-31' },
  { from: '2026-01-01', to: '2026-01-31' },
]

test.each(['nl', 'en'] as const)(
  'the savings page says in %s what the files say: when, over which days, and with what result',
  async (language) => {
    const { db } = pages.server.installation
    await db.deleteFrom('nightly_recount').execute()
    const looker = { role: 'programme', language } as const
    for (const differences of [null, 0, 1, 3]) {
      const night = {
        day: `2026-04-0${(differences ?? 4) + 1}`,
        differences,
        periods: JSON.stringify(PERIODS),
      }
      await db.insertInto('nightly_recount').values(night).execute()
      const last = await readLastRecount(db)
      expect(last?.differences ?? null).toBe(differences)
      await using opened = await pages.openPage(looker, '/programme/savings')
      await opened.page.getByText(recountedSentence(last, language), { exact: true }).waitFor()
      await expectAccessible(opened.page)
      await opened.page.setViewportSize({ width: 390, height: 900 })
      await expectNoSidewaysScrolling(opened.page)
    }
  },
)
