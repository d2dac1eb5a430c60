import { fullFamilyName, type Patient } from '../patients.ts'
import { dateFault, fromDutch, toDutch } from '../web/dutch-date.ts'
import { alerts, faultsIn, form, type Field, type Values } from '../web/form.ts'
import { markup, list, raw, type Markup } from '../web/html.ts'
import { SEARCHES, type Site } from '../web/site.ts'
import type { Answer } from '../web/visit.ts'
import { epdPage } from './shell.ts'

const FIELDS: readonly Field[] = [
  { name: 'achternaam', label: 'Achternaam' },
  { name: 'geboortedatum', label: 'Geboortedatum', type: 'date', check: dateFault },
  { name: 'bsn', label: 'BSN' },
]
const SEARCH = { action: '/patienten/zoeken', button: 'Zoeken', fields: FIELDS }
const LIST_DELAY_MS = 300

/** Patient search: the form, and a result page whose list arrives a moment later. */
export function addSearch(site: Site): void {
  site.page('GET', '/patienten', ({ change }) => searchPage([], {}, change))
  site.page('POST', '/patienten/zoeken', ({ form: values }) => {
    const wrong = faultsIn(FIELDS, values)
    const empty = FIELDS.every(({ name }) => !values[name]?.trim())
    if (empty) wrong.push('Vul ten minste één zoekveld in.')
    return wrong.length > 0 ? searchPage(wrong, values) : { page: resultPage(values) }
  })
  site.page(
    'POST',
    '/patienten/resultaten',
    ({ form: values }) => ({ page: results(site, values) }),
    SEARCHES,
  )
}

function searchPage(wrong: readonly string[], values: Values, change?: number): Answer {
  const body = markup`${alerts(wrong)}${form(SEARCH, values, change)}`
  return { status: wrong.length > 0 ? 422 : 200, page: epdPage('Patiënt zoeken', body) }
}

function resultPage({ achternaam = '', geboortedatum = '', bsn = '' }: Values): Markup {
  const criteria = JSON.stringify({ achternaam, geboortedatum, bsn }).replaceAll('<', '\\u003c')
  return epdPage(
    'Zoekresultaten',
    markup`<p role="status" id="stand">Bezig met zoeken…</p>
      <div id="lijst"></div>
      <nav><a href="/patienten">Opnieuw zoeken</a></nav>
      <script>
        ${raw(loadLater(criteria))}
      </script>`,
  )
}

function loadLater(criteria: string): string {
  return `const stand = document.getElementById('stand')
setTimeout(async () => {
  try {
    const answer = await fetch('/patienten/resultaten', { method: 'POST', body: new URLSearchParams(${criteria}) })
    if (answer.redirected) return void (location.href = answer.url)
    if (!answer.ok) throw new Error()
    document.getElementById('lijst').innerHTML = await answer.text()
    const aantal = document.querySelectorAll('#lijst tbody tr').length
    stand.textContent = aantal === 1 ? '1 patiënt gevonden' : aantal + ' patiënten gevonden'
  } catch {
    stand.setAttribute('role', 'alert')
    stand.textContent = 'Het zoeken is mislukt. Probeer het opnieuw.'
  }
}, ${LIST_DELAY_MS})`
}

function results({ hospital }: Site, values: Values): Markup {
  const found = hospital.patients
    .all()
    .filter(({ zis, mergedInto }) => !mergedInto && !hospital.faults.hidden(`patient/${zis}`))
    .filter((patient) => matches(patient, values))
  const rows = found.map((patient) => [
    patient.zis,
    `${patient.initials} ${fullFamilyName(patient)}`,
    toDutch(patient.birthDate),
    patient.bsn,
    markup`<a href="/patienten/${patient.zis}">Openen</a>`,
  ])
  return list('Patiënten', ['ZIS-nummer', 'Naam', 'Geboortedatum', 'BSN', 'Dossier'], rows)
}

function matches(patient: Patient, { achternaam = '', geboortedatum = '', bsn = '' }: Values): boolean {
  const names = [
    patient.family,
    `${patient.prefix} ${patient.family}`,
    fullFamilyName(patient),
    patient.partner?.family,
  ]
  const named = names.some((name) => name !== undefined && plain(name) === plain(achternaam))
  return (
    (!achternaam.trim() || named) &&
    (!geboortedatum.trim() || patient.birthDate === fromDutch(geboortedatum)) &&
    (!bsn.trim() || patient.bsn === bsn.trim())
  )
}

function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase()
}
