import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putDeployment, type BaselineSetup } from '../../../orchestrator/ledger/setup.ts'
import { addDays } from './local-days.ts'
import { expectAccessible, expectNoSidewaysScrolling } from './expect-accessible.ts'
import { openPages, settled, type Pages } from './open-pages.ts'

let pages: Pages

beforeAll(async () => {
  pages = await openPages()
  const { db } = pages.server.installation
  for (const id of ['noord-first', 'noord-second', 'zuid-first', 'zuid-second', 'zuid-third'])
    await putDeployment(db, {
      ...{ id, hospital: id.slice(0, id.indexOf('-')), bot: id.slice(id.indexOf('-') + 1), mode: 'live' },
      ...{
        activity: 'finance',
        settings: {},
        systems: {},
        responsible: 'u-1',
        outsideSeconds: 0,
        parkedShare: 0,
      },
      ...{ triggers: [], baselines: [BASELINE] },
    })
  const count = { variant: 'plain', outcome: 'done', human_seconds: 0 }
  await db
    .insertInto('day_count')
    .values({ ...count, deployment: 'zuid-third', day: addDays(-9), items: 20, counting: 20, shares: '20' })
    .execute()
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

const BASELINE: BaselineSetup = {
  ...{ variant: 'plain', minutes: 6, method: 'estimate', measuredBy: 'account-1' },
  ...{ measuredOn: '2020-01-01', validFrom: '2020-01-01', remeasureOn: '2099-01-01' },
}
const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })
const choose = async (within: ReturnType<Page['getByRole']>, label: string, option: string) => {
  await within.getByRole('combobox', { name: label }).selectOption({ label: option })
}

async function expectNarrow(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 900 })
  await settled(page)
  await expectAccessible(page)
  await expectNoSidewaysScrolling(page)
}

const CHAIN = {
  nl: {
    ...{
      add: 'Keten maken',
      name: 'Naam van de keten',
      of: 'Inzet',
      part: 'Deel 2',
      share: 'Aandeel (procent)',
    },
    ...{ save: 'Vastleggen', refused: 'De aandelen in de keten moeten samen 1 zijn', sum: 'samen 90,00 %' },
    ...{ end: 'Beëindigen', until: 'Geen keten meer vanaf', ended: 'tot' },
  },
  en: {
    ...{
      add: 'Make a chain',
      name: 'Name of the chain',
      of: 'Deployment',
      part: 'Part 2',
      share: 'Share (per cent)',
    },
    ...{
      save: 'Write down',
      refused: 'the shares add up to 0.9; they must add up to 1',
      sum: '90.00 % together',
    },
    ...{ end: 'End', until: 'No chain from', ended: 'to' },
  },
} as const

