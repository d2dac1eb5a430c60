import { sql } from 'kysely'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addOneOff, removeOneOff } from '../../../orchestrator/savings/one-off.ts'
import { raiseOverSigned } from '../../../orchestrator/savings/over-signed.ts'
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
    const days = { from: '2026-03-01', to: '2026-03-31' }
    const given = {
      hospital: 'noord',
      purpose: 'more-care',
      department: 'Poli 2',
      signedName: 'Hoofd Poli 2',
    } as const
    const id = await signRealised(db, by, { ...days, ...given, hours: 2 })
    const marked = {
      deployment: 'noord-counted',
      from: '2026-03-10',
      until: '2026-03-10',
      reason: 'old work',
    }
    const backlog = await addOneOff(db, by, marked)
    const [words, figures] =
      language === 'nl'
        ? [
            'Meer ondertekend dan netto overblijft: trek in of onderteken opnieuw.',
            /2,00 uur ondertekend, netto [-−]?\d+,\d\d uur\./,
          ]
        : [
            'More signed than is left net: withdraw it or sign again.',
            /2\.00 hours signed, [-−]?\d+\.\d\d hours net\./,
          ]
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

test('the alarm on Today leads to what was signed for its days, and from there to all of it', async () => {
  const { db } = pages.server.installation
  const by = { account: 'u-1', today: '2026-06-01' }
  const head = { hospital: 'noord', purpose: 'more-care', signedName: 'Hoofd' } as const
  const march = { from: '2026-03-01', to: '2026-03-31' }
  const april = { from: '2026-04-01', to: '2026-04-30' }
  await sql`INSERT INTO day_count SELECT (one).* FROM (SELECT jsonb_populate_record(c, '{"day": "2026-04-14"}') AS one
    FROM day_count c WHERE deployment = 'noord-counted' AND day = '2026-03-11') again`.execute(db)
  await signRealised(db, by, { ...head, ...march, department: 'Te veel', hours: 2 })
  await signRealised(db, by, { ...head, ...april, department: 'Anders', hours: 0.05 })
  const backlog = { deployment: 'noord-counted', from: '2026-03-10', until: '2026-03-10', reason: 'old' }
  await addOneOff(db, by, backlog)
  await raiseOverSigned(db, by.today)
  await using opened = await pages.openPage({}, '/hospitals/noord/today')
  const { page } = opened
  const row = page.getByRole('listitem').filter({ hasText: '2.00 hours are signed as realised' })
  await row.getByRole('link', { name: 'Bekijken' }).press('Enter')
  await page.getByText('Alleen wat is ondertekend over dagen van 1 maart 2026').waitFor()
  await rowOf(page, 'Te veel').waitFor()
  expect(await rowOf(page, 'Anders').count()).toBe(0)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Alles tonen' }).press('Enter')
  await rowOf(page, 'Anders').waitFor()
  expect(new URL(page.url()).search).toBe('')
  await page.setViewportSize({ width: 390, height: 900 })
  await expectNoSidewaysScrolling(page)
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})
