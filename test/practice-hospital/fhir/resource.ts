import { ELEMENTS, type ResourceType } from './elements.ts'
import { readInstant } from './instants.ts'
import { isArray, isObject, textsAt, valuesAt, type Json, type JsonObject } from './json.ts'
import { FhirProblem } from './outcome.ts'

export type Meta = {
  readonly versionId: string
  readonly lastUpdated: string
  readonly [field: string]: Json
}
/** A resource as it is kept: `meta` is the server's own. */
export type Resource = JsonObject & {
  readonly resourceType: ResourceType
  readonly id: string
  readonly meta: Meta
}

interface Rule {
  readonly path: string
  readonly codes?: readonly string[]
  readonly list?: true
}

const RULES: Readonly<Record<ResourceType, readonly Rule[]>> = {
  Patient: [
    { path: 'identifier', list: true },
    { path: 'name', list: true },
  ],
  Appointment: [
    {
      path: 'status',
      codes: codes(
        'proposed pending booked arrived fulfilled cancelled noshow entered-in-error checked-in waitlist',
      ),
    },
    { path: 'participant', list: true },
  ],
  ServiceRequest: [
    { path: 'status', codes: codes('draft active on-hold revoked completed entered-in-error unknown') },
    {
      path: 'intent',
      codes: codes(
        'proposal plan directive order original-order reflex-order filler-order instance-order option',
      ),
    },
    { path: 'subject' },
  ],
  Coverage: [
    { path: 'status', codes: codes('active cancelled draft entered-in-error') },
    { path: 'beneficiary' },
    { path: 'payor', list: true },
  ],
  DocumentReference: [
    { path: 'status', codes: codes('current superseded entered-in-error') },
    { path: 'content', list: true },
  ],
  Task: [
    {
      path: 'status',
      codes: codes(
        'draft requested received accepted rejected ready cancelled in-progress on-hold failed completed entered-in-error',
      ),
    },
    {
      path: 'intent',
      codes: codes(
        'unknown proposal plan order original-order reflex-order filler-order instance-order option',
      ),
    },
  ],
  Binary: [{ path: 'contentType' }],
}

const DATES = [
  'birthDate',
  'start',
  'end',
  'created',
  'authoredOn',
  'date',
  'deceasedDateTime',
  'period.start',
  'period.end',
]

/** The body if it is a sound resource of this type. Throws FhirProblem 400 or 422 naming the element. */
export function checkResource(type: ResourceType, body: Json): JsonObject {
  if (!isObject(body)) throw new FhirProblem(400, 'structure', 'The body is not a JSON object.')
  if (body['resourceType'] !== type) throw wrong(400, 'invalid', `The body is not a ${type}.`, 'resourceType')
  for (const name of Object.keys(body))
    if (!ELEMENTS[type].has(name.replace(/^_/, '')))
      throw wrong(400, 'structure', `A ${type} has no element ${name}.`, `${type}.${name}`)
  for (const rule of RULES[type]) checkRule(type, body, rule)
  for (const path of DATES) for (const text of valuesAt(body, path)) checkDate(`${type}.${path}`, text)
  if (type === 'Appointment') checkAppointment(body)
  if (type === 'DocumentReference' && valuesAt(body, 'content.attachment').length === 0)
    throw wrong(422, 'required', 'content has no attachment.', 'DocumentReference.content.attachment')
  return body
}

function checkRule(type: ResourceType, body: JsonObject, rule: Rule): void {
  const value = body[rule.path]
  const where = `${type}.${rule.path}`
  const empty =
    value === undefined || value === null || value === '' || (isArray(value) && value.length === 0)
  if (empty) throw wrong(422, 'required', `${where} is required.`, where)
  if (isArray(value) !== Boolean(rule.list))
    throw wrong(400, 'structure', `${where} must ${rule.list ? '' : 'not '}be a list.`, where)
  if (rule.codes && !rule.codes.some((code) => code === value))
    throw wrong(422, 'code-invalid', `${where} must be one of ${rule.codes.join(', ')}.`, where)
}

function checkDate(where: string, value: Json): void {
  if (typeof value !== 'string' || !readInstant(value))
    throw wrong(422, 'value', `${where} is not a FHIR date.`, where)
}

function checkAppointment(body: JsonObject): void {
  const participants = valuesAt(body, 'participant')
  if (textsAt(body, 'participant.status').length !== participants.length)
    throw wrong(422, 'required', 'Each participant needs a status.', 'Appointment.participant.status')
  const [start] = textsAt(body, 'start')
  const [end] = textsAt(body, 'end')
  if ((start === undefined) !== (end === undefined))
    throw wrong(422, 'invariant', 'app-2: either start and end are given, or neither.', 'Appointment')
  if (start && end && Date.parse(end) < Date.parse(start))
    throw wrong(422, 'invariant', 'The end lies before the start.', 'Appointment.end')
}

function wrong(status: number, code: string, text: string, expression: string): FhirProblem {
  return new FhirProblem(status, code, text, { expression: [expression] })
}

function codes(list: string): readonly string[] {
  return list.split(' ')
}
