import { expect } from 'vitest'
import { Money } from '../../../../dashboards/server/programme/value-schemas.ts'
import { Baselines } from '../../../../dashboards/server/savings/measure-schemas.ts'
import bot from '../../../../bots/referral-intake/bot.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { addDays } from '../local-days.ts'
import { api, choose, goTo, writeDown, type Office } from './write-down.ts'

/** One cost of all robots, as it is without choosing, and one of a robot; the second is taken away. */
export async function enterCosts(office: Office): Promise<void> {
  const { page, t, language } = office
  await goTo(office, '/programme/value')
  const entered = async () => {
    const { costs } = await office.api.ask(Money, `${api(office)}/costs`)
    return costs
      .filter(({ note }) => note.startsWith('proef'))
      .map(({ bot: of, year, kind, euros, note }) => ({ bot: of, year, kind, euros, note }))
  }
  await writeDown(office, t('programme.value.addcost'), async (dialog) => {
    const robot = dialog.getByRole('combobox', { name: t('programme.bot') })
    expect(await robot.locator('option:checked').innerText()).toBe(t('programme.value.allbots'))
    expect(await dialog.getByText(t('programme.value.hours.hint')).count()).toBe(0)
    await dialog.getByLabel(t('programme.value.euros')).fill('99,95')
    await dialog.getByLabel(t('programme.value.note')).fill('proef alle')
  })
  await page.getByRole('row').filter({ hasText: 'proef alle' }).waitFor()
  await writeDown(office, t('programme.value.addcost'), async (dialog) => {
    await choose(dialog, t('programme.value.kind'), t('programme.value.hours'))
    await dialog.getByText(t('programme.value.hours.hint')).waitFor()
    await choose(dialog, t('programme.bot'), bot.title[language])
    await dialog.getByLabel(t('programme.value.euros')).fill('1250,50')
    await dialog.getByLabel(t('programme.value.note')).fill('proef een')
    await expectAccessible(page)
  })
  const one = page.getByRole('row').filter({ hasText: 'proef een' })
  await one.getByText(bot.title[language]).waitFor()
  const year = Number(addDays(0).slice(0, 4))
  const all = { bot: null, year, kind: 'licences', euros: '99.95', note: 'proef alle' }
  expect(await entered()).toEqual([
    { bot: bot.name, year, kind: 'hours', euros: '1250.50', note: 'proef een' },
    all,
  ])
  await one.getByRole('button', { name: t('programme.remove') }).click()
  await one.waitFor({ state: 'detached' })
  expect(await entered()).toEqual([all])
}

/** A rate of a deployment, taken away again. */
export async function enterRate(office: Office): Promise<void> {
  const { page, t, hospital } = office
  const deployment = `${hospital}-referral-intake`
  const rates = async () => {
    const found = await office.api.ask(Money, `${api(office)}/costs`)
    return found.rates.filter((rate) => rate.deployment === deployment)
  }
  const validFrom = addDays(-30)
  await writeDown(office, t('programme.value.addrate'), async (dialog) => {
    await choose(dialog, t('programme.value.deployment'), deployment)
    await dialog.getByLabel(t('programme.value.validfrom')).fill(validFrom)
    await dialog.getByLabel(t('programme.value.group')).fill('Functiegroep 40')
    await dialog.getByLabel(t('programme.value.rate')).fill('43,20')
  })
  const row = page.getByRole('row').filter({ hasText: 'Functiegroep 40' })
  await row.waitFor()
  expect(await rates()).toEqual([{ deployment, validFrom, functionGroup: 'Functiegroep 40', euros: '43.20' }])
  await row.getByRole('button', { name: t('programme.remove') }).click()
  await row.waitFor({ state: 'detached' })
  expect(await rates()).toEqual([])
}

/** A norm from a later day on. */
export async function addNorm(office: Office): Promise<void> {
  const { page, t, hospital } = office
  await goTo(office, `/hospitals/${hospital}/baselines`)
  const path = `${api(office)}/baselines`
  const { commonNorms } = await office.api.ask(Baselines, path)
  const norm = commonNorms.find(({ hoursPerYear }) => hoursPerYear === 1878)
  const validFrom = addDays(40)
  await writeDown(office, t('savings.norms.add'), async (dialog) => {
    const choice = dialog.getByRole('combobox', { name: t('savings.norms.choose') })
    await choice.selectOption(norm?.name ?? '')
    await dialog.getByLabel(t('savings.baselines.validfrom')).fill(validFrom)
  })
  await page
    .getByRole('table', { name: t('savings.norms.caption') })
    .getByRole('row')
    .filter({ hasText: norm?.name ?? '' })
    .waitFor()
  const { norms } = await office.api.ask(Baselines, path)
  expect(norms).toContainEqual({ name: norm?.name, hoursPerYear: 1878, validFrom })
}
