import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import bot from '../../../../bots/deceased-appointments/bot.ts'
import { plannedDeaths } from '../../../practice-hospital/fhir/deaths.ts'
import type { Patient } from '../../../practice-hospital/patients.ts'
import { openPracticeHospital, type ServerPractice } from '../../server/administer/open-practice.ts'
import { settled } from '../open-pages.ts'
import { openServed, type Served, type Visitor } from './served.ts'
import { AROUND_NOW } from '../../../around-now.ts'

const MINUTES = 7
/** What is left to a person takes this long beside what is measured in the worklist. */
const OUTSIDE_MINUTES = 1

/**
 * What a functional administrator does in a first week: comes in by the link that is printed, adds a system, puts a robot
 * to work in shadow, lets it go live, helps it with an item that it left, and sees the hours.
 */
test.each(['nl', 'en'] as const)(
  'a functional administrator puts a robot to work, corrects what it left, and sees what it saved (%s)',
  { timeout: 240_000 },
  async (language) => {
    await using practice = await openPracticeHospital()
    await using served = await openServed()
    const visitor = await served.visit(served.firstLink, language)
    await comeIn(visitor)
    await addSystem(visitor, practice)
    const deployment = await putToWork(visitor, practice, language)
    const [certain, doubtful] = diedPlainly(practice)
    await offer(visitor, certain, doubtful)
    await helpTheRobot(visitor, doubtful)
    expect(practice.hospital.witness.list().length).toBeGreaterThan(1)
    await seeSavings(visitor, deployment, served, language)
    expect(visitor.watched).toEqual({ errors: [], foreign: [] })
  },
)

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

async function comeIn({ page, t }: Visitor): Promise<void> {
  await page.getByLabel(t('door.person.name')).fill('Jo Beheer')
  await page.getByLabel(t('door.password.new')).fill('drie blauwe fietsen')
  await press(page, t('door.welcome.go'))
  await page.getByRole('link', { name: t('shared.shell.account', { name: 'Jo Beheer' }) }).waitFor()
  await settled(page)
}

async function addSystem({ page, t, goTo }: Visitor, { at, fhirToken }: ServerPractice): Promise<void> {
  await goTo(t('administer.systems.title'))
  await page.getByRole('link', { name: t('administer.systems.new') }).click()
  await page.getByLabel(t('administer.system.id')).fill('zis-fhir')
  await page.getByLabel(t('administer.systems.kind')).selectOption('fhir')
  await page.getByLabel(t('administer.system.address')).fill(at.fhir)
  await press(page, t('shared.save'))
  await press(page, t('administer.credentials.enter'))
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('administer.credentials.field.token')).fill(fhirToken)
  await dialog.getByRole('button', { name: t('shared.save') }).click()
  await dialog.waitFor({ state: 'hidden' })
  await press(page, t('administer.system.test.of', { system: 'zis-fhir' }))
  await page.getByText(t('administer.finding.reachable')).waitFor({ timeout: 30_000 })
}

/** Gives the id of the deployment. */
async function putToWork(
  { page, t, goTo }: Visitor,
  practice: ServerPractice,
  language: 'nl' | 'en',
): Promise<string> {
  const title = bot.title[language]
  await goTo(t('administer.bots.title'))
  await press(page, t('administer.bots.start.of', { bot: title }))
  await heading(page, t('administer.work.of', { bot: title }))
  const next = async (step: Parameters<typeof t>[0]) => {
    await press(page, t('administer.work.next'))
    await page.getByRole('heading', { level: 2, name: t(step) }).waitFor()
    await settled(page)
  }
  await page.getByLabel(bot.systemRoles?.fhir?.title[language] ?? '').selectOption('zis-fhir')
  await next('administer.step.settings')
  await page.locator('#settings_patientNumberAuthority').fill('ZIS')
  await page.locator('#settings_patientNumberSystem').fill('urn:practice:zis')
  await next('administer.step.triggers')
  await press(page, t('administer.triggers.add.hl7'))
  await next('administer.step.measuring')
  await measure(page, t)
  await next('administer.step.trial')
  await fillIn(page, diedPlainly(practice)[2])
  await press(page, t('administer.trial.do'))
  await page.getByText(t('administer.trial.wouldpress')).first().waitFor({ timeout: 30_000 })
  expect(practice.hospital.witness.list()).toEqual([])
  await next('administer.step.live')
  await confirmed(page, t('administer.live.shadow'))
  await heading(page, title)
  await page.locator('.state', { hasText: t('shared.mode.shadow') }).waitFor()
  const deployment = decodeURIComponent(page.url().split('/').at(-1) ?? '')
  await press(page, t('administer.deployment.change'))
  await page.getByRole('button', { name: new RegExp(`${t('administer.step.live')}$`) }).click()
  await confirmed(page, t('administer.live.live'))
  await heading(page, title)
  await page.locator('.state', { hasText: t('shared.mode.live') }).waitFor()
  return deployment
}

