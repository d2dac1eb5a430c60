import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import bot from '../../../../bots/referral-intake/bot.ts'
import { addIdea } from '../../../../orchestrator/programme/ideas.ts'
import { expectAccessible } from '../expect-accessible.ts'
import { openPages, type Pages } from '../open-pages.ts'
import { wordsOf } from './words.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages()
}, 120_000)
afterAll(() => pages[Symbol.asyncDispose]())

test('what the programme office decides about an idea is read by the colleague who had it', async () => {
  const t = wordsOf('nl')
  const { db } = pages.server.installation
  const title = 'Afspraken overzetten'
  const idea = {
    hospital: 'noord',
    title,
    explanation: '',
    department: 'Poli 2',
    activity: 'planning',
  } as const
  await addIdea(db, { ...idea, account: 'colleague.noord' })
  const rowOf = (page: Page) => page.getByRole('row').filter({ hasText: title })
  await using office = await pages.openPage({ role: 'programme' }, '/programme/ideas')
  await rowOf(office.page)
    .getByRole('button', { name: t('programme.ideas.decide.of', { title }) })
    .click()
  const dialog = office.page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: t('programme.ideas.state') }).selectOption('chosen')
  await dialog.getByRole('combobox', { name: t('programme.bot') }).selectOption('referral-intake')
  await dialog.getByLabel(t('programme.ideas.reply')).fill('Begint in maart.')
  await expectAccessible(office.page)
  await dialog.getByRole('button', { name: t('programme.save') }).click()
  await dialog.waitFor({ state: 'detached' })
  await using opened = await pages.openPage({ role: 'colleague' }, '/programme/ideas')
  const row = rowOf(opened.page)
  for (const words of [
    t('programme.ideas.mine'),
    t('programme.ideas.state.chosen'),
    t('programme.ideas.became', { bot: bot.title.nl }),
    // What the seeded programme office wrote down of this robot.
    t('programme.phase.live'),
    t('programme.ideas.since', { day: '1 februari 2026' }),
    'Begint in maart.',
  ])
    await row.getByText(words).first().waitFor()
  expect(await row.getByRole('button').count()).toBe(0)
  for (const { watched } of [office, opened]) expect(watched).toEqual({ errors: [], foreign: [] })
})
