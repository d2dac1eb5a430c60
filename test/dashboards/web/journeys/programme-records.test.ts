import { afterAll, beforeAll, expect, test } from 'vitest'
import { AdoptionMatrix, Rounds } from '../../../../dashboards/server/programme/adoption-schemas.ts'
import { Ideas, PleasureScores } from '../../../../dashboards/server/programme/idea-schemas.ts'
import bot from '../../../../bots/referral-intake/bot.ts'
import { expectAccessible, expectNoSidewaysScrolling } from '../expect-accessible.ts'
import { addDays } from '../local-days.ts'
import { openPages, settled, type Pages } from '../open-pages.ts'
import { addNorm, enterCosts, enterRate } from './programme-money.ts'
import { choose, goTo, writeDown, type Office } from './write-down.ts'
import { wordsOf } from './words.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages()
}, 120_000)
afterAll(() => pages[Symbol.asyncDispose]())

async function enterPhase(office: Office): Promise<void> {
  const { page, t, language, hospital } = office
  await goTo(office, '/programme/adoption')
  const since = addDays(-3)
  await writeDown(office, t('programme.adoption.record'), async (dialog) => {
    await choose(dialog, t('programme.bot'), bot.title[language])
    await choose(dialog, t('programme.adoption.phase'), t('programme.phase.scaled-up'))
    await dialog.getByLabel(t('programme.adoption.since')).fill(since)
  })
  const row = page.getByRole('table', { name: t('programme.adoption.caption') }).getByRole('row')
  await row.filter({ hasText: bot.title[language] }).getByText(t('programme.phase.scaled-up')).waitFor()
  const { adoption } = await office.api.ask(AdoptionMatrix, '/api/programme/adoption')
  const cell = adoption.find((each) => each.hospital === hospital && each.bot === bot.name)
  expect(cell?.phases.at(-1)).toEqual({ phase: 'scaled-up', since })
}

async function planRound(office: Office): Promise<void> {
  const { page, t, language, hospital } = office
  await goTo(office, '/programme/rounds')
  const round = `${Number(addDays(0).slice(0, 4)) + 2}-1`
  const planned = async () => {
    const rounds = await office.api.ask(Rounds, '/api/programme/rounds')
    return rounds.find(({ id }) => id === round)?.planned ?? []
  }
  await writeDown(office, t('programme.rounds.plan'), async (dialog) => {
    await dialog.getByLabel(t('programme.rounds.round')).fill(round)
    await choose(dialog, t('programme.bot'), bot.title[language])
  })
  const row = page
    .getByRole('table', { name: t('programme.rounds.caption', { round }) })
    .getByRole('row')
    .filter({ hasText: bot.title[language] })
  await row.waitFor()
  expect(await planned()).toEqual([{ hospital, bot: bot.name }])
  await row.getByRole('button', { name: t('programme.rounds.unplan') }).click()
  await row.waitFor({ state: 'detached' })
  expect(await planned()).toEqual([])
}

async function haveIdea(office: Office): Promise<void> {
  const { page, t, language, hospital } = office
  await goTo(office, '/programme/ideas')
  const title = `Brieven sorteren ${language}`
  await writeDown(office, t('programme.ideas.new'), async (dialog) => {
    await dialog.getByLabel(t('programme.ideas.name')).fill(title)
    await dialog.getByLabel(t('programme.ideas.explanation')).fill('Elke dag')
    await dialog.getByLabel(t('programme.department')).fill('Poli 1')
    await choose(dialog, t('programme.activity'), t('programme.activity.logistics'))
  })
  const row = page.getByRole('row').filter({ hasText: title })
  await row.getByRole('button', { name: t('programme.ideas.vote'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  for (const [part, mark] of [
    ['reach', '4'],
    ['minutes', '5'],
    ['feasibility', '2'],
  ] as const)
    await dialog
      .getByRole('radiogroup', { name: t(`programme.ideas.${part}`) })
      .getByText(mark, { exact: true })
      .click()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: t('programme.ideas.vote'), exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  for (const [part, mark] of [
    ['reach', '4,0'],
    ['minutes', '5,0'],
    ['feasibility', '2,0'],
  ] as const) {
    const mean = language === 'nl' ? mark : mark.replace(',', '.')
    await row.getByText(t(`programme.ideas.mean.${part}`, { mean }), { exact: true }).waitFor()
  }
  const ideas = await office.api.ask(Ideas, '/api/programme/ideas')
  const vote = { reach: 4, minutes: 5, feasibility: 2 }
  expect(ideas.find((idea) => idea.title === title)).toMatchObject({
    ...{ hospital, department: 'Poli 1', activity: 'logistics', explanation: 'Elke dag' },
    ...{ votes: 1, mean: vote, own: vote, weight: 40 },
  })
}

async function recordPleasure(office: Office): Promise<void> {
  const { page, t, language, hospital } = office
  await goTo(office, '/programme/pleasure')
  const measuredOn = addDays(-10)
  const department = `Poli ${language}`
  await writeDown(office, t('programme.pleasure.record'), async (dialog) => {
    await choose(dialog, t('programme.bot'), bot.title[language])
    await dialog.getByLabel(t('programme.department')).fill(department)
    await choose(dialog, t('programme.pleasure.moment'), t('programme.pleasure.after'))
    await dialog.getByLabel(t('programme.date')).fill(measuredOn)
    await dialog.getByLabel(t('programme.pleasure.respondents')).fill('12')
    await dialog.getByLabel(t('programme.pleasure.score')).fill('7,9')
  })
  const score = language === 'nl' ? '7,9' : '7.9'
  await page
    .getByRole('row')
    .filter({ hasText: department })
    .getByText(t('programme.pleasure.people', { score, count: 12 }))
    .waitFor()
  const scores = await office.api.ask(PleasureScores, '/api/programme/pleasure')
  expect(scores.find((each) => each.department === department)).toEqual({
    ...{ hospital, department, bot: bot.name, moment: 'after', measuredOn, respondents: 12, score: '7.9' },
  })
}

/** What the steps wrote down is kept with who did it. */
async function expectChanges({ hospital }: Office): Promise<void> {
  const rows = await pages.server.installation.db
    .selectFrom('change')
    .select('what')
    .distinct()
    .where('hospital', '=', hospital)
    .where('account', '=', `programme.${hospital}`)
    .execute()
  expect(rows.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['cost', 'hour-rate', 'pleasure', 'norm']),
  )
}

test.each([
  ['nl', 'noord'],
  ['en', 'zuid'],
] as const)(
  'the programme office writes down phases, rounds, ideas, scores, money and norms (%s)',
  { timeout: 180_000 },
  async (language, hospital) => {
    await using opened = await pages.openPage(
      { role: 'programme', language, hospital },
      '/programme/adoption',
    )
    const { page } = opened
    const client = await pages.server.as('programme', hospital)
    await pages.server.doorDb
      .updateTable('account')
      .set({ language })
      .where('id', '=', `programme.${hospital}`)
      .execute()
    const { address } = pages.server
    const office: Office = { address, page, t: wordsOf(language), api: client, language, hospital }
    for (const step of [enterPhase, planRound, haveIdea, recordPleasure, enterCosts, enterRate, addNorm])
      await step(office)
    await expectChanges(office)
    for (const path of ['/programme/ideas', '/programme/value']) {
      await goTo(office, path)
      await page.setViewportSize({ width: 390, height: 900 })
      await settled(page)
      await expectAccessible(page)
      await expectNoSidewaysScrolling(page)
    }
    expect(opened.watched).toEqual({ errors: [], foreign: [] })
  },
)
