import type { WebSystem } from '../../connectors/browser/session.ts'
import { Failure } from '../../connectors/failure.ts'
import { fromDutchDate, toDutchDate } from '../../connectors/dutch-date.ts'
import { follow, open } from '../../connectors/browser/page-answers.ts'
import { changed, fillForm, part, readList } from '../../connectors/browser/screen-parts.ts'

/** Searching a patient in the EPD; its list arrives a moment after its page. */
const FORM = {
  name: 'search',
  labels: { family: 'Achternaam', birthDate: 'Geboortedatum', bsn: 'BSN' },
} as const
const RESULTS = {
  name: 'search.patients',
  table: 'Patiënten',
  parts: { number: 'ZIS-nummer', birthDate: 'Geboortedatum', bsn: 'BSN' },
} as const

export interface PatientLine {
  /** The hospital's own number of the patient. */
  readonly number: string
  readonly bsn: string
}

/** What is searched on; what is empty is left out. */
export interface PatientQuery {
  readonly family: string
  /** `1948-03-09` */
  readonly birthDate: string
  readonly bsn: string
}

/** Everybody whom the EPD finds. Fails with `search-failed` (transient) when the list does not come. */
export async function searchPatients(epd: WebSystem, query: PatientQuery): Promise<readonly PatientLine[]> {
  const page = await epd.page()
  const heading = part(epd, page, 'search.heading', { role: 'heading', name: 'Patiënt zoeken' })
  await open(epd, '/patienten', { search: heading }, 'the heading "Patiënt zoeken"')
  await fillForm(epd, page, FORM, { ...query, birthDate: query.birthDate && toDutchDate(query.birthDate) })
  const results = part(epd, page, 'search.results', { role: 'heading', name: 'Zoekresultaten' })
  const search = part(epd, page, 'search.button', { role: 'button', name: 'Zoeken' })
  await follow(epd, () => search.click(), { results }, 'the heading "Zoekresultaten"')
  const count = page.getByRole('status').filter({ hasText: /^\d+ patiënt(en)? gevonden$/ })
  const failed = page.getByRole('alert')
  const shown = await follow(epd, () => Promise.resolve(), { count, failed }, 'how many patients were found')
  if (shown === 'failed') throw searchFailed(epd)
  const lines = await readList(epd, page, RESULTS)
  if (Number.parseInt(await count.innerText(), 10) !== lines.length)
    throw changed(epd, 'as many patients as it says')
  return lines.map(({ cells }) => checked(epd, query, cells))
}

/** A list that answers another question than was asked would make a new patient of a known one. */
function checked(epd: WebSystem, query: PatientQuery, cells: Record<'number' | 'birthDate' | 'bsn', string>) {
  const { number, bsn } = cells
  const asked =
    (!query.bsn || query.bsn === bsn) &&
    (!query.birthDate || query.birthDate === fromDutchDate(cells.birthDate))
  if (!asked || number === '') throw changed(epd, 'only patients that were searched for')
  return { number, bsn }
}

function searchFailed({ id: system }: WebSystem): Failure {
  const sentence = `Searching patients failed at ${system}: the item is tried again later.`
  return new Failure('transient', 'search-failed', sentence, { system })
}
