import { Failure } from '../failure.ts'
import { refusal, type Intent } from './outcome.ts'
import { isResource, type Resource } from './resource.ts'
import type { Incoming } from './transport.ts'

const JSON_TYPES = /^application\/(fhir\+json|json\+fhir|json)\s*(;|$)/i

/** The resource in an answer's body; undefined when the body is empty, no JSON in UTF-8, or no resource. */
export function readBody(incoming: Incoming): Resource | undefined {
  if (!JSON_TYPES.test(incoming.headers['content-type'] ?? '') || incoming.headers['content-encoding'])
    return undefined
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(incoming.bytes))
    return isResource(parsed) ? parsed : undefined
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}

/** Whether it is a success; a write's success may have an empty body. @throws Failure as `refusal` says for all else. */
export function checkStatus(incoming: Incoming, intent: Intent, system: string): void {
  // 202 only promises that it will be done.
  if (incoming.status >= 200 && incoming.status < 300 && incoming.status !== 202) return
  throw refusal(incoming.status, readBody(incoming), intent, system)
}

/** The resource that a read must have given, of one of these types. @throws unexpected for HTML and for other types. */
export function expectResource(incoming: Incoming, types: readonly string[], system: string): Resource {
  const resource = readBody(incoming)
  if (!resource) throw unreadable('unexpected', system)
  if (types.includes(resource.resourceType)) return resource
  throw new Failure(
    'unexpected',
    'resource-type',
    `The FHIR server "${system}" answered with another type of resource than ${types.join(' or ')}: have its settings looked at.`,
    { system },
  )
}

/** An answer that is no FHIR resource: after a write nobody knows who gave it, a sign-in page or the server. */
export function unreadable(kind: 'unexpected' | 'unsure', system: string): Failure {
  return new Failure(
    kind,
    'answer-unreadable',
    `The FHIR server "${system}" answered with something that is not a FHIR resource, such as a web page: see what stands between, and the address in its settings.`,
    { system },
  )
}
