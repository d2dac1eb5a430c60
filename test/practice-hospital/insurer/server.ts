import type { Account } from '../accounts.ts'
import type { Hospital } from '../hospital.ts'
import { dateFault, fromDutch, toDutch } from '../web/dutch-date.ts'
import { alerts, faultsIn, form, type Field, type Values } from '../web/form.ts'
import { markup, page, properties } from '../web/html.ts'
import { addSignIn, enter } from '../web/sign-in.ts'
import { createSite, SHOWS_PATIENT, type Listening } from '../web/site.ts'
import type { Answer, Visit } from '../web/visit.ts'
import { policyOf, type Policy } from './policies.ts'

const TITLE = 'Verzekerdenportaal'
const IDLE_MS = 15 * 60_000
const FIELDS: readonly Field[] = [
  { name: 'bsn', label: 'BSN', required: true, check: bsnFault },
  { name: 'geboortedatum', label: 'Geboortedatum', type: 'date', required: true, check: dateFault },
  { name: 'peildatum', label: 'Peildatum', type: 'date', required: true, check: dateFault },
]
const CHECK = { action: '/controle', button: 'Controleren', fields: FIELDS }

/** The insurers' common portal: a coverage check by BSN, birth date and date of check. */
export async function startInsurer(hospital: Hospital, account: Account, port: number): Promise<Listening> {
  const site = await createSite(hospital, { title: TITLE, cookie: 'verzekeraar_sessie', idleMs: IDLE_MS })
  addSignIn(site, account, (_request, reply) => enter(site, account, reply))
  site.page('GET', '/', () => ({ to: '/controle' }))
  site.page('GET', '/controle', ({ change }) => checkPage([], {}, change))
  site.page('POST', '/controle', (visit) => check(hospital, visit), SHOWS_PATIENT)
  return site.listen(port)
}

function bsnFault(text: string): string | undefined {
  const sum = [...text].reduce(
    (total, digit, place) => total + Number(digit) * (place === 8 ? -1 : 9 - place),
    0,
  )
  return /^\d{9}$/.test(text) && sum % 11 === 0 ? undefined : 'Dit is geen geldig BSN.'
}

function checkPage(wrong: readonly string[], values: Values, change?: number): Answer {
  const body = markup`${alerts(wrong)}${form(CHECK, values, change)}`
  return { status: wrong.length > 0 ? 422 : 200, page: page(TITLE, 'Controle op verzekeringsrecht', body) }
}

function check(hospital: Hospital, { form: values, other }: Visit): Answer {
  const wrong = faultsIn(FIELDS, values)
  if (wrong.length > 0) return checkPage(wrong, values)
  const asked = { bsn: values['bsn'] ?? '', birthDate: fromDutch(values['geboortedatum'] ?? '') ?? '' }
  const somebody = hospital.patients.all().find(({ bsn }) => bsn !== '' && bsn !== asked.bsn)
  const shown = other && somebody ? { bsn: somebody.bsn, birthDate: somebody.birthDate } : asked
  const policy = policyOf(hospital, shown.bsn, shown.birthDate)
  return resultPage(shown, values['peildatum'] ?? '', policy)
}

function resultPage(
  asked: { readonly bsn: string; readonly birthDate: string },
  checkedOn: string,
  policy: Policy | undefined,
): Answer {
  const about = properties('Verzekerde', [
    ['BSN', asked.bsn],
    ['Geboortedatum', toDutch(asked.birthDate)],
    ['Peildatum', checkedOn],
    ['Verzekerd', policy ? 'Ja' : 'Nee'],
  ])
  const details =
    policy &&
    properties('Verzekering', [
      ['UZOVI-code', policy.uzovi],
      ['Verzekeraar', policy.insurer],
      ['Polisnummer', policy.policyNumber],
      ['Ingangsdatum', toDutch(policy.validFrom)],
      ['Pakket', policy.packageName],
    ])
  const body = markup`${about}${details}
    <nav><a href="/controle">Nieuwe controle</a></nav>`
  return { page: page(TITLE, 'Resultaat controle', body) }
}
