import { INSURERS } from '../insurers.ts'
import { fullFamilyName, type Patient } from '../patients.ts'
import { toDutch } from '../web/dutch-date.ts'
import { markup, list, page, properties, type Markup } from '../web/html.ts'
import { SHOWS_PATIENT, type Site } from '../web/site.ts'
import type { AppointmentLine } from './appointments.ts'
import type { Registrations } from './registrations.ts'
import { epdPage, notFound, patientBar, shownPatient, TITLE } from './shell.ts'

/** The patient's file: a page around a frame, as in many an EPD, and the list of appointments. */
export function addPatientPages(
  site: Site,
  registrations: Registrations,
  appointments: (zis: string) => readonly AppointmentLine[],
): void {
  site.page('GET', '/patienten/:zis', ({ parameter }) => {
    const zis = parameter('zis')
    if (!site.hospital.patients.get(zis)) return notFound('Deze patiënt')
    return {
      page: epdPage(
        'Patiëntdossier',
        markup`<iframe title="Patiëntgegevens" src="/patienten/${zis}/inhoud"></iframe>`,
      ),
    }
  })
  site.page(
    'GET',
    '/patienten/:zis/inhoud',
    (visit) => {
      const patient = shownPatient(site, visit)
      return patient ? { page: content(patient, registrations, visit.change) } : notFound('Deze patiënt')
    },
    SHOWS_PATIENT,
  )
  site.page('GET', '/patienten/:zis/afspraken', (visit) => {
    const patient = shownPatient(site, visit)
    if (!patient) return notFound('Deze patiënt')
    const rows = appointments(patient.zis).map(({ date, time, description, status }) => [
      toDutch(date),
      time,
      description,
      status,
    ])
    const table = list('Afspraken', ['Datum', 'Tijd', 'Omschrijving', 'Status'], rows, visit.change === 1)
    return { page: epdPage('Afspraken', markup`${patientBar(patient)}${table}`) }
  })
}

function content(patient: Patient, registrations: Registrations, change: number | undefined): Markup {
  const { zis, deceasedAt, mergedInto } = patient
  const rows = registrations
    .ofPatient(zis)
    .map(({ number, referralNumber, marker, specialism }) => [number, referralNumber, marker, specialism])
  const headers = ['Registratienummer', 'Verwijsnummer', 'Extern kenmerk', 'Specialisme']
  const body = markup`${mergedInto && markup`<p role="alert">Dit dossier is samengevoegd met ZIS-nummer ${mergedInto}.</p>`}
    ${deceasedAt && markup`<p role="alert">Deze patiënt is overleden.</p>`}${about(patient)}
    <nav aria-label="Dossier">
      <a target="_top" href="/patienten/${zis}/verwijzing">Verwijzing registreren</a>
      <a target="_top" href="/patienten/${zis}/documenten">Documenten</a>
      <a target="_top" href="/patienten/${zis}/afspraken">Afspraken</a>
    </nav>
    <h2>Verwijzingen</h2>
    ${list('Verwijzingen', headers, rows, change === 1)}`
  return page(TITLE, `${patient.initials} ${fullFamilyName(patient)}`, body)
}

function about(patient: Patient): Markup {
  const insurer = INSURERS.find(({ uzovi }) => uzovi === patient.insurerUzovi)?.name ?? 'onbekend'
  return properties('Patiënt', [
    ['Naam', `${patient.initials} ${fullFamilyName(patient)}`],
    ['Voornaam', patient.given],
    ['Achternaam', patient.family],
    ['Tussenvoegsel', patient.prefix],
    ['Partnernaam', [patient.partner?.prefix, patient.partner?.family].filter(Boolean).join(' ')],
    ['Geboortedatum', toDutch(patient.birthDate)],
    ['BSN', patient.bsn],
    ['ZIS-nummer', patient.zis],
    ['Geslacht', patient.gender === 'male' ? 'Man' : 'Vrouw'],
    ['Adres', `${patient.street} ${patient.houseNumber}, ${patient.postalCode} ${patient.city}`],
    ['Verzekeraar', `${insurer} (UZOVI ${patient.insurerUzovi})`],
    ['Polisnummer', patient.policyNumber],
    ['Overleden', patient.deceasedAt ? `Ja, ${toDutch(patient.deceasedAt)}` : 'Nee'],
    ['Extern kenmerk', patient.externalMarker ?? ''],
  ])
}