async function measure(page: Page, t: Visitor['t']): Promise<void> {
  await page.getByLabel(t('administer.deployments.responsible')).selectOption('beheerder')
  await page.getByLabel(t('administer.plan.outside')).fill(String(OUTSIDE_MINUTES))
  await press(page, t('administer.baseline.add'))
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(t('administer.baseline.minutes')).fill(String(MINUTES))
  await dialog.getByLabel(t('administer.baseline.n')).fill('15')
  await dialog.getByLabel(t('administer.baseline.spread')).fill('1.5')
  await dialog.getByRole('button', { name: t('administer.baseline.add') }).click()
  await page.getByText('n = 15').waitFor()
}

async function confirmed(page: Page, name: string): Promise<void> {
  await press(page, name)
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
}

/** Patients who died, whose appointments the robot may cancel. */
function diedPlainly({ hospital }: ServerPractice): [Patient, Patient, Patient] {
  const [one, two, three] = plannedDeaths(hospital)
    .filter(({ kind }) => kind === 'plain')
    .flatMap(({ zis }) => hospital.patients.get(zis) ?? [])
  if (!one || !two || !three) throw new Error('Three patients of the practice hospital died plainly.')
  return [one, two, three]
}

async function fillIn(page: Page, { zis, birthDate, family }: Patient): Promise<void> {
  await page.locator('#item_hospitalNumber').fill(zis)
  await page.locator('#item_birthDate').fill(birthDate)
  await page.locator('#item_familyName').fill(family)
}

/** A list with one case that is whole and one that lacks what tells who it is. */
async function offer({ page, t, goTo }: Visitor, certain: Patient, doubtful: Patient): Promise<void> {
  await goTo(t('items.lists.title'))
  const lines = [
    'hospitalNumber;birthDate;familyName',
    `${certain.zis};${certain.birthDate};${certain.family}`,
    `${doubtful.zis};;${doubtful.family}`,
  ]
  const file = { name: 'lijst.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) }
  await page.locator('input[type=file]').setInputFiles(file)
  await press(page, t('items.lists.check'))
  await press(page, t('items.lists.accept_other', { count: 2 }))
  await page.getByText(t('items.lists.accepted_other', { count: 2 })).waitFor()
}

/** The item that it left is completed, goes back, and is done; Today tells so by itself. The one that was tried counts there too. */
async function helpTheRobot({ page, t, goTo }: Visitor, { birthDate }: Patient): Promise<void> {
  await goTo(t('items.today.title'))
  await page.getByText(t('items.today.done', { count: 2 })).waitFor({ timeout: 30_000 })
  await page
    .getByRole('link', { name: t('items.today.look') })
    .first()
    .click()
  await heading(page, t('items.work.title'))
  await page
    .getByRole('link', { name: t('items.work.open'), exact: false })
    .first()
    .click()
  await press(page, t('items.working.start'))
  await page.locator('#item_birthDate').fill(birthDate)
  await press(page, t('items.working.giveback'))
  await heading(page, t('items.work.title'))
  await page.getByText(t('items.work.empty'), { exact: true }).waitFor()
  await goTo(t('items.today.title'))
  await page.getByText(t('items.today.done', { count: 3 })).waitFor({ timeout: 30_000 })
  await page.getByText(t('items.today.calm'), { exact: true }).waitFor()
}

/** Two items of seven minutes, less the minute outside and what was measured in the worklist. */
async function seeSavings(
  { page, t, goTo }: Visitor,
  deployment: string,
  { line, db }: Served,
  language: string,
): Promise<void> {
  await goTo(t('savings.report.title'))
  const row = page.getByRole('row').filter({ hasText: deployment })
  await row.locator('a[href*="net-hours"]').click()
  await heading(page, t('savings.explain.title'))
  await settled(page)
  const { worked } = await db
    .selectFrom('day_count')
    .select(({ fn }) => fn.sum<number>('human_seconds').as('worked'))
    .where('deployment', '=', deployment)
    .executeTakeFirstOrThrow()
  expect(Number(worked)).toBeGreaterThan(0)
  const hours = (2 * MINUTES - Number(worked) / 60) / 60
  const shown = await page.locator('main').innerText()
  expect(shown).toContain(
    hours.toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  )
  expect(
    await line.run(['savings', 'recount', '--from', AROUND_NOW.from, '--to', AROUND_NOW.to]),
  ).toMatchObject({
    code: 0,
  })
}
