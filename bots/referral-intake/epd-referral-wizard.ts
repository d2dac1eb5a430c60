import { readyToPress } from '../../connectors/browser/press.ts'
import type { Locator } from 'playwright'
import type { WebSystem } from '../../connectors/browser/session.ts'
import { toDutchDate } from '../../connectors/dutch-date.ts'
import { expectInBar } from './epd-patient-bar.ts'
import { patientPath } from './epd-patient-file.ts'
import type { PatientFile } from './epd-patient-file.ts'
import { follow, open } from '../../connectors/browser/page-answers.ts'
import { changed, fillForm, keysOf, part, readProperties } from '../../connectors/browser/screen-parts.ts'

/** Registering a referral in the EPD: two pages, a summary, and a question whose answer is the press. */
const PAGE_1 = {
  name: 'wizard',
  labels: {
    specialty: 'Specialisme',
    urgency: 'Urgentie',
    referrerAgb: 'AGB-code verwijzer',
    referralNumber: 'Verwijsnummer',
    marker: 'Extern kenmerk',
  },
} as const
const PAGE_2 = { name: 'wizard', labels: { date: 'Verwijsdatum', reason: 'Reden van verwijzing' } } as const
const SUMMARY = {
  name: 'wizard.summary',
  table: 'Samenvatting',
  parts: { ...PAGE_1.labels, ...PAGE_2.labels },
} as const

export interface Registration {
  readonly referralNumber: string
  readonly marker: string
  /** As the EPD calls them. */
  readonly specialty: string
  readonly urgency: string
  readonly referrerAgb: string
  /** `2026-11-21` */
  readonly date: string
  readonly reason: string
}

/**
 * Fills the pages for this patient up to and including the question whether one is sure, reads the summary back, and
 * gives the button that registers the referral, ready to be pressed. Fails with `another-patient` when a page is about
 * somebody else.
 */
export async function fillWizard(
  epd: WebSystem,
  file: PatientFile,
  registration: Registration,
): Promise<Locator> {
  const page = await epd.page()
  const values = { ...registration, date: toDutchDate(registration.date) }
  const first = `${patientPath(file.number)}/verwijzing`
  await open(epd, first, { heading: await heading(epd, 1) }, expected(1))
  await expectInBar(epd, file)
  await fillForm(epd, page, PAGE_1, values)
  await nextPage(epd, 2)
  await fillForm(epd, page, PAGE_2, values)
  await nextPage(epd, 3)
  await expectSummary(epd, values)
  await expectInBar(epd, file)
  return askWhetherSure(epd)
}

async function heading(epd: WebSystem, step: 1 | 2 | 3): Promise<Locator> {
  const name = `Verwijzing registreren - stap ${step} van 3`
  return part(epd, await epd.page(), `wizard.heading${step}`, { role: 'heading', name })
}

const expected = (step: 1 | 2 | 3) => `step ${step} of registering a referral`

async function nextPage(epd: WebSystem, step: 2 | 3): Promise<void> {
  const button = part(epd, await epd.page(), 'wizard.next', { role: 'button', name: 'Volgende' })
  await follow(epd, () => button.click(), { heading: await heading(epd, step) }, expected(step))
}

async function expectSummary(epd: WebSystem, values: Registration): Promise<void> {
  const shown = await readProperties(epd, await epd.page(), SUMMARY)
  const wrong = keysOf(SUMMARY.parts).find((key) => shown[key] !== values[key])
  if (wrong) throw changed(epd, `"${SUMMARY.parts[wrong]}" in the summary as it was filled in`)
}

/** Opening the question changes nothing yet; only its answer does. */
async function askWhetherSure(epd: WebSystem): Promise<Locator> {
  const page = await epd.page()
  await part(epd, page, 'wizard.register', { role: 'button', name: 'Registreren' }).click()
  const dialog = part(epd, page, 'wizard.question', { role: 'dialog', name: 'Weet u het zeker?' })
  const button = part(epd, dialog, 'wizard.sure', { role: 'button', name: 'Ja, registreren' })
  await readyToPress(button, 'the button "Ja, registreren"')
  return button
}
