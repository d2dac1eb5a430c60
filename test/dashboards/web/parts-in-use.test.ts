import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPages, settled, type Pages } from './open-pages.ts'
import { expectAccessible } from './expect-accessible.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages()
}, 120_000)
afterAll(async () => {
  await pages[Symbol.asyncDispose]()
})

test('a dialog holds the focus, goes with Escape and a press beside it, and gives the focus back', async () => {
  await using opened = await pages.openPage({}, '/hospitals/noord/people')
  const { page } = opened
  const invite = page.getByRole('button', { name: 'Iemand uitnodigen' })
  const dialog = page.getByRole('dialog', { name: 'Iemand uitnodigen' })
  await invite.press('Enter')
  await dialog.waitFor()
  expect(await dialog.getByLabel('Naam', { exact: false }).first().evaluate(isFocused)).toBe(true)
  for (let at = 0; at < 12; at += 1) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('main, nav, header') === null)).toBe(
      true,
    )
  }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  expect(await invite.evaluate(isFocused)).toBe(true)
  await invite.click()
  await dialog.waitFor()
  await page.mouse.click(5, 5)
  await dialog.waitFor({ state: 'hidden' })
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})

test('a dialog stays when its own scrollbar is pressed, with what was typed', async () => {
  await using opened = await pages.openPage({}, '/hospitals/noord/people')
  const { page } = opened
  await page.getByRole('button', { name: 'Iemand uitnodigen' }).click()
  const dialog = page.getByRole('dialog', { name: 'Iemand uitnodigen' })
  const name = dialog.getByLabel('Naam', { exact: false }).first()
  await name.fill('Proef Persoon')
  // As a browser tells of a press on the scrollbar: of the dialog itself, and where it is.
  const pressAt = (right: number) =>
    dialog.evaluate((element, beside) => {
      const box = element.getBoundingClientRect()
      const at = { clientX: box.right + beside, clientY: (box.top + box.bottom) / 2 }
      element.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, ...at }))
    }, right)
  await pressAt(-4)
  await settled(page)
  expect(await name.inputValue()).toBe('Proef Persoon')
  await pressAt(4)
  await dialog.waitFor({ state: 'hidden' })
})

const isFocused = (element: Element): boolean => element === document.activeElement

test('a number takes what can be in it, and is brought within its bounds when it is left', async () => {
  await using opened = await pages.openPage({}, '/hospitals/noord/systems/epd')
  const seats = opened.page.getByLabel('Plaatsen')
  await seats.fill('')
  await seats.pressSequentially('a1,2-0')
  expect(await seats.inputValue()).toBe('120')
  await seats.fill('5000')
  await seats.blur()
  expect(await seats.inputValue()).toBe('1000')
  await seats.fill('')
  await seats.blur()
  expect(await seats.inputValue()).toBe('1')
})

test('a form tells at each field what is wrong once it is sent, and the focus goes to the first', async () => {
  await using opened = await pages.openPage({ width: 390 }, '/hospitals/noord/systems/epd')
  const { page } = opened
  await page.getByRole('button', { name: 'Inloggen invullen' }).click()
  const path = page.getByLabel('Pad van de inlogpagina')
  await path.waitFor()
  expect(await page.getByText('Dit moet ingevuld zijn.').count()).toBe(0)
  await page.getByRole('button', { name: 'Opslaan' }).click()
  await page.getByText('Dit moet ingevuld zijn.').first().waitFor()
  expect(await path.evaluate(isFocused)).toBe(true)
  await expectAccessible(page)
  await path.fill('aanmelden')
  await page.getByText('Dit klopt nog niet: kijk wat de toelichting vraagt.').first().waitFor()
  await path.fill('/aanmelden')
  expect(await path.getAttribute('aria-invalid')).not.toBe('true')
  await page.getByLabel('Wat bij Te zien als het inloggen is gelukt wordt ingevuld').selectOption('Tekst')
  await page
    .getByRole('group', { name: 'Te zien als het inloggen is gelukt' })
    .getByLabel('Tekst')
    .fill('Welkom')
  await page.getByRole('button', { name: 'Inloggen weglaten' }).click()
  await path.waitFor({ state: 'detached' })
  expect(opened.watched).toEqual({ errors: [], foreign: [] })
})

test('lines of a list are added, moved and taken away', async () => {
  await using opened = await pages.openPage({}, '/hospitals/noord/systems/epd')
  const { page } = opened
  const add = page.getByRole('button', { name: 'Toevoegen: Verdere servers' })
  const line = (number: number) =>
    page.getByLabel(`Verdere servers ${number}`, { exact: false }).and(page.getByRole('textbox'))
  await add.click()
  await line(1).fill('een:443')
  await add.click()
  await line(2).fill('twee:443')
  await page.getByRole('button', { name: 'Omhoog: Verdere servers 2' }).click()
  expect(await line(1).inputValue()).toBe('twee:443')
  await page.getByRole('button', { name: 'Verwijderen: Verdere servers 1' }).click()
  expect(await line(1).inputValue()).toBe('een:443')
  expect(await line(2).count()).toBe(0)
})

test('a chart shows the figures of the day that is pointed at, the same as its table', async () => {
  await using opened = await pages.openPage({}, '/hospitals/noord/today')
  const { page } = opened
  const chart = page.getByRole('img', { name: /^Klaar en uitval per dag/ })
  await chart.locator('svg').first().locator('> rect').last().hover()
  const figures = await chart.locator('.chart-figures').innerText()
  await page.getByText('Cijfers als tabel').click()
  const row = await page
    .getByRole('table', { name: /^Klaar en uitval per dag/ })
    .getByRole('row')
    .last()
    .innerText()
  const [, done = '', parked = ''] = row.split('\t')
  expect(Number(done)).toBeGreaterThan(0)
  expect(figures.replaceAll(/\s+/g, ' ')).toContain(`Klaar ${done} Uitval ${parked}`)
})
