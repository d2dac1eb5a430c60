import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSavings } from '../../../orchestrator/savings/report.ts'
import { expectAccessible, expectNoSidewaysScrolling } from './expect-accessible.ts'
import { openPages, settled, type Pages } from './open-pages.ts'

let pages: Pages

beforeAll(async () => {
  pages = await openPages()
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

const PATH = '/hospitals/noord/reported-items'
const HEAD = 'deployment,reference,variant,outcome,completedAt'
const csv = (lines: readonly string[], head: string) => ({
  ...{ name: 'list.csv', mimeType: 'text/csv' },
  buffer: Buffer.from([head, ...lines].join('\r\n')),
})
const good = (count: number) =>
  Array.from({ length: count }, (_, n) => `noord-invoices,F-${n},plain,done,2026-03-31T10:00:00Z`)
const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

const WORDS = {
  nl: {
    add: 'Inzet toevoegen',
    id: 'Naam van de inzet',
    bot: 'Naam van de robot',
    minutes: 'Minuten',
    by: 'Gemeten door',
    from: 'Geldig vanaf',
    on: 'Gemeten op',
    save: 'Vastleggen',
    file: 'CSV-bestand',
    take: 'Aanleveren',
    wrong: ['Regel 4', 'Regel 5', 'Deze inzet is er niet'],
    taken: '10 werkitems aangenomen.',
    leftOut: 'Van wat is aangenomen tellen 2 werkitems niet mee',
    withdraw: 'Import terugtrekken',
    ...{ reason: 'Reden', name: 'Naam van wie dit besluit' },
    withdrawn: 'teruggetrokken door A. de Boer: test',
    note: '10 werkitems van import',
    ...{ off: 'Uitzetten', isOff: 'uit' },
  },
  en: {
    add: 'Add a deployment',
    id: 'Name of the deployment',
    bot: 'Name of the robot',
    minutes: 'Minutes',
    by: 'Measured by',
    from: 'Valid from',
    on: 'Measured on',
    save: 'Write down',
    file: 'CSV file',
    take: 'Report',
    wrong: ['Row 4', 'Row 5', 'field deployment: there is none of this name here'],
    taken: '10 items taken in.',
    leftOut: 'Of what was taken in 2 items are left out',
    withdraw: 'Withdraw import',
    ...{ reason: 'Reason', name: 'Name of who decides this' },
    withdrawn: 'withdrawn by A. de Boer: test',
    note: '10 items of import',
    ...{ off: 'Turn off', isOff: 'off' },
  },
} as const

describe('a robot of another make', () => {
  test.each(['nl', 'en'] as const)(
    'is set up and reports a file in %s, whole or not at all',
    async (language) => {
      const words = WORDS[language]
      const { db } = pages.server.installation
      const hospital = language === 'nl' ? 'noord' : 'zuid'
      await using opened = await pages.openPage({ language, hospital }, PATH.replace('noord', hospital))
      const { page } = opened
      const of = (line: string) => line.replace('noord', hospital)
      await page.getByRole('button', { name: words.add }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(words.id).fill(of('noord-invoices'))
      await dialog.getByLabel(words.bot).fill('invoices')
      await dialog.getByRole('textbox', { name: /^Variant/ }).fill('plain')
      await dialog.getByRole('textbox', { name: words.minutes, exact: true }).fill('6')
      await dialog.getByLabel(words.by).fill('team financiën')
      await dialog.getByLabel(words.on).fill('2026-01-01')
      await dialog.getByLabel(words.from).fill('2026-01-01')
      await expectAccessible(page)
      await dialog.getByRole('button', { name: words.save }).click()
      await rowOf(page, of('noord-invoices')).first().waitFor()

      const take = async (lines: readonly string[]) => {
        await page.locator('input[type=file]').setInputFiles(csv(lines.map(of), HEAD))
        await page.getByRole('button', { name: words.take, exact: true }).click()
      }
      await take([
        ...good(2),
        'gone,F-8,plain,done,2026-03-31T10:00:00Z',
        'noord-invoices,F-0,plain,done,2026-03-31',
      ])
      await page.getByText(words.wrong[1], { exact: true }).waitFor()
      await take([...good(2), 'gone,F-8,plain,done,2026-03-31T10:00:00Z'])
      await page.getByText(words.wrong[0], { exact: true }).waitFor()
      await page.getByText(words.wrong[2]).first().waitFor()
      const reported = () =>
        db
          .selectFrom('item')
          .select('id')
          .where('reported_by', 'is not', null)
          .where('hospital', '=', hospital)
          .execute()
      expect(await reported()).toEqual([])
      await expectAccessible(page)
      await take(good(10))
      await page.getByText(words.taken).waitFor()
      await rowOf(page, of('administrator.noord')).getByText('10', { exact: true }).waitFor()
      expect(await reported()).toHaveLength(10)
      const report = await readSavings(db, {
        from: '2026-03-01',
        to: '2026-03-31',
        today: '2026-04-01',
        hospital,
      })
      const row = report.hospitals[0]?.deployments.find(({ id }) => id === of('noord-invoices'))
      expect(row?.reported).toBe(true)
      // 10 × 6 minutes
      expect(row?.netHours).toBe(1)

      await page.setViewportSize({ width: 390, height: 900 })
      await settled(page)
      await expectAccessible(page)
      await expectNoSidewaysScrolling(page)
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.getByRole('button', { name: `${words.off}: ${of('noord-invoices')}` }).click()
      await page.getByRole('dialog').getByRole('button', { name: words.off }).click()
      await rowOf(page, of('noord-invoices')).locator('.state', { hasText: words.isOff }).waitFor()
      expect(opened.watched.foreign).toEqual([])
    },
  )

  test.each(['nl', 'en'] as const)('is told of in %s with its items and its figures', async (language) => {
    const hospital = language === 'nl' ? 'noord' : 'zuid'
    const word = language === 'nl' ? 'aangeleverd' : 'reported'
    const by = `${word} ${language === 'nl' ? 'door' : 'by'} administrator.${hospital}`
    const looker = { language, hospital, role: ['administrator', 'programme'] } as const
    const list = `/hospitals/${hospital}/items?deployment=${hospital}-invoices`
    await using items = await pages.openPage(looker, list)
    await expect.poll(() => rowOf(items.page, by).count()).toBe(10)
    await expectAccessible(items.page)
    await items.page.getByRole('row').getByRole('link').first().click()
    await items.page.getByRole('heading', { level: 1 }).waitFor()
    await items.page.locator('dd .state', { hasText: by }).waitFor()
    await expectAccessible(items.page)
    const march = '/programme/savings?from=2026-03-01&to=2026-03-31'
    await using figures = await pages.openPage(looker, march)
    const table = figures.page.getByRole('table', {
      name: language === 'nl' ? 'Wat elke inzet deed' : 'What each deployment did',
    })
    const marked = table.getByRole('row').filter({ has: figures.page.locator('.state', { hasText: word }) })
    expect(await marked.allInnerTexts()).toEqual([expect.stringContaining(`${hospital}-invoices`)])
    await expectAccessible(figures.page)
  })

  test.each(['nl', 'en'] as const)(
    'takes an import back as a whole in %s, and the report says so',
    async (language) => {
      const words = WORDS[language]
      const hospital = language === 'nl' ? 'noord' : 'zuid'
      await using opened = await pages.openPage({ language, hospital }, PATH.replace('noord', hospital))
      const { page } = opened
      await page.getByRole('button', { name: words.withdraw }).first().click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(words.reason).fill('test')
      const confirm = dialog.getByRole('button', { name: words.withdraw })
      expect(await confirm.isEnabled()).toBe(false)
      await dialog.getByLabel(words.name).fill('A. de Boer')
      await expectAccessible(page)
      await confirm.click()
      await page.getByText(words.withdrawn).waitFor()
      await settled(page)
      await expectAccessible(page)
      await page.setViewportSize({ width: 390, height: 900 })
      await settled(page)
      await expectNoSidewaysScrolling(page)
      const looker = { language, hospital, role: ['administrator', 'programme'] } as const
      await using figures = await pages.openPage(looker, '/programme/savings?from=2026-03-01&to=2026-03-31')
      await figures.page.getByText(words.note).waitFor()
      await expectAccessible(figures.page)
    },
  )

  test('is approved by a second account where the hospital wants four eyes', async () => {
    const { db } = pages.server.installation
    await db.updateTable('hospital').set({ four_eyes: true }).where('id', '=', 'noord').execute()
    const one = await pages.server.as('administrator', 'noord')
    const body = {
      ...{
        bot: 'letters',
        activity: 'finance',
        responsible: 'administrator.noord',
        outsideSeconds: 0,
        parkedShare: 0,
      },
      baseline: {
        ...{ variant: 'plain', minutes: 4, method: 'estimate', measuredBy: 'team', measuredOn: '2026-01-01' },
        ...{ validFrom: '2026-01-01', remeasureOn: '2027-01-01' },
      },
    }
    const answer = await one.fetch(`/api${PATH}/deployments/noord-letters`, { method: 'PUT', body })
    expect(await answer.json()).toEqual({ result: 'asked' })
    await using opened = await pages.openPage({ role: ['administrator', 'it'] }, PATH)
    const { page } = opened
    await page.getByText('administrator.noord vraagt om noord-letters live te zetten').waitFor()
    await page.getByRole('button', { name: 'Goedkeuren' }).click()
    await rowOf(page, 'letters').locator('.state', { hasText: 'live' }).waitFor()
    await db.updateTable('hospital').set({ four_eyes: false }).where('id', '=', 'noord').execute()
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  })

  test.each(['nl', 'en'] as const)(
    'is told in %s how many items came in that count for nothing',
    async (language) => {
      const { leftOut, take } = WORDS[language]
      const hospital = language === 'nl' ? 'noord' : 'zuid'
      const id = `${hospital}-invoices`
      const { db } = pages.server.installation
      await db.updateTable('deployment').set({ mode: 'live' }).where('id', '=', id).execute()
      await using opened = await pages.openPage({ language, hospital }, PATH.replace('noord', hospital))
      const { page } = opened
      const lines = [1, 2, 3].map((n) => `${id},G-${n},plain,done,2026-04-01T10:00:00Z,2,5`)
      await page.locator('input[type=file]').setInputFiles(csv(lines, `${HEAD},humanMinutes,case`))
      await page.getByRole('button', { name: take, exact: true }).click()
      await page.getByText(leftOut).waitFor()
    },
  )

  test('gets another variant among the baselines', async () => {
    await using opened = await pages.openPage({}, '/hospitals/noord/baselines')
    const { page } = opened
    await page.getByRole('button', { name: 'Nulmeting toevoegen' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Inzet' }).selectOption('noord-letters')
    await dialog.getByRole('textbox', { name: 'Variant' }).fill('creditnota')
    await dialog.getByRole('textbox', { name: 'Minuten' }).fill('7,5')
    await dialog.getByLabel('Gemeten door').fill('team')
    await dialog.getByRole('button', { name: 'Vastleggen' }).click()
    await rowOf(page, 'creditnota').getByText('7,5').waitFor()
  })
})
