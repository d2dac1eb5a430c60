import { Failure } from '../failure.ts'
import { fieldsOf, listOf, textOf } from './json-fields.ts'
import { isSevere, readIssues, refusal } from './outcome.ts'
import type { Plan } from './plan.ts'
import { isResource, type Json, type Resource } from './resource.ts'
import type { Way } from './send.ts'
import type { Incoming } from './transport.ts'

type Request = Plan & { readonly url?: URL }

export interface Paging {
  /** The types that a match may have; undefined for any. */
  readonly types: readonly string[] | undefined
  readonly fetch: (request: Request) => Promise<Answered>
  readonly next: (link: string) => Request
}

export interface Answered {
  readonly bundle: Resource
  readonly headers: Incoming['headers']
}

/** One page of results. */
export interface ResultPage {
  readonly resources: readonly Resource[]
  /** Whether the server names no page after it. */
  readonly last: boolean
  /** The server's own clock when it answered, milliseconds since 1970; undefined when it did not say. */
  readonly serverTime: number | undefined
}

/**
 * A bundle and all pages after it. @throws unexpected for paging without an end, for a match of another type, and for a
 * bundle that is no list of results.
 */
export async function* pages(way: Way, first: Request, paging: Paging): AsyncGenerator<ResultPage> {
  const links = new Set<string>()
  let request: Request | undefined = first
  while (request) {
    if (links.size >= way.limits.pages) throw endless(way)
    const { bundle, headers } = await paging.fetch(request)
    const serverTime = Date.parse(headers.date ?? '')
    const link = nextLink(bundle)
    yield {
      resources: [...matches(way, bundle, paging.types)],
      last: link === undefined,
      serverTime: Number.isNaN(serverTime) ? undefined : serverTime,
    }
    if (link !== undefined && links.has(link)) throw endless(way)
    if (link !== undefined) links.add(link)
    request = link === undefined ? undefined : paging.next(link)
  }
}

/** The resources of all pages, each once, for a resource that shifts between pages comes twice. */
export async function* onceEach(all: AsyncIterable<ResultPage>): AsyncGenerator<Resource> {
  const given = new Set<string>()
  for await (const { resources } of all)
    for (const resource of resources) {
      const key = `${resource.resourceType}/${resource.id}`
      if (resource.id === undefined || !given.has(key)) yield resource
      given.add(key)
    }
}

function* matches(way: Way, bundle: Resource, types: readonly string[] | undefined): Generator<Resource> {
  for (const entry of entriesOf(bundle)) {
    const resource = entry.get('resource')
    if (!isResource(resource)) throw wrongType(way)
    const mode = modeOf(entry)
    if (
      mode === 'outcome' ||
      (resource.resourceType === 'OperationOutcome' && !types?.includes('OperationOutcome'))
    ) {
      checkOutcome(way, resource)
      continue
    }
    if (types && mode !== 'include' && !types.includes(resource.resourceType)) throw wrongType(way)
    yield resource
  }
}

/** A search that went wrong for a part says so among its results: then the list is not the whole list. */
function checkOutcome(way: Way, outcome: Resource): void {
  if (readIssues(outcome).some(isSevere)) throw refusal(400, outcome, { writes: false }, way.system)
}

/** The entries of a bundle, each as its fields. */
export function entriesOf(bundle: Resource): readonly ReadonlyMap<string, Json>[] {
  return listOf(bundle['entry']).map(fieldsOf)
}

function modeOf(entry: ReadonlyMap<string, Json>): Json | undefined {
  return fieldsOf(entry.get('search')).get('mode')
}

function nextLink(bundle: Resource): string | undefined {
  const next = listOf(bundle['link'])
    .map(fieldsOf)
    .find((link) => link.get('relation') === 'next')
  return next && textOf(next.get('url'))
}

function endless({ system }: Way): Failure {
  const sentence = `The FHIR server "${system}" gives pages without end: narrow the search, or have its paging looked at.`
  return new Failure('unexpected', 'paging-endless', sentence, { system })
}

function wrongType({ system }: Way): Failure {
  const sentence = `The FHIR server "${system}" put something else among the results than was searched: have it looked at.`
  return new Failure('unexpected', 'resource-type', sentence, { system })
}
