import type { Hospital } from '../hospital.ts'
import { batch, transaction } from './bundle.ts'
import { typeOf, type Answer } from './interactions.ts'
import { isObject, type JsonObject } from './json.ts'
import { capabilityStatement } from './metadata.ts'
import { FhirProblem, outcomeOf } from './outcome.ts'
import type { Pages } from './pages.ts'
import { perform, type Call } from './perform.ts'
import type { Resource } from './resource.ts'
import type { Resources } from './resources.ts'
import { FHIR_ACCOUNT } from './token.ts'

export interface Endpoint {
  readonly hospital: Hospital
  readonly resources: Resources
  readonly pages: Pages
  /** Address without a slash at the end. */
  readonly base: string
}

export interface Routed {
  readonly answer: Answer
  readonly written: readonly Resource[]
}

/** Answers a call in one go: nothing else can come in between. Every refusal is an OperationOutcome. */
export function route(endpoint: Endpoint, call: Call): Routed {
  const written: Resource[] = []
  try {
    return { answer: dispatch(endpoint, call, written), written }
  } catch (error) {
    if (!(error instanceof FhirProblem)) throw error
    return { answer: { status: error.status, headers: error.headers, body: outcomeOf(error) }, written }
  }
}

function dispatch(endpoint: Endpoint, call: Call, written: Resource[]): Answer {
  const { hospital, base } = endpoint
  if (call.method === 'GET' && call.path.join('/') === 'metadata')
    return { status: 200, headers: {}, body: capabilityStatement(base, hospital.clock().toISOString()) }
  if (call.path.length > 0 || call.method !== 'POST')
    return inDraft(endpoint, written, (context) => perform(context, call))
  const bundle = bundleOf(call)
  if (bundle['type'] === 'batch') return batch(bundle, (work) => inDraft(endpoint, written, work))
  if (bundle['type'] === 'transaction')
    return inDraft(endpoint, written, (context) => transaction(context, bundle))
  throw new FhirProblem(400, 'value', 'Bundle.type must be transaction or batch.', {
    expression: ['Bundle.type'],
  })
}

function bundleOf({ body }: Call): JsonObject {
  if (isObject(body) && typeOf(body) === 'Bundle') return body
  throw new FhirProblem(400, 'structure', 'The base address takes a Bundle.')
}

function inDraft(
  { resources, pages, base, hospital }: Endpoint,
  written: Resource[],
  work: (context: Parameters<typeof perform>[0]) => Answer,
): Answer {
  const hidden = (resource: Resource) => hospital.faults.hidden(recordName(resource))
  return resources.change(FHIR_ACCOUNT, (draft) => {
    const answer = work({ draft, base, pages, hidden })
    written.push(...draft.written())
    return answer
  })
}

/** The name under which a resource is hidden from searches. */
export function recordName({ resourceType, id }: Pick<Resource, 'resourceType' | 'id'>): string {
  return `fhir/${resourceType}/${id}`
}
