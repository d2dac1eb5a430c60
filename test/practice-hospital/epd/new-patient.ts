import type { Hospital } from '../hospital.ts'
import type { Patient } from '../patients.ts'
import { dateFault, fromDutch } from '../web/dutch-date.ts'
import { alerts, faultsIn, form, type Field, type Values } from '../web/form.ts'
import { markup } from '../web/html.ts'
import type { Site } from '../web/site.ts'
import type { Answer } from '../web/visit.ts'
import { epdPage, notFound, patientBar } from './shell.ts'

const GENDERS = ['Man', 'Vrouw'] as const
const FIELDS: readonly Field[] = [
  { name: 'voornaam', label: 'Voornaam', required: true },
  { name: 'voorletters', label: 'Voorletters', required: true },
  { name: 'tussenvoegsel', label: 'Tussenvoegsel' },
  { name: 'achternaam', label: 'Achternaam', required: true },
  { name: 'partnernaam', label: 'Partnernaam' },
  { name: 'geslacht', label: 'Geslacht', type: 'select', options: GENDERS, required: true },
  { name: 'geboortedatum', label: 'Geboortedatum', type: 'date', required: true, check: dateFault },
  {
    name: 'bsn',
    label: 'BSN',
    check: (text) => (/^\d{9}$/.test(text) ? undefined : 'Een BSN heeft negen cijfers.'),
  },
  { name: 'straat', label: 'Straat', required: true },
  { name: 'huisnummer', label: 'Huisnummer', required: true },
  { name: 'postcode', label: 'Postcode', required: true, check: postalCodeFault },
  { name: 'woonplaats', label: 'Woonplaats', required: true },
  {
    name: 'uzovi',
    label: 'UZOVI-code',
    check: (text) => (/^\d{4}$/.test(text) ? undefined : 'Een UZOVI-code heeft vier cijfers.'),
  },
  { name: 'polisnummer', label: 'Polisnummer' },
  { name: 'extern-kenmerk', label: 'Extern kenmerk' },
]
const ENROL = { action: '/patienten/inschrijven', button: 'Inschrijven', fields: FIELDS }

/** Registration of a new patient; the EPD does not mind that the BSN is already known. */
export function addNewPatient(site: Site): void {
  site.page('GET', '/patienten/nieuw', ({ change }) => enrolPage([], {}, change))
  site.change('/patienten/inschrijven', {
    check: ({ form: values }) => {
      const wrong = faultsIn(FIELDS, values)
      return wrong.length > 0 ? enrolPage(wrong, values) : undefined
    },
    apply: ({ form: values, account }) => {
      const patient = enrol(site.hospital, values, account)
      return { answer: { to: `/patienten/${patient.zis}/ingeschreven` }, record: `patient/${patient.zis}` }
    },
  })
  site.page('GET', '/patienten/:zis/ingeschreven', ({ parameter }) => {
    const patient = site.hospital.patients.get(parameter('zis'))
    if (!patient) return notFound('Deze patiënt')
    const open = markup`<nav><a href="/patienten/${patient.zis}">Dossier openen</a></nav>`
    return { page: epdPage('Patiënt ingeschreven', markup`${patientBar(patient)}${open}`) }
  })
}

function enrolPage(wrong: readonly string[], values: Values, change?: number): Answer {
  const body = markup`${alerts(wrong)}${form(ENROL, values, change)}`
  return { status: wrong.length > 0 ? 422 : 200, page: epdPage('Patiënt inschrijven', body) }
}

function enrol({ patients, witness }: Hospital, values: Values, account: string): Patient {
  const value = (name: string) => values[name]?.trim() ?? ''
  const marker = value('extern-kenmerk')
  const patient: Patient = {
    zis: patients.newZis(),
    bsn: value('bsn'),
    given: value('voornaam'),
    initials: value('voorletters'),
    prefix: value('tussenvoegsel'),
    family: value('achternaam'),
    ...(value('partnernaam') && { partner: { prefix: '', family: value('partnernaam') } }),
    gender: value('geslacht') === 'Man' ? 'male' : 'female',
    birthDate: fromDutch(value('geboortedatum')) ?? '',
    street: value('straat'),
    houseNumber: value('huisnummer'),
    postalCode: value('postcode'),
    city: value('woonplaats'),
    insurerUzovi: value('uzovi'),
    policyNumber: value('polisnummer'),
    externalMarker: marker,
  }
  patients.put(patient)
  const key = patient.bsn || `${patient.family} ${patient.birthDate}`
  witness.record({ kind: 'patient-registered', key, marker, account, detail: { zis: patient.zis } })
  return patient
}

function postalCodeFault(text: string): string | undefined {
  return /^\d{4} ?[A-Z]{2}$/.test(text) ? undefined : 'Vul een postcode in als 1234 AB.'
}
