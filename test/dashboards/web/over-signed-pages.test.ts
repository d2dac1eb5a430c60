import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addOneOff, removeOneOff } from '../../../orchestrator/savings/one-off.ts'
import { signRealised, withdrawRealised } from '../../../orchestrator/savings/realised.ts'
import { seedSavings } from '../server/savings/seed-savings.ts'
import { expectAccessible, expectNoSidewaysScrolling } from './expect-accessible.ts'
import { openPages, type Pages } from './open-pages.ts'

let pages: Pages

beforeAll(async () => {
  pages = await openPages()
  await seedSavings(pages.server.installation.db)
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

const MARCH = 'from=2026-03-01&to=2026-03-31'
const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

test.each(['nl', 'en'] as const)(
  'hours that are more than is left now are marked in %s',
  async (language) => {
    const { db } = pages.server.installation
    const by = { account: 'u-1', today: '2026-06-01' }
    const days = { from: '2026-03-10', to: '2026-03-10' }
    const given = {
      hospital: 'noord',
      purpose: 'more-care',
      department: 'Poli 2',
      signedName: 'Hoofd Poli 2',
    } as const
    const id = await signRealised(db, by, { ...days, ...given, hours: 2 })
    const marked = { deployment: 'noord-counted', from: days.from, until: days.to, reason: 'old work' }
    const backlog = await addOneOff(db, by, marked)
    const [words, figures] =
      language === 'nl'
        ? [
            'Meer getekend dan netto overblijft: trek in of teken opnieuw.',
            '2,00 uur getekend, netto 0,00 uur.',
          ]
        : ['More signed than is left net: withdraw it or sign again.', '2.00 hours signed, 0.00 hours net.']
    const looker = { role: 'programme', language } as const
    await using opened = await pages.openPage(looker, '/hospitals/noord/realised')
    const row = rowOf(opened.page, 'Hoofd Poli 2')
    await row
      .filter({ hasNotText: /ingetrokken|withdrawn/ })
      .locator('.state', { hasText: words })
      .waitFor()
    await opened.page.getByRole('alert').filter({ hasText: figures }).waitFor()
    await expectAccessible(opened.page)
    await opened.page.setViewportSize({ width: 390, height: 900 })
    await expectNoSidewaysScrolling(opened.page)
    await using savings = await pages.openPage(looker, `/programme/savings?${MARCH}`)
    await savings.page.getByRole('alert').filter({ hasText: words }).filter({ hasText: figures }).waitFor()
    await expectAccessible(savings.page)
    await removeOneOff(db, by, { id: backlog, hospital: 'noord' })
    await withdrawRealised(db, by, { id, hospital: 'noord', reason: 'again' })
    await savings.page.reload()
    await savings.page.getByRole('table').first().waitFor()
    expect(await savings.page.getByText(words).count()).toBe(0)
  },
)
