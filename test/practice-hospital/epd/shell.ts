import type { Patient } from '../patients.ts'
import { fullFamilyName } from '../patients.ts'
import { toDutch } from '../web/dutch-date.ts'
import { markup, page, properties, type Markup } from '../web/html.ts'
import type { Site } from '../web/site.ts'
import { notice, type Answer, type Visit } from '../web/visit.ts'

export const TITLE = 'Duinstede EPD'

const MENU = markup`<nav aria-label="Menu">
    <a href="/patienten">Patiënt zoeken</a> <a href="/patienten/nieuw">Patiënt inschrijven</a>
    <a href="/registraties">Registraties</a>
  </nav>
  <form method="post" action="/afmelden"><button type="submit">Afmelden</button></form>`

/** A page of the EPD with its menu. */
export function epdPage(heading: string, body: Markup): Markup {
  return page(TITLE, heading, markup`${MENU}${body}`)
}

/** Who the page is about: name, birth date, BSN and ZIS number. */
export function patientBar(patient: Patient): Markup {
  return properties('Patiënt', [
    ['Naam', `${patient.initials} ${fullFamilyName(patient)}`],
    ['Geboortedatum', toDutch(patient.birthDate)],
    ['BSN', patient.bsn],
    ['ZIS-nummer', patient.zis],
  ])
}

export function notFound(what: string): Answer {
  return notice(TITLE, 'Niet gevonden', `${what} bestaat niet of is verlopen.`, 404)
}

/** The patient that the path asks for (`:zis`), or another one when the visit suffers from that fault. */
export function shownPatient({ hospital }: Site, visit: Visit): Patient | undefined {
  const asked = hospital.patients.get(visit.parameter('zis'))
  if (!asked || !visit.other) return asked
  const all = hospital.patients.all().filter((patient) => !patient.mergedInto && !patient.deceasedAt)
  const next = all.findIndex(({ zis }) => zis === asked.zis) + 1
  return all[next % all.length]
}
