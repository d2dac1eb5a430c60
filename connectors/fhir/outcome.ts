import { Failure, type FailureKind } from '../failure.ts'
import { fieldsOf, listOf, textOf } from './json-fields.ts'
import type { Resource } from './resource.ts'

/** What an issue of an OperationOutcome says that is safe to repeat: never its diagnostics, which may quote a patient. */
export interface OutcomeIssue {
  readonly severity: string
  readonly code: string
  /** FHIRPath (R4) or XPath (STU3) of the element meant. */
  readonly expression: string | undefined
}

/** What the request was, as far as it decides what a refusal means. */
export interface Intent {
  readonly writes: boolean
  /** Whether it named one resource by its id. */
  readonly byId?: boolean
  /** `matching` is a search that an update is about. */
  readonly precondition?: 'if-match' | 'if-none-exist' | 'matching'
}

/** Issue codes with what they mean to a person; a code that is not here is not repeated, for anything could be in it. */
const MEANINGS: Readonly<Record<string, string>> = {
  invalid: 'its content is not valid',
  structure: 'its structure is not valid',
  required: 'a required element is missing',
  value: 'a value is not valid',
  invariant: 'a rule about its content does not hold',
  security: 'security does not allow it',
  login: 'it wants a sign-in first',
  unknown: 'it does not know who is asking',
  expired: 'the session has expired',
  forbidden: 'this account may not do it',
  suppressed: 'it keeps information back from this account',
  processing: 'it could not process the content',
  'not-supported': 'it does not support this',
  duplicate: 'it exists already',
  'multiple-matches': 'more than one matches',
  'not-found': 'it was not found',
  deleted: 'it has been deleted',
  'too-long': 'it is too long',
  'code-invalid': 'a code is not known there',
  extension: 'an extension is not accepted',
  'too-costly': 'it costs the server too much',
  'business-rule': 'a rule of that system says no',
  conflict: 'it conflicts with another change',
  transient: 'there is a passing problem',
  'lock-error': 'it is locked by somebody else',
  'no-store': 'it cannot store now',
  exception: 'it failed unexpectedly',
  timeout: 'it ran out of time',
  incomplete: 'it could not give everything',
  throttled: 'it is too busy',
}

const ABOUT_CONTENT = new Set([
  'invalid',
  'structure',
  'required',
  'value',
  'invariant',
  'duplicate',
  'multiple-matches',
  'too-long',
  'code-invalid',
  'extension',
  'business-rule',
  'conflict',
])

const FHIR_PATH = /^[A-Z][A-Za-z]{0,40}(\.[A-Za-z]{1,40}(\[\d{1,4}\])?){0,12}$/
const XPATH = /^(\/f:[A-Za-z]{1,40}(\[\d{1,4}\])?){1,12}$/

/** The issues of an OperationOutcome; none when the resource is something else. */
export function readIssues(resource: Resource | undefined): readonly OutcomeIssue[] {
  const issues = resource?.resourceType === 'OperationOutcome' ? resource['issue'] : undefined
  return listOf(issues).map((one) => {
    const issue = fieldsOf(one)
    const code = textOf(issue.get('code'))
    const places = [...listOf(issue.get('expression')), ...listOf(issue.get('location'))].map(textOf)
    return {
      severity: textOf(issue.get('severity')),
      code: Object.hasOwn(MEANINGS, code) ? code : 'other',
      expression: places.find((place) => FHIR_PATH.test(place) || XPATH.test(place)),
    }
  })
}

/**
 * What an answer that is no success means. A read never did anything. A write that was refused with a status that
 * servers give before they begin did nothing either; after any other status it is `unsure`. So is 503, with or without
 * Retry-After, for a gateway says it too when the server behind it did the work: only an OperationOutcome `throttled`
 * says that nothing was begun.
 */
export function refusal(
  status: number,
  resource: Resource | undefined,
  intent: Intent,
  system: string,
): Failure {
  const issue = readIssues(resource).find(isSevere)
  const [kind, code] = policy(status, issue?.code, resource !== undefined, intent)
  const meaning = issue && MEANINGS[issue.code]
  const reason = meaning ? `: ${meaning}` : ''
  const place = issue?.expression ? ` (${issue.expression})` : ''
  const sentence = `The FHIR server "${system}" answered ${status}${reason}${place}; ${REMEDIES[kind]}`
  return new Failure(kind, code, sentence, { system })
}

/** Whether an issue means that what was asked did not, or not wholly, happen. */
export function isSevere({ severity }: OutcomeIssue): boolean {
  return severity === 'error' || severity === 'fatal'
}

const REMEDIES: Readonly<Record<FailureKind, string>> = {
  business: 'look the case up there and decide.',
  transient: 'it did nothing and can be tried again later.',
  unexpected: 'trying again gives the same, so have the settings of this system or the robot looked at.',
  unsure: 'it may have been carried out: look there first.',
}

type Policy = readonly [FailureKind, string]

/** Statuses by which a server says that it did not begin, whatever was asked. */
const NOTHING_DONE: Readonly<Record<number, Policy>> = {
  401: ['unexpected', 'sign-in-refused'],
  403: ['unexpected', 'forbidden'],
  405: ['unexpected', 'not-supported'],
  406: ['unexpected', 'not-supported'],
  411: ['unexpected', 'not-supported'],
  413: ['unexpected', 'too-large'],
  414: ['unexpected', 'too-large'],
  415: ['unexpected', 'not-supported'],
  422: ['business', 'rejected'],
  423: ['transient', 'locked'],
  429: ['transient', 'busy'],
  431: ['unexpected', 'too-large'],
  501: ['unexpected', 'not-supported'],
  301: ['unexpected', 'redirected'],
  307: ['unexpected', 'redirected'],
  308: ['unexpected', 'redirected'],
}

function policy(status: number, issue: string | undefined, isFhir: boolean, intent: Intent): Policy {
  const plain = NOTHING_DONE[status]
  if (plain) return plain
  if (status === 400)
    return issue && ABOUT_CONTENT.has(issue) && intent.writes
      ? ['business', 'rejected']
      : ['unexpected', 'request-refused']
  // A page that is not FHIR's says that the address is wrong, not that the patient is unknown.
  if (status === 404)
    return isFhir && intent.byId ? ['business', 'not-found'] : ['unexpected', 'address-unknown']
  if (status === 410) return ['business', 'deleted']
  if (status === 409 || status === 412) return conflict(status, intent)
  if (status === 503 && issue === 'throttled') return ['transient', 'busy']
  if (intent.writes) return ['unsure', 'server-error']
  if (status >= 500 || status === 408) return ['transient', 'server-error']
  return status < 400 ? ['unexpected', 'redirected'] : ['unexpected', 'request-refused']
}

function conflict(status: number, { precondition }: Intent): Policy {
  if (precondition === 'if-match') return ['transient', 'version-conflict']
  if (status === 409) return ['business', 'conflict']
  return precondition ? ['business', 'several-match'] : ['unexpected', 'request-refused']
}
