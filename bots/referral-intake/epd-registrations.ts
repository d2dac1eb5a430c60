import type { Locator } from 'playwright'
import type { WebSystem } from '../../connectors/browser/session.ts'
import { fromDutchDate } from '../../connectors/dutch-date.ts'
import type { Registration } from './epd-referral-wizard.ts'
import { follow, open } from '../../connectors/browser/page-answers.ts'
import { changed, fillForm, part, readList, readProperties } from '../../connectors/browser/screen-parts.ts'

/** The registered referrals of the EPD: searching them, and the page of one. */
const FORM = {
  name: 'registrations',
  labels: { referralNumber: 'Verwijsnummer', marker: 'Extern kenmerk' },
} as const
const NUMBER_AND_MARKER = {
  registration: 'Registratienummer',
  referralNumber: 'Verwijsnummer',
  marker: 'Extern kenmerk',
} as const
const RESULTS = {
  name: 'registrations.list',
  table: 'Registraties',
  parts: {
    ...NUMBER_AND_MARKER,
    patient: 'ZIS-nummer',
    specialty: 'Specialisme',
    urgency: 'Urgentie',
    date: 'Verwijsdatum',
  },
} as const
const ONE = { name: 'registrations.one', table: 'Registratie', parts: NUMBER_AND_MARKER } as const

/** What the EPD lists of a registration. */
export interface Registered extends Omit<Registration, 'referrerAgb' | 'reason'> {
  /** `REG-100001` */
  readonly registration: string
  /** The hospital's number of the patient. */
  readonly patient: string
}

/** The registrations that carry all of what is filled in; at least one of both is. */
export async function searchRegistrations(
  epd: WebSystem,
  query: { readonly referralNumber: string; readonly marker: string },
): Promise<readonly Registered[]> {
  const page = await epd.page()
  const form = part(epd, page, 'registrations.search', { role: 'heading', name: 'Registraties zoeken' })
  await open(epd, '/registraties', { form }, 'the heading "Registraties zoeken"')
  await fillForm(epd, page, FORM, query)
  const results = part(epd, page, 'registrations.heading', { role: 'heading', name: 'Registraties' })
  const button = part(epd, page, 'registrations.button', { role: 'button', name: 'Zoeken' })
  await follow(epd, () => button.click(), { results }, 'the heading "Registraties"')
  const lines = await readList(epd, page, RESULTS)
  const said = await page
    .getByRole('status')
    .filter({ hasText: /^\d+ gevonden$/ })
    .innerText()
  if (Number.parseInt(said, 10) !== lines.length) throw changed(epd, 'as many registrations as it says')
  return lines.map(({ cells }) => ({ ...cells, date: fromDutchDate(cells.date) ?? '' }))
}

/** What the page shows after the press that registers: the confirmation, or the form again with what is wrong. */
export async function registrationAnswers(epd: WebSystem): Promise<Record<'done' | 'refused', Locator>> {
  const page = await epd.page()
  return {
    done: part(epd, page, 'registrations.done', { role: 'heading', name: 'Verwijzing geregistreerd' }),
    refused: page.getByRole('alert'),
  }
}

/** The number on the open confirmation page; undefined when that is about another referral. */
export async function readConfirmation(
  epd: WebSystem,
  meant: { readonly referralNumber: string; readonly marker: string },
): Promise<string | undefined> {
  const shown = await readProperties(epd, await epd.page(), ONE)
  const ours = shown.marker === meant.marker && shown.referralNumber === meant.referralNumber
  return ours ? shown.registration : undefined
}

/** Opens the page of a registration and keeps a masked picture of it as evidence. */
export async function pictureRegistration(epd: WebSystem, registration: string): Promise<void> {
  const page = await epd.page()
  const heading = page.getByRole('heading', { name: `Registratie ${registration}`, exact: true })
  await open(
    epd,
    `/registraties/${encodeURIComponent(registration)}`,
    { heading },
    'the page of the registration',
  )
  await epd.evidence('register the referral')
}
