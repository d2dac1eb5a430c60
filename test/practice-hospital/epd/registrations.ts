import { z } from 'zod'
import type { Hospital } from '../hospital.ts'
import { toDutch } from '../web/dutch-date.ts'
import { form, type Field } from '../web/form.ts'
import { markup, list, properties, type Markup } from '../web/html.ts'
import { SEARCHES, type Site } from '../web/site.ts'
import { epdPage, notFound } from './shell.ts'

const registrationSchema = z.object({
  /** `REG-100001` */
  number: z.string(),
  zis: z.string(),
  referralNumber: z.string(),
  marker: z.string(),
  specialism: z.string(),
  urgency: z.string(),
  referrerAgb: z.string(),
  /** ISO date. */
  referralDate: z.string(),
  reason: z.string(),
})
export type Registration = z.output<typeof registrationSchema>

export interface Registrations {
  /** Makes a registration, also when there is one like it. */
  add(registration: Omit<Registration, 'number'>, account: string): Registration
  get(number: string): Registration | undefined
  ofPatient(zis: string): Registration[]
  /** By what is filled in; only those that searches show by now. */
  find(referralNumber: string, marker: string): Registration[]
}

/** The registered referrals of the EPD. */
export function openRegistrations({ store, witness, faults }: Hospital): Registrations {
  const records = store.collection('epd/registrations', registrationSchema)
  return {
    add: (given, account) => {
      const registration = { ...given, number: `REG-${100_001 + records.size()}` }
      records.put(registration.number, registration)
      const { referralNumber: key, marker, number, ...detail } = registration
      witness.record({
        kind: 'referral-registered',
        key,
        marker,
        account,
        detail: { registration: number, ...detail },
      })
      return registration
    },
    get: (number) => records.get(number),
    ofPatient: (zis) => records.all().filter((registration) => registration.zis === zis),
    find: (referralNumber, marker) =>
      records
        .all()
        .filter(
          (registration) =>
            (!referralNumber || registration.referralNumber === referralNumber) &&
            (!marker || registration.marker === marker) &&
            !faults.hidden(`registration/${registration.number}`),
        ),
  }
}

const FIELDS: readonly Field[] = [
  { name: 'verwijsnummer', label: 'Verwijsnummer' },
  { name: 'extern-kenmerk', label: 'Extern kenmerk' },
]
const SEARCH = { action: '/registraties/zoeken', button: 'Zoeken', fields: FIELDS }

/** Searching registrations, and looking at one. */
export function addRegistrationPages(site: Site, registrations: Registrations): void {
  site.page('GET', '/registraties', ({ change }) => ({
    page: epdPage('Registraties zoeken', form(SEARCH, {}, change)),
  }))
  site.page(
    'POST',
    '/registraties/zoeken',
    ({ form: values, change }) => {
      const [referral = '', marker = ''] = FIELDS.map(({ name }) => values[name]?.trim())
      const found = referral || marker ? registrations.find(referral, marker) : []
      return { page: epdPage('Registraties', markup`${resultTable(found, change)}${form(SEARCH, values)}`) }
    },
    SEARCHES,
  )
  const show = (heading: (number: string) => string) => (visit: { parameter: (name: string) => string }) => {
    const registration = registrations.get(visit.parameter('number'))
    if (!registration) return notFound('Deze registratie')
    return { page: epdPage(heading(registration.number), about(registration)) }
  }
  site.page(
    'GET',
    '/registraties/:number',
    show((number) => `Registratie ${number}`),
  )
  site.page(
    'GET',
    '/registraties/:number/bevestiging',
    show(() => 'Verwijzing geregistreerd'),
  )
}

function resultTable(found: readonly Registration[], change: number | undefined): Markup {
  const rows = found.map((registration) => [
    markup`<a href="/registraties/${registration.number}">${registration.number}</a>`,
    registration.referralNumber,
    registration.marker,
    registration.zis,
    registration.specialism,
    registration.urgency,
    toDutch(registration.referralDate),
  ])
  const headers = [
    'Registratienummer',
    'Verwijsnummer',
    'Extern kenmerk',
    'ZIS-nummer',
    'Specialisme',
    'Urgentie',
  ]
  return markup`<p role="status">${rows.length} gevonden</p>
    ${list('Registraties', [...headers, 'Verwijsdatum'], rows, change === 1)}`
}

function about(registration: Registration): Markup {
  return properties('Registratie', [
    ['Registratienummer', registration.number],
    ['Verwijsnummer', registration.referralNumber],
    ['Extern kenmerk', registration.marker],
    ['ZIS-nummer', registration.zis],
    ['Specialisme', registration.specialism],
    ['Urgentie', registration.urgency],
    ['AGB-code verwijzer', registration.referrerAgb],
    ['Verwijsdatum', toDutch(registration.referralDate)],
    ['Reden van verwijzing', registration.reason],
  ])
}