describe('a chain', () => {
  test.each(['nl', 'en'] as const)(
    'splits one baseline in %s, its shares adding up to 1, and ends',
    async (language) => {
      const words = CHAIN[language]
      const hospital = language === 'nl' ? 'noord' : 'zuid'
      await using opened = await pages.openPage({ language, hospital }, `/hospitals/${hospital}/chains`)
      const { page } = opened
      await page.getByRole('button', { name: words.add }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(words.name).fill(`keten ${language}`)
      const groups = dialog.getByRole('group')
      for (const [place, deployment] of ['first', 'first', 'second'].entries()) {
        await choose(groups.nth(place), words.of, `${hospital}-${deployment}`)
        await groups
          .nth(place)
          .getByRole('textbox', { name: /^Variant/ })
          .fill('plain')
      }
      const shares = dialog.getByRole('textbox', { name: words.share })
      await shares.nth(0).fill('60')
      await shares.nth(1).fill('30')
      await dialog.getByText(words.sum).waitFor()
      await expectAccessible(page)
      await dialog.getByRole('button', { name: words.save }).click()
      await dialog.getByText(words.refused).first().waitFor()
      await shares.nth(1).fill('40')
      await dialog.getByRole('button', { name: words.save }).click()
      await rowOf(page, `keten ${language}`).getByText(`${hospital}-second, plain: 40 %`).waitFor()
      await page.getByRole('button', { name: `${words.end}: keten ${language}` }).click()
      await page.getByRole('dialog').getByLabel(words.until).fill(addDays(1))
      await page.getByRole('dialog').getByRole('button', { name: words.end, exact: true }).click()
      await rowOf(page, `keten ${language}`).getByRole('button').waitFor({ state: 'detached' })
      const parts = await pages.server.installation.db
        .selectFrom('chain_part')
        .innerJoin('chain', 'chain.id', 'chain_part.chain')
        .select(['deployment', 'share'])
        .where('name', '=', `keten ${language}`)
        .orderBy('deployment')
        .execute()
      expect(parts).toEqual([
        { deployment: `${hospital}-first`, share: '0.6000' },
        { deployment: `${hospital}-second`, share: '0.4000' },
      ])
      await expectNarrow(page)
      expect(opened.watched.foreign).toEqual([])
    },
  )
})

describe('days of a backlog', () => {
  test.each([
    ['nl', 'Achterstand markeren', 'Waarom', 'Vastleggen', 'Terugnemen'],
    ['en', 'Mark a backlog', 'Why', 'Write down', 'Take back'],
  ] as const)('are marked and taken back in %s', async (language, add, why, save, back) => {
    await using opened = await pages.openPage({ language }, '/hospitals/noord/chains')
    const { page } = opened
    await page.getByRole('button', { name: add }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(why).fill(`inhaalslag ${language}`)
    await dialog.getByRole('button', { name: save }).click()
    await page.getByRole('button', { name: `${back}: inhaalslag ${language}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: back, exact: true }).click()
    await rowOf(page, `inhaalslag ${language}`).waitFor({ state: 'detached' })
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  })
})

const NEXT = {
  nl: {
    ...{
      enter: 'Businesscase invoeren',
      items: 'Werkitems per jaar',
      source: 'Waar komt het aantal vandaan?',
    },
    ...{ save: 'Vastleggen', from: 'businesscase: telling nl', fte: '0,05 bij 1.440 uur' },
    ...{ remove: 'Weghalen', again: 'Wat er eerder was ingevoerd telt dan weer' },
  },
  en: {
    ...{ enter: 'Enter a business case', items: 'Items a year', source: 'Where does the number come from?' },
    ...{ save: 'Write down', from: 'business case: telling en', fte: '0.05 at 1,440 hours' },
    ...{ remove: 'Take away', again: 'What was entered before it counts again' },
  },
} as const

describe('where a robot would give most next', () => {
  test.each(['nl', 'en'] as const)(
    'is ranked in %s from a business case and from what is measured elsewhere',
    async (language) => {
      const { enter, items, source, save, from, fte, remove, again } = NEXT[language]
      await using opened = await pages.openPage({ role: 'programme', language }, '/programme/next')
      const { page } = opened
      await pages.server.doorDb
        .insertInto('account_role')
        .values({ account: 'programme.noord', hospital: 'zuid', role: 'programme', given_by: 'test' })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      await page.reload()
      // 20 items in ten days are 730 a year, 6 minutes each: 73 hours; FTE 73 / 1,440 and 73 / 1,878.
      const measured = rowOf(page, 'third').filter({ hasText: 'Noord' })
      await measured.getByText('73', { exact: true }).waitFor()
      await measured.getByText(fte).waitFor()
      await measured.locator('a[href^="/programme/savings?from="]').getByText('730').waitFor()
      // Every hospital without a volume of its own has the same mean: it is told apart from the ranking.
      const unranked = page.getByRole('table', { name: /^(Zonder eigen aantal|Without a volume of its own)/ })
      await unranked.getByText(fte).waitFor()
      await page.getByRole('button', { name: enter }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: items }).fill('12000')
      await dialog.getByRole('textbox', { name: /^(Minuten per werkitem|Minutes an item)/ }).fill('4,5')
      await dialog.getByLabel(source).fill(`telling ${language}`)
      await expectAccessible(page)
      await dialog.getByRole('button', { name: save }).click()
      // 12,000 × 4.5 / 60 = 900 hours: above what is measured.
      await page.getByRole('row').nth(1).getByText('900', { exact: true }).waitFor()
      await page.getByRole('row').nth(1).getByText(from).waitFor()
      expect(await unranked.getByText(from).count()).toBe(0)
      expect(await page.getByRole('table').count()).toBe(2)
      await expectNarrow(page)
      await page.setViewportSize({ width: 1280, height: 900 })
      await rowOf(page, from).getByRole('button', { name: remove }).click()
      await dialog.getByText(again).waitFor()
      await dialog.getByRole('button', { name: remove }).click()
      await dialog.waitFor({ state: 'detached' })
      expect(await page.getByText(from).count()).toBe(0)
      expect(opened.watched).toEqual({ errors: [], foreign: [] })
    },
  )
})

const USE = {
  nl: {
    ...{ enter: 'Tijdsbesteding opgeven', source: 'Waar komen de cijfers vandaan?', save: 'Vastleggen' },
    ...{ how: 'Manier van opgeven', byFile: 'CSV-bestand', wrong: 'Regel 3', hours: '450,0' },
  },
  en: {
    ...{ enter: 'Enter time use', source: 'Where are the figures from?', save: 'Write down' },
    ...{ how: 'How to enter it', byFile: 'CSV file', wrong: 'Row 3', hours: '450.0' },
  },
} as const

describe('time use from a file', () => {
  test.each(['nl', 'en'] as const)('is taken whole or not at all in %s', async (language) => {
    const { enter, source, how, byFile, save, wrong, hours } = USE[language]
    await using opened = await pages.openPage({ role: 'programme', language }, '/programme/time-use')
    const { page } = opened
    await page.getByRole('button', { name: enter }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(source).fill(`meting ${language}`)
    await choose(dialog, how, byFile)
    const give = async (...lines: string[]) => {
      const buffer = Buffer.from(['staffGroup,hours,activity,share', ...lines].join('\n'))
      await page.locator('input[type=file]').setInputFiles({ name: 'use.csv', mimeType: 'text/csv', buffer })
      await dialog.getByRole('button', { name: save }).click()
    }
    await give('Lab,900,planning,0.1', 'Lab,900,finance,1.5')
    await dialog.getByText(wrong, { exact: true }).waitFor()
    await expectAccessible(page)
    await give('Lab,900,planning,0.1', 'Lab,900,finance,0.5')
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(hours, { exact: true }).first().waitFor()
    expect(opened.watched.foreign).toEqual([])
  })
})
