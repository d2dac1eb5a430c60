import type { ResourceType } from './elements.ts'

export interface SearchParameter {
  readonly type: 'token' | 'reference' | 'date' | 'string'
  readonly paths: readonly string[]
}

const token = (...paths: string[]): SearchParameter => ({ type: 'token', paths })
const reference = (...paths: string[]): SearchParameter => ({ type: 'reference', paths })
const date = (...paths: string[]): SearchParameter => ({ type: 'date', paths })
const string = (...paths: string[]): SearchParameter => ({ type: 'string', paths })

const COMMON = { _id: token('id'), _lastUpdated: date('meta.lastUpdated') }
const IDENTIFIED = { ...COMMON, identifier: token('identifier') }

/** Everything that can be searched on; the CapabilityStatement is made of it. */
export const SEARCH_PARAMETERS: Readonly<Record<ResourceType, Readonly<Record<string, SearchParameter>>>> = {
  Patient: {
    ...IDENTIFIED,
    active: token('active'),
    family: string('name.family'),
    given: string('name.given'),
    name: string('name.family', 'name.given', 'name.text'),
    birthdate: date('birthDate'),
    link: reference('link.other.reference'),
  },
  Appointment: {
    ...IDENTIFIED,
    status: token('status'),
    date: date('start'),
    actor: reference('participant.actor.reference'),
    patient: reference('participant.actor.reference'),
  },
  ServiceRequest: {
    ...IDENTIFIED,
    status: token('status'),
    code: token('code.coding'),
    authored: date('authoredOn'),
    subject: reference('subject.reference'),
    patient: reference('subject.reference'),
  },
  Coverage: {
    ...IDENTIFIED,
    status: token('status'),
    beneficiary: reference('beneficiary.reference'),
    patient: reference('beneficiary.reference'),
  },
  DocumentReference: {
    ...COMMON,
    identifier: token('identifier', 'masterIdentifier'),
    status: token('status'),
    type: token('type.coding'),
    date: date('date'),
    subject: reference('subject.reference'),
    patient: reference('subject.reference'),
  },
  Task: {
    ...IDENTIFIED,
    status: token('status'),
    code: token('code.coding'),
    'authored-on': date('authoredOn'),
    subject: reference('for.reference'),
    patient: reference('for.reference'),
    focus: reference('focus.reference'),
  },
  Binary: COMMON,
}
