import { Failure } from '../failure.ts'
import { checkId, checkType, followable } from './addresses.ts'
import { expectResource } from './answer.ts'
import { fieldsOf, listOf } from './json-fields.ts'
import { onceEach, pages, type Answered, type Paging, type ResultPage } from './pages.ts'
import { mayBeInAddress, readParameters, token, type SearchParameters, type Token } from './parameters.ts'
import { plan, type Plan } from './plan.ts'
import type { Resource } from './resource.ts'
import { send, type Way } from './send.ts'

const READ = { writes: false }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** All resources that match, and those included with them, over all pages; POST `_search` keeps values out of addresses. */
export function search(way: Way, type: string, parameters: SearchParameters): AsyncGenerator<Resource> {
  return onceEach(searchPages(way, type, parameters))
}

/** The same a page at a time, as it came. */
export async function* searchPages(
  way: Way,
  type: string,
  parameters: SearchParameters,
): AsyncGenerator<ResultPage> {
  const searchParams = readParameters(parameters)
  const postSearch = way.search === 'post'
  const flat = Object.entries(searchParams).flatMap(([name, values]) =>
    values.map((value) => [name, value] as const),
  )
  if (!postSearch && !mayBeInAddress(flat)) throw personalInAddress(way)
  const options = { postSearch, headers: { prefer: 'handling=strict' } }
  const resourceType = checkType(type)
  const first = await plan(way.base, (library) =>
    library.resourceSearch({ resourceType, searchParams, options }),
  )
  yield* pages(way, first, pagingFor(way, [resourceType]))
}

/** The resource and all that belongs to it (`$everything`), over all pages. */
export async function* everything(way: Way, type: string, id: string): AsyncGenerator<Resource> {
  const call = { name: 'everything', resourceType: checkType(type), id: checkId(id), method: 'GET' as const }
  const first = await plan(way.base, (library) => library.operation(call))
  yield* onceEach(pages(way, first, pagingFor(way, undefined)))
}

function pagingFor(way: Way, types: readonly string[] | undefined): Paging {
  return { types, fetch: (page) => fetchPage(way, page), next: (link) => nextPage(way, link) }
}

async function fetchPage(way: Way, page: Plan & { readonly url?: URL }): Promise<Answered> {
  const answer = await send(way, page, READ)
  return { bundle: expectResource(answer, ['Bundle'], way.system), headers: answer.headers }
}

/** The next page's request: what the server put behind the question mark goes into the body where it could be personal. */
function nextPage(way: Way, link: string): Plan & { readonly url: URL } {
  const url = followable(way.base, link, way.system)
  if (mayBeInAddress(url.searchParams)) return { method: 'GET', path: '', headers: {}, body: undefined, url }
  const path = url.pathname.slice(way.base.pathname.length)
  if (way.search !== 'post' || !/^[A-Z][A-Za-z]+(\/_search)?$/.test(path)) throw personalInAddress(way)
  const target = new URL(path.endsWith('/_search') ? path : `${path}/_search`, way.base)
  return { method: 'POST', path: '', headers: FORM, body: url.searchParams.toString(), url: target }
}

function personalInAddress({ system }: Way): Failure {
  return new Failure(
    'unexpected',
    'personal-data-in-address',
    `A search at the FHIR server "${system}" would put personal data into an address: let it be searched by POST, or search on something else.`,
    { system },
  )
}

/**
 * The resources that carry this identifier. @throws unexpected when the server gave one that does not carry it: it
 * left the parameter out, and its answer would have been everybody.
 */
export async function find(
  way: Way,
  type: string,
  identifier: Required<Token>,
): Promise<readonly Resource[]> {
  token(identifier)
  const found: Resource[] = []
  for await (const resource of search(way, type, { identifier })) {
    if (!carries(resource, identifier)) throw searchIgnored(way)
    found.push(resource)
  }
  return found
}

function carries(resource: Resource, { system, value }: Required<Token>): boolean {
  // A DocumentReference of R4 is also found by its master identifier.
  return [...listOf(resource['identifier']), ...listOf(resource['masterIdentifier'])]
    .map(fieldsOf)
    .some((own) => own.get('system') === system && own.get('value') === value)
}

function searchIgnored({ system }: Way): Failure {
  return new Failure(
    'unexpected',
    'search-ignored',
    `The FHIR server "${system}" answered a search by identifier with something else: it may not support that search; have it looked at.`,
    { system },
  )
}
