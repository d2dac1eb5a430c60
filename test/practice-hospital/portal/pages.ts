import { INSURERS } from '../insurers.ts'
import { fullFamilyName } from '../patients.ts'
import { toDutch } from '../web/dutch-date.ts'
import { form, hiddenInputs, type Field, type Values } from '../web/form.ts'
import { markup, list, page, properties, type Markup } from '../web/html.ts'
import { letterText, type Referral } from './referrals.ts'

export const TITLE = 'Verwijsportaal'
export const HANDLE_FIELDS: readonly Field[] = [
  { name: 'registratienummer', label: 'Registratienummer', required: true },
  { name: 'kenmerk', label: 'Kenmerk', required: true },
]
const PAGE_SIZE = 25
const MENU = markup`<nav aria-label="Menu">
    <a href="/postvak?status=Nieuw">Nieuw</a> <a href="/postvak?status=Afgehandeld">Afgehandeld</a>
    <a href="/postvak?status=Alle">Alle</a>
  </nav>
  <form method="post" action="/afmelden"><button type="submit">Afmelden</button></form>`

/** The inbox: 25 referrals a page, oldest number first. */
export function inboxPage(
  all: readonly Referral[],
  shown: { readonly status: string; readonly page: number },
  change?: number,
): Markup {
  const chosen = all
    .filter((referral) => shown.status === 'Alle' || statusOf(referral) === shown.status)
    .sort((a, b) => Number(a.number.slice(2)) - Number(b.number.slice(2)))
  const visible = chosen.slice((shown.page - 1) * PAGE_SIZE, shown.page * PAGE_SIZE)
  const rows = visible.map((referral) => [
    markup`<a href="/verwijzingen/${referral.number}">${referral.number}</a>`,
    toDutch(referral.date),
    referral.specialism,
    statusOf(referral),
  ])
  const next = markup`<a rel="next" href="/postvak?status=${shown.status}&amp;pagina=${shown.page + 1}"
    >Volgende pagina</a
  >`
  const body = markup`${MENU}
    <p role="status">${chosen.length} verwijzingen</p>
    ${list('Verwijzingen', ['Verwijsnummer', 'Datum', 'Specialisme', 'Status'], rows, change === 1)}
    ${chosen.length > shown.page * PAGE_SIZE && next}`
  return page(TITLE, 'Postvak verwijzingen', body)
}

/** A referral with its letter and, while it is new, the form to mark it as handled. */
export function referralPage(
  referral: Referral,
  above: readonly Markup[],
  values: Values,
  change?: number,
): Markup {
  const body = markup`${MENU}${above}
    <h2>Verwijzing</h2>
    ${aboutReferral(referral)}
    <h2>Patiënt</h2>
    ${aboutPatient(referral)}
    <h2>Verwijsbrief</h2>
    ${letter(referral)}
    <h2>Afhandeling</h2>
    ${referral.handled ? aboutHandling(referral.handled) : handleForm(referral, values, change)}`
  return page(TITLE, `Verwijzing ${referral.number}`, body)
}

/** Asks once more before the referral is marked as handled. */
export function confirmPage(referral: Referral, values: Values): Markup {
  const { registratienummer = '', kenmerk = '' } = values
  const body = markup`<p>U markeert verwijzing ${referral.number} als afgehandeld.</p>
    ${properties('Afhandeling', [
      ['Registratienummer', registratienummer],
      ['Kenmerk', kenmerk],
    ])}
    <form method="post" action="/verwijzingen/${referral.number}/afgehandeld">
      ${hiddenInputs({ registratienummer, kenmerk })}
      <p>
        <button type="submit">Bevestigen</button> <a href="/verwijzingen/${referral.number}">Annuleren</a>
      </p>
    </form>`
  return page(TITLE, 'Afhandeling bevestigen', body)
}

function statusOf({ handled }: Referral): string {
  return handled ? 'Afgehandeld' : 'Nieuw'
}

function aboutReferral(referral: Referral): Markup {
  return properties('Verwijzing', [
    ['Verwijsnummer', referral.number],
    ['Verwijsdatum', toDutch(referral.date)],
    ['Specialisme', referral.specialism],
    ['Urgentie', referral.urgency],
    ['Reden van verwijzing', referral.reason],
    ['Verwijzer', referral.referrerName],
    ['AGB-code verwijzer', referral.referrerAgb],
    ['Status', statusOf(referral)],
  ])
}

function aboutPatient({ patient }: Referral): Markup {
  const insurer = INSURERS.find(({ uzovi }) => uzovi === patient.insurerUzovi)?.name ?? 'onbekend'
  return properties('Patiënt', [
    ['Naam', `${patient.initials} ${fullFamilyName(patient)}`],
    ['Achternaam', patient.family],
    ['Tussenvoegsel', patient.prefix],
    ['Partnernaam', patient.partner ? [patient.partner.prefix, patient.partner.family].join(' ').trim() : ''],
    ['Voornaam', patient.given],
    ['Voorletters', patient.initials],
    ['Geslacht', patient.gender === 'male' ? 'Man' : 'Vrouw'],
    ['Geboortedatum', toDutch(patient.birthDate)],
    ['BSN', patient.bsn],
    ['Straat', patient.street],
    ['Huisnummer', patient.houseNumber],
    ['Postcode', patient.postalCode],
    ['Woonplaats', patient.city],
    ['Verzekeraar', `${insurer} (UZOVI ${patient.insurerUzovi})`],
    ['Polisnummer', patient.policyNumber],
  ])
}

function letter(referral: Referral): Markup {
  if (referral.letter !== 'text')
    return markup`<p><a href="/verwijzingen/${referral.number}/brief.pdf">Brief downloaden (PDF)</a></p>`
  return markup`<article aria-label="Verwijsbrief">
    ${letterText(referral).map((line) => markup`<p>${line}</p>`)}
  </article>`
}

function aboutHandling({ registration, marker }: { registration: string; marker: string }): Markup {
  return properties('Afhandeling', [
    ['Status', 'Afgehandeld'],
    ['Registratienummer', registration],
    ['Kenmerk', marker],
  ])
}

function handleForm({ number }: Referral, values: Values, change?: number): Markup {
  const shape = { action: `/verwijzingen/${number}/afhandelen`, button: 'Markeer als afgehandeld' }
  return form({ ...shape, fields: HANDLE_FIELDS }, values, change)
}
